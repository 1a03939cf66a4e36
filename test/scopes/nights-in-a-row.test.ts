import { expect, it } from 'vitest';
import { readStandingScope } from '../../src/catalogue/read-scopes.ts';
import { acknowledgeTicked } from '../../src/memory/acknowledge-ticked.ts';
import { decodeMemory } from '../../src/memory/decode-memory.ts';
import { encodeMemory } from '../../src/memory/encode-memory.ts';
import { findNews } from '../../src/memory/find-news.ts';
import { rememberAudit } from '../../src/memory/remember-audit.ts';
import { isNews } from '../../src/model/audit-news.ts';
import type { Finding } from '../../src/model/finding.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { EventSource, SourceReading } from '../../src/model/reading.ts';
import type { Scope } from '../../src/model/scope.ts';
import { DAY_MS, formatUtcDay, HOUR_MS, type TimeWindow } from '../../src/model/time-window.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import {
  adminAppAccess,
  BERLIN_OFFICE,
  composeEvent,
  FAR_AWAY,
  factorEvent,
  impersonationEvent,
  type Place,
  passwordReset,
  person,
  signIn,
  thing,
} from '../simulators/okta/build-event.ts';
import { toEvents } from './ask-about.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { createMemorySource } from './memory-source.ts';
import { ENGINEER, HARPER, windowStart } from './tell-events.ts';

const OWNER = person('dana.reyes@example.com');

interface Nights {
  readonly tuning?: Tuning;
  readonly scope?: Scope;
  readonly hole?: TimeWindow;
  /** What the readings of the log are instead. */
  readonly spoil?: (reading: SourceReading) => SourceReading;
}

/** Twelve nights of a quiet tenant; gives each night's answer. */
async function askNights(nights: Nights): Promise<JudgedAudit[]> {
  const { tuning = NO_TUNING, scope = readStandingScope(), hole, spoil = (same) => same } = nights;
  const answers: JudgedAudit[] = [];
  let memory: IssueMemory = EMPTY_MEMORY;
  for (let night = 0; night < 12; night += 1) {
    const nowMs = LATER_MS + night * DAY_MS;
    const covered = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: nowMs };
    const log = createMemorySource({ events: toEvents([]), covered, ...(hole && { hole }) });
    const read: EventSource['read'] = async (...asked) => spoil(await log.read(...asked));
    const source = { ...log, read };
    const plan = { nowMs, tuning };
    const audit = await askAudit({ incident: null, source, memory, plan, scope });
    memory = rememberAudit({ audit, memory, minimumSeverity: 'low' });
    answers.push(audit);
  }
  return answers;
}

const LAST_WEEKS = Array.from({ length: 12 }, (_, night) =>
  formatUtcDay(LATER_MS + (night - 7) * DAY_MS),
);

function listBegins(answers: readonly JudgedAudit[]): string[] {
  return answers.map(({ window }) => formatUtcDay(window.sinceMs));
}

function addRequired(id: string): Scope {
  const scope = readStandingScope();
  const check = { id, role: 'review', instead: [], required: true } as const;
  return { ...scope, checks: [...scope.checks, check] };
}

it.each(['api-token-created', 'support-access-open'])(
  'the window moves on, as nothing is left unread, where %s is switched off',
  async (id) => {
    const off = { enabled: false, severity: null, filter: null };
    const answers = await askNights({ tuning: { ...NO_TUNING, rules: { [id]: off } } });
    expect(answers.map(({ coverage }) => coverage.state)).toEqual(answers.map(() => 'partial'));
    expect(listBegins(answers)).toEqual(LAST_WEEKS);
  },
);

it.each<[string, Nights]>([
  ['whose check is broken', { scope: addRequired('my-broken-rule') }],
  [
    'whose records lack what a check needs',
    {
      spoil: (reading) => ({
        ...reading,
        covered: reading.covered.map((stretch) => ({ ...stretch, missingFields: ['transaction'] })),
      }),
    },
  ],
])('the window moves on with a log %s, and every night says so', async (_title, nights) => {
  const answers = await askNights(nights);
  expect(answers.map(({ coverage }) => coverage.state)).not.toContain('complete');
  expect(listBegins(answers)).toEqual(LAST_WEEKS);
});

it('the window waits for a first day that was never read, and does not reach farther back for its look-back', async () => {
  const answers = await askNights({
    hole: { sinceMs: LATER_MS - 30 * DAY_MS, untilMs: LATER_MS - 6 * DAY_MS },
  });
  expect(new Set(listBegins(answers))).toEqual(new Set([formatUtcDay(LATER_MS - 7 * DAY_MS)]));
});

it('the window waits for what another reading may fill', async () => {
  const hole = { sinceMs: LATER_MS - DAY_MS, untilMs: LATER_MS - DAY_MS + HOUR_MS };
  const answers = await askNights({ hole });
  expect(listBegins(answers).at(-1)).toBe(formatUtcDay(hole.sinceMs));
});

it('a support session that was acknowledged asks for nothing again while it lasts into a later window', async () => {
  const start = windowStart() + 3 * DAY_MS - HOUR_MS;
  const visit = { actor: ENGINEER, session: 'support visit', at: start };
  const events = toEvents([impersonationEvent('initiate', visit)]);
  const ask = async (night: number, memory: IssueMemory) => {
    const nowMs = LATER_MS + night * DAY_MS;
    const covered = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: nowMs };
    const source = createMemorySource({ events, covered });
    const audit = await askAudit({ incident: null, source, memory, plan: { nowMs } });
    return { audit, next: rememberAudit({ audit, memory, minimumSeverity: 'low' }) };
  };
  const first = await ask(2, EMPTY_MEMORY);
  expect(first.audit.findings.map(({ check }) => check)).toEqual(['support-session-started']);
  const ticked = new Set(first.audit.findings.map(({ id }) => id));
  const ticks = { ticked, unticked: new Set<string>() };
  const memory = acknowledgeTicked({ memory: first.next, ticks, closedByPerson: false });
  const { audit } = await ask(3, memory);
  expect(audit.findings.map(({ check, status }) => [check, status])).toEqual([
    ['support-access-open', 'acknowledged'],
  ]);
  expect(isNews(findNews({ audit, memory, minimumSeverity: 'low' }))).toBe(false);
});

/** Asks about a session used from home on Thursday and Friday, and from far away on Sunday before it is used from home again. */
function askAboutSession(now: string): Promise<JudgedAudit> {
  const use = (at: string, place: Place) =>
    composeEvent({ eventType: 'user.authentication.sso', at, actor: OWNER, session: 's1', place });
  const events = toEvents([
    use('2026-11-05T09:00:00Z', BERLIN_OFFICE),
    use('2026-11-06T15:00:00Z', BERLIN_OFFICE),
    use('2026-11-08T02:00:00Z', FAR_AWAY),
    use('2026-11-09T09:00:00Z', BERLIN_OFFICE),
    use('2026-11-10T04:00:00Z', FAR_AWAY),
  ]);
  const nowMs = Date.parse(now);
  const covered = { sinceMs: nowMs - 60 * DAY_MS, untilMs: nowMs };
  return askAudit({
    incident: null,
    source: createMemorySource({ events, covered }),
    plan: { nowMs, pull: 'full' },
  });
}

it.each([
  ['the night after', '2026-11-11T02:17:00Z'],
  ['the night on which its Thursday and Friday are left of the window', '2026-11-15T02:17:00Z'],
  ['a night on which it was taken before the window', '2026-11-17T02:17:00Z'],
])('a session that was taken on a weekend is the same finding %s', async (_night, now) => {
  const { findings } = await askAboutSession(now);
  expect(findings.map(({ check, firstSeenMs }) => [check, formatUtcDay(firstSeenMs)])).toEqual([
    ['session-moved', '2026-11-08'],
  ]);
  expect(findings[0]?.facts['usedFirst']).toContain('Berlin');
});

it('a session that was taken before the window, and is not used from there any more, is asked about no longer', async () => {
  const { findings } = await askAboutSession('2026-11-18T02:17:00Z');
  expect(findings).toEqual([]);
});

/** A device that somebody else adds on each of the days of November. */
function addDevice(name: string, days: readonly number[]): RawEvent[] {
  const device = { ...thing('UDDevice', name), detailEntry: { oktaDeviceId: name } };
  return days.map((day, index) =>
    composeEvent({
      eventType: 'device.user.add',
      at: Date.UTC(2026, 10, day, 9),
      actor: person(`colleague.${index}@example.com`),
      targets: [device],
      place: index < 3 ? BERLIN_OFFICE : FAR_AWAY,
    }),
  );
}

/** The last one three days after the others, and from elsewhere. */
const TELEPHONE = addDevice('Pixel 9', [9, 10, 11, 14]);

/** Asks so many nights later, and keeps in the issue what was found. */
async function askWithoutTicks(raws: readonly RawEvent[], nights: readonly number[]) {
  let memory: IssueMemory = EMPTY_MEMORY;
  const answers: JudgedAudit[] = [];
  for (const night of nights) {
    const nowMs = LATER_MS + night * DAY_MS;
    const covered = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: nowMs };
    const source = createMemorySource({ events: toEvents(raws), covered });
    const audit = await askAudit({ incident: null, source, memory, plan: { nowMs } });
    memory = keepInIssue(rememberAudit({ audit, memory, minimumSeverity: 'low' }));
    answers.push(audit);
  }
  return answers;
}

/** Asks on each of the nights, and ticks whatever was found on the one before. */
async function askAndTick(raws: readonly RawEvent[], nights: readonly string[]) {
  let memory: IssueMemory = EMPTY_MEMORY;
  const answers: JudgedAudit[] = [];
  for (const night of nights) {
    const nowMs = Date.parse(night);
    const covered = { sinceMs: nowMs - 90 * DAY_MS, untilMs: nowMs };
    const source = createMemorySource({ events: toEvents(raws), covered });
    const ticked = new Set(memory.findings.map(({ id }) => id));
    const ticks = { ticked, unticked: new Set<string>() };
    memory = acknowledgeTicked({ memory, ticks, closedByPerson: false });
    const audit = await askAudit({ incident: null, source, memory, plan: { nowMs } });
    memory = rememberAudit({ audit, memory, minimumSeverity: 'low' });
    answers.push(audit);
  }
  return answers;
}

it('a finding that was ticked does not come back with the events of an earlier day, which the window has left', async () => {
  const nights = [15, 16, 17, 18, 19, 20, 21].map((day) => `2026-11-${day}T02:17:00Z`);
  const answers = await askAndTick(TELEPHONE, nights);
  const told = answers.map(({ findings }) =>
    findings.map(({ events, status }) => `${status}, ${events.length}`),
  );
  expect(told).toEqual([
    ['new, 3', 'new, 1'],
    ['acknowledged, 3', 'acknowledged, 1'],
    ['acknowledged, 3', 'acknowledged, 1'],
    ['acknowledged, 3', 'acknowledged, 1'],
    ['acknowledged, 4'],
    ['acknowledged, 4'],
    ['acknowledged, 4'],
  ]);
});

/** A help desk call by an attacker on Monday evening, and the reset that ended it on Tuesday morning. */
const TAKEOVER = [
  signIn({ user: OWNER, at: '2026-11-02T09:00:00Z', place: BERLIN_OFFICE }),
  passwordReset({ actor: HARPER, target: OWNER, at: '2026-11-09T20:00:00Z' }),
  factorEvent('activate', { target: OWNER, at: '2026-11-09T20:10:00Z', place: FAR_AWAY }),
  adminAppAccess({ user: OWNER, at: '2026-11-09T20:20:00Z', place: FAR_AWAY }),
  passwordReset({ actor: HARPER, target: OWNER, at: '2026-11-10T09:00:00Z' }),
];

it('what was ticked as part of a story is no news once the begin of that story has left the window', async () => {
  const nights = ['2026-11-11', '2026-11-16', '2026-11-17', '2026-11-18'];
  const answers = await askAndTick(
    TAKEOVER,
    nights.map((night) => `${night}T02:17:00Z`),
  );
  const told = answers.map(({ findings }) =>
    findings.map(({ check, status, events }) => `${check}, ${status}, ${events.length}`),
  );
  expect(told).toEqual([
    ['takeover-chain, new, 4'],
    ['takeover-chain, acknowledged, 4'],
    ['password-reset, acknowledged, 1'],
    [],
  ]);
});

it('a support session that waits is not told again as access that was open, once its day has left the window', async () => {
  const start = windowStart() + 3 * DAY_MS - HOUR_MS;
  const visit = { actor: ENGINEER, session: 'support visit', at: start };
  const answers = await askWithoutTicks([impersonationEvent('initiate', visit)], [2, 3, 4]);
  expect(
    answers.map(({ findings }) => findings.map(({ check, status }) => [check, status])),
  ).toEqual([
    [['support-session-started', 'new']],
    [
      ['support-session-started', 'open'],
      ['support-access-open', 'open'],
    ],
    [
      ['support-session-started', 'open'],
      ['support-access-open', 'open'],
    ],
  ]);
});

it('a finding of which an earlier day has the begin says so while that day is in the window', async () => {
  const nights = ['2026-11-15T02:17:00Z', '2026-11-19T02:17:00Z'];
  const [begun, alone] = await askAndTick(TELEPHONE, nights);
  const [first, rest] = begun?.findings ?? [];
  expect(rest?.summary).toMatch(
    new RegExp(
      `^colleague\\.3@example\\.com added a device \\(Pixel 9\\) on 2026-11-14 .* It goes on from ${first?.id}, where the 3 events before it stand\\.$`,
    ),
  );
  expect(first?.summary).not.toContain('It goes on');
  expect(alone?.findings[0]?.summary).not.toContain('It goes on');
});

it('nor with those of another device that was added on days between', async () => {
  const raws = [...addDevice('WARD-1', [9, 10, 11]), ...addDevice('WARD-2', [6, 8, 12])];
  const third = addDevice('WARD-1', [1, 2, 12]).slice(2);
  const fourth = third.map((raw) => ({ ...raw, actor: person('fourth@example.com') }));
  const nights = [15, 16, 17, 18, 19].map((day) => `2026-11-${day}T02:17:00Z`);
  const answers = await askAndTick([...raws, ...fourth], nights);
  const told = answers.map(({ findings }) =>
    findings.map(({ events, status }) => `${status}, ${events.length}`),
  );
  expect(told).toEqual([
    ['new, 4', 'new, 3'],
    ['acknowledged, 4', 'acknowledged, 3'],
    ['acknowledged, 4', 'acknowledged, 3'],
    ['acknowledged, 4', 'acknowledged, 3'],
    ['acknowledged, 7'],
  ]);
});

/** A role that one system gives to each of these people on each of these days, counted from the begin of the first window. */
function lendRoles(
  people: readonly string[],
  days: readonly number[],
  role = 'Application administrator',
): RawEvent[] {
  return days.flatMap((day) =>
    people.map((login) =>
      composeEvent({
        eventType: 'user.account.privilege.grant',
        at: windowStart() + day * DAY_MS + 9 * HOUR_MS,
        actor: person('svc.access@example.com'),
        targets: [person(login)],
        debugData: { privilegeGranted: role },
      }),
    ),
  );
}

/** What each night asks about, with what the issue remembers unless it is lost. */
async function askHabit(
  raws: readonly RawEvent[],
  { nights, lostOn = null }: { readonly nights: number; readonly lostOn?: number | null },
): Promise<readonly (readonly Finding[])[]> {
  const answers: (readonly Finding[])[] = [];
  let memory: IssueMemory = EMPTY_MEMORY;
  for (let night = 0; night < nights; night += 1) {
    if (night === lostOn) memory = EMPTY_MEMORY;
    const nowMs = LATER_MS + night * DAY_MS;
    const covered = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: nowMs };
    const source = createMemorySource({ events: toEvents(raws), covered });
    const audit = await askAudit({ incident: null, source, memory, plan: { nowMs } });
    memory = keepInIssue(rememberAudit({ audit, memory, minimumSeverity: 'low' }));
    answers.push(audit.findings.filter(({ role, inWindow }) => role === 'review' && inWindow));
  }
  return answers;
}

function keepInIssue(memory: IssueMemory): IssueMemory {
  const decoded = decodeMemory(encodeMemory({ memory, maxBytes: 20_000 }).text);
  if (decoded.kind !== 'memory') throw new Error(decoded.kind);
  return decoded.memory;
}

/** The days of the findings, counted from the begin of the first window. */
function listDays(answers: readonly (readonly Finding[])[]): number[][] {
  return answers.map((findings) =>
    findings
      .map(({ firstSeenMs }) => Math.floor((firstSeenMs - windowStart()) / DAY_MS))
      .sort((one, other) => one - other),
  );
}

const MULE = ['max.mule@example.com'];
const BEFORE_THE_FIRST_NIGHT = [-5, -4, -3, -2];

it('a habit that began before anybody was asked is asked about once, and no later night takes that back', async () => {
  const raws = lendRoles(MULE, [...BEFORE_THE_FIRST_NIGHT, 2, 3, 4, 5, 6, 7, 8]);
  const answers = await askHabit(raws, { nights: 4 });
  expect(listDays(answers)).toEqual([[2], [2], [2], []]);
  expect(new Set(answers.flat().map(({ id }) => id)).size).toBe(1);
  expect(answers[0]?.[0]?.facts['habit']).toMatch(/nobody was asked about it yet$/);
});

it('a habit of which every day was looked at is asked about until it is one', async () => {
  const answers = await askHabit(lendRoles(MULE, [0, 1, 2, 3, 4, 5, 6]), { nights: 1 });
  expect(listDays(answers)).toEqual([[0, 1, 2]]);
  expect(answers.flat().map(({ facts }) => facts['habit'])).toEqual(Array(3).fill(undefined));
});

it('a habit is asked about again where the memory was lost', async () => {
  const raws = lendRoles(MULE, [...BEFORE_THE_FIRST_NIGHT, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const answers = await askHabit(raws, { nights: 4, lostOn: 2 });
  expect(listDays(answers)).toEqual([[0], [], [2], []]);
});

it('the roles that a system lends to many are one question to its owner on the first night', async () => {
  const people = Array.from({ length: 30 }, (_, index) => `engineer.${index}@example.com`);
  const raws = lendRoles(people, [...BEFORE_THE_FIRST_NIGHT, 0, 1, 2]);
  const [findings = []] = await askHabit(raws, { nights: 1 });
  expect(findings.map(({ check, eventCount }) => [check, eventCount])).toEqual([
    ['admin-privilege-granted-to-user', 30],
  ]);
});

it('a run by hand for some hours after the last night makes no habit new to the nights that follow', async () => {
  const raws = lendRoles(MULE, [...BEFORE_THE_FIRST_NIGHT, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const ask = async (memory: IssueMemory, hours: number, sinceMs: number | null = null) => {
    const nowMs = LATER_MS + hours * HOUR_MS;
    const covered = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: nowMs };
    const source = createMemorySource({ events: toEvents(raws), covered });
    const plan = { nowMs, times: { lookbackDays: null, sinceMs, untilMs: null } };
    const audit = await askAudit({ incident: null, source, memory, plan });
    const next = keepInIssue(rememberAudit({ audit, memory, minimumSeverity: 'low' }));
    return { next, days: listDays([audit.findings.filter(({ role }) => role === 'review')])[0] };
  };
  const first = await ask(EMPTY_MEMORY, 0);
  const byHand = await ask(first.next, 12, LATER_MS + 3 * HOUR_MS);
  const later = await ask(byHand.next, 48);
  expect(later.days?.filter((day) => day !== byHand.days?.at(-1))).toEqual(first.days);
});

it('one that rules the tenant is a question of its own among them, as on every later night', async () => {
  const people = Array.from({ length: 3 }, (_, index) => `engineer.${index}@example.com`);
  const days = [...BEFORE_THE_FIRST_NIGHT, 2];
  const raws = [...lendRoles(people, days), ...lendRoles(MULE, days, 'Organization administrator')];
  const [findings = []] = await askHabit(raws, { nights: 1 });
  expect(findings.map(({ eventCount, target }) => [eventCount, target?.login])).toEqual([
    [1, 'max.mule@example.com'],
    [3, undefined],
  ]);
});
