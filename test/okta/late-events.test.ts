import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { AuditError } from '../../src/errors.ts';
import { rememberAudit } from '../../src/memory/remember-audit.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { createOktaSource } from '../../src/sources/okta/okta-source.ts';
import { OktaTransport } from '../../src/sources/okta/transport/transport.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import { person, privilegeGrant, signIn } from '../simulators/okta/build-event.ts';
import { type FaultAction, fromRequest } from '../simulators/okta/simulator-fault.ts';
import { startOktaSimulator } from '../simulators/okta/start-okta-simulator.ts';
import { API_TOKEN, BY_TOKEN, NOW } from './simulated-tenant.ts';

/** An event that Okta delivers some minutes after it happened. */
interface Late {
  readonly afterMinutes: number;
  readonly delayMinutes: number;
}

interface Night {
  readonly hoursLater: number;
  readonly trouble: { readonly from: number; readonly action: FaultAction } | null;
  /** Somebody damaged what the issue remembers. */
  readonly isForgetful: boolean;
}

const DAYS = 10;

const late: fc.Arbitrary<Late> = fc.record({
  afterMinutes: fc.integer({ min: 0, max: DAYS * 24 * 60 }),
  delayMinutes: fc.constantFrom(0, 9, 11, 60, 20 * 60, 24 * 60 - 11),
});

const night: fc.Arbitrary<Night> = fc.record({
  hoursLater: fc.constantFrom(1, 12, 24, 24, 24, 25, 70),
  trouble: fc.option(
    fc.record({
      from: fc.integer({ min: 1, max: 6 }),
      action: fc.constantFrom<FaultAction>(
        { kind: 'status', status: 500 },
        { kind: 'html' },
        { kind: 'page', page: { foreignRecord: null, foreignAt: 0 } },
      ),
    }),
    { freq: 2 },
  ),
  isForgetful: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const FORGET_AND_SKIP: Night[] = [
  { hoursLater: 24, trouble: null, isForgetful: true },
  { hoursLater: 70, trouble: null, isForgetful: false },
];

/** Keeps house over nights as the issue does: what was found, and how far everything was read. */
async function auditNights(
  events: readonly Late[],
  nights: readonly Night[],
  lookbackDays: number,
): Promise<{
  readonly found: ReadonlySet<string>;
  readonly last: JudgedAudit | null;
  /** What lies before it was told as lost with the memory. */
  readonly toldMs: number;
}> {
  let nowMs = NOW;
  const okta = await startOktaSimulator({
    events: [signIn({ user: person('a.b@example.com'), at: NOW - HOUR_MS })],
    tokens: [{ token: API_TOKEN, role: 'SUPER_ADMIN' }],
    now: () => nowMs,
  });
  onTestFinished(() => okta.close());
  for (const [index, { afterMinutes, delayMinutes }] of events.entries()) {
    const at = NOW + afterMinutes * MINUTE_MS;
    okta.addEvents([plant(index, at)], at + delayMinutes * MINUTE_MS);
  }
  const found = new Set<string>();
  let memory = EMPTY_MEMORY;
  let toldMs = NOW;
  let last: JudgedAudit | null = null;
  for (const { hoursLater, trouble, isForgetful } of nights) {
    nowMs += hoursLater * HOUR_MS;
    okta.setFaults(trouble === null ? [] : [after(okta, trouble)]);
    if (isForgetful) memory = { ...EMPTY_MEMORY, unread: { reason: 'cut', remedy: 'look' } };
    last = await auditNight({ url: okta.url, nowMs, lookbackDays, memory });
    if (last === null) continue;
    if (memory.unread !== undefined) toldMs = Math.max(toldMs, last.window.sinceMs);
    memory = rememberAudit({ audit: last, memory, minimumSeverity: 'low' });
    for (const { events: seen } of last.findings) for (const { uuid } of seen) found.add(uuid);
  }
  await okta.close();
  return { found, last, toldMs };
}

test('what the very first night could not read is read by the next one', async () => {
  let nowMs = NOW;
  const okta = await startOktaSimulator({
    events: [plant(0, NOW - 20 * HOUR_MS), signIn({ user: person('a.b@example.com'), at: NOW })],
    tokens: [{ token: API_TOKEN, role: 'SUPER_ADMIN' }],
    now: () => nowMs,
    faults: [fromRequest('logs', 3, { kind: 'status', status: 500 })],
  });
  onTestFinished(() => okta.close());
  const lookbackDays = 1;
  const first = await auditNight({ url: okta.url, nowMs, lookbackDays, memory: EMPTY_MEMORY });
  if (first === null) throw new Error('a night that reads nothing gives a hole');
  expect(first).toMatchObject({ coverage: { state: 'none' }, findings: [] });
  nowMs += 24 * HOUR_MS;
  okta.setFaults([]);
  const memory = rememberAudit({ audit: first, memory: EMPTY_MEMORY, minimumSeverity: 'low' });
  const second = await auditNight({ url: okta.url, nowMs, lookbackDays, memory });
  expect(second?.coverage.state).toBe('complete');
  expect(second?.findings.map(({ check }) => check)).toContain('super-admin-privilege-granted');
});

function plant(index: number, at: number) {
  return privilegeGrant({
    actor: person('dana.reyes@example.com'),
    target: person(`person.${index}@example.com`),
    at,
  });
}

/** Requests are counted from the night's first one. */
function after(
  okta: { readonly requestsTo: (endpoint: 'logs') => readonly unknown[] },
  { from, action }: NonNullable<Night['trouble']>,
) {
  return fromRequest('logs', okta.requestsTo('logs').length + from, action);
}

async function auditNight({
  url,
  nowMs,
  lookbackDays,
  memory,
}: {
  url: string;
  nowMs: number;
  lookbackDays: number;
  memory: IssueMemory;
}): Promise<JudgedAudit | null> {
  const access = { orgUrl: url, credentials: BY_TOKEN };
  const transport = new OktaTransport(access, {
    now: () => nowMs,
    sleep: async () => {},
    random: () => 0.5,
    env: {},
    log: () => {},
  });
  const progress = { start() {}, advance() {}, finish() {} };
  try {
    return await askAudit({
      incident: null,
      source: createOktaSource({ transport, nowMs, progress }),
      memory,
      plan: {
        nowMs,
        archives: [],
        okta: access,
        times: { lookbackDays, sinceMs: null, untilMs: null },
      },
    });
  } catch (thrown) {
    if (thrown instanceof AuditError) return null;
    throw thrown;
  }
}

test('an event that Okta delivers up to a day late is found, whatever nights were bad or skipped', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(late, { minLength: 1, maxLength: 12 }),
      fc.array(night, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(1, 7),
      async (events, nights, lookbackDays) => {
        const first = { hoursLater: 1, trouble: null, isForgetful: false };
        const whole = { ...first, hoursLater: (DAYS + 2) * 24 };
        const all = [first, ...nights, first, whole];
        const { found, last, toldMs } = await auditNights(events, all, lookbackDays);
        expect(last?.coverage.state).toBe('complete');
        const planted = events.flatMap(({ afterMinutes }, index) => {
          const at = NOW + afterMinutes * MINUTE_MS;
          return at < toldMs ? [] : String(plant(index, at)['uuid']);
        });
        expect(planted.filter((uuid) => !found.has(uuid))).toEqual([]);
      },
    ),
    { numRuns: 15, examples: [[[{ afterMinutes: 2400, delayMinutes: 0 }], FORGET_AND_SKIP, 1]] },
  );
}, 120_000);
