import { describe, expect, test } from 'vitest';
import { attributeChange } from '../../src/checks/credential-changes/attribute-change.ts';
import { identifyOperation } from '../../src/checks/credential-changes/identify-operation.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  apiTokenCreation,
  BERLIN_OFFICE,
  factorEvent,
  OKTA_SYSTEM,
  passwordChange,
  passwordReset,
  person,
  privilegeGrant,
  supportToolReset,
} from '../simulators/okta/build-event.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const LIN = person('helpdesk.lin@example.com');
const AT = '2022-01-21T10:14:07Z';
const APP = {
  id: '0oa0000000000000app0',
  type: 'PublicClientApp',
  alternateId: 'onboarding@example.com',
  displayName: 'Onboarding',
};
const NOWHERE = {
  userAgent: null,
  zone: null,
  device: null,
  id: null,
  ipAddress: '192.0.2.77',
  geographicalContext: null,
};

const CASES: readonly {
  readonly title: string;
  readonly raw: RawEvent;
  readonly attribution: string;
  readonly facts?: Record<string, unknown>;
}[] = [
  {
    title: 'one who changes the own password is self',
    raw: passwordChange({ target: DANA, at: AT }),
    attribution: 'self',
  },
  {
    title: 'one who sets another’s password is an administrator',
    raw: passwordChange({ actor: LIN, target: DANA, at: AT }),
    attribution: 'administrator',
  },
  {
    title: 'a person whom somebody named like the system account is a person',
    raw: passwordReset({ actor: person('system@okta.com'), target: DANA, at: AT }),
    attribution: 'administrator',
  },
  {
    title: 'where the transaction is lost nobody tells a job from the support tool',
    raw: { ...supportToolReset({ target: DANA, at: AT }), transaction: undefined },
    attribution: 'unknown',
    facts: { supportToolSigns: ['no user agent', 'no country'] },
  },
  {
    title: 'nor where it is an empty text',
    raw: supportToolReset({
      target: DANA,
      at: AT,
      replace: { transaction: { id: '', type: 'WEB', detail: {} } },
    }),
    attribution: 'unknown',
  },
  {
    title: 'nor a person of that name',
    raw: {
      ...supportToolReset({ target: DANA, at: AT }),
      actor: person('system@okta.com'),
      transaction: { type: 'WEB' },
    },
    attribution: 'unknown',
  },
  {
    title: 'but a forgotten password is told by its browser',
    raw: { ...passwordReset({ target: DANA, at: AT }), transaction: undefined },
    attribution: 'self',
  },
  {
    title: 'the same login with another id is another person',
    raw: passwordChange({ actor: { ...DANA, id: '00uother' }, target: DANA, at: AT }),
    attribution: 'administrator',
  },
  {
    title: 'where ids are missing the login tells, whatever its case',
    raw: passwordChange({
      actor: { ...DANA, id: '' },
      target: { ...DANA, id: '', alternateId: 'Dana.Reyes@example.com' },
      at: AT,
    }),
    attribution: 'self',
  },
  {
    title: 'an administrator may be known by login alone',
    raw: passwordChange({ actor: { ...LIN, id: '' }, target: DANA, at: AT }),
    attribution: 'administrator',
  },
  {
    title: 'where the export left out what would name a token, that is said',
    raw: {
      ...passwordChange({ actor: LIN, target: DANA, at: AT }),
      transaction: { id: 'Yd0', type: 'WEB' },
    },
    attribution: 'administrator',
    facts: {
      basis:
        'the actor is a person other than the target; the record does not keep whether by an API token',
    },
  },
  {
    title: 'a person’s token is a token, not a person',
    raw: passwordReset({ actor: LIN, target: DANA, at: AT, apiTokenId: '00Ttoken' }),
    attribution: 'api-token',
    facts: { apiTokenId: '00Ttoken' },
  },
  {
    title: 'a token that changes its own owner is still a token',
    raw: passwordReset({ actor: DANA, target: DANA, at: AT, apiTokenId: '00Ttoken' }),
    attribution: 'api-token',
  },
  {
    title: 'an OAuth application is named as such',
    raw: passwordReset({ actor: APP, target: DANA, at: AT }),
    attribution: 'oauth-app',
    facts: { clientName: 'Onboarding' },
  },
  {
    title: 'an OAuth app as Okta calls it where it uses the API',
    raw: passwordReset({
      actor: { ...APP, type: 'PublicClientAppEntity', alternateId: 'unknown' },
      target: DANA,
      at: AT,
    }),
    attribution: 'oauth-app',
    facts: { clientName: 'Onboarding' },
  },
  {
    title: 'a forgotten password is self, although the system account is the actor',
    raw: passwordReset({ target: DANA, at: AT }),
    attribution: 'self',
    facts: { supportToolSigns: [] },
  },
  {
    title:
      'a factor that the system account removed from a browser is automation, since nobody recovers that way',
    raw: factorEvent('deactivate', { actor: OKTA_SYSTEM, target: DANA, at: AT }),
    attribution: 'automation',
  },
  {
    title: 'the published pattern is a support tool candidate',
    raw: supportToolReset({ target: DANA, at: AT }),
    attribution: 'support-tool',
    facts: { supportToolSigns: ['unknown transaction', 'no user agent', 'no country'] },
  },
  {
    title: 'an address does not speak against the support tool',
    raw: supportToolReset({ target: DANA, at: AT, replace: { client: NOWHERE } }),
    attribution: 'support-tool',
  },
  {
    title: 'the system account without its id is recognised by type',
    raw: supportToolReset({
      target: DANA,
      at: AT,
      replace: { actor: { type: 'SystemPrincipal', alternateId: 'system@okta.com' } },
    }),
    attribution: 'support-tool',
  },
  {
    title: 'the system account without its type is recognised by login',
    raw: supportToolReset({
      target: DANA,
      at: AT,
      replace: { actor: { alternateId: 'system@okta.com' } },
    }),
    attribution: 'support-tool',
  },
  {
    title: 'the system account whose type an export calls otherwise is recognised by login',
    raw: supportToolReset({
      target: DANA,
      at: AT,
      replace: { actor: { type: 'System', alternateId: 'system@okta.com' } },
    }),
    attribution: 'support-tool',
  },
  {
    title: 'the published pattern is one also where a user bears the login',
    raw: supportToolReset({ target: DANA, at: AT, replace: { actor: person('system@okta.com') } }),
    attribution: 'support-tool',
  },
  {
    title: 'absent fields that an export wrote as null are absent',
    raw: supportToolReset({
      target: DANA,
      at: AT,
      replace: {
        client: {
          ...NOWHERE,
          userAgent: { rawUserAgent: 'null' },
          geographicalContext: { country: 'null' },
        },
      },
    }),
    attribution: 'support-tool',
  },
  {
    title:
      'the pattern is about credentials: a privilege that the system account grants is automation',
    raw: privilegeGrant({
      actor: OKTA_SYSTEM,
      target: DANA,
      at: AT,
      place: null,
      transactionId: 'unknown',
    }),
    attribution: 'automation',
  },
  {
    title: 'a job of the system account has a transaction and is automation',
    raw: passwordReset({ target: DANA, at: AT, place: null }),
    attribution: 'automation',
    facts: { supportToolSigns: ['no user agent', 'no country'] },
  },
  {
    title: 'an unknown transaction alone is not the support tool',
    raw: passwordReset({ target: DANA, at: AT, place: BERLIN_OFFICE, transactionId: 'unknown' }),
    attribution: 'self',
  },
  {
    title: 'the pattern with a person as actor is that person',
    raw: supportToolReset({ target: DANA, at: AT, replace: { actor: LIN } }),
    attribution: 'administrator',
  },
  {
    title: 'no actor is unknown',
    raw: passwordReset({ target: DANA, at: AT, replace: { actor: null } }),
    attribution: 'unknown',
    facts: { basis: 'the event names no actor' },
  },
  {
    title: 'no target user is unknown for a credential',
    raw: passwordReset({ actor: LIN, target: DANA, at: AT, replace: { target: null } }),
    attribution: 'unknown',
  },
  {
    title: 'no target user is normal for a token, which a person creates',
    raw: apiTokenCreation({ actor: LIN, at: AT, replace: { target: [] } }),
    attribution: 'administrator',
  },
  {
    title: 'an actor that Okta did not know is unknown',
    raw: passwordReset({ actor: { ...LIN, id: 'unknown' }, target: DANA, at: AT }),
    attribution: 'unknown',
  },
  {
    title: 'an actor of a type without meaning here is unknown',
    raw: passwordReset({ actor: { ...LIN, type: 'Agent' }, target: DANA, at: AT }),
    attribution: 'unknown',
    facts: { basis: 'the actor is of type Agent' },
  },
  {
    title: 'the target user is found by type, wherever it stands',
    raw: factorEvent('deactivate', {
      actor: LIN,
      target: { ...DANA, type: 'AuthenticatorEnrollment' },
      at: AT,
      replace: { target: [{ type: 'Factor', id: LIN.id }, LIN] },
    }),
    attribution: 'self',
  },
];

describe('who caused a credential change', () => {
  test.each(CASES)('$title', ({ raw, attribution, facts }) => {
    const attributed = attributeChange(toEvent(raw));
    expect(attributed.attribution).toBe(attribution);
    expect(attributed.facts).toMatchObject({ basis: expect.any(String), ...facts });
  });
});

test('what is no credential is not compared with the support tool', () => {
  const job = { actor: OKTA_SYSTEM, target: DANA, at: AT, place: null };
  expect(attributeChange(toEvent(privilegeGrant(job))).facts).toEqual({
    basis: 'Okta’s system account acted by itself',
  });
});

describe('one operation', () => {
  function reset(factor: string, details: Partial<Parameters<typeof factorEvent>[1]> = {}) {
    return toEvent(
      factorEvent('deactivate', { actor: LIN, target: DANA, at: AT, factor, ...details }),
    );
  }

  test('the three events of one Okta Verify reset are one', () => {
    const keys = ['SIGNED_NONCE', 'OKTA_VERIFY_PUSH', 'OKTA_SOFT_TOKEN'].map((factor) =>
      identifyOperation(reset(factor, { transactionId: 't1' })),
    );
    expect(new Set(keys).size).toBe(1);
  });

  test.each([
    { title: 'another transaction', details: { transactionId: 't2' } },
    { title: 'another person', details: { transactionId: 't1', target: LIN } },
  ])('$title is another operation', ({ details }) => {
    const one = identifyOperation(reset('SIGNED_NONCE', { transactionId: 't1' }));
    expect(identifyOperation(reset('SIGNED_NONCE', details))).not.toBe(one);
  });

  test('a password reset is another operation than a factor reset in the same transaction', () => {
    const password = toEvent(
      passwordReset({ actor: LIN, target: DANA, at: AT, transactionId: 't1' }),
    );
    expect(identifyOperation(password)).not.toBe(
      identifyOperation(reset('SIGNED_NONCE', { transactionId: 't1' })),
    );
  });

  test('without a transaction the same actor, target and second are one', () => {
    const one = reset('SIGNED_NONCE', { transactionId: 'unknown' });
    const same = reset('OKTA_VERIFY_PUSH', {
      transactionId: 'unknown',
      at: '2022-01-21T10:14:07.900Z',
    });
    const later = reset('SIGNED_NONCE', { transactionId: 'unknown', at: '2022-01-21T10:14:09Z' });
    expect(identifyOperation(same)).toBe(identifyOperation(one));
    expect(identifyOperation(later)).not.toBe(identifyOperation(one));
  });
});
