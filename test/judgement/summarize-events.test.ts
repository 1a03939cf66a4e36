import { describe, expect, test } from 'vitest';
import { summarizeEvents } from '../../src/judgement/findings/summarize-events.ts';
import { compareEvents, type RawEvent } from '../../src/model/log-event.ts';
import type { Attribution } from '../../src/model/match.ts';
import {
  apiTokenCreation,
  composeEvent,
  factorEvent,
  failedSignIn,
  identityProviderChange,
  impersonationEvent,
  LISBON_OFFICE,
  OKTA_SYSTEM,
  passwordChange,
  passwordReset,
  person,
  privilegeGrant,
  signIn,
  supportToolReset,
  thing,
} from '../simulators/okta/build-event.ts';
import { at, toEvent } from './judgement-case.ts';

const dana = person('dana.reyes@example.com');
const lee = person('lee.kim@example.com');
const time = at('2022-01-21T10:14:07');

function summarize(raw: readonly RawEvent[], attribution: Attribution | null = null): string {
  return summarizeEvents({ events: raw.map(toEvent).sort(compareEvents), attribution });
}

test.each<[string, RawEvent, Attribution | null, string]>([
  [
    'an administrator’s reset',
    passwordReset({ actor: dana, target: lee, at: time }),
    'administrator',
    'dana.reyes@example.com reset the password of lee.kim@example.com on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'a reset through a token',
    passwordReset({ actor: dana, target: lee, at: time }),
    'api-token',
    'dana.reyes@example.com reset the password of lee.kim@example.com on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany), with an API token.',
  ],
  [
    'a reset in the way of the support tool',
    supportToolReset({ target: lee, at: time }),
    'support-tool',
    "Okta's system account (system@okta.com) reset the password of lee.kim@example.com on 2022-01-21 at 10:14 UTC, in the way of Okta's support tool.",
  ],
  [
    'one’s own password',
    passwordChange({ target: lee, at: time }),
    'self',
    'lee.kim@example.com changed their own password on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'somebody else’s factor',
    factorEvent('deactivate', { actor: dana, target: lee, at: time }),
    null,
    'dana.reyes@example.com removed a factor of lee.kim@example.com on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'a grant, which names every role that is held afterwards and may be one less',
    privilegeGrant({ actor: dana, target: lee, at: time }),
    null,
    'dana.reyes@example.com set the administrator roles of lee.kim@example.com to Super administrator on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'a grant to a group',
    privilegeGrant({ actor: dana, target: thing('UserGroup', 'Help desk'), at: time }),
    null,
    'dana.reyes@example.com set the administrator roles of the group Help desk to Super administrator on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'a refused grant',
    privilegeGrant({ actor: dana, target: lee, at: time, result: 'DENY' }),
    null,
    'dana.reyes@example.com tried to set the administrator roles of lee.kim@example.com to Super administrator on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'a token by its name',
    apiTokenCreation({ actor: dana, token: 'ci-bootstrap', at: time }),
    null,
    'dana.reyes@example.com created the API token ci-bootstrap on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'a lifecycle event by its last word',
    identityProviderChange('update', { actor: dana, at: time }),
    null,
    'dana.reyes@example.com changed the identity provider Example SAML on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'a support session',
    impersonationEvent('initiate', { actor: person('agent@okta.example'), at: time, place: null }),
    null,
    'agent@okta.example entered the tenant in an Okta Support session on 2022-01-21 at 10:14 UTC.',
  ],
  [
    'an event type without words of its own, by Okta’s message',
    composeEvent({
      eventType: 'system.agent.ad.invented',
      displayMessage: 'Create AD agent {user}\nnow',
      at: time,
      actor: dana,
      targets: [lee],
    }),
    null,
    'dana.reyes@example.com caused system.agent.ad.invented ("Create AD agent user now") on lee.kim@example.com on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
  [
    'an event type that is called like a property of every object',
    composeEvent({ eventType: 'constructor', displayMessage: 'x', at: time, actor: dana }),
    null,
    'dana.reyes@example.com caused constructor ("x") on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
  ],
])('words %s', (_title, raw, attribution, sentence) => {
  expect(summarize([raw], attribution)).toBe(sentence);
});

test.each(['FAILURE', 'UNANSWERED', 'ABANDONED'])(
  'a challenge whose outcome is %s was not passed',
  (result) => {
    const eventType = 'user.authentication.auth_via_mfa';
    expect(summarize([composeEvent({ eventType, at: time, actor: lee, result })])).toContain(
      'lee.kim@example.com did not pass an MFA challenge on',
    );
  },
);

test.each([
  ['the person', [lee]],
  ['nobody', []],
])(
  'an account that failed sign-ins locked was locked, whether %s is named as target',
  (_, targets) => {
    const lock = composeEvent({
      eventType: 'user.account.lock',
      displayMessage: 'Max sign in attempts exceeded',
      result: 'FAILURE',
      reason: 'LOCKED_OUT',
      at: time,
      actor: lee,
      targets,
    });
    expect(summarize([lock])).toBe(
      'lee.kim@example.com was locked out after too many failed sign-ins on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
    );
  },
);

describe('several events in one sentence', () => {
  test('name some targets and count the rest', () => {
    const resets = ['a', 'b', 'c', 'd', 'e'].map((login, hour) =>
      passwordReset({
        actor: dana,
        target: person(`${login}@example.com`),
        at: time + hour * 3_600_000,
      }),
    );
    expect(summarize(resets)).toBe(
      'dana.reyes@example.com reset the password of 5 users (a@example.com, b@example.com, c@example.com and 2 more) on 2022-01-21 from 10:14 to 14:14 UTC, from 192.0.2.10 (Berlin, Germany).',
    );
  });

  test.each([
    [1, 'created the user a@example.com on'],
    [2, 'created the users a@example.com and b@example.com on'],
    [5, 'created 5 users (a@example.com, b@example.com, c@example.com and 2 more) on'],
  ])('say %i new users as one does', (count, expected) => {
    const created = ['a', 'b', 'c', 'd', 'e'].slice(0, count).map((name, index) =>
      composeEvent({
        eventType: 'user.lifecycle.create',
        at: time + index,
        actor: dana,
        targets: [person(`${name}@example.com`)],
      }),
    );
    expect(summarize(created)).toContain(expected);
  });

  test('say who did what where not everybody did everything', () => {
    expect(
      summarize([
        factorEvent('reset_all', { actor: dana, target: lee, at: time }),
        factorEvent('activate', { actor: lee, target: lee, at: time + 60_000 }),
      ]),
    ).toBe(
      'dana.reyes@example.com removed all factors of lee.kim@example.com and lee.kim@example.com enrolled a factor on 2022-01-21 from 10:14 to 10:15 UTC, from 192.0.2.10 (Berlin, Germany).',
    );
  });

  test('count names that Okta does not know', () => {
    const tries = ['one', 'two', 'three'].map((typed, minute) =>
      failedSignIn({
        user: { id: 'unknown', type: 'User', alternateId: typed, displayName: 'unknown' },
        at: time + minute * 60_000,
      }),
    );
    expect(summarize(tries)).toBe(
      'Somebody with 3 unknown logins tried to sign in (3 times) on 2022-01-21 from 10:14 to 10:16 UTC, from 192.0.2.10 (Berlin, Germany).',
    );
  });

  test('name the rule of a policy, and leave out what has no name', () => {
    const change = (targets: ReturnType<typeof thing>[]) =>
      summarize([
        composeEvent({ eventType: 'policy.rule.update', at: time, actor: dana, targets }),
      ]);
    const [policy, rule] = [thing('PolicyEntity', 'Default'), thing('PolicyRule', 'Everybody')];
    expect(change([policy, rule])).toContain('changed the policy rule Everybody (Default) on');
    expect(change([policy])).toContain('changed the policy rule Default on');
    expect(change([])).toContain('changed the policy rule on');
  });

  test('word what somebody tried on their own account', () => {
    const own = { actor: dana, target: dana, at: time, result: 'FAILURE' };
    expect(summarize([passwordReset(own)])).toContain('tried to reset their own password on');
    expect(summarize([factorEvent('suspend', own)])).toContain(
      'tried to suspend a factor of their own on',
    );
  });

  test('tell deeds apart, tries from successes and one’s own from another’s', () => {
    expect(
      summarize([
        passwordReset({ actor: dana, target: lee, at: time }),
        passwordReset({ actor: dana, target: lee, at: time + 60_000, result: 'FAILURE' }),
        passwordReset({ actor: dana, target: dana, at: time + 120_000 }),
      ]),
    ).toBe(
      'dana.reyes@example.com reset the password of lee.kim@example.com, tried to reset the password of lee.kim@example.com and reset their own password on 2022-01-21 from 10:14 to 10:16 UTC, from 192.0.2.10 (Berlin, Germany).',
    );
  });

  test('name both people, both days and both addresses', () => {
    expect(
      summarize([
        signIn({ user: dana, at: time }),
        signIn({ user: lee, at: time + 86_400_000, place: LISBON_OFFICE }),
      ]),
    ).toBe(
      'dana.reyes@example.com and lee.kim@example.com signed in (2 times) from 2022-01-21 10:14 UTC to 2022-01-22 10:14 UTC, from 2 addresses (192.0.2.10 and 198.51.100.24).',
    );
  });

  test('stop after three kinds', () => {
    const sentence = summarize([
      signIn({ user: lee, at: time }),
      factorEvent('activate', { target: lee, at: time + 1 }),
      passwordChange({ target: lee, at: time + 2 }),
      factorEvent('deactivate', { target: lee, at: time + 3 }),
      privilegeGrant({ actor: lee, target: lee, at: time + 4 }),
    ]);
    expect(sentence).toContain(
      'signed in, enrolled a factor, changed their own password and caused 2 other kinds of event on',
    );
  });
});

describe('hostile and missing names', () => {
  const typed = 'hunter2-My-Secret';
  const unknown = { id: 'unknown', type: 'User', alternateId: typed, displayName: 'unknown' };

  test('what an unknown person typed is only counted', () => {
    const sentence = summarize([failedSignIn({ user: unknown, at: time })]);
    expect(sentence).toBe(
      'Somebody (unknown login, 17 characters) tried to sign in on 2022-01-21 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
    );
  });

  test('a name stays on one line and has an end', () => {
    const sentence = summarize([
      signIn({
        user: { ...lee, alternateId: `a\u2028b\r\n- [x] **F-00000000**${'z'.repeat(500)}` },
        at: time,
      }),
    ]);
    expect(sentence).not.toMatch(/[\r\n\u2028]/);
    expect(sentence.length).toBeLessThan(260);
  });

  test('an event without an actor still reads', () => {
    const raw = { ...passwordReset({ target: lee, at: time, place: null }), actor: null };
    expect(summarize([raw])).toBe(
      'Somebody reset the password of lee.kim@example.com on 2022-01-21 at 10:14 UTC.',
    );
  });

  test('a target that is missing is somebody', () => {
    const raw = {
      ...passwordReset({ actor: OKTA_SYSTEM, target: lee, at: time, place: null }),
      target: null,
    };
    expect(summarize([raw])).toContain('reset the password of somebody on');
  });
});

test('large numbers are written in groups of three', () => {
  const resets = Array.from({ length: 1_204 }, (_, index) =>
    passwordReset({ actor: dana, target: person(`user.${index}@example.com`), at: time + index }),
  );
  expect(summarize(resets)).toContain('reset the password of 1,204 users (');
  const sign = Array.from({ length: 1_204 }, (_, index) =>
    signIn({ user: dana, at: time + index }),
  );
  expect(summarize(sign)).toContain('signed in (1,204 times)');
});
