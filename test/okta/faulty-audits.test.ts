import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuditError } from '../../src/errors.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { rememberAnswers } from '../../src/model/remember-answers.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import {
  FAR_AWAY,
  factorEvent,
  generateNoise,
  OKTA_SYSTEM,
  passwordReset,
  person,
  privilegeGrant,
  signIn,
} from '../simulators/okta/build-event.ts';
import {
  type Fault,
  type FaultAction,
  fromRequest,
  onRequest,
} from '../simulators/okta/simulator-fault.ts';
import { BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

/** Midnight, at which the window of a week begins. */
const SINCE = Date.parse('2026-11-16T00:00:00Z');
const UNTIL = NOW - 10 * MINUTE_MS;
const PLANTED_CHECK = 'super-admin-privilege-granted';

const VICTIM = person('v.stone@example.com');
const RESET_MS = NOW - 2 * DAY_MS;
const CHAIN_CHECK = 'takeover-chain';

/** A reset, a new factor, and a sign-in from where this person was never seen, which only a drill-down tells. */
const TAKEOVER: readonly RawEvent[] = [
  ...Array.from({ length: 10 }, (_, day) =>
    signIn({ user: VICTIM, at: RESET_MS - (day + 1) * DAY_MS }),
  ),
  passwordReset({ actor: person('help.desk@example.com'), target: VICTIM, at: RESET_MS }),
  factorEvent('activate', { actor: VICTIM, target: VICTIM, at: RESET_MS + 5 * MINUTE_MS }),
  signIn({ user: VICTIM, at: RESET_MS + HOUR_MS, place: FAR_AWAY }),
];

/** Enough for some pages of a full pull and more than one of what a targeted pull asks for. */
const ROUTINE: readonly RawEvent[] = [
  ...TAKEOVER,
  ...generateNoise({ seed: 5, from: SINCE - DAY_MS, to: UNTIL, count: 2_000 }),
  ...Array.from({ length: 1_300 }, (_, index) =>
    passwordReset({
      actor: OKTA_SYSTEM,
      target: person(`forgetful.${index % 9}@example.com`),
      at: SINCE + (index + 1) * 7 * MINUTE_MS,
    }),
  ),
];
const ROUTINE_IN_WINDOW = ROUTINE.filter((event) => isInWindow(String(event['published']))).length;

function isInWindow(published: string): boolean {
  const atMs = Date.parse(published);
  return atMs >= SINCE && atMs < UNTIL;
}

/** Of a time that no question is about. */
const STRAYS: readonly RawEvent[] = [NOW + DAY_MS, SINCE - 80 * DAY_MS].map((at) =>
  signIn({ user: person('a.b@example.com'), at }),
);

/** Everything that the simulator can do to an answer, but falling silent, which costs real time. */
const ACTIONS: readonly FaultAction[] = [
  { kind: 'too-many-requests' },
  { kind: 'too-many-requests', because: 'concurrency' },
  { kind: 'status', status: 400, errorCode: 'E0000053' },
  { kind: 'status', status: 403, errorCode: 'E0000006' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'html' },
  { kind: 'redirect', location: 'https://other.example/' },
  { kind: 'connection-reset' },
  { kind: 'cut-body' },
  { kind: 'unparsable-body' },
  { kind: 'damaged-gzip' },
  { kind: 'body', text: '' },
  { kind: 'body', text: '[]' },
  { kind: 'body', text: '{"events":[]}' },
  { kind: 'body', text: '[[]]' },
  { kind: 'body', text: '{"errorCode":"E0000031"}', status: 400 },
  { kind: 'html', status: 414 },
  { kind: 'status', status: 401, errorCode: 'E0000011' },
  { kind: 'expired-token' },
  { kind: 'missing-headers', names: ['X-Rate-Limit-Limit', 'X-Rate-Limit-Remaining', 'Date'] },
  { kind: 'missing-headers', names: ['Link'] },
  { kind: 'other-headers', headers: { 'X-Rate-Limit-Reset': '1', 'X-Rate-Limit-Remaining': '0' } },
  { kind: 'other-headers', headers: { 'X-Rate-Limit-Reset': '99999999999' } },
  { kind: 'other-headers', headers: { Date: 'Mon, 23 Nov 2026 01:17:00 GMT' } },
  { kind: 'page', page: { isEmpty: true } },
  { kind: 'page', page: { most: 90 } },
  { kind: 'page', page: { most: 90, isUnlinked: true } },
  { kind: 'page', page: { isReversed: true } },
  { kind: 'page', page: { leadsBack: true } },
  { kind: 'page', page: { repeats: 1 } },
  { kind: 'page', page: { repeats: 400 } },
  { kind: 'page', page: { linkOrigin: 'https://other.example' } },
  { kind: 'page', page: { linksToItself: true } },
  { kind: 'page', page: { foreignRecord: null } },
  { kind: 'page', page: { foreignRecord: { uuid: 'x', published: 'never' }, foreignAt: 1000 } },
  ...STRAYS.flatMap((foreignRecord): FaultAction[] => [
    { kind: 'page', page: { foreignRecord, foreignAt: 1000 } },
    { kind: 'page', page: { foreignRecord, foreignAt: 1000, most: 90 } },
    { kind: 'body', text: JSON.stringify([foreignRecord]) },
  ]),
];

/** Codes of an audit that says it could not look. */
const REFUSALS = /^(okta-|clock-wrong$)/;

/** At both edges of the window, at a page's end and where nothing special is. */
const PLANTED_AT: readonly number[] = [
  SINCE,
  SINCE + 7_000 * MINUTE_MS,
  SINCE + 3 * DAY_MS + 1,
  UNTIL - 1,
];

/** What goes wrong, from which request to the log on, and for how many; null for all that follow. */
interface Trouble {
  readonly from: number;
  readonly requests: number | null;
  readonly action: FaultAction;
}

interface Night {
  readonly pull: 'targeted' | 'full';
  readonly plantedAt: number;
  readonly troubles: readonly Trouble[];
}

const anyTrouble: fc.Arbitrary<Trouble> = fc.record({
  from: fc.integer({ min: 1, max: 20 }),
  requests: fc.constantFrom(1, 1, 2, 5, null),
  action: fc.constantFrom(...ACTIONS),
});

const badNight: fc.Arbitrary<Night> = fc.record({
  pull: fc.constantFrom('targeted', 'full'),
  plantedAt: fc.constantFrom(...PLANTED_AT),
  troubles: fc.array(anyTrouble, { minLength: 1, maxLength: 4 }),
});

function toFault({ from, requests, action }: Trouble): Fault {
  if (requests === null) return fromRequest('logs', from, action);
  return onRequest(
    'logs',
    Array.from({ length: requests }, (_, index) => from + index),
    action,
  );
}

async function auditOn({ pull, plantedAt, troubles }: Night) {
  const planted = privilegeGrant({
    actor: person('dana.reyes@example.com'),
    target: person('j.ortiz@example.com'),
    at: plantedAt,
  });
  const tenant = await openTenant({ events: [...ROUTINE, planted], faults: troubles.map(toFault) });
  try {
    return await askAudit({
      incident: null,
      source: tenant.source,
      plan: {
        nowMs: NOW,
        pull,
        archives: [],
        okta: { orgUrl: tenant.simulator.url, credentials: BY_TOKEN },
      },
    });
  } catch (thrown) {
    if (thrown instanceof AuditError && REFUSALS.test(thrown.code)) return null;
    throw thrown;
  } finally {
    await tenant.simulator.close();
  }
}

/** What every event and finding of an answer comes down to. */
function sayFindings({ findings }: JudgedAudit): string[] {
  return findings
    .map(({ id, role, severity, events }) =>
      JSON.stringify([id, role, severity, events.map(({ uuid }) => uuid).sort()]),
    )
    .sort();
}

/** Its check says that it saw all it needs. */
function isPlantedLost({ checks, findings }: JudgedAudit): boolean {
  return [PLANTED_CHECK, CHAIN_CHECK].some((planted) => {
    const { status } = checks.find(({ id }) => id === planted) ?? {};
    return status === 'evaluated' && !findings.some(({ check }) => check === planted);
  });
}

const auditOnGoodNight = rememberAnswers((night: string) => {
  const [pull, plantedAt] = JSON.parse(night) as [Night['pull'], number];
  return auditOn({ pull, plantedAt, troubles: [] });
});

/** What must hold on any night: the answer is that of a good one, or it says that something may be missing. */
async function expectHonesty(night: Night): Promise<void> {
  const judged = await auditOn(night);
  if (judged === null) return;
  expect(judged.verdict).not.toBe('no-evidence');
  if (judged.coverage.state !== 'complete') {
    expect(judged.coverage.holes.some(({ decides }) => decides)).toBe(true);
    expect(isPlantedLost(judged)).toBe(false);
    return;
  }
  const good = await auditOnGoodNight(JSON.stringify([night.pull, night.plantedAt]));
  if (good === null) throw new Error('a good night gives an answer');
  expect(sayFindings(judged)).toEqual(sayFindings(good));
  if (night.pull === 'targeted') return;
  const [source] = judged.coverage.sources;
  const { eventsParsed = 0, duplicates = 0 } = source?.counts ?? {};
  expect(eventsParsed - duplicates).toBeGreaterThanOrEqual(ROUTINE_IN_WINDOW + 1);
}

test.each(['targeted', 'full'] as const)('a good night reads everything: %s', async (pull) => {
  const judged = await auditOn({ pull, plantedAt: NOW - HOUR_MS, troubles: [] });
  expect(judged?.coverage.state).toBe('complete');
  expect(judged?.findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining([PLANTED_CHECK, CHAIN_CHECK]),
  );
});

test.each(
  [1, 2, 3, 4, 6].flatMap((from) =>
    (['targeted', 'full'] as const).map((pull) => ({ from, pull })),
  ),
)('two empty answers of somebody else in a row clear nothing: %o', async ({ from, pull }) => {
  const action: FaultAction = { kind: 'body', text: '[]' };
  for (const requests of [2, 4]) {
    await expectHonesty({ pull, plantedAt: SINCE, troubles: [{ from, requests, action }] });
  }
});

test.each([1, 2])(
  'empty pages that name themselves the last ones make no busy window silent: %i',
  async (requests) => {
    const action: FaultAction = { kind: 'page', page: { most: 0, isLast: true } };
    const troubles = [{ from: 1, requests, action }];
    await expectHonesty({ pull: 'full', plantedAt: SINCE, troubles });
  },
);

test.each(STRAYS.flatMap((foreignRecord) => [1, 2, 3].map((from) => ({ foreignRecord, from }))))(
  'an event of another time at the end of a page ends no reading: %#',
  async ({ foreignRecord, from }) => {
    const page = { foreignRecord, foreignAt: 1000 };
    const troubles = [{ from, requests: 1, action: { kind: 'page', page } as const }];
    for (const pull of ['targeted', 'full'] as const) {
      await expectHonesty({ pull, plantedAt: UNTIL - 1, troubles });
    }
  },
);

test('on a bad night nothing is cleared that was not read, whatever fails on whichever page', async () => {
  await fc.assert(fc.asyncProperty(badNight, expectHonesty), {
    numRuns: 40,
  });
}, 240_000);
