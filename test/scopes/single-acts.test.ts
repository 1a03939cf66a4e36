import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TOKEN_USE_TYPES } from '../../src/checks/credential-changes/token-habits.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Role } from '../../src/model/severity.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { describeCircumstances } from '../../src/report/words/describe-circumstances.ts';
import { days } from '../archive/archive-workbench.ts';
import {
  ANONYMIZER,
  adminAppAccess,
  BERLIN_OFFICE,
  composeEvent,
  type EventParts,
  FAR_AWAY,
  factorEvent,
  LISBON_OFFICE,
  OKTA_SYSTEM,
  type Place,
  passwordReset,
  person,
  privilegeGrant,
  type Somebody,
  signIn,
  thing,
} from '../simulators/okta/build-event.ts';
import { askTonight, toEvents } from './ask-about.ts';
import { askAudit } from './ask-audit.ts';
import { createMemorySource } from './memory-source.ts';
import { DANA, FINN, HARPER, hoursAgo } from './tell-events.ts';

/*
 * Acts that stand alone in a quiet week: what lowers a wall, opens a door or gives power asks for a look; what happens
 * every day in some company is listed.
 */

const HR_SYNC = { ...thing('PublicClientApp', 'HR Sync'), alternateId: '0oahrsync' };

test.each<[string, string, Somebody, readonly Somebody[], Role]>([
  ['event_hook.deactivated', 'event-hook-stopped', DANA, [thing('EventHook', 'SIEM')], 'review'],
  ['event_hook.deleted', 'event-hook-stopped', DANA, [thing('EventHook', 'SIEM')], 'review'],
  ['policy.rule.deactivate', 'policy-switched-off', DANA, [thing('PolicyRule', 'MFA')], 'review'],
  ['policy.lifecycle.delete', 'policy-switched-off', DANA, [thing('PolicyEntity', 'X')], 'review'],
  ['policy.rule.update', 'policy-rule-changed', DANA, [thing('PolicyRule', 'MFA')], 'context'],
  ['inline_hook.created', 'inline-hook-changed', DANA, [thing('InlineHook', 'Import')], 'review'],
  ['workflows.user.role.user.add', 'workflows-role-granted', DANA, [FINN], 'review'],
  ['system.api_token.enable', 'api-token-enabled', DANA, [thing('Token', 'ci')], 'review'],
  ['user.account.update_secondary_email', 'email-changed-by-other', DANA, [FINN], 'context'],
  ['user.account.update_primary_email', 'email-changed-by-other', HR_SYNC, [FINN], 'context'],
  ['system.custom_email_server.lifecycle.update', 'mail-server-changed', DANA, [], 'review'],
  ['system.custom_signin.update', 'sign-in-page-changed', DANA, [thing('Brand', 'X')], 'review'],
  ['system.email.template.update', 'email-template-changed', DANA, [], 'context'],
  ['security.authenticator.lifecycle.activate', 'org-mfa-factor-enabled', DANA, [], 'review'],
  ['user.mfa.factor.unsuspend', 'mfa-factor-unsuspended-by-other', HARPER, [FINN], 'context'],
  ['event_hook.updated', 'event-hook-changed', DANA, [thing('EventHook', 'SIEM')], 'context'],
  ['workflows.user.connection.reauthorize', 'workflows-connection-changed', DANA, [], 'context'],
  ['access.request.condition.create', 'access-request-rule-changed', DANA, [], 'context'],
  [
    'device.desktop_mfa.recovery_pin.generate',
    'desktop-recovery-pin-given',
    HARPER,
    [FINN],
    'context',
  ],
  ['pki.ca.add', 'certificate-authority-added', DANA, [thing('CA', 'Devices')], 'review'],
  ['system.agent.register', 'directory-agent-added', DANA, [thing('Agent', 'ldap-7')], 'review'],
  ['security.events.provider.delete', 'threat-protection-changed', DANA, [], 'review'],
  ['application.user_membership.change_username', 'app-username-changed', DANA, [FINN], 'context'],
  ['system.agent.auto_update', 'directory-agent-updated', OKTA_SYSTEM, [], 'context'],
  ['security.trusted_origin.create', 'trusted-origin-added', DANA, [], 'review'],
  ['integration.api_service.lifecycle.authorize', 'api-service-authorized', DANA, [], 'review'],
  ['app.keys.clone', 'app-signing-key-cloned', DANA, [thing('AppInstance', 'Pay')], 'review'],
  ['zone.create', 'network-zone-changed', DANA, [thing('NetworkZone', 'VPN')], 'context'],
  ['user.behavior.profile.reset', 'behavior-profile-reset', HARPER, [FINN], 'context'],
  [
    'security.breached_credential.detected',
    'breached-credential-reported',
    OKTA_SYSTEM,
    [FINN],
    'context',
  ],
])('%s is told by %s', async (eventType, check, actor, targets, role) => {
  const act = composeEvent({ eventType, at: hoursAgo(50), actor, targets });
  const { findings } = await askTonight([act]);
  expect(findings.map((finding) => [finding.check, finding.role])).toEqual([[check, role]]);
});

test.each([
  ['policy.rule.update', 'policy-rule-changed'],
  ['policy.rule.add', 'policy-rule-changed'],
  ['policy.lifecycle.update', 'policy-changed'],
  ['application.policy.sign_on.update', 'app-sign-on-policy-changed'],
])(
  '%s is listed for the summer in which factors were taken out of policies',
  async (eventType, check) => {
    const at = Date.parse('2023-08-10T10:00:00Z');
    const targets = [thing('PolicyEntity', 'Apps'), thing('PolicyRule', 'Catch-all')];
    const act = composeEvent({ eventType, at, actor: DANA, targets });
    const source = createMemorySource({
      events: toEvents([act]),
      covered: days('2023-05-01', '2023-12-01'),
    });
    const incident = 'okta-2023-08-cross-tenant-impersonation';
    const { findings } = await askAudit({ incident, source });
    expect(findings.map((finding) => [finding.check, finding.role])).toEqual([[check, 'context']]);
  },
);

test('whoever has the passwords of many applications shown is asked, also for their own', async () => {
  const shown = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      composeEvent({
        eventType: 'application.user_membership.show_password',
        at: hoursAgo(50 - index / 10),
        actor: FINN,
        targets: [FINN, thing('AppInstance', `App ${index}`)],
      }),
    );
  const { findings } = await askTonight(shown(5));
  expect(findings.map(({ check, role }) => [check, role])).toEqual([
    ['app-passwords-revealed-in-bulk', 'review'],
  ]);
  expect((await askTonight(shown(4))).findings).toEqual([]);
});

test('one device in the accounts of three people asks for a look', async () => {
  const added = (people: readonly Somebody[]) =>
    people.map((actor, index) =>
      composeEvent({
        eventType: 'device.user.add',
        at: hoursAgo(50 - index),
        actor,
        replace: {
          target: [
            {
              id: 'guo1',
              type: 'UDDevice',
              displayName: 'X',
              detailEntry: { oktaDeviceId: 'guo1' },
            },
          ],
        },
      }),
    );
  const { findings } = await askTonight(added([FINN, HARPER, DANA]));
  expect(findings.map(({ check, role, eventCount }) => [check, role, eventCount])).toEqual([
    ['device-of-several-people', 'review', 3],
  ]);
  expect((await askTonight(added([FINN, HARPER]))).findings).toEqual([]);
});

/** Three people add each of the devices, from one place. */
function shareDevices(devices: readonly string[], place: Place): RawEvent[] {
  return devices.flatMap((device) =>
    [FINN, HARPER, DANA].map((actor, index) =>
      composeEvent({
        eventType: 'device.user.add',
        at: hoursAgo(50 - index),
        actor,
        place,
        targets: [{ ...thing('UDDevice', device), detailEntry: { oktaDeviceId: device } }],
      }),
    ),
  );
}

test('the devices of a ward are one question, and the telephone of an intruder is another', async () => {
  const raws = [
    ...shareDevices(['WARD-1', 'WARD-2'], BERLIN_OFFICE),
    ...shareDevices(['WARD-3'], { ...BERLIN_OFFICE, address: '192.0.2.11' }),
    ...shareDevices(['telephone'], FAR_AWAY),
  ];
  const tell = ({ findings }: JudgedAudit) =>
    findings.map(({ role, eventCount }) => [role, eventCount]);
  expect(tell(await askTonight(raws))).toEqual([
    ['review', 9],
    ['review', 3],
  ]);
  expect(tell(await askTonight(raws, { ownNetworks: ['192.0.2.0/24'] }))).toEqual([
    ['review', 3],
    ['context', 9],
  ]);
});

test('a program without a signature that several people run is one question, and another is one more', async () => {
  const run = (actor: Somebody, binaryIdentifier: string) =>
    composeEvent({
      eventType: 'user.authentication.auth_via_mfa',
      at: hoursAgo(50),
      actor,
      debugData: { factor: 'SIGNED_NONCE' },
      replace: {
        authenticationContext: {
          authenticatorContext: {
            bindingMethod: 'LOOPBACK',
            validationStatus: 'NO_SIGNATURE',
            binaryIdentifier,
          },
        },
      },
    });
  const { findings } = await askTonight([
    run(FINN, 'chromium'),
    run(HARPER, 'chromium'),
    run(DANA, 'update'),
  ]);
  expect(findings.map(({ check, eventCount }) => [check, eventCount])).toEqual(
    expect.arrayContaining([
      ['fastpass-from-unsigned-program', 2],
      ['fastpass-from-unsigned-program', 1],
    ]),
  );
  expect(findings).toHaveLength(2);
});

test('the role of a super administrator that somebody else takes away asks for a look', async () => {
  const taken = (privilegeRevoked: string) =>
    composeEvent({
      eventType: 'user.account.privilege.revoke',
      at: hoursAgo(50),
      actor: DANA,
      targets: [FINN],
      debugData: { privilegeRevoked },
    });
  const { findings } = await askTonight([taken('Super administrator')]);
  expect(findings.map(({ check, role }) => [check, role])).toEqual([
    ['admin-privilege-taken-away', 'review'],
  ]);
  expect((await askTonight([taken('Help Desk administrator')])).findings).toEqual([]);
});

test.each<[string, string, Role]>([
  ['FAILURE', 'protected-action-refused', 'review'],
  ['SUCCESS', 'protected-action-attempted', 'context'],
])('a protected action that ends with %s is told by %s', async (result, check, role) => {
  const eventType = 'security.protected_action.attempt';
  const act = composeEvent({ eventType, at: hoursAgo(50), actor: DANA, result });
  const { findings } = await askTonight([act]);
  expect(findings.map((finding) => [finding.check, finding.role])).toEqual([[check, role]]);
});

test.each<[string, Place, Verdict]>([
  ['from two places', FAR_AWAY, 'needs-review'],
  ['from one place', BERLIN_OFFICE, 'no-evidence'],
])('an API token that is used %s', async (_, place, told) => {
  const act = (eventType: string, hours: number, from: Place): RawEvent =>
    composeEvent({
      eventType,
      at: hoursAgo(hours),
      actor: DANA,
      targets: [FINN],
      place: from,
      apiTokenId: '00T1token',
    });
  const { verdict, findings } = await askTonight([
    act('user.lifecycle.create', 50, BERLIN_OFFICE),
    act('user.account.update_password', 48, place),
  ]);
  expect(verdict).toBe(told);
  const waiting = findings.filter(({ role }) => role === 'review');
  expect(waiting.map(({ check, eventCount }) => [check, eventCount])).toEqual(
    told === 'needs-review' ? [['api-token-on-two-networks', 2]] : [],
  );
});

describe('through a proxy', () => {
  const PROXY: Place = { ...BERLIN_OFFICE, isProxy: true };
  const own = { ownNetworks: ['192.0.2.0/24'] };

  test.each<[string, Place, Verdict]>([
    ['of the own networks', PROXY, 'no-evidence'],
    ['elsewhere', { ...PROXY, address: '203.0.113.70' }, 'needs-review'],
  ])('%s, an enrolment and a way into the Admin Console', async (_, place, told) => {
    const { verdict, findings } = await askTonight(
      [
        factorEvent('activate', { target: FINN, at: hoursAgo(50), place }),
        adminAppAccess({ user: DANA, at: hoursAgo(49), place }),
      ],
      own,
    );
    expect(verdict).toBe(told);
    const role = told === 'needs-review' ? 'review' : 'context';
    expect(findings.map((finding) => [finding.check, finding.role])).toEqual([
      ['admin-console-through-proxy', role],
      ['mfa-factor-enrolled-through-proxy', role],
    ]);
  });

  test('of the own networks and elsewhere on one day, it asks for a look', async () => {
    const { findings } = await askTonight(
      [
        adminAppAccess({ user: DANA, at: hoursAgo(50), place: PROXY, session: 'office' }),
        adminAppAccess({ user: DANA, at: hoursAgo(49), place: ANONYMIZER, session: 'elsewhere' }),
      ],
      own,
    );
    expect(findings.map(({ role, eventCount }) => [role, eventCount])).toEqual([['review', 2]]);
    expect(findings[0]?.circumstances).not.toContain('own-network');
  });
});

test('the e-mail address of somebody who matters most asks for a look', async () => {
  const eventType = 'user.account.update_primary_email';
  const act = composeEvent({ eventType, at: hoursAgo(50), actor: DANA, targets: [FINN] });
  const { verdict } = await askTonight([act], { privilegedUsers: [FINN.alternateId] });
  expect(verdict).toBe('needs-review');
});

test.each<[string, readonly RawEvent[], Verdict]>([
  ['an administrator', [adminAppAccess({ user: FINN, at: hoursAgo(9 * 24) })], 'needs-review'],
  ['anybody else', [], 'no-evidence'],
])('the factors of %s, taken away by the help desk and enrolled again', async (_, before, told) => {
  const { verdict, findings } = await askTonight([
    ...before,
    signIn({ user: FINN, at: hoursAgo(9 * 24) }),
    factorEvent('reset_all', { actor: HARPER, target: FINN, at: hoursAgo(50) }),
    factorEvent('activate', { target: FINN, at: hoursAgo(49) }),
  ]);
  expect(verdict).toBe(told);
  const reset = findings.find(({ check }) => check === 'mfa-factors-reset');
  expect(reset?.role).toBe(told === 'needs-review' ? 'review' : 'context');
});

test('an account that is created with the role of an administrator is told once', async () => {
  const target = person('network.backup@example.com');
  const { findings } = await askTonight([
    composeEvent({
      eventType: 'user.lifecycle.create',
      at: hoursAgo(50),
      actor: DANA,
      targets: [target],
    }),
    privilegeGrant({ actor: DANA, target, at: hoursAgo(50), privilege: 'Super administrator' }),
  ]);
  expect(findings.map(({ check, role, eventCount }) => [check, role, eventCount])).toEqual([
    ['new-account-made-administrator', 'review', 2],
  ]);
});

test.each<[string, string, string, Role]>([
  ['changes users', 'okta.users.manage', 'oauth-managing-scope-granted', 'review'],
  ['reads the log', 'okta.logs.read', 'oauth-scope-granted-to-app', 'context'],
])('consent for an application that %s', async (_, grantedScopes, check, role) => {
  const act = composeEvent({
    eventType: 'app.oauth2.admin.consent.grant',
    at: hoursAgo(50),
    actor: DANA,
    targets: [thing('AppInstance', 'Mail Sorter')],
    debugData: { grantedScopes },
  });
  const { findings } = await askTonight([act]);
  expect(findings.map((finding) => [finding.check, finding.role])).toEqual([[check, role]]);
});

test('a personnel system that carries over the addresses of everybody asks for nothing', async () => {
  const acts = Array.from({ length: 60 }, (_, index) =>
    composeEvent({
      eventType: 'user.account.update_primary_email',
      at: hoursAgo(50) + index * 1000,
      actor: HR_SYNC,
      targets: [{ ...FINN, id: `00u${index}`, alternateId: `colleague.${index}@example.com` }],
    }),
  );
  const helpDesk = ['service.desk@example.com'];
  const { verdict, findings } = await askTonight(acts, { helpDesk });
  expect(verdict).toBe('no-evidence');
  expect(findings).toHaveLength(1);
});

describe('a sign-in page that a program rolled out on three days before', () => {
  const PROGRAM = thing('PublicClientApp', 'Configuration as code');
  const CODE: Place = { ...LISBON_OFFICE, rawUserAgent: 'deploy/4.9.1' };
  const BRAND = thing('Brand', 'Main');

  const change = (
    daysAgo: number,
    parts: Partial<Parameters<typeof composeEvent>[0]> = {},
  ): RawEvent =>
    composeEvent({
      eventType: 'system.custom_signin.update',
      at: hoursAgo(24 * daysAgo),
      actor: PROGRAM,
      targets: [BRAND],
      place: CODE,
      ...parts,
    });
  const BEFORE = [9, 11, 12].map((daysAgo) => change(daysAgo));

  test.each<[string, readonly RawEvent[], Role]>([
    ['is changed in the same way', [...BEFORE, change(2)], 'context'],
    [
      'is changed by a newer version of the program',
      [...BEFORE, change(2, { place: { ...CODE, rawUserAgent: 'deploy/5.0.0' } })],
      'context',
    ],
    [
      'is changed from another network',
      [...BEFORE, change(2, { place: { ...FAR_AWAY, rawUserAgent: 'deploy/4.9.1' } })],
      'review',
    ],
    [
      'is changed by another program',
      [...BEFORE, change(2, { place: { ...CODE, rawUserAgent: 'curl/8.0.0' } })],
      'review',
    ],
    ['is changed by a person', [...BEFORE, change(2, { actor: DANA })], 'review'],
    [
      'is not the one that is changed',
      [...BEFORE, change(2, { targets: [thing('Brand', 'Partners')] })],
      'review',
    ],
    ['was changed on two of them alone', [...BEFORE.slice(1), change(2)], 'review'],
    ['was changed too long ago', [17, 18, 19, 2].map((daysAgo) => change(daysAgo)), 'review'],
    [
      'is changed in the same way and in another on one day',
      [...BEFORE, change(2), change(2.01, { place: FAR_AWAY })],
      'review',
    ],
  ])('%s', async (_, events, role) => {
    const { findings } = await askTonight(events);
    expect(findings.map((finding) => [finding.check, finding.role])).toEqual([
      ['sign-in-page-changed', role],
    ]);
  });
});

describe('a role that a system lent and took back on three days before', () => {
  const SYSTEM = thing('PublicClientApp', 'Access governance');

  const takeBack = (
    daysAgo: number,
    parts: Partial<Parameters<typeof composeEvent>[0]> = {},
  ): RawEvent =>
    composeEvent({
      eventType: 'user.account.privilege.revoke',
      at: hoursAgo(24 * daysAgo),
      actor: SYSTEM,
      targets: [FINN],
      debugData: { privilegeRevoked: 'Organization administrator' },
      ...parts,
    });
  const BEFORE = [9, 11, 12].map((daysAgo) => takeBack(daysAgo));
  const lesser = { debugData: { privilegeRevoked: 'Help Desk administrator' } };

  test.each<[string, readonly RawEvent[], Role]>([
    ['is taken back again', [...BEFORE, takeBack(2)], 'context'],
    ['is taken from somebody else', [...BEFORE, takeBack(2, { targets: [HARPER] })], 'review'],
    ['is taken from elsewhere', [...BEFORE, takeBack(2, { place: FAR_AWAY })], 'review'],
    ['is taken by a person', [...BEFORE, takeBack(2, { actor: DANA })], 'review'],
    [
      'was a lesser one',
      [...[9, 11, 12].map((daysAgo) => takeBack(daysAgo, lesser)), takeBack(2)],
      'review',
    ],
  ])('%s', async (_, events, role) => {
    const { findings } = await askTonight(events);
    expect(findings.map((finding) => [finding.check, finding.role])).toEqual([
      ['admin-privilege-taken-away', role],
    ]);
  });

  test('does not speak for one that it takes from somebody else on the same day', async () => {
    const other = takeBack(2, { targets: [HARPER] });
    const tell = async (events: readonly RawEvent[]) =>
      (await askTonight(events)).findings.map(({ role, events: own, circumstances }) => [
        role,
        own.length,
        circumstances.includes('habitual'),
      ]);
    expect(await tell([...BEFORE, takeBack(2)])).toEqual([['context', 1, true]]);
    expect(await tell([...BEFORE, takeBack(2), other])).toEqual([['review', 2, false]]);
  });
});

describe('a sign-in through a hiding service that somebody used on three days before', () => {
  const tunnels = (operator: string) =>
    JSON.stringify([{ anonymous: true, operator, type: 'VPN' }]);
  const come = (
    daysAgo: number,
    place: Partial<Place> = {},
    debugData: Readonly<Record<string, unknown>> = {},
  ): RawEvent =>
    signIn({
      user: FINN,
      at: hoursAgo(24 * daysAgo),
      place: { ...ANONYMIZER, ...place },
      debugData: { tunnels: tunnels('EXAMPLE_VPN'), ...debugData },
    });
  const BEFORE = [9, 11, 12].map((daysAgo) => come(daysAgo));
  const exit = { address: '198.51.100.99', asNumber: 64_510, country: 'Netherlands' };
  const newer = { rawUserAgent: ANONYMIZER.rawUserAgent.replaceAll('128', '131') };
  const newDevice = '{New Device=POSITIVE, New IP=NEGATIVE}';
  const listed = {
    securityContext: {
      asNumber: ANONYMIZER.asNumber,
      isProxy: true,
      userBehaviors: [{ id: 'b1', name: 'New Device', result: 'POSITIVE' }],
    },
  };

  test.each<[string, readonly RawEvent[], Role]>([
    ['is in the same way', [...BEFORE, come(2)], 'context'],
    ['is by another exit of the service', [...BEFORE, come(2, exit)], 'context'],
    ['is by a newer browser', [...BEFORE, come(2, newer)], 'context'],
    [
      'is by another service',
      [...BEFORE, come(2, {}, { tunnels: tunnels('OTHER_VPN') })],
      'review',
    ],
    [
      'is by another browser',
      [...BEFORE, come(2, { rawUserAgent: BERLIN_OFFICE.rawUserAgent })],
      'review',
    ],
    ['is by a new device', [...BEFORE, come(2, {}, { behaviors: newDevice })], 'review'],
    ['is by a device listed as new', [...BEFORE, { ...come(2), ...listed }], 'review'],
    [
      'is by somebody else',
      [...BEFORE, { ...come(2), actor: { ...HARPER, detailEntry: null } }],
      'review',
    ],
    ['was on two of them alone', [...BEFORE.slice(1), come(2)], 'review'],
    [
      'is through Tor',
      [9, 11, 12, 2].map((daysAgo) => come(daysAgo, {}, { proxyType: 'tor' })),
      'review',
    ],
  ])('%s', async (_, events, role) => {
    const { findings } = await askTonight(events);
    expect(
      findings
        .filter(({ check }) => check === 'session-started-through-anonymizer')
        .map((finding) => finding.role),
    ).toEqual([role]);
  });

  test('asks for a look where it hides for the first time, as a proxy of the same network did not', async () => {
    const open = [9, 11, 12].map((daysAgo) => come(daysAgo, {}, { tunnels: '[]' }));
    const hides = come(2, {}, { tunnels: '[{"anonymous":true}]' });
    const { findings } = await askTonight([...open, hides]);
    expect(findings.map(({ check, role }) => [check, role])).toContainEqual([
      'session-started-through-anonymizer',
      'review',
    ]);
  });

  test('asks for a look elsewhere, where the days before were at an exit that the organisation listed', async () => {
    const exit = { ...ANONYMIZER, address: '198.51.100.99' };
    const listed = [9, 11, 12].map((daysAgo) => come(daysAgo, exit));
    const { findings } = await askTonight([...listed, come(2)], {
      ownNetworks: ['198.51.100.99/32'],
    });
    expect(findings.map(({ check, role }) => [check, role])).toContainEqual([
      'session-started-through-anonymizer',
      'review',
    ]);
  });

  test('is asked about where nobody was asked before, with everybody else who uses the service', async () => {
    const two = [...BEFORE, come(2)].flatMap((raw) => [
      raw,
      { ...raw, uuid: `${raw['uuid']}-2`, actor: { ...HARPER, detailEntry: null } },
    ]);
    const { findings } = await askTonight(two, {}, EMPTY_MEMORY);
    expect(
      findings
        .filter(({ role }) => role === 'review')
        .map(({ check, eventCount, facts }) => [check, eventCount, facts['habit']]),
    ).toEqual([
      ['session-started-through-anonymizer', 2, expect.stringMatching(/nobody was asked/)],
    ]);
  });

  test('speaks for no other sign-in of that day', async () => {
    const { findings } = await askTonight([
      ...BEFORE,
      come(2),
      come(2.01, {}, { behaviors: newDevice }),
    ]);
    expect(findings.filter(({ role }) => role === 'review').map(({ check }) => check)).toEqual([
      'session-started-through-anonymizer',
    ]);
  });
});

describe('a way into the Admin Console through a service that an administrator used on three days before', () => {
  const tunnels = (operator: string) =>
    JSON.stringify([{ anonymous: true, operator, type: 'PROXY' }]);
  const service = { debugData: { tunnels: tunnels('ICLOUD_RELAY_PROXY') } };
  const come = (
    daysAgo: number,
    { place, actor, ...details }: Partial<EventParts> = {},
  ): RawEvent =>
    adminAppAccess({
      user: actor ?? DANA,
      at: hoursAgo(24 * daysAgo),
      place: { ...ANONYMIZER, ...place },
      ...service,
      ...details,
    });
  const ask = (daysAgo: number, debugData: Readonly<Record<string, unknown>> = {}): RawEvent =>
    composeEvent({
      eventType: 'policy.evaluate_sign_on',
      at: hoursAgo(24 * daysAgo + 0.1),
      actor: DANA,
      targets: [thing('AppInstance', 'Okta Admin Console')],
      result: 'CHALLENGE',
      place: ANONYMIZER,
      debugData: { ...service.debugData, ...debugData },
    });
  const BEFORE = [9, 11, 12].map((daysAgo) => come(daysAgo));
  const ofNoName = { debugData: {} };

  test.each<[string, readonly RawEvent[], Role]>([
    ['is in the same way', [...BEFORE, ask(2), come(2)], 'context'],
    [
      'is by another exit of the service',
      [
        ...BEFORE,
        come(2, { place: { ...ANONYMIZER, address: '198.51.100.99', asNumber: 64_510 } }),
      ],
      'context',
    ],
    [
      'is from another country',
      [...BEFORE, come(2, { place: { ...ANONYMIZER, country: 'Netherlands' } })],
      'review',
    ],
    [
      'is by another service',
      [...BEFORE, come(2, { debugData: { tunnels: tunnels('EXAMPLE_VPN') } })],
      'review',
    ],
    [
      'is by another browser',
      [...BEFORE, come(2, { place: { ...ANONYMIZER, rawUserAgent: BERLIN_OFFICE.rawUserAgent } })],
      'review',
    ],
    [
      'is by a new device, as the question before it says',
      [...BEFORE, ask(2, { behaviors: '{New Device=POSITIVE, New IP=NEGATIVE}' }), come(2)],
      'review',
    ],
    ['is by somebody else', [...BEFORE, come(2, { actor: FINN })], 'review'],
    ['was on two of them alone', [...BEFORE.slice(1), come(2)], 'review'],
    ['was asked for and not given on those days', [ask(9), ask(11), ask(12), come(2)], 'review'],
    [
      'is through a network that names no service',
      [9, 11, 12, 2].map((daysAgo) => come(daysAgo, ofNoName)),
      'review',
    ],
    ['was refused', [...BEFORE, come(2, { result: 'DENY' })], 'review'],
  ])('%s', async (_, events, role) => {
    const { findings } = await askTonight(events);
    expect(
      findings
        .filter(({ check }) => check === 'admin-console-through-proxy')
        .map((finding) => finding.role),
    ).toEqual([role]);
  });

  test('is asked about where the days before were at an exit that the organisation listed', async () => {
    const exit = { ...ANONYMIZER, address: '198.51.100.99' };
    const listed = [9, 11, 12].map((daysAgo) => come(daysAgo, { place: exit }));
    const { findings } = await askTonight([...listed, come(2)], {
      ownNetworks: ['198.51.100.99/32'],
    });
    expect(
      findings
        .filter(({ firstSeenMs }) => firstSeenMs >= hoursAgo(49))
        .map(({ check, role }) => [check, role]),
    ).toEqual([['admin-console-through-proxy', 'review']]);
  });
});

describe('a factor that is enrolled right after a sign-in by a new device from a new place', () => {
  const NEW =
    '{New Geo-Location=POSITIVE, New Device=POSITIVE, New IP=POSITIVE, New Country=POSITIVE}';
  const enrol = (place: Place): RawEvent[] => [
    signIn({ user: FINN, at: hoursAgo(50), place, debugData: { behaviors: NEW } }),
    factorEvent('activate', { target: FINN, at: hoursAgo(49.9), place }),
  ];
  const begin = (eventType: string, daysAgo: number): RawEvent =>
    composeEvent({
      eventType,
      at: hoursAgo(50 + 24 * daysAgo),
      actor: OKTA_SYSTEM,
      targets: [FINN],
    });
  const ownNetworks = ['203.0.113.0/24'];

  test.each<[string, readonly RawEvent[], readonly string[], Role]>([
    ['asks for a look', enrol(FAR_AWAY), [], 'review'],
    ['is listed from an own network', enrol(FAR_AWAY), ownNetworks, 'context'],
    [
      'is listed on a first day',
      [begin('user.lifecycle.create', 3), ...enrol(FAR_AWAY)],
      [],
      'context',
    ],
    [
      'is listed where the account was opened days ago',
      [begin('user.lifecycle.activate', 10), ...enrol(FAR_AWAY)],
      [],
      'context',
    ],
    [
      'asks for a look where the account was made long ago',
      [begin('user.lifecycle.create', 15), ...enrol(FAR_AWAY)],
      [],
      'review',
    ],
    [
      'asks for a look where an account was opened again',
      [begin('user.lifecycle.unsuspend', 0.5), ...enrol(FAR_AWAY)],
      [],
      'review',
    ],
    [
      'asks for a look where an account was activated again that had been closed',
      [
        begin('user.lifecycle.deactivate', 9),
        begin('user.lifecycle.activate', 0.5),
        ...enrol(FAR_AWAY),
      ],
      [],
      'review',
    ],
    [
      'is listed where a new account was closed by mistake',
      [
        begin('user.lifecycle.create', 3),
        begin('user.lifecycle.activate', 3),
        begin('user.lifecycle.deactivate', 2),
        begin('user.lifecycle.activate', 1),
        ...enrol(FAR_AWAY),
      ],
      [],
      'context',
    ],
  ])('%s', async (_, events, networks, role) => {
    const { findings } = await askTonight(events, { ownNetworks: networks });
    expect(findings.map((finding) => [finding.check, finding.role])).toContainEqual([
      'factor-enrolled-after-new-device',
      role,
    ]);
  });

  test('is told as that of an account made or activated, which may be an old one opened again', async () => {
    const { findings } = await askTonight([
      begin('user.lifecycle.activate', 10),
      ...enrol(FAR_AWAY),
    ]);
    const listed = findings.find(({ check }) => check === 'factor-enrolled-after-new-device');
    expect(describeCircumstances(listed?.circumstances ?? []).speaksAgainst).toContainEqual(
      expect.stringMatching(/^the account was made or activated in the 14 days before/),
    );
  });
});

describe('a role that a system lends on working days', () => {
  const SYSTEM = person('svc.access@example.com');
  const PROGRAM: Place = { ...LISBON_OFFICE, rawUserAgent: 'access-broker/3.2.0' };
  const lend = (
    daysAgo: number,
    target: Somebody,
    parts: Partial<Parameters<typeof composeEvent>[0]> = {},
  ): RawEvent =>
    composeEvent({
      eventType: 'user.account.privilege.grant',
      at: hoursAgo(24 * daysAgo),
      actor: SYSTEM,
      targets: [target],
      debugData: { privilegeGranted: 'Application administrator' },
      apiTokenId: '00T1broker',
      place: PROGRAM,
      ...parts,
    });
  const BEFORE = [lend(9, FINN), lend(11, HARPER), lend(12, HARPER)];
  const ANOTHER: Place = { ...PROGRAM, rawUserAgent: 'curl/8.0.0' };
  const NO_ROLE = { debugData: {} };

  test.each<[string, readonly RawEvent[], Role]>([
    ['is lent to somebody who had it before', [...BEFORE, lend(2, FINN)], 'context'],
    ['is lent to somebody for the first time', [...BEFORE, lend(2, DANA)], 'review'],
    ['is lent from elsewhere', [...BEFORE, lend(2, FINN, { place: FAR_AWAY })], 'review'],
    ['is lent by another program', [...BEFORE, lend(2, FINN, { place: ANOTHER })], 'review'],
    ['is given by a person', [...BEFORE, lend(2, FINN, { actor: DANA })], 'review'],
    [
      'is another one',
      [...BEFORE, lend(2, FINN, { debugData: { privilegeGranted: 'User administrator' } })],
      'review',
    ],
    ['was lent on two days alone', [...BEFORE.slice(0, 2), lend(2, FINN)], 'review'],
    ['is not named', [9, 11, 12, 2].map((daysAgo) => lend(daysAgo, FINN, NO_ROLE)), 'review'],
    [
      'is lent to nobody who is named',
      [9, 11, 12, 2].map((daysAgo) => lend(daysAgo, FINN, { targets: [] })),
      'review',
    ],
  ])('%s', async (_, events, role) => {
    const { findings } = await askTonight(events);
    expect(findings.map((finding) => [finding.check, finding.role])).toEqual([
      ['admin-privilege-granted-to-user', role],
    ]);
  });

  test.each(['Super administrator', 'Organization administrator'])(
    'asks for a look all the same, where it is %s',
    async (privilegeGranted) => {
      const ruling = [9, 11, 12, 2].map((daysAgo) =>
        lend(daysAgo, FINN, { debugData: { privilegeGranted } }),
      );
      const { findings } = await askTonight(ruling);
      expect(findings.map(({ role }) => role)).toEqual(['review']);
    },
  );
});

describe('an API token that a pipeline used in two clouds on three days before', () => {
  const OWNER = person('svc.pipeline@example.com');
  const RUNNER: Place = { ...LISBON_OFFICE, rawUserAgent: 'Terraform/1.9.8 provider/4.11.1' };
  const CLOUD: Place = { ...BERLIN_OFFICE, rawUserAgent: 'python-requests/2.32.3' };
  const ELSEWHERE: Place = { ...FAR_AWAY, rawUserAgent: CLOUD.rawUserAgent };
  const ANOTHER: Place = { ...CLOUD, rawUserAgent: 'curl/8.0.0' };

  const use = (
    daysAgo: number,
    place: Place,
    parts: Partial<Parameters<typeof composeEvent>[0]> = {},
  ): RawEvent =>
    composeEvent({
      eventType: 'application.lifecycle.update',
      at: hoursAgo(24 * daysAgo),
      actor: OWNER,
      targets: [thing('AppInstance', `App ${daysAgo}`)],
      place,
      apiTokenId: '00T1pipeline',
      ...parts,
    });
  const inBoth = (daysAgo: number): RawEvent[] => [
    use(daysAgo, RUNNER),
    use(daysAgo + 0.01, CLOUD),
  ];
  const BEFORE = [9, 11, 12].flatMap(inBoth);
  const NEWER: Place = { ...RUNNER, rawUserAgent: 'Terraform/1.10.1 provider/5.0.0' };
  const policy = { eventType: 'policy.rule.update', targets: [thing('PolicyRule', 'Staff')] };

  test.each<[string, readonly RawEvent[], Role]>([
    ['is used in both again', [...BEFORE, ...inBoth(2)], 'context'],
    [
      'is used in both for something else',
      [...BEFORE, ...inBoth(2), use(2, CLOUD, policy)],
      'context',
    ],
    ['is used by a newer version', [...BEFORE, use(2, NEWER), use(2.01, CLOUD)], 'context'],
    ['is used from elsewhere', [...BEFORE, ...inBoth(2), use(2.02, ELSEWHERE)], 'review'],
    ['is used by another program', [...BEFORE, ...inBoth(2), use(2.02, ANOTHER)], 'review'],
    [
      'is not the one that is used',
      [...BEFORE, ...inBoth(2).map((raw) => withToken(raw, '00T2other'))],
      'review',
    ],
    ['was used so on two of them alone', [...BEFORE.slice(2), ...inBoth(2)], 'review'],
    ['was used so too long ago', [17, 18, 19, 2].flatMap(inBoth), 'review'],
    [
      'was only tried so',
      [...BEFORE.map((raw) => ({ ...raw, outcome: { result: 'DENY' } })), ...inBoth(2)],
      'review',
    ],
  ])('%s', async (_, events, role) => {
    const { findings } = await askTonight(events);
    expect(
      findings
        .filter(({ check }) => check === 'api-token-on-two-networks')
        .map((finding) => finding.role),
    ).toEqual([role]);
  });

  test('asks for a look where it was used elsewhere alone, on days when the pipeline rested', async () => {
    const alone = [3, 5, 8, 10].map((daysAgo) => use(daysAgo, ELSEWHERE));
    const { findings } = await askTonight([
      ...BEFORE,
      ...alone,
      use(2, RUNNER),
      use(2.01, ELSEWHERE),
    ]);
    expect(findings.map(({ check, role }) => [check, role])).toContainEqual([
      'api-token-on-two-networks',
      'review',
    ]);
  });

  test('asks for a look where it was used beside an own exit, at the same provider, on days when nobody was asked', async () => {
    const beside: Place = { ...RUNNER, address: '198.51.100.99', rawUserAgent: 'curl/8.0.0' };
    const quiet = [4, 5, 8].flatMap((daysAgo) => [use(daysAgo, RUNNER), use(daysAgo, beside)]);
    const { findings } = await askTonight([...BEFORE, ...quiet, ...inBoth(2), use(2.02, beside)], {
      ownNetworks: [`${RUNNER.address}/32`],
    });
    expect(
      findings
        .filter(({ check }) => check === 'api-token-on-two-networks')
        .map((finding) => finding.role),
    ).toEqual(['review']);
  });

  test('is asked about where nobody was asked before', async () => {
    const { findings } = await askTonight([...BEFORE, ...inBoth(2)], {}, EMPTY_MEMORY);
    expect(findings.map(({ check, role, facts }) => [check, role, facts['habit']])).toContainEqual([
      'api-token-on-two-networks',
      'review',
      expect.stringMatching(/nobody was asked/),
    ]);
  });

  test('names what is not usual, where it is used from elsewhere among its usual uses', async () => {
    const { findings } = await askTonight([...BEFORE, ...inBoth(2), use(2.02, ELSEWHERE)]);
    const asked = findings.find(({ check }) => check === 'api-token-on-two-networks');
    expect(asked?.facts['notUsualForToken']).toEqual([
      '203.0.113.66 (Auckland, New Zealand, FIREFOX on Linux)',
    ]);
  });

  test('its uses are those that the rule looks at', () => {
    const text = readFileSync('rules/api-token-on-two-networks/rule.yml', 'utf8');
    expect(TOKEN_USE_TYPES).toEqual([...text.matchAll(/^ {6}- (\S+)$/gm)].map(([, type]) => type));
  });
});

function withToken(raw: RawEvent, token: string): RawEvent {
  return { ...raw, transaction: { type: 'WEB', id: token, detail: { requestApiTokenId: token } } };
}

describe('first passwords of many, by the personnel system', () => {
  const SYSTEM = person('hr.sync@example.com');

  /** Within half an hour, so many days ago. */
  const arrivals = (daysAgo: number, people: number, place = BERLIN_OFFICE): RawEvent[] =>
    Array.from({ length: people }, (_, index) =>
      passwordReset({
        actor: SYSTEM,
        place,
        target: person(`new.${index}.of.${daysAgo}@example.com`),
        at: hoursAgo(24 * daysAgo) + index * 60_000,
        apiTokenId: '00T1hr',
      }),
    );
  const HISTORY = [3, 4, 8, 9].flatMap((daysAgo) => arrivals(daysAgo, 14));

  test.each<[string, readonly RawEvent[], Role]>([
    ['as many as on other days', [...HISTORY, ...arrivals(2, 13)], 'context'],
    ['more than on any other day', [...HISTORY, ...arrivals(2, 15)], 'review'],
    [
      'as many, with its token from elsewhere',
      [...HISTORY, ...arrivals(2, 13, FAR_AWAY)],
      'review',
    ],
    ['on the first of such days', arrivals(2, 13), 'review'],
    [
      'among whom is an administrator',
      [
        ...HISTORY,
        ...arrivals(2, 13),
        adminAppAccess({ user: person('new.1.of.2@example.com'), at: hoursAgo(30) }),
      ],
      'review',
    ],
  ])('%s', async (_, events, role) => {
    const { findings } = await askTonight(events);
    const today = findings.filter(({ firstSeenMs }) => firstSeenMs >= hoursAgo(48));
    const bulk = today.filter(({ check }) => check === 'bulk-resets-by-one-actor');
    expect(bulk.map((finding) => finding.role)).toEqual([role]);
  });

  test('as many from where its token reset one person a day beside the system', async () => {
    const slowStart = [3, 4, 8, 9].flatMap((daysAgo) => arrivals(daysAgo - 0.1, 1, FAR_AWAY));
    const { findings } = await askTonight([...HISTORY, ...slowStart, ...arrivals(2, 13, FAR_AWAY)]);
    expect(findings.find(({ firstSeenMs }) => firstSeenMs >= hoursAgo(48))).toMatchObject({
      check: 'bulk-resets-by-one-actor',
      role: 'review',
    });
  });

  test('as many as on other days, about which nobody was asked', async () => {
    const history = [9, 10, 11].flatMap((daysAgo) => arrivals(daysAgo, 14));
    const tell = async (memory?: IssueMemory) =>
      (await askTonight([...history, ...arrivals(2, 13)], {}, memory)).findings.map(
        ({ check, role }) => [check, role],
      );
    expect(await tell()).toEqual([['bulk-resets-by-one-actor', 'context']]);
    expect(await tell(EMPTY_MEMORY)).toEqual([['bulk-resets-by-one-actor', 'review']]);
  });
});

test('what concerns somebody with power stands before its like', async () => {
  const { findings } = await askTonight([
    privilegeGrant({
      actor: DANA,
      target: FINN,
      at: hoursAgo(51),
      privilege: 'Report administrator',
    }),
    privilegeGrant({
      actor: DANA,
      target: thing('PublicClientApp', 'Mail Sorter'),
      at: hoursAgo(50),
      privilege: 'Organization administrator',
      replace: { eventType: 'app.oauth2.client.privilege.grant' },
    }),
  ]);
  expect(findings.map(({ check, severity }) => [check, severity])).toEqual([
    ['oauth-client-privilege-granted', 'medium'],
    ['admin-privilege-granted-to-user', 'medium'],
  ]);
});

test('what Okta clears away by itself asks for nothing', async () => {
  const eventType = 'policy.rule.delete';
  const act = composeEvent({ eventType, at: hoursAgo(50), actor: OKTA_SYSTEM });
  expect((await askTonight([act])).verdict).toBe('no-evidence');
});
