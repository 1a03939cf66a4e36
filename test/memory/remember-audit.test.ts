import { describe, expect, test } from 'vitest';
import { acknowledgeTicked } from '../../src/memory/acknowledge-ticked.ts';
import { applyMemory } from '../../src/memory/apply-memory.ts';
import { findNews } from '../../src/memory/find-news.ts';
import { rememberAudit } from '../../src/memory/remember-audit.ts';
import { isNews } from '../../src/model/audit-news.ts';
import type { Finding } from '../../src/model/finding.ts';
import { markEvent } from '../../src/model/finding-id.ts';
import type { IssueMemory, RememberedFinding } from '../../src/model/issue-memory.ts';
import type { CoverageHole, JudgedAudit } from '../../src/model/judged-audit.ts';
import type { SupportAccessState } from '../../src/model/support-access.ts';
import type { TimeWindow } from '../../src/model/time-window.ts';
import type { CoverageState } from '../../src/model/verdict.ts';
import { makeAudit, makeEvents, makeFinding, makeMemory, makeRow } from './make-finding.ts';

const DAY = Date.parse('2026-11-20T08:00Z');
const WEEK = { sinceMs: Date.parse('2026-11-16T00:00Z'), untilMs: Date.parse('2026-11-23T02:07Z') };

function remember(audit: Partial<JudgedAudit>, memory: IssueMemory = makeMemory()): IssueMemory {
  return rememberAudit({ audit: makeAudit(audit), memory, minimumSeverity: 'low' });
}

function hole(since: string, until: string, changes: Partial<CoverageHole> = {}): CoverageHole {
  const window = { sinceMs: Date.parse(`${since}Z`), untilMs: Date.parse(`${until}Z`) };
  return { window, reason: 'r', remedy: 'm', checks: ['a'], decides: true, ...changes };
}

test('a run hands on what it saw', () => {
  const coverage = {
    state: 'partial' as const,
    sources: [],
    holes: [
      hole('2026-11-17T00:00', '2026-11-18T00:00'),
      hole('2026-11-18T00:00', '2026-11-19T00:00', { decides: false }),
    ],
  };
  expect(remember({ verdict: 'needs-review', coverage })).toMatchObject({
    verdict: 'needs-review',
    coverage: 'partial',
    supportAccess: 'disabled',
    holes: [{ window: coverage.holes[0]?.window, checks: ['a'] }],
  });
});

describe('rows', () => {
  const events = makeEvents(DAY, 2);
  const rowsOf = (findings: readonly Finding[], rows: readonly RememberedFinding[] = []) =>
    remember({ findings }, makeMemory({ findings: rows })).findings;

  test('keep the words of what waits', () => {
    expect(rowsOf([makeFinding({ events })])).toEqual([
      makeRow({ eventCount: 2, firstSeenMs: DAY, lastSeenMs: DAY + 60_000 }),
    ]);
  });

  test('keep the counts alone of what is acknowledged, and the strongest role that it had', () => {
    const row = makeRow({
      status: 'acknowledged',
      acknowledgedCount: 2,
      role: 'evidence',
      lastSeenMs: DAY + 99_000,
    });
    expect(rowsOf([makeFinding({ events, status: 'acknowledged' })], [row])).toEqual([
      { ...row, title: '', summary: '', eventCount: 2, firstSeenMs: DAY },
    ]);
  });

  test('count the events of its day alone, as those of earlier days come and go with the window', () => {
    const finding = makeFinding({ events, earlierEventCount: 1 });
    expect(rowsOf([finding])[0]?.eventCount).toBe(1);
  });

  test('count one where all its events are of earlier days, as without any it would rest on a setting', () => {
    const early = makeFinding({ events, earlierEventCount: 2 });
    const rows = rowsOf([early]);
    expect(rows[0]?.eventCount).toBe(1);
    expect(rowsOf([makeFinding()])[0]?.eventCount).toBe(0);

    const memory = makeMemory({
      findings: rows.map((row) => ({ ...row, status: 'acknowledged', acknowledgedCount: 1 })),
    });
    const late = makeFinding({ events: makeEvents(DAY, 3), earlierEventCount: 2 });
    expect(applyMemory({ findings: [early], memory })[0]?.status).toBe('acknowledged');
    expect(applyMemory({ findings: [late], memory })[0]?.status).toBe('open');
  });

  test('keep how much was acknowledged of what reopened', () => {
    const row = makeRow({ status: 'acknowledged', acknowledgedCount: 1 });
    expect(rowsOf([makeFinding({ events, status: 'open' })], [row])[0]).toMatchObject({
      status: 'open',
      acknowledgedCount: 1,
      eventCount: 2,
    });
  });

  test('keep the role that was acknowledged through a suppression', () => {
    const row = makeRow({ status: 'acknowledged', acknowledgedCount: 2 });
    const silenced = makeFinding({ events, status: 'suppressed', role: 'evidence' });
    expect(rowsOf([silenced], [row])[0]).toMatchObject({ status: 'suppressed', role: 'review' });
  });

  test('keep the severity that was listed while a lower level hides it, until its events are gone', () => {
    const row = makeRow({ severity: 'high' });
    const lowered = { id: row.id, status: 'open', severity: 'informational' } as const;
    expect(rowsOf([makeFinding({ ...lowered, events })], [row])[0]?.severity).toBe('high');
    expect(rowsOf([makeFinding({ ...lowered, inWindow: false })], [row])[0]?.severity).toBe('high');
  });

  test('say what waits and stands nowhere in the issue any more, as a higher minimum hides it', () => {
    const row = makeRow({ severity: 'informational' });
    const hidden = makeFinding({ status: 'open', severity: 'informational', events });
    expect(rowsOf([hidden], [row])[0]?.isHidden).toBe(true);
    expect(rowsOf([{ ...hidden, severity: 'low' }], [row])[0]?.isHidden).toBeUndefined();
    expect(rowsOf([hidden])[0]?.isHidden).toBeUndefined();
  });

  test('take the severity that is listed now', () => {
    const row = makeRow({ severity: 'high' });
    const lowered = makeFinding({ id: row.id, status: 'open', severity: 'medium', events });
    expect(rowsOf([lowered], [row])[0]?.severity).toBe('medium');
  });

  test('are not made for context', () => {
    expect(rowsOf([makeFinding({ events, role: 'context' })])).toEqual([]);
  });

  test('stay for what was acknowledged and is not in this window', () => {
    const row = makeRow({ status: 'acknowledged', acknowledgedCount: 1 });
    expect(rowsOf([], [row])).toEqual([row]);
  });

  test('stay for what was acknowledged, then suppressed, and is not in this window', () => {
    const row = makeRow({ status: 'suppressed', acknowledgedCount: 1 });
    expect(rowsOf([], [row])).toEqual([row]);
  });

  test('go with the suppression that this window no longer needs', () => {
    expect(rowsOf([], [makeRow({ status: 'suppressed' })])).toEqual([]);
  });

  test('of superseded findings go over to the one that superseded them', () => {
    const row = makeRow({ id: 'F-00000001', status: 'acknowledged', acknowledgedCount: 2 });
    const finding = makeFinding({
      events,
      status: 'acknowledged',
      supersedes: [{ id: 'F-00000001', eventCount: 2 }],
    });
    expect(rowsOf([finding], [row])).toMatchObject([{ id: 'F-7Q2K4M9X', acknowledgedCount: 2 }]);
  });

  test('are open once the lowest severity that is listed was', () => {
    expect(rowsOf([makeFinding({ events, severity: 'low' })])).toMatchObject([{ status: 'open' }]);
  });

  test('below the minimum severity stay while they are in the window and are not carried', () => {
    const hidden = makeFinding({ events, severity: 'informational' });
    const rows = rowsOf([hidden]);
    expect(rows).toHaveLength(1);
    expect(rowsOf([{ ...hidden, inWindow: false }], rows)).toEqual([]);
  });

  test.each<[string, Partial<RememberedFinding>, string]>([
    ['waits', { status: 'open' }, 'open'],
    ['was acknowledged and grew', { status: 'acknowledged', acknowledgedCount: 1 }, 'new'],
  ])(
    'of what was listed once and %s are carried whatever is listed later',
    (_title, row, status) => {
      const severity = 'informational';
      const hidden = makeFinding({ events, severity, status: 'open' });
      const rows = rowsOf([hidden], [makeRow({ severity, ...row })]);
      expect(rows).toMatchObject([{ status }]);
      expect(rowsOf([{ ...hidden, inWindow: false }], rows)).toEqual(rows);
    },
  );

  test('of what is carried and listed for the first time stay', () => {
    const carried = makeFinding({ events: [], severity: 'low', inWindow: false });
    const known = makeRow({ severity: 'low', status: 'new' });
    expect(rowsOf([carried], [known])).toMatchObject([{ id: known.id, status: 'open' }]);
  });

  test('keep which events of other findings they took along, while they are listed', () => {
    const supersedes = [
      { id: 'F-00000001', eventCount: 2, uuids: ['a', 'b'] },
      { id: 'F-00000002', eventCount: 1 },
      { id: 'F-00000003', eventCount: 99, uuids: Array.from({ length: 99 }, String) },
    ];
    const took = [{ id: 'F-00000001', marks: ['a', 'b'].map(markEvent) }];
    const taking = makeFinding({ events, supersedes });
    expect(rowsOf([taking])[0]?.took).toEqual(took);
    expect(rowsOf([{ ...taking, status: 'suppressed' }])[0]?.took).toBeUndefined();
    const carried = makeFinding({ inWindow: false, status: 'open' });
    expect(rowsOf([carried], [makeRow({ took })])[0]?.took).toEqual(took);
  });

  test('come oldest first', () => {
    const findings = [
      makeFinding({ id: 'F-00000002', firstSeenMs: 2 }),
      makeFinding({ id: 'F-00000001', firstSeenMs: 1 }),
    ];
    expect(rowsOf(findings).map(({ id }) => id)).toEqual(['F-00000001', 'F-00000002']);
  });
});

describe('complete through', () => {
  const before = Date.parse('2026-11-22T02:07Z');
  const unread = hole('2026-11-10T00:00', '2026-11-16T00:00');

  test.each<[string, number | null, CoverageState, readonly CoverageHole[], number | null]>([
    ['begins with the first complete run', null, 'complete', [], WEEK.untilMs],
    ['moves on with every complete run', before, 'complete', [], WEEK.untilMs],
    [
      'stays where a part of the window is missing',
      before,
      'partial',
      [hole('2026-11-18T00:00', '2026-11-18T01:00')],
      before,
    ],
    [
      'moves on where the hole decides nothing',
      before,
      'complete',
      [hole('2026-11-18T00:00', '2026-11-18T01:00', { decides: false })],
      WEEK.untilMs,
    ],
    [
      'moves on past a stretch of which nothing had to be read',
      before,
      'complete',
      [hole('2026-11-18T00:00', '2026-11-18T01:00', { decides: false, checks: [] })],
      WEEK.untilMs,
    ],
    [
      'stays in a partial run whose only holes decide nothing',
      before,
      'partial',
      [hole('2026-11-18T00:00', '2026-11-18T01:00', { decides: false, checks: [] })],
      before,
    ],
    [
      'stays where the stretch before the window is a hole that decides nothing',
      Date.parse('2026-11-10T00:00Z'),
      'complete',
      [{ ...unread, decides: false }],
      Date.parse('2026-11-10T00:00Z'),
    ],
    ['stays where nothing was read', before, 'none', [], before],
    ['stays where something is missing that no hole names', before, 'partial', [], before],
    [
      'does not begin with an incomplete run',
      null,
      'partial',
      [hole('2026-11-18T00:00', '2026-11-18T01:00')],
      null,
    ],
    [
      'moves on past what no reading would fill',
      before,
      'partial',
      [hole('2026-11-16T00:00', '2026-11-23T00:00', { isLasting: true })],
      WEEK.untilMs,
    ],
    [
      'begins anew with the run that finds the memory lost',
      null,
      'partial',
      [hole('2026-11-16T00:00', '2026-11-23T02:07', { checks: [] })],
      WEEK.untilMs,
    ],
    [
      'does not begin anew where that run missed something as well',
      null,
      'partial',
      [
        hole('2026-11-16T00:00', '2026-11-23T02:07', { checks: [] }),
        hole('2026-11-18T00:00', '2026-11-18T01:00'),
      ],
      null,
    ],
    ['never goes back', WEEK.untilMs + 1, 'complete', [], WEEK.untilMs + 1],
    [
      'stays where a stretch before the window was left unread',
      Date.parse('2026-11-10T00:00Z'),
      'complete',
      [],
      Date.parse('2026-11-10T00:00Z'),
    ],
    [
      'moves on where that stretch is a hole that was said',
      Date.parse('2026-11-10T00:00Z'),
      'partial',
      [unread],
      WEEK.untilMs,
    ],
    [
      'stays where the hole that was said is shorter',
      Date.parse('2026-11-09T00:00Z'),
      'partial',
      [unread],
      Date.parse('2026-11-09T00:00Z'),
    ],
  ])('%s', (_title, completeThroughMs, state, holes, expected) => {
    const coverage = { state, holes, sources: [] };
    expect(
      remember({ window: WEEK, coverage }, makeMemory({ completeThroughMs })).completeThroughMs,
    ).toBe(expected);
  });

  test.each([
    ['2026-11-23T02:07Z', before],
    ['2027-02-14T02:07Z', before],
    ['2027-02-15T02:07Z', Date.parse('2027-02-15T02:07Z')],
  ])('waits for what an archive lacks as long as Okta keeps it: at %s', (now, expected) => {
    const gap = hole('2026-11-16T00:00', '2026-11-18T00:00');
    const coverage = { state: 'partial' as const, holes: [gap], sources: [] };
    const window = { ...WEEK, untilMs: Date.parse(now) };
    expect(
      remember({ window, coverage }, makeMemory({ completeThroughMs: before })).completeThroughMs,
    ).toBe(expected);
  });

  test.each([
    ['left out by the inputs', unread],
    ['never to be filled', hole('2026-11-18T00:00', '2026-11-19T00:00', { isLasting: true })],
    ['forgotten with the memory', hole('2026-11-16T00:00', '2026-11-23T02:07', { checks: [] })],
  ])('calls no incident complete of which a part was %s', (_title, missing) => {
    const coverage = { state: 'partial' as const, holes: [missing], sources: [] };
    const scope = { ...makeAudit().scope, isRolling: false };
    expect(remember({ window: WEEK, coverage, scope }).completeThroughMs).toBeNull();
  });
});

describe('a run by hand', () => {
  const memory = makeMemory({ completeThroughMs: WEEK.untilMs });
  const later = Date.parse('2026-11-23T14:00Z');
  const look = (sinceMs: number, changes: Partial<JudgedAudit> = {}) =>
    remember({ window: { sinceMs, untilMs: later }, generatedAtMs: later, ...changes }, memory)
      .completeThroughMs;
  const overlap = Date.parse('2026-11-22T02:07Z');

  test('settles nothing where it begins behind what may have come late to the last night', () => {
    expect(look(overlap + 1)).toBe(WEEK.untilMs);
    expect(look(WEEK.untilMs)).toBe(WEEK.untilMs);
  });

  test('settles what it looked at where it begins as a night does', () => {
    expect(look(overlap)).toBe(later);
  });

  test('settles it of an incident, which has no nights', () => {
    const scope = { ...makeAudit().scope, isRolling: false };
    expect(look(WEEK.untilMs, { scope })).toBe(later);
  });

  test('settles it from the first day on that Okta still keeps', () => {
    const generatedAtMs = Date.parse('2027-02-20T14:00Z');
    expect(look(Date.parse('2026-11-23T00:00Z'), { generatedAtMs })).toBe(later);
  });
});

describe('a run by hand after a first run with a hole', () => {
  const lost = hole('2026-11-16T00:00', '2026-11-17T00:00');
  const first = remember({
    window: WEEK,
    coverage: { state: 'partial', holes: [lost], sources: [] },
  });
  const look = (window: TimeWindow, memory: IssueMemory, generatedAtMs = WEEK.untilMs) =>
    remember({ window, generatedAtMs }, memory);
  const owed = [{ window: lost.window, checks: ['a'] }];

  test('leaves the hole to be read where it looks elsewhere', () => {
    const other = look({ ...WEEK, sinceMs: Date.parse('2026-11-20T00:00Z') }, first);
    expect(other).toMatchObject({ completeThroughMs: null, coverage: 'partial', holes: owed });
    expect(look(WEEK, other)).toMatchObject({ completeThroughMs: WEEK.untilMs, holes: [] });
  });

  test('leaves the part at which it does not look', () => {
    const middleMs = Date.parse('2026-11-16T12:00Z');
    expect(look({ ...WEEK, sinceMs: middleMs }, first)).toMatchObject({
      completeThroughMs: null,
      holes: [{ window: { ...lost.window, untilMs: middleMs } }],
    });
  });

  test('closes the hole that it reads', () => {
    expect(look(WEEK, first)).toMatchObject({
      completeThroughMs: WEEK.untilMs,
      coverage: 'complete',
      holes: [],
    });
  });

  test('owes none that the window has moved past', () => {
    const memory = { ...first, completeThroughMs: WEEK.untilMs };
    const window = { sinceMs: Date.parse('2026-11-20T00:00Z'), untilMs: WEEK.untilMs + 1 };
    expect(look(window, memory)).toMatchObject({
      completeThroughMs: window.untilMs,
      coverage: 'complete',
      holes: [],
    });
  });

  test('goes on without what the log no longer holds', () => {
    const later = { sinceMs: Date.parse('2027-02-20T00:00Z'), untilMs: Date.parse('2027-02-21Z') };
    expect(look(later, first, later.untilMs)).toMatchObject({
      completeThroughMs: later.untilMs,
      holes: [],
    });
  });

  test('leaves what nights after a complete one could not read', () => {
    const completeThroughMs = Date.parse('2026-11-15T02:07Z');
    const memory = { ...first, completeThroughMs };
    const window = { ...WEEK, sinceMs: Date.parse('2026-11-20T00:00Z') };
    expect(look(window, memory)).toMatchObject({ completeThroughMs, holes: owed });
  });
});

describe('support access', () => {
  const told = (state: SupportAccessState) => ({
    state,
    expiresAtMs: null,
    reason: null,
    cases: [],
  });

  test.each<[SupportAccessState | null, SupportAccessState, SupportAccessState]>([
    ['disabled', 'enabled', 'enabled'],
    ['enabled', 'disabled', 'disabled'],
    ['enabled', 'unknown', 'enabled'],
    [null, 'unknown', 'unknown'],
  ])('that was %s and is %s is remembered as %s', (before, now, after) => {
    const memory = makeMemory({ supportAccess: before });
    expect(remember({ supportAccess: told(now) }, memory).supportAccess).toBe(after);
  });
});

describe('over the nights', () => {
  const finding = makeFinding({ events: makeEvents(DAY, 1) });
  const night = (
    memory: IssueMemory,
    findings: readonly Finding[],
    ticked: readonly string[] = [],
  ) => {
    const known = acknowledgeTicked({
      memory,
      ticks: { ticked: new Set(ticked), unticked: new Set() },
      closedByPerson: false,
    });
    const audit = makeAudit({ findings: applyMemory({ findings, memory: known }) });
    const news = findNews({ audit, memory: known, minimumSeverity: 'low' });
    return { audit, news, memory: rememberAudit({ audit, memory: known, minimumSeverity: 'low' }) };
  };
  const statuses = (audit: JudgedAudit) =>
    audit.findings.map(({ status, inWindow }) => [status, inWindow]);

  test('a finding is new once, stays until somebody ticks it, and comes back with more', () => {
    const first = night(makeMemory(), []);
    const second = night(first.memory, [finding]);
    expect(statuses(second.audit)).toEqual([['new', true]]);
    expect(second.news.newFindings).toEqual([finding.id]);

    const third = night(second.memory, [finding]);
    expect(statuses(third.audit)).toEqual([['open', true]]);
    expect(isNews(third.news)).toBe(false);

    const gone = night(third.memory, []);
    expect(statuses(gone.audit)).toEqual([['open', false]]);
    const stillGone = night(gone.memory, []);
    expect(stillGone.audit.findings).toMatchObject([
      { summary: finding.summary, title: finding.title },
    ]);

    const ticked = night(stillGone.memory, [finding], [finding.id]);
    expect(statuses(ticked.audit)).toEqual([['acknowledged', true]]);
    expect(isNews(ticked.news)).toBe(false);

    const more = night(ticked.memory, [makeFinding({ events: makeEvents(DAY, 3) })]);
    expect(more.audit.findings).toMatchObject([{ status: 'open', eventsSinceAcknowledged: 2 }]);
    expect(more.news).toMatchObject({ newFindings: [], reopenedFindings: [finding.id] });

    const quiet = night(more.memory, [makeFinding({ events: makeEvents(DAY, 3) })]);
    expect(statuses(quiet.audit)).toEqual([['open', true]]);
    expect(isNews(quiet.news)).toBe(false);

    const settled = night(
      quiet.memory,
      [makeFinding({ events: makeEvents(DAY, 3) })],
      [finding.id],
    );
    expect(statuses(settled.audit)).toEqual([['acknowledged', true]]);
    expect(night(settled.memory, []).audit.findings).toEqual([]);
  });

  test('what became evidence is settled by the tick that it asks for', () => {
    const first = night(night(makeMemory(), [finding]).memory, [finding], [finding.id]);
    const stronger = { ...finding, role: 'evidence' as const };
    const reopened = night(first.memory, [stronger]);
    expect(statuses(reopened.audit)).toEqual([['open', true]]);
    const settled = night(reopened.memory, [stronger], [finding.id]);
    expect(statuses(settled.audit)).toEqual([['acknowledged', true]]);
    expect(statuses(night(settled.memory, [stronger]).audit)).toEqual([['acknowledged', true]]);
  });

  test('an acknowledged finding is remembered although it was away', () => {
    const first = night(night(makeMemory(), [finding]).memory, [], [finding.id]);
    const away = night(first.memory, []);
    expect(statuses(night(away.memory, [finding]).audit)).toEqual([['acknowledged', true]]);
  });
});
