import { describe, expect, it } from 'vitest';
import { parseIncidentFile } from '../../src/catalogue/read-scopes.ts';
import type { AuditPlan, Focus } from '../../src/model/audit-plan.ts';
import { joinReasons } from '../../src/model/join-reasons.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, formatUtcDay, HOUR_MS } from '../../src/model/time-window.ts';
import { BY_TOKEN, NOW, openTenant } from '../okta/simulated-tenant.ts';
import {
  BERLIN_OFFICE,
  failedSignIn,
  generateNoise,
  signIn,
} from '../simulators/okta/build-event.ts';
import { askAudit } from './ask-audit.ts';
import { DANA, FINN } from './tell-events.ts';

const CORE = { since: formatUtcDay(NOW - 10 * DAY_MS), until: formatUtcDay(NOW - 4 * DAY_MS) };
const WITHIN = NOW - 7 * DAY_MS;

/** An incident of the last days with nothing but indicators. */
function incidentWith(indicators: readonly string[]) {
  const text = [
    'id: acme-2026-11',
    'title: Something',
    `window: { core: { since: ${CORE.since}, until: ${CORE.until} } }`,
    'checks: { support-session-started: evidence }',
    'indicators:',
    ...indicators.map(
      (indicator) => `  - { ${indicator}, strength: strong, source: https://example.com/advisory }`,
    ),
  ].join('\n');
  return parseIncidentFile({ path: 'incident.yml', text });
}

const ADDRESSES = ['address: 203.0.113.66', 'address: 198.51.100.8/30', 'address: 2001:db8::66'];
const RANGE = 'address: 192.0.2.0/24';

/** The proxy in front of the tenant's own domain says for whom it asks. */
const THROUGH_PROXY = signIn({
  user: FINN,
  at: WITHIN + 2 * HOUR_MS,
  replace: { request: { ipChain: [{ ip: '198.51.100.77' }, { ip: BERLIN_OFFICE.address }] } },
});

const SEEN: readonly RawEvent[] = [
  THROUGH_PROXY,
  ...generateNoise({ seed: 5, from: NOW - 20 * DAY_MS, to: NOW - HOUR_MS, count: 3_000 }),
  signIn({ user: DANA, at: WITHIN, place: { ...BERLIN_OFFICE, address: '203.0.113.66' } }),
  failedSignIn({ user: FINN, at: WITHIN, place: { ...BERLIN_OFFICE, address: '198.51.100.11' } }),
  signIn({ user: FINN, at: WITHIN, place: { ...BERLIN_OFFICE, address: '2001:db8:0:0:0:0:0:66' } }),
  signIn({
    user: DANA,
    at: WITHIN + HOUR_MS,
    place: { ...BERLIN_OFFICE, address: '198.51.100.12' },
  }),
];

async function ask(
  pull: 'targeted' | 'full',
  indicators: readonly string[],
  focus: readonly Focus[] = [],
): Promise<JudgedAudit & { readonly filters: readonly string[] }> {
  const { simulator, source } = await openTenant({});
  simulator.addEvents(SEEN);
  const okta = { orgUrl: simulator.url, credentials: BY_TOKEN };
  const plan: Partial<AuditPlan> = { nowMs: NOW, archives: [], okta, pull, focus };
  const audit = await askAudit({ incident: null, scope: incidentWith(indicators), source, plan });
  return {
    ...audit,
    filters: simulator.requestsTo('logs').map(({ query }) => query.get('filter') ?? ''),
  };
}

function outcomeOf(audit: JudgedAudit, id: string) {
  const check = audit.checks.find((each) => each.id === id);
  return check === undefined ? null : { status: check.status, reason: joinReasons(check.reasons) };
}

function foundBy(audit: JudgedAudit, checkId: string): object[] {
  return audit.findings
    .filter(({ check }) => check === checkId)
    .map(({ id, severity, role, events }) => ({
      id,
      severity,
      role,
      events: events.map(({ uuid }) => uuid),
    }));
}

describe('addresses of an attacker in a targeted pull', () => {
  it('are asked for, judged as fully as by a full pull, and found the same', async () => {
    const targeted = await ask('targeted', ADDRESSES);
    const full = await ask('full', ADDRESSES);
    expect(outcomeOf(targeted, 'indicator-address')).toEqual({ status: 'evaluated', reason: null });
    expect(targeted.coverage.state).toBe('complete');
    expect(targeted.verdict).toBe('evidence-found');
    const found = foundBy(targeted, 'indicator-address');
    expect(found).toHaveLength(3);
    expect(found).toEqual(foundBy(full, 'indicator-address'));
  });

  it('say no evidence only because they were asked for', async () => {
    const absent = await ask('targeted', ['address: 203.0.113.77']);
    expect(absent.verdict).toBe('no-evidence');
    expect(absent.filters.join(' ')).toContain('client.ipAddress eq "203.0.113.77"');
  });

  it('are found behind a proxy where everything is read, and cost a targeted pull no coverage', async () => {
    const targeted = await ask('targeted', ['address: 198.51.100.77']);
    expect(outcomeOf(targeted, 'indicator-forwarded-address')).toEqual({
      status: 'not-evaluated',
      reason: expect.stringContaining('it needs most of the log'),
    });
    expect(targeted.coverage.state).toBe('complete');
    const full = await ask('full', ['address: 198.51.100.77']);
    expect(foundBy(full, 'indicator-forwarded-address')).toEqual([
      expect.objectContaining({
        role: 'review',
        severity: 'medium',
        events: [THROUGH_PROXY['uuid']],
      }),
    ]);
    expect(full.verdict).toBe('needs-review');
  });

  it('leave a range that is too large a hole, and only that', async () => {
    const audit = await ask('targeted', [...ADDRESSES, RANGE]);
    expect(outcomeOf(audit, 'indicator-address')?.status).toBe('evaluated');
    expect(outcomeOf(audit, 'indicator-range')).toEqual({
      status: 'not-evaluated',
      reason: expect.stringContaining('it needs most of the log'),
    });
    expect(audit.coverage.state).toBe('partial');
    const holes = audit.coverage.holes.filter(({ decides }) => decides);
    expect(holes.map(({ checks, remedy }) => [checks, remedy])).toEqual([
      [['indicator-range'], 'set pull: full, or give an archive'],
    ]);
    const alone = await ask('targeted', ['address: 203.0.113.77', RANGE]);
    expect(alone.verdict).toBe('not-assessable');
    expect((await ask('full', ['address: 203.0.113.77', RANGE])).coverage.state).toBe('complete');
  });

  it('are covered also where there are more of them than one request can name', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => {
      const [high, low] = [Math.floor(index / 200) + 51, index % 200];
      return `address: 198.${high}.100.${low}`;
    });
    const audit = await ask('targeted', many);
    expect(outcomeOf(audit, 'indicator-address')?.status).toBe('evaluated');
    expect(
      audit.filters.filter((filter) => filter.includes('client.ipAddress')).length,
    ).toBeGreaterThan(30);
  });
});

describe('a focus in a targeted pull', () => {
  it('reads what a user, a session or an address did, and says which range it cannot ask for', async () => {
    const audit = await ask(
      'targeted',
      ['address: 203.0.113.77'],
      [
        { kind: 'user', value: 'Dana.Reyes@example.com' },
        { kind: 'ip', value: '198.51.100.11' },
        { kind: 'ip', value: '192.0.2.0/24' },
      ],
    );
    const { users, networks } = audit.investigations;
    expect(users[0]?.timeline).toHaveLength(2);
    expect(networks[0]?.actors).toEqual(['finn.okoro@example.com']);
    expect(audit.coverage.holes.map(({ reason, decides }) => [reason, decides])).toContainEqual([
      'A targeted pull asks Okta for event types by name, and this needs every event',
      false,
    ]);
  });
});
