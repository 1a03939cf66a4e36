import { describe, expect, test } from 'vitest';
import { beginCorroboration } from '../../src/checks/credential-changes/corroborate.ts';
import type { ReadingExtent } from '../../src/model/check.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import {
  adminAppAccess,
  apiTokenCreation,
  composeEvent,
  directoryDebuggerEvent,
  FAR_AWAY,
  factorEvent,
  impersonationEvent,
  LISBON_OFFICE,
  OKTA_SYSTEM,
  type Place,
  passwordReset,
  person,
  privilegeGrant,
  supportAction,
  supportToolReset,
  thing,
} from '../simulators/okta/build-event.ts';
import { toEvent, toMatch } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const LIN = person('helpdesk.lin@example.com');
const MAX = person('max.mule@elsewhere.example');
const ENGINEER = person('engineer@support.example');
const NOW = Date.parse('2022-02-01T00:00:00Z');

interface Story {
  /** The event of the match. */
  readonly found: RawEvent;
  readonly around?: readonly RawEvent[];
  readonly tuning?: Partial<Tuning>;
  readonly nowMs?: number;
  readonly match?: Partial<Match>;
  readonly reading?: ReadingExtent;
}

function corroborate({ found, around, tuning, nowMs, match, reading }: Story): Match {
  const corroboration = beginCorroboration({
    tuning: { ...NO_TUNING, ...tuning },
    nowMs: nowMs ?? NOW,
  });
  const event = toEvent(found);
  for (const raw of [...(around ?? []), found]) corroboration.accept(toEvent(raw));
  const [result] = corroboration.corroborate([{ ...toMatch(event), ...match }], {
    ...(reading && { reading }),
  });
  if (result === undefined) throw new Error('a match was lost');
  return result;
}

const GRANT = { actor: DANA, at: '2022-01-18T10:00:00Z' };
const START = { actor: ENGINEER, at: '2022-01-18T11:00:00Z', session: 's1' };
const END = { actor: ENGINEER, at: '2022-01-18T12:00:00Z', session: 's1' };
const initiate = impersonationEvent('initiate', START);
const grant = impersonationEvent('grant', GRANT);
const end = impersonationEvent('end', END);
const CASE = thing('CaseNumber', '01234567');
const APP = thing('AppInstance', 'Payroll');

const CASES: readonly (Story & {
  readonly title: string;
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
  readonly attribution?: string | null;
  readonly facts?: Record<string, unknown>;
})[] = [
  {
    title: 'a session after a grant by a person has an own administrator behind it',
    found: initiate,
    around: [grant],
    has: ['granted-by-own-administrator'],
    lacks: ['listed-support-case'],
    facts: {
      accessGrantedBy: 'dana.reyes@example.com',
      accessGrantedAt: '2022-01-18T10:00:00.000Z',
    },
  },
  {
    title: 'a session without a grant has nobody behind it',
    found: initiate,
    lacks: ['granted-by-own-administrator', 'listed-support-case'],
  },
  {
    title: 'a grant after the session began does not explain it',
    found: initiate,
    around: [impersonationEvent('grant', { actor: DANA, at: '2022-01-18T11:30:00Z' })],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a grant that lapsed before the session does not explain it',
    found: initiate,
    around: [impersonationEvent('grant', { actor: DANA, at: '2022-01-18T02:00:00Z' })],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a failed grant does not explain a session',
    found: initiate,
    around: [impersonationEvent('grant', { ...GRANT, result: 'FAILURE' })],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a revoked grant does not explain a later session',
    found: initiate,
    around: [grant, impersonationEvent('revoke', { actor: DANA, at: '2022-01-18T10:30:00Z' })],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'an extension after the session began does not explain a grant of Okta’s own',
    found: initiate,
    around: [
      impersonationEvent('grant', { ...GRANT, actor: OKTA_SYSTEM }),
      impersonationEvent('extend', { actor: DANA, at: '2022-01-18T11:30:00Z' }),
    ],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a grant by an application is nobody’s own',
    found: initiate,
    around: [
      impersonationEvent('grant', { ...GRANT, actor: { ...DANA, type: 'PublicClientApp' } }),
    ],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'what Okta does by itself during a support session is not support’s',
    found: factorEvent('deactivate', {
      actor: OKTA_SYSTEM,
      target: MAX,
      at: '2022-01-18T11:30:00Z',
    }),
    around: [grant, initiate, end],
    attribution: 'automation',
    lacks: ['corroborated', 'support-tool'],
  },
  {
    title: 'a grant by Okta’s system account is nobody’s own',
    found: initiate,
    around: [impersonationEvent('grant', { ...GRANT, actor: OKTA_SYSTEM })],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a user called system@okta.com is nobody’s own either',
    found: initiate,
    around: [impersonationEvent('grant', { ...GRANT, actor: person('system@okta.com') })],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a grant from outside the own domains is nobody’s own',
    found: initiate,
    around: [impersonationEvent('grant', { ...GRANT, actor: MAX })],
    tuning: { ownDomains: ['example.com'] },
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a grant from the own domains is own',
    found: initiate,
    around: [grant],
    tuning: { ownDomains: ['example.com'] },
    has: ['granted-by-own-administrator'],
  },
  {
    title: 'a grant by somebody whose login has no domain is own',
    found: initiate,
    around: [
      impersonationEvent('grant', { ...GRANT, actor: { ...GRANT.actor, alternateId: 'dreyes' } }),
    ],
    tuning: { ownDomains: ['example.com'] },
    has: ['granted-by-own-administrator'],
  },
  {
    title: 'a domain that only ends like an own one is not own',
    found: initiate,
    around: [impersonationEvent('grant', { ...GRANT, actor: person('eve@notexample.com') })],
    tuning: { ownDomains: ['example.com'] },
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a session for a listed case says so',
    found: initiate,
    around: [impersonationEvent('grant', { ...GRANT, target: CASE })],
    tuning: { supportCases: ['01234567'] },
    has: ['granted-by-own-administrator', 'listed-support-case'],
    facts: { supportCase: '01234567' },
  },
  {
    title: 'a session for a case that is not listed does not',
    found: initiate,
    around: [impersonationEvent('grant', { ...GRANT, target: CASE })],
    tuning: { supportCases: ['07654321'] },
    lacks: ['listed-support-case'],
    facts: { supportCase: '01234567' },
  },
  {
    title: 'with several cases open, a listed one does not excuse a session that names none',
    found: initiate,
    around: [
      impersonationEvent('grant', { ...GRANT, target: thing('CaseNumber', '07654321') }),
      impersonationEvent('grant', { ...GRANT, at: '2022-01-18T10:30:00Z', target: CASE }),
    ],
    tuning: { supportCases: ['01234567'] },
    lacks: ['listed-support-case'],
  },
  {
    title: 'a revocation that ends several cases is about no listed one of them',
    found: impersonationEvent('revoke', { actor: DANA, at: '2022-01-18T10:40:00Z' }),
    around: [
      impersonationEvent('grant', { ...GRANT, target: thing('CaseNumber', '07654321') }),
      impersonationEvent('grant', { ...GRANT, at: '2022-01-18T10:30:00Z', target: CASE }),
    ],
    tuning: { supportCases: ['01234567'] },
    lacks: ['listed-support-case'],
  },
  {
    title: 'a revocation explains nothing about who granted',
    found: impersonationEvent('revoke', { actor: DANA, at: '2022-01-18T10:30:00Z' }),
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'an extension by a person has an own administrator behind it',
    found: initiate,
    around: [impersonationEvent('extend', GRANT)],
    has: ['granted-by-own-administrator'],
  },
  {
    title: 'a failed attempt at a session gets no grant behind it',
    found: impersonationEvent('initiate', { ...START, result: 'FAILURE' }),
    around: [grant],
    lacks: ['granted-by-own-administrator'],
  },
  {
    title: 'a token created inside a support session is support’s',
    found: apiTokenCreation({ actor: DANA, at: '2022-01-18T11:30:00Z', session: 's1' }),
    around: [grant, initiate, end],
    has: ['support-impersonation', 'granted-by-own-administrator'],
    lacks: ['administrator'],
    attribution: 'support-impersonation',
  },
  {
    title: 'the moment of its end still belongs to a support session',
    found: apiTokenCreation({ actor: DANA, at: END.at, session: 's1' }),
    around: [grant, initiate, end],
    has: ['support-impersonation'],
  },
  {
    title: 'the same session id after the end is neither support’s nor the administrator’s',
    found: apiTokenCreation({ actor: DANA, at: '2022-01-18T12:30:00Z', session: 's1' }),
    around: [grant, initiate, end],
    has: ['unknown'],
    lacks: ['support-impersonation', 'administrator'],
    attribution: 'unknown',
    facts: { basis: 'it names an impersonation session that was not running at that time' },
  },
  {
    title: 'nor is a reset of one’s own password before the start',
    found: passwordReset({ actor: DANA, target: DANA, at: '2022-01-18T10:59:59Z', session: 's1' }),
    around: [grant, initiate, end],
    has: ['unknown'],
    lacks: ['self'],
    attribution: 'unknown',
  },
  {
    title: 'another session after the end is the administrator’s',
    found: apiTokenCreation({ actor: DANA, at: '2022-01-18T12:30:00Z', session: 's2' }),
    around: [grant, initiate, end],
    has: ['administrator'],
    attribution: 'administrator',
  },
  {
    title: 'sessions called "unknown" are not one session',
    found: apiTokenCreation({ actor: DANA, at: '2022-01-18T11:30:00Z', session: 'unknown' }),
    around: [impersonationEvent('initiate', { ...START, session: 'unknown' })],
    lacks: ['support-impersonation'],
  },
  {
    title: 'what is no change keeps no attribution inside a support session',
    found: adminAppAccess({ user: DANA, at: '2022-01-18T11:30:00Z', session: 's1' }),
    around: [initiate],
    has: ['support-impersonation'],
    attribution: null,
  },
  {
    title: 'the support pattern alone is not corroborated',
    found: supportToolReset({ target: DANA, at: '2022-01-21T10:14:07Z' }),
    has: ['support-tool'],
    lacks: ['corroborated'],
    attribution: 'support-tool',
  },
  {
    title: 'a support action on the same person within 5 minutes corroborates it',
    found: supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }),
    around: [supportAction('update', { target: DANA, at: '2022-09-21T10:19:07Z' })],
    has: ['support-tool', 'corroborated'],
    facts: { corroboratedBy: 'a support action on the same target within 5 minutes' },
  },
  {
    title:
      'a support action on the same person within 5 minutes corroborates it, also where the login is of a user',
    found: supportToolReset({
      target: DANA,
      at: '2022-09-21T10:14:07Z',
      replace: { actor: person('system@okta.com') },
    }),
    around: [supportAction('update', { target: DANA, at: '2022-09-21T10:19:07Z' })],
    has: ['support-tool', 'corroborated'],
    facts: { corroboratedBy: 'a support action on the same target within 5 minutes' },
  },
  {
    title: 'after 5 minutes it does not',
    found: supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }),
    around: [supportAction('update', { target: DANA, at: '2022-09-21T10:19:08Z' })],
    lacks: ['corroborated'],
  },
  {
    title: 'a support action on somebody else does not',
    found: supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }),
    around: [supportAction('update', { target: LIN, at: '2022-09-21T10:14:07Z' })],
    lacks: ['corroborated'],
  },
  {
    title: 'a support action does not corroborate a reset of nobody who is named',
    found: { ...supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }), target: [] },
    around: [supportAction('update', { target: DANA, at: '2022-09-21T10:14:07Z' })],
    lacks: ['corroborated'],
  },
  {
    title: 'a support action that failed corroborates nothing',
    found: supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }),
    around: [
      supportAction('update', { target: DANA, at: '2022-09-21T10:14:07Z', result: 'FAILURE' }),
    ],
    lacks: ['corroborated'],
  },
  {
    title: 'an application that a support action on somebody else shares ties nothing',
    found: {
      ...supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }),
      target: [DANA, APP],
    },
    around: [{ ...supportAction('update', { at: '2022-09-21T10:14:07Z' }), target: [LIN, APP] }],
    lacks: ['corroborated'],
  },
  {
    title: 'support staff who only viewed corroborate nothing',
    found: supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }),
    around: [supportAction('view', { target: DANA, at: '2022-09-21T10:14:07Z' })],
    lacks: ['corroborated'],
  },
  {
    title: 'a support action in the same transaction makes a system reset support’s',
    found: passwordReset({
      target: DANA,
      at: '2022-09-21T10:14:07Z',
      place: null,
      transactionId: 't1',
    }),
    around: [supportAction('update', { at: '2022-09-21T11:14:07Z', transactionId: 't1' })],
    has: ['support-tool', 'corroborated'],
    lacks: ['automation'],
    attribution: 'support-tool',
  },
  {
    title: 'a support action in the same transaction counts more than a browser',
    found: passwordReset({ target: DANA, at: '2022-09-21T10:14:07Z', transactionId: 't1' }),
    around: [supportAction('update', { at: '2022-09-21T10:14:07Z', transactionId: 't1' })],
    has: ['support-tool', 'corroborated'],
    lacks: ['self'],
    attribution: 'support-tool',
    facts: {
      basis: expect.stringContaining('support tool'),
      corroboratedBy: 'a support action in the same transaction',
    },
  },
  {
    title: 'a forgotten password minutes after a support action on the same person stays theirs',
    found: passwordReset({ target: DANA, at: '2022-09-21T10:14:07Z', transactionId: 't1' }),
    around: [
      supportAction('update', { at: '2022-09-21T10:12:07Z', target: DANA, transactionId: 't2' }),
    ],
    has: ['self'],
    lacks: ['corroborated'],
  },
  {
    title: 'a support action in another transaction on somebody else makes it nobody’s',
    found: passwordReset({
      target: DANA,
      at: '2022-09-21T10:14:07Z',
      place: null,
      transactionId: 't1',
    }),
    around: [
      supportAction('update', { at: '2022-09-21T10:14:07Z', target: LIN, transactionId: 't2' }),
    ],
    has: ['automation'],
    lacks: ['corroborated'],
  },
  {
    title: 'the transaction "unknown" ties nothing',
    found: supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z' }),
    around: [supportAction('update', { at: '2022-09-21T11:14:07Z', transactionId: 'unknown' })],
    lacks: ['corroborated'],
  },
  {
    title: 'nor does an empty one',
    found: supportToolReset({ target: DANA, at: '2022-09-21T10:14:07Z', transactionId: '' }),
    around: [supportAction('update', { at: '2022-09-21T11:14:07Z', transactionId: '' })],
    lacks: ['corroborated'],
  },
  {
    title: 'a support session at the same time corroborates the support pattern',
    found: supportToolReset({ target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [initiate, end],
    has: ['corroborated'],
    facts: { corroboratedBy: 'an impersonation session at the same time' },
  },
  {
    title: 'a support session at the same time says nothing about a forgotten password',
    found: passwordReset({ target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [initiate, end],
    has: ['self'],
    lacks: ['corroborated', 'support-tool'],
  },
  {
    title: 'a target in the tuning file is privileged, by login in any case',
    found: passwordReset({
      actor: LIN,
      target: person('Dana.Reyes@example.com'),
      at: '2022-01-18T11:30:00Z',
    }),
    tuning: { privilegedUsers: ['dana.reyes@example.com'] },
    has: ['administrator', 'privileged'],
    facts: { privilegedBecause: 'the tuning file lists the target' },
  },
  {
    title: 'a privileged actor does not make the target privileged',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    tuning: { privilegedUsers: ['helpdesk.lin@example.com'] },
    lacks: ['privileged'],
  },
  {
    title: 'who was seen to become an administrator is privileged',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [
      privilegeGrant({
        actor: LIN,
        target: DANA,
        at: '2022-01-10T00:00:00Z',
        privilege: 'Help Desk administrator',
      }),
    ],
    has: ['privileged'],
    facts: {
      privilegedBecause: 'the log shows that the target was granted Help Desk administrator',
    },
  },
  {
    title: 'the latest role counts, in whatever order the grants are heard',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [
      privilegeGrant({ actor: LIN, target: DANA, at: '2022-01-12T00:00:00Z', privilege: 'Later' }),
      privilegeGrant({
        actor: LIN,
        target: DANA,
        at: '2022-01-10T00:00:00Z',
        privilege: 'Earlier',
      }),
    ],
    facts: { privilegedBecause: 'the log shows that the target was granted Later' },
  },
  {
    title: 'a failed grant makes nobody privileged',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [
      privilegeGrant({ actor: LIN, target: DANA, at: '2022-01-10T00:00:00Z', result: 'FAILURE' }),
    ],
    lacks: ['privileged'],
  },
  {
    title: 'the role that rules the tenant is privileged',
    found: privilegeGrant({
      actor: LIN,
      target: DANA,
      at: '2022-01-18T11:30:00Z',
      privilege: 'Super administrator',
    }),
    has: ['privileged', 'administrator'],
    facts: { privilege: 'Super administrator' },
  },
  {
    title: 'a lesser role is not',
    found: privilegeGrant({
      actor: LIN,
      target: DANA,
      at: '2022-01-18T11:30:00Z',
      privilege: 'Read-only administrator',
    }),
    lacks: ['privileged'],
  },
  {
    title: 'without a help desk list nobody is outside it',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    lacks: ['outside-help-desk'],
  },
  {
    title: 'an administrator beside the help desk list is outside it',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    tuning: { helpDesk: ['someone.else@example.com'] },
    has: ['outside-help-desk'],
    facts: { outsideHelpDesk: 'helpdesk.lin@example.com' },
  },
  {
    title: 'an administrator on the help desk list, by id, is not',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    tuning: { helpDesk: [LIN.id.toLowerCase()] },
    lacks: ['outside-help-desk'],
  },
  {
    title: 'an application beside the help desk list is outside it',
    found: passwordReset({
      actor: { ...LIN, type: 'PublicClientApp' },
      target: DANA,
      at: '2022-01-18T11:30:00Z',
    }),
    tuning: { helpDesk: ['someone.else@example.com'] },
    has: ['oauth-app', 'outside-help-desk'],
    attribution: 'oauth-app',
  },
  {
    title: 'without own domains nobody is outside them',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    lacks: ['outside-own-domains'],
  },
  {
    title: 'an account of somebody at Okta is outside them, whatever the tuning file names',
    found: passwordReset({
      actor: { ...LIN, alternateId: 'Lin.Engineer@OKTA.com' },
      target: DANA,
      at: '2022-01-18T11:30:00Z',
    }),
    has: ['administrator', 'outside-own-domains'],
  },
  {
    title: 'an account of somebody at Okta is not where that is an own domain',
    found: passwordReset({
      actor: { ...LIN, alternateId: 'lin.engineer@okta.com' },
      target: DANA,
      at: '2022-01-18T11:30:00Z',
    }),
    tuning: { ownDomains: ['okta.com'] },
    lacks: ['outside-own-domains'],
  },
  {
    title:
      'the login of the system account on a record of a person says nothing about Okta’s people',
    found: passwordReset({
      actor: { ...LIN, alternateId: 'system@okta.com' },
      target: DANA,
      at: '2022-01-18T11:30:00Z',
    }),
    lacks: ['outside-own-domains'],
  },
  {
    title: 'an administrator of another domain is outside the own ones',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    tuning: { ownDomains: ['acme.example'] },
    has: ['administrator', 'outside-own-domains'],
  },
  {
    title: 'an administrator of an own domain, in other case, is not',
    found: passwordReset({
      actor: { ...LIN, alternateId: 'Helpdesk.Lin@EXAMPLE.com' },
      target: DANA,
      at: '2022-01-18T11:30:00Z',
    }),
    tuning: { ownDomains: ['acme.example', 'example.com'] },
    has: ['administrator'],
    lacks: ['outside-own-domains'],
  },
  {
    title: 'an own domain before another one does not make an administrator one’s own',
    found: passwordReset({
      actor: { ...LIN, alternateId: 'lin@acme.example@elsewhere.example' },
      target: DANA,
      at: '2022-01-18T11:30:00Z',
    }),
    tuning: { ownDomains: ['acme.example'] },
    has: ['outside-own-domains'],
  },
  {
    title: 'an actor without a domain is not',
    found: passwordReset({
      actor: { ...LIN, alternateId: 'helpdesk' },
      target: DANA,
      at: '2022-01-18T11:30:00Z',
    }),
    tuning: { ownDomains: ['acme.example'] },
    lacks: ['outside-own-domains'],
  },
  {
    title: 'one who changes the own password needs no help desk',
    found: passwordReset({ actor: DANA, target: DANA, at: '2022-01-18T11:30:00Z' }),
    tuning: { helpDesk: [LIN.id.toLowerCase()] },
    has: ['self'],
    lacks: ['outside-help-desk'],
  },
  {
    title: 'granting a privilege is not the help desk’s business',
    found: privilegeGrant({ actor: DANA, target: MAX, at: '2022-01-18T11:30:00Z' }),
    tuning: { helpDesk: [LIN.id.toLowerCase()] },
    lacks: ['outside-help-desk'],
  },
  {
    title: 'a removed factor that is not enrolled again stands out',
    found: factorEvent('deactivate', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    has: ['not-re-enrolled'],
    facts: { enrolledAgainAt: 'not within 12 hours' },
  },
  {
    title: 'one enrolled again by anybody within 12 hours does not',
    found: factorEvent('deactivate', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [factorEvent('activate', { actor: MAX, target: DANA, at: '2022-01-18T23:30:00Z' })],
    lacks: ['not-re-enrolled'],
    facts: { enrolledAgainAt: '2022-01-18T23:30:00.000Z' },
  },
  {
    title: 'one enrolled after 12 hours stands out',
    found: factorEvent('deactivate', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [factorEvent('activate', { target: DANA, at: '2022-01-18T23:30:01Z' })],
    has: ['not-re-enrolled'],
  },
  {
    title: 'a failed enrolment is none',
    found: factorEvent('deactivate', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [
      factorEvent('activate', { target: DANA, at: '2022-01-18T12:30:00Z', result: 'FAILURE' }),
    ],
    has: ['not-re-enrolled'],
  },
  {
    title: 'an enrolment by somebody else for themselves is none',
    found: factorEvent('deactivate', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [factorEvent('activate', { target: LIN, at: '2022-01-18T12:30:00Z' })],
    has: ['not-re-enrolled'],
  },
  {
    title: 'while the 12 hours run nothing is said',
    found: factorEvent('deactivate', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    nowMs: Date.parse('2022-01-18T23:35:00Z'),
    lacks: ['not-re-enrolled'],
    facts: { enrolledAgainAt: 'the 12 hours are not over' },
  },
  {
    title: 'where not all of the 12 hours was read nothing is said',
    found: factorEvent('deactivate', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    reading: {
      silences: [],
      covered: [{ sinceMs: 0, untilMs: Date.parse('2022-01-18T23:29:59Z') }],
    },
    lacks: ['not-re-enrolled'],
    facts: { enrolledAgainAt: 'not in what was read of the 12 hours' },
  },
  {
    title: 'somebody who leaves enrols nothing again',
    found: factorEvent('reset_all', { actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    around: [
      composeEvent({
        eventType: 'user.lifecycle.deactivate',
        at: '2022-01-18T11:29:00Z',
        actor: LIN,
        targets: [DANA],
      }),
    ],
    lacks: ['not-re-enrolled'],
    facts: { accountClosedAt: '2022-01-18T11:29:00.000Z' },
  },
  {
    title: 'a removal that failed has no aftermath',
    found: factorEvent('deactivate', {
      actor: LIN,
      target: DANA,
      at: '2022-01-18T11:30:00Z',
      result: 'FAILURE',
    }),
    lacks: ['not-re-enrolled'],
  },
  {
    title: 'what a check already knows is kept',
    found: passwordReset({ actor: LIN, target: DANA, at: '2022-01-18T11:30:00Z' }),
    match: {
      attribution: 'oauth-app',
      circumstances: ['corroborated'],
      facts: { basis: 'its own' },
    },
    has: ['oauth-app', 'corroborated'],
    lacks: ['administrator'],
    attribution: 'oauth-app',
    facts: { basis: 'its own' },
  },
];

describe('what the events around a match add to it', () => {
  test.each(CASES)('$title', (story) => {
    const match = corroborate(story);
    expect(match.circumstances).toEqual(expect.arrayContaining([...(story.has ?? [])]));
    for (const circumstance of story.lacks ?? []) {
      expect(match.circumstances).not.toContain(circumstance);
    }
    if (story.attribution !== undefined) expect(match.attribution).toBe(story.attribution);
    if (story.facts !== undefined) expect(match.facts).toMatchObject(story.facts);
  });

  test('a sign-in match stays as it was', () => {
    const event = toEvent(adminAppAccess({ user: DANA, at: '2022-01-18T11:30:00Z' }));
    const corroboration = beginCorroboration({ tuning: NO_TUNING, nowMs: NOW });
    expect(corroboration.corroborate([toMatch(event)])).toEqual([toMatch(event)]);
  });

  test.each([
    supportAction('view', { at: START.at }),
    supportAction('update', { at: START.at }),
    directoryDebuggerEvent('query_executed', { actor: OKTA_SYSTEM, at: START.at }),
  ])('what Okta’s staff did is no job of the system account: $eventType', (found) => {
    const match = corroborate({ found });
    expect([match.attribution, match.circumstances]).toEqual([null, []]);
  });

  test('the order in which the events came changes nothing', () => {
    const found = toEvent(initiate);
    const results = [
      [initiate, grant],
      [grant, initiate],
    ].map((raws) => {
      const corroboration = beginCorroboration({ tuning: NO_TUNING, nowMs: NOW });
      for (const raw of raws) corroboration.accept(toEvent(raw));
      return corroboration.corroborate([toMatch(found)]);
    });
    expect(results[0]).toEqual(results[1]);
  });
});

describe('what is one question to an administrator', () => {
  const reset = passwordReset({ actor: LIN, target: MAX, at: START.at });

  test('routine changes of a day, whoever they were made to', () => {
    expect(corroborate({ found: reset }).group).toEqual([LIN.id, 'everybody']);
    const tuning = { helpDesk: [DANA.alternateId] };
    expect(corroborate({ found: reset, tuning }).group).toEqual([LIN.id, 'everybody']);
  });

  test('an administrator without an id is known by login', () => {
    const found = { ...reset, actor: { ...LIN, id: null, alternateId: 'Lin@example.com' } };
    expect(corroborate({ found }).group).toEqual(['lin@example.com', 'everybody']);
  });

  test('nothing that stands out by the person, and nothing that another check groups', () => {
    const privileged = { privilegedUsers: [MAX.alternateId] };
    expect(corroborate({ found: reset, tuning: privileged }).group).toBeNull();
    const removed = factorEvent('deactivate', { actor: LIN, target: MAX, at: START.at });
    expect(corroborate({ found: removed }).group).toBeNull();
    const own = corroborate({ found: reset, match: { group: ['own'] } });
    expect(own.group).toEqual(['own']);
  });

  test('no change that failed, that a person made to themself, or that support made', () => {
    const failed = passwordReset({ actor: LIN, target: MAX, at: START.at, result: 'FAILURE' });
    expect(corroborate({ found: failed }).group).toBeNull();
    const self = factorEvent('update', { actor: MAX, target: MAX, at: START.at });
    expect(corroborate({ found: self }).group).toBeNull();
    expect(
      corroborate({ found: supportToolReset({ target: MAX, at: START.at }) }).group,
    ).toBeNull();
    const inside = passwordReset({ actor: DANA, target: MAX, at: START.at, session: 's1' });
    expect(corroborate({ found: inside, around: [grant, initiate, end] }).group).toBeNull();
    const grantOfPower = privilegeGrant({ actor: LIN, target: MAX, at: START.at, privilege: 'x' });
    expect(corroborate({ found: grantOfPower }).group).toBeNull();
  });
});

test('what support made beside a change of Okta’s own stays a question of its own', () => {
  const at = '2022-01-18T11:30:00Z';
  const found = passwordReset({ actor: LIN, target: MAX, at });
  const match = { circumstances: ['corroborated' as const] };
  expect(corroborate({ found, match }).group).toBeNull();
});

test('of the uses of an API token, none from where it is at home is called unusual, whatever it does', () => {
  const LISBON: Place = { ...LISBON_OFFICE, rawUserAgent: 'Terraform/1.9.8' };
  const use = (eventType: string, at: string, place = LISBON): RawEvent =>
    composeEvent({ eventType, at, actor: DANA, targets: [APP], place, apiTokenId: '00T1' });
  const around = ['09', '10', '11'].map((day) =>
    use('policy.rule.update', `2022-01-${day}T08:00:00Z`),
  );
  const found = use('policy.rule.update', '2022-01-18T10:00:00Z');
  const beside = use('zone.deactivate', '2022-01-18T10:01:00Z');
  const away = use('zone.deactivate', '2022-01-18T10:02:00Z', FAR_AWAY);
  const tell = (...raws: readonly RawEvent[]) => {
    const events = raws.map(toEvent);
    return corroborate({ found, around, match: { events } }).facts['notUsualForToken'];
  };
  expect(tell(found, beside)).toBeUndefined();
  expect(tell(found, beside, away)).toEqual([expect.stringContaining('Auckland')]);
});
