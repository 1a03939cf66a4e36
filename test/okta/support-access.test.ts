import { describe, expect, test } from 'vitest';
import { formatInstant, HOUR_MS } from '../../src/model/time-window.ts';
import { createServiceApp } from '../simulators/okta/service-app.ts';
import { fromRequest } from '../simulators/okta/simulator-fault.ts';
import type { SimulatedCase, SupportSetting } from '../simulators/okta/support-setting.ts';
import { API_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const LATER = NOW + 6 * HOUR_MS;
const EARLIER = NOW - HOUR_MS;

function supportCase(
  caseNumber: string,
  {
    impersonation = 'NOT_REQUESTED',
    expiresMs,
    selfAssigned = 'NOT_REQUIRED',
  }: { impersonation?: string; expiresMs?: number; selfAssigned?: string } = {},
): SimulatedCase {
  const expiration = expiresMs === undefined ? null : formatInstant(expiresMs);
  return {
    caseNumber,
    subject: 'Reset admin password',
    impersonation: { status: impersonation, expiration },
    selfAssigned: { status: selfAssigned },
  };
}

const ENABLED_CASE = supportCase('1000001', { impersonation: 'ENABLED', expiresMs: LATER });

interface Example {
  readonly support: Partial<SupportSetting>;
  readonly state: string;
  readonly expiresAtMs?: number | null;
  readonly says?: string;
}

describe('support access', () => {
  test.each<[string, Example]>([
    ['is off', { support: {}, state: 'disabled' }],
    [
      'is on for the org',
      {
        support: { support: 'ENABLED', expiration: formatInstant(LATER), caseNumber: '1000001' },
        state: 'enabled',
        expiresAtMs: LATER,
      },
    ],
    [
      'is on for the org without an end',
      { support: { support: 'ENABLED' }, state: 'enabled', expiresAtMs: null },
    ],
    [
      'is off where Okta still lists what has ended',
      {
        support: { support: 'ENABLED', expiration: formatInstant(EARLIER) },
        state: 'disabled',
        says: '2026-11-23T01:17:00.000Z',
      },
    ],
    [
      'is on by a case',
      { support: { cases: [ENABLED_CASE] }, state: 'enabled', expiresAtMs: LATER },
    ],
    [
      'is on by a case in a bare array',
      {
        support: { cases: [ENABLED_CASE], casesShape: 'array' },
        state: 'enabled',
        expiresAtMs: LATER,
      },
    ],
    [
      'is on by a self-assigned case that was approved',
      {
        support: { cases: [supportCase('1000002', { selfAssigned: 'APPROVED' })] },
        state: 'enabled',
        expiresAtMs: null,
      },
    ],
    [
      'is on without an end where one access has none',
      {
        support: { support: 'ENABLED', cases: [ENABLED_CASE] },
        state: 'enabled',
        expiresAtMs: null,
      },
    ],
    [
      'is on without an end by a self-assigned case whose impersonation has ended',
      {
        support: {
          cases: [
            supportCase('1000002', {
              impersonation: 'ENABLED',
              expiresMs: EARLIER,
              selfAssigned: 'APPROVED',
            }),
          ],
        },
        state: 'enabled',
        expiresAtMs: null,
      },
    ],
    [
      'is on until the end that the org has set where a case tells none',
      {
        support: {
          support: 'ENABLED',
          expiration: formatInstant(LATER),
          cases: [supportCase('1000002', { selfAssigned: 'APPROVED' })],
        },
        state: 'enabled',
        expiresAtMs: LATER,
      },
    ],
    [
      'is off where a case is asked for only',
      {
        support: {
          cases: [supportCase('1', { impersonation: 'REQUESTED', selfAssigned: 'REQUESTED' })],
        },
        state: 'disabled',
      },
    ],
    [
      'is off where the access of a case has ended',
      {
        support: { cases: [supportCase('1', { impersonation: 'ENABLED', expiresMs: EARLIER })] },
        state: 'disabled',
        says: 'ended at',
      },
    ],
  ])('%s', async (_, { support, state, expiresAtMs, says }) => {
    const tenant = await openTenant({ support });
    const access = await tenant.askSupportAccess();
    expect(access.state).toBe(state);
    expect(access.expiresAtMs).toBe(expiresAtMs ?? null);
    if (says === undefined) expect(access.reason).toBeNull();
    else expect(access.reason).toContain(says);
  });

  test('tells every case with what it allows', async () => {
    const tenant = await openTenant({
      support: { cases: [ENABLED_CASE, supportCase('1000002', { selfAssigned: 'REQUESTED' })] },
    });
    expect((await tenant.askSupportAccess()).cases).toEqual([
      {
        caseNumber: '1000001',
        subject: 'Reset admin password',
        impersonation: 'ENABLED',
        impersonationExpiresAtMs: LATER,
        selfAssigned: 'NOT_REQUIRED',
        isOpen: true,
      },
      {
        caseNumber: '1000002',
        subject: 'Reset admin password',
        impersonation: 'NOT_REQUESTED',
        impersonationExpiresAtMs: null,
        selfAssigned: 'REQUESTED',
        isOpen: false,
      },
    ]);
  });
});

test.each<[string, readonly SimulatedCase[]]>([
  ['another case', [ENABLED_CASE]],
  ['no case at all', []],
  ['it as closed', [supportCase('1000009')]],
])('the case that the org is open for is told where Okta lists %s', async (_, cases) => {
  const expiration = formatInstant(LATER);
  const tenant = await openTenant({
    support: { support: 'ENABLED', expiration, caseNumber: '1000009', cases },
  });
  const { cases: told } = await tenant.askSupportAccess();
  expect(told).toMatchObject([
    ...cases.map(({ caseNumber }) => ({ caseNumber })),
    { caseNumber: '1000009', impersonationExpiresAtMs: LATER, isOpen: true },
  ]);
});

describe('support access is unknown, never disabled', () => {
  test('where the token may not ask, and the role that may is named', async () => {
    const tenant = await openTenant({ tokens: [{ token: API_TOKEN, role: 'READ_ONLY_ADMIN' }] });
    const access = await tenant.askSupportAccess();
    expect(access.state).toBe('unknown');
    expect(access.reason).toContain('Super Administrator');
    expect(access.reason).toContain('HTTP 403');
  });

  test('where the app lacks the scope, which is named', async () => {
    const app = createServiceApp({ scopes: ['okta.logs.read'] });
    const tenant = await openTenant({
      clients: [app.client],
      credentials: {
        kind: 'service-app',
        clientId: app.client.clientId,
        privateKey: app.privateKeyPem,
        keyId: app.keyId,
      },
    });
    const access = await tenant.askSupportAccess();
    expect(access.state).toBe('unknown');
    expect(access.reason).toContain('Grant okta.orgs.read');
  });

  test('where only the cases may be seen and none is open', async () => {
    const tokens = [
      { token: API_TOKEN, role: 'READ_ONLY_ADMIN', managesSupportCases: true } as const,
    ];
    const tenant = await openTenant({ tokens, support: { cases: [supportCase('1')] } });
    const access = await tenant.askSupportAccess();
    expect(access.state).toBe('unknown');
    expect(access.cases).toHaveLength(1);
    tenant.simulator.setSupport({ cases: [ENABLED_CASE] });
    expect(await tenant.askSupportAccess()).toMatchObject({
      state: 'enabled',
      expiresAtMs: LATER,
      reason: expect.stringContaining('Super Administrator'),
    });
  });

  test.each([
    ['the setting fails', 'support'],
    ['the cases fail', 'support-cases'],
  ] as const)('where %s for good, and enabled where the other says so', async (_, endpoint) => {
    const tenant = await openTenant({
      faults: [fromRequest(endpoint, 1, { kind: 'status', status: 500 })],
    });
    expect(await tenant.askSupportAccess()).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('HTTP 500'),
    });
    tenant.simulator.setSupport({ support: 'ENABLED', cases: [ENABLED_CASE] });
    expect((await tenant.askSupportAccess()).state).toBe('enabled');
  });

  test.each(['html', 'connection-reset', 'cut-body', 'unparsable-body'] as const)(
    'where the org answers with %s',
    async (kind) => {
      const tenant = await openTenant({
        faults: [{ when: () => true, action: { kind } }],
      });
      expect(await tenant.askSupportAccess()).toMatchObject({ state: 'unknown', cases: [] });
    },
  );

  test.each([
    [404, 'E0000007'],
    [405, 'E0000022'],
    [501, 'E0000060'],
  ])('where the org has no such endpoint: %i', async (status, errorCode) => {
    const tenant = await openTenant({
      faults: [{ when: () => true, action: { kind: 'status', status, errorCode } }],
    });
    const access = await tenant.askSupportAccess();
    expect(access.state).toBe('unknown');
    expect(access.reason).toContain(`by its API (HTTP ${status}, ${errorCode})`);
    expect(access.reason).toContain('Admin Console');
    expect(access.reason).not.toContain('okta-org-url');
    expect(tenant.simulator.requests).toHaveLength(2);
  });

  test('where the cases are told in another form', async () => {
    const tenant = await openTenant({
      faults: [fromRequest('support-cases', 1, { kind: 'body', text: '{"cases":[]}' })],
    });
    expect(await tenant.askSupportAccess()).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('/oktaSupport/cases with something else'),
    });
  });

  test.each([
    [['1000001'], 'with something else'],
    [[{}], 'does not name the state'],
    [[{ ...supportCase('1'), impersonation: 'ENABLED' }], 'does not name the state'],
    [[{ ...supportCase('1'), selfAssigned: undefined }], 'does not name the state'],
    [[supportCase('1', { impersonation: 'APPROVED' })], 'case 1 "APPROVED"'],
    [[supportCase('1', { selfAssigned: 'ENABLED' })], 'case 1 "ENABLED"'],
  ])('where a case does not say whether it is open: %j', async (cases, says) => {
    const text = JSON.stringify({ supportCases: cases });
    const tenant = await openTenant({
      faults: [fromRequest('support-cases', 1, { kind: 'body', text })],
    });
    expect(await tenant.askSupportAccess()).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining(says),
    });
  });

  test.each([{ impersonation: 'EXTENDED' }, { selfAssigned: 'GRANTED' }])(
    'where a case is in a state of later times: %j',
    async (state) => {
      const cases = [supportCase('1', state)];
      const text = JSON.stringify({ supportCases: cases });
      const tenant = await openTenant({
        faults: [fromRequest('support-cases', 1, { kind: 'body', text })],
      });
      expect(await tenant.askSupportAccess()).toMatchObject({
        state: 'unknown',
        reason: expect.stringMatching(/^Okta calls the access of case 1 "(EXTENDED|GRANTED)"/),
      });
    },
  );

  test('where the private key cannot be read', async () => {
    const credentials = {
      kind: 'service-app',
      clientId: 'x',
      privateKey: 'no key',
      keyId: null,
    } as const;
    const tenant = await openTenant({ credentials });
    expect(await tenant.askSupportAccess()).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('okta-private-key'),
    });
  });
});
