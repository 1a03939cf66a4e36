import { describe, expect, test } from 'vitest';
import {
  type CoverageQuestion,
  judgeCoverage,
} from '../../src/judgement/coverage/judge-coverage.ts';
import type { Check } from '../../src/model/check.ts';
import {
  ALL_EVENT_TYPES,
  exactEventTypes,
  NO_EVENT_TYPES,
} from '../../src/model/event-type-set.ts';
import { joinReasons } from '../../src/model/join-reasons.ts';
import type { CoverageHole } from '../../src/model/judged-audit.ts';
import type { SourceHole, SourceReading } from '../../src/model/reading.ts';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  subtractWindows,
  type TimeWindow,
} from '../../src/model/time-window.ts';
import {
  incidentTime,
  makeCheck,
  makeReading,
  makeScope,
  NOW_MS,
  name,
  needsOf,
  rolling,
  span,
  WEEK,
} from './judgement-case.ts';

const CORE = span('2022-01-16', '2022-01-22');
const REVIEW = span('2021-12-01', '2022-03-23');
const LONG_AGO = makeReading([span('2021-11-01', '2022-04-01')], {
  kind: 'archive',
  name: 'logs/',
});
const RESETS = exactEventTypes(['user.account.reset_password']);

function ask(changes: Partial<CoverageQuestion> & Pick<CoverageQuestion, 'checks'>) {
  return judgeCoverage({
    nowMs: NOW_MS,
    scope: makeScope(changes.checks.map(({ id }) => name(id, 'review'))),
    time: rolling(),
    unavailable: [],
    readings: [],
    followed: [],
    ...changes,
  });
}

function askOne(check: Check, changes: Partial<Omit<CoverageQuestion, 'checks'>>) {
  const { coverage, outcomes } = ask({ checks: [check], ...changes });
  const [outcome] = outcomes;
  return {
    state: coverage.state,
    holes: coverage.holes.map(line),
    status: outcome?.status,
    reason: joinReasons(outcome?.reasons ?? []),
  };
}

/** A hole as a person would read it out. */
function line({ window, reason, remedy, checks, decides }: CoverageHole): string {
  const since = new Date(window.sinceMs).toISOString().slice(0, 16);
  const until = new Date(window.untilMs).toISOString().slice(0, 16);
  return `${since} ${until} [${checks.join(' ')}]${decides ? ' decides' : ''}: ${reason} > ${remedy}`;
}

function retention(until: string): SourceHole {
  return {
    window: { sinceMs: 0, untilMs: Date.parse(until) },
    eventTypes: ALL_EVENT_TYPES,
    reason: 'Okta keeps its log for 90 days',
    remedy: 'give an archive that covers the time before',
  };
}

function lost(window: TimeWindow, changes: Partial<SourceHole> = {}): SourceHole {
  return {
    window,
    eventTypes: ALL_EVENT_TYPES,
    reason: 'a page was lost',
    remedy: 'run again',
    ...changes,
  };
}

function covers(
  eventTypes: SourceReading['covered'][number]['eventTypes'],
): SourceReading['covered'] {
  return [{ window: WEEK, eventTypes, missingFields: [] }];
}

/** A source that read all of a window but its holes, as sources say it. */
function readAround(window: TimeWindow, ...holes: readonly SourceHole[]): SourceReading {
  const parts = subtractWindows(
    window,
    holes.map((hole) => hole.window),
  );
  return makeReading(parts, { holes });
}

const plain = makeCheck('plain');
const farsighted = makeCheck('farsighted', {
  needs: needsOf({ lookBackMs: 14 * DAY_MS, lookAheadMs: 20 * MINUTE_MS }),
});

describe('a rolling window', () => {
  test('that was read in full is complete', () => {
    expect(askOne(plain, { readings: [makeReading([WEEK])] })).toEqual({
      state: 'complete',
      holes: [],
      status: 'evaluated',
      reason: null,
    });
  });

  test('pays nothing for look-back before the reach and look-ahead beyond now, and says so', () => {
    expect(askOne(farsighted, { readings: [makeReading([WEEK])] })).toEqual({
      state: 'complete',
      holes: [],
      status: 'evaluated',
      reason:
        'looks back 14 days, but nothing was read from before 2026-11-16; looks ahead 20 minutes, which the end of the window does not have yet',
    });
  });

  test('says it once, also where the archive reaches a little beyond the window', () => {
    const { holes: _, ...answer } = askOne(farsighted, {
      readings: [makeReading([WEEK, span('2026-11-23T02:10', '2026-11-23T02:15')])],
    });
    expect(answer.reason).toBe(
      'looks back 14 days, but nothing was read from before 2026-11-16; looks ahead 20 minutes, which the end of the window does not have yet',
    );
  });

  test('states once that the log does not reach back, also where the source says it itself', () => {
    const early = { ...retention('2026-11-16T00:00Z'), eventTypes: RESETS };
    const readings = [makeReading([WEEK], { holes: [early] })];
    expect(askOne(farsighted, { readings })).toMatchObject({ state: 'complete', holes: [] });
  });

  test('up to now pays for the minutes whose events may still come', () => {
    const time = rolling({ sinceMs: WEEK.sinceMs, untilMs: NOW_MS });
    const readings = [makeReading([WEEK])];
    expect(askOne(plain, { time, readings })).toMatchObject({
      state: 'partial',
      status: 'partly',
      holes: [
        '2026-11-23T02:07 2026-11-23T02:17 [plain] decides: this has not happened yet, or is too fresh to be complete in the log > run again after 2026-11-23 02:27 UTC',
      ],
    });
  });

  test('pays for a hole in the look-back that the log does reach', () => {
    const readings = [
      readAround(
        span('2026-10-01', '2026-11-23T02:07'),
        lost(span('2026-11-10T04:00', '2026-11-10T05:00')),
      ),
    ];
    expect(askOne(farsighted, { readings })).toMatchObject({
      state: 'partial',
      status: 'partly',
      holes: [
        '2026-11-10T04:00 2026-11-10T05:00 [farsighted] decides: a page was lost > run again',
      ],
    });
    expect(askOne(plain, { readings })).toMatchObject({ state: 'complete', reason: null });
  });

  test('pays for look-back that a source lost, also before everything that was read', () => {
    const early = { ...lost(span('2026-10-30', '2026-11-05')), wasLost: true } as const;
    const readings = [makeReading([span('2026-11-05', '2026-11-23T02:07')], { holes: [early] })];
    expect(askOne(farsighted, { readings })).toMatchObject({
      state: 'partial',
      status: 'partly',
      holes: [
        '2026-11-02T00:00 2026-11-05T00:00 [farsighted] decides: a page was lost > run again',
      ],
    });
    const ofOthers = { ...early, eventTypes: exactEventTypes(['zone.delete']) };
    const needs = { ...farsighted.needs, eventTypes: RESETS };
    expect(
      askOne(
        { ...farsighted, needs },
        { readings: readings.map((one) => ({ ...one, holes: [ofOthers] })) },
      ).state,
    ).toBe('complete');
  });

  test('pays for look-ahead that lies before now', () => {
    const time = rolling(span('2026-11-01', '2026-11-08'));
    const readings = [makeReading([span('2026-10-01', '2026-11-08')])];
    expect(askOne(farsighted, { time, readings })).toMatchObject({
      state: 'partial',
      holes: [
        '2026-11-08T00:00 2026-11-08T00:20 [farsighted] decides: no source covers it > give an archive that covers 2026-11-08',
      ],
    });
  });

  test('pays for look-ahead up to ten minutes before now, when events may still come', () => {
    const time = rolling({ sinceMs: WEEK.sinceMs, untilMs: NOW_MS - 25 * MINUTE_MS });
    const read = (untilMs: number) => [makeReading([{ sinceMs: WEEK.sinceMs, untilMs }])];
    const before = askOne(farsighted, { time, readings: read(NOW_MS - 11 * MINUTE_MS) });
    expect(before.state).toBe('partial');
    const after = askOne(farsighted, { time, readings: read(NOW_MS - 10 * MINUTE_MS) });
    expect(after).toMatchObject({ state: 'complete', status: 'evaluated' });
  });

  test('names days that nobody read and nobody can read any more', () => {
    const time = { ...rolling(), leftOut: [span('2026-11-10', '2026-11-16')] };
    expect(askOne(plain, { time, readings: [makeReading([WEEK])] })).toMatchObject({
      state: 'partial',
      status: 'partly',
      holes: [
        '2026-11-10T00:00 2026-11-16T00:00 [plain] decides: no earlier run read it completely, and the log no longer reaches back to it > give an archive that covers 2026-11-10 to 2026-11-15',
      ],
    });
  });

  test('of which nothing was read is none', () => {
    expect(askOne(plain, { readings: [] })).toMatchObject({
      state: 'none',
      status: 'not-evaluated',
      holes: [
        '2026-11-16T00:00 2026-11-23T02:07 [plain] decides: no source was read > give an archive that covers 2026-11-16 to 2026-11-23',
      ],
    });
    expect(askOne(farsighted, { readings: [] }).reason).toBe('no source was read');
  });

  test('without any length is never complete', () => {
    const time = rolling({ sinceMs: WEEK.sinceMs, untilMs: WEEK.sinceMs });
    expect(askOne(plain, { time, readings: [makeReading([WEEK])] }).state).toBe('none');
  });
});

describe('an incident', () => {
  const time = incidentTime(CORE, REVIEW);

  test('older than the live log is none, with the days that an archive must cover', () => {
    const readings = [
      makeReading([span('2026-08-26', '2026-11-23')], { holes: [retention('2026-08-26T00:00Z')] }),
    ];
    expect(askOne(plain, { time, readings })).toMatchObject({
      state: 'none',
      status: 'not-evaluated',
      holes: [
        '2022-01-16T00:00 2022-01-22T00:00 [plain] decides: Okta keeps its log for 90 days > give an archive that covers 2022-01-16 to 2022-01-21',
        '2021-12-01T00:00 2022-01-16T00:00 [plain]: Okta keeps its log for 90 days > give an archive that covers 2021-12-01 to 2022-01-15',
        '2022-01-22T00:00 2022-03-23T00:00 [plain]: Okta keeps its log for 90 days > give an archive that covers 2022-01-22 to 2022-03-22',
      ],
    });
  });

  test('of which only the review period was read is none', () => {
    const readings = [makeReading([span('2022-02-01', '2022-04-01')])];
    expect(askOne(plain, { time, readings })).toMatchObject({
      state: 'none',
      status: 'not-evaluated',
    });
  });

  test('that was read in full is complete', () => {
    expect(askOne(farsighted, { time, readings: [LONG_AGO] })).toEqual({
      state: 'complete',
      holes: [],
      status: 'evaluated',
      reason: null,
    });
  });

  test('pays for look-back that no source reaches', () => {
    const readings = [makeReading([span('2022-01-10', '2022-04-01')])];
    expect(askOne(farsighted, { time: incidentTime(CORE), readings })).toMatchObject({
      state: 'partial',
      status: 'partly',
      holes: [
        '2022-01-02T00:00 2022-01-10T00:00 [farsighted] decides: no source covers it > give an archive that covers 2022-01-02 to 2022-01-09',
      ],
    });
  });

  test('pays for look-ahead that has not happened yet', () => {
    const core = { sinceMs: NOW_MS - DAY_MS, untilMs: NOW_MS - 10 * MINUTE_MS };
    const readings = [makeReading([{ sinceMs: NOW_MS - 30 * DAY_MS, untilMs: core.untilMs }])];
    expect(askOne(farsighted, { time: incidentTime(core), readings })).toMatchObject({
      state: 'partial',
      holes: [
        '2026-11-23T02:07 2026-11-23T02:27 [farsighted] decides: this has not happened yet, or is too fresh to be complete in the log > run again after 2026-11-23 02:37 UTC',
      ],
    });
  });

  test('tells what was not read from what cannot be read yet', () => {
    const core = { sinceMs: NOW_MS - DAY_MS, untilMs: NOW_MS };
    const readings = [makeReading([{ sinceMs: core.sinceMs, untilMs: NOW_MS - HOUR_MS }])];
    expect(askOne(plain, { time: incidentTime(core), readings }).holes).toEqual([
      '2026-11-23T01:17 2026-11-23T02:07 [plain] decides: no source covers it > give an archive that covers 2026-11-23',
      '2026-11-23T02:07 2026-11-23T02:17 [plain] decides: this has not happened yet, or is too fresh to be complete in the log > run again after 2026-11-23 02:27 UTC',
    ]);
  });

  test('that goes on is open until it is over, whatever was read and wherever the archive ends', () => {
    const core = { sinceMs: NOW_MS - DAY_MS, untilMs: NOW_MS };
    const end = NOW_MS - HOUR_MS;
    const readings = [
      readAround(
        { sinceMs: NOW_MS - 30 * DAY_MS, untilMs: NOW_MS + HOUR_MS },
        lost(
          { sinceMs: end, untilMs: NOW_MS + HOUR_MS },
          { reason: 'the archive ends', remedy: 'give more' },
        ),
      ),
    ];
    const time = { ...incidentTime(core), aheadMs: 3 * DAY_MS };
    expect(ask({ checks: [plain, farsighted], time, readings }).coverage).toMatchObject({
      state: 'partial',
      holes: [
        { window: { sinceMs: end }, reason: 'the archive ends', checks: ['farsighted', 'plain'] },
        {
          window: { untilMs: NOW_MS + 3 * DAY_MS + 20 * MINUTE_MS },
          remedy: 'run again after 2026-11-26 02:47 UTC',
          checks: ['farsighted', 'plain'],
        },
      ],
    });
  });

  test('lists a hole in its review period, which decides nothing', () => {
    const hole = lost(span('2022-03-02T04:00', '2022-03-02T09:00'), {
      reason: 'the archive has no events',
      remedy: 'ask the owner of the log pipeline',
    });
    expect(
      askOne(plain, { time, readings: [readAround(span('2021-11-01', '2022-04-01'), hole)] }),
    ).toEqual({
      state: 'complete',
      status: 'evaluated',
      holes: [
        '2022-03-02T04:00 2022-03-02T09:00 [plain]: the archive has no events > ask the owner of the log pipeline',
      ],
      reason: '2022-03-02 04:00 to 09:00 UTC: the archive has no events',
    });
  });

  test('lists of a hole no more than its review period', () => {
    const types = exactEventTypes(['user.session.start']);
    const other = makeCheck('other', { needs: needsOf({ eventTypes: types }) });
    const hole = lost(span('2022-03-22', '2022-03-25'), { eventTypes: RESETS });
    const covered = [{ window: hole.window, eventTypes: types, missingFields: [] }];
    const readings = [
      readAround(span('2021-11-01', '2022-04-01'), hole),
      makeReading([], { covered }),
    ];
    expect(ask({ checks: [plain, other], time, readings }).coverage.holes.map(line)).toEqual([
      '2022-03-22T00:00 2022-03-23T00:00 [plain]: a page was lost > run again',
    ]);
  });

  test('of which the inputs left a part out is partial', () => {
    const inside = span('2022-01-16', '2022-01-20');
    const cut = { ...incidentTime(inside), leftOut: [span('2022-01-20', '2022-01-22')] };
    expect(askOne(plain, { time: cut, readings: [LONG_AGO] })).toMatchObject({
      state: 'partial',
      status: 'partly',
      reason: '2022-01-20 to 2022-01-21 was not looked at',
      holes: [
        '2022-01-20T00:00 2022-01-22T00:00 [plain] decides: the given times leave this part of the incident out > leave since and until out, or widen them',
      ],
    });
  });

  test('of which the inputs left everything out is none, whatever was read around it', () => {
    const window = span('2022-03-01', '2022-03-08');
    const cut = {
      window,
      core: { sinceMs: window.sinceMs, untilMs: window.sinceMs },
      aheadMs: 0,
      leftOut: [CORE],
      isRolling: false,
    };
    expect(askOne(plain, { time: cut, readings: [LONG_AGO] })).toMatchObject({
      state: 'none',
      status: 'partly',
    });
    const unread = askOne(farsighted, { time: cut, readings: [] });
    expect(unread).toMatchObject({ state: 'none', status: 'not-evaluated' });
    expect(unread.holes.filter((hole) => hole.includes(' decides: '))).toEqual([
      expect.stringContaining('the given times leave this part of the incident out'),
    ]);
  });
});

describe('sources', () => {
  const [first, second] = [
    span('2026-11-16', '2026-11-20'),
    span('2026-11-20', '2026-11-23T02:07'),
  ];

  test('fill each other’s holes', () => {
    const readings = [
      makeReading([first]),
      makeReading([second], { kind: 'archive', name: 'logs/' }),
    ];
    expect(askOne(plain, { readings }).state).toBe('complete');
  });

  test('may each give some of the event types that a check needs', () => {
    const types = (eventType: string): SourceReading =>
      makeReading([], {
        covered: [{ window: WEEK, eventTypes: exactEventTypes([eventType]), missingFields: [] }],
      });
    const both = makeCheck('both', { needs: needsOf({ eventTypes: exactEventTypes(['a', 'b']) }) });
    expect(askOne(both, { readings: [types('a'), types('b')] }).state).toBe('complete');
    for (const eventType of ['a', 'b']) {
      expect(askOne(both, { readings: [types(eventType)] })).toMatchObject({
        state: 'none',
        status: 'not-evaluated',
      });
    }
  });

  test('give nothing of the event types that another one had and they lacked', () => {
    const readings = [makeReading([WEEK], { kind: 'archive', name: 'logs/', doubted: RESETS })];
    expect(askOne(plain, { readings })).toMatchObject({ state: 'none', status: 'not-evaluated' });
    const needs = needsOf({ eventTypes: exactEventTypes(['user.session.start']) });
    expect(askOne({ ...plain, needs }, { readings }).state).toBe('complete');
  });

  test('cost nothing by a hole in what no check needs, which is said all the same', () => {
    const hole = lost(span('2026-11-18', '2026-11-19'), { reason: 'the budget ran out.' });
    expect(
      askOne(plain, {
        readings: [makeReading([WEEK], { covered: covers(RESETS), holes: [hole] })],
      }),
    ).toEqual({
      state: 'complete',
      status: 'evaluated',
      reason: null,
      holes: ['2026-11-18T00:00 2026-11-19T00:00 []: the budget ran out > run again'],
    });
  });

  test('cost nothing by a story that was not read, which is said although all types were', () => {
    const story = lost(span('2026-11-18', '2026-11-19'), { eventTypes: NO_EVENT_TYPES });
    expect(askOne(plain, { readings: [readAround(WEEK, story), makeReading([WEEK])] })).toEqual({
      state: 'complete',
      status: 'evaluated',
      reason: null,
      holes: ['2026-11-18T00:00 2026-11-19T00:00 []: a page was lost > run again'],
    });
  });

  test('are silent about a hole that another one filled', () => {
    const live = makeReading([], { holes: [retention('2026-11-24T00:00Z')] });
    expect(
      askOne(plain, { readings: [live, makeReading([span('1970-01-01', '2026-11-24')])] }).holes,
    ).toEqual([]);
  });

  test('are silent where an archive ends and the live log answered what was asked', () => {
    const live = makeReading([], { covered: covers(RESETS) });
    const end = lost(span('2026-11-20', '2026-11-25'), { reason: 'the archive ends' });
    const archive = makeReading([span('2026-11-01', '2026-11-20')], { kind: 'archive' });
    const holesOf = (...readings: SourceReading[]) => askOne(plain, { readings }).holes;
    expect(holesOf(live, { ...archive, holes: [end] })).toEqual([]);
    expect(holesOf(live, { ...archive, holes: [{ ...end, wasLost: true }] })).toHaveLength(1);
    expect(holesOf({ ...live, holes: [end] }, archive)).toHaveLength(1);
    const story = { ...end, eventTypes: NO_EVENT_TYPES };
    expect(holesOf(live, { ...archive, holes: [story] })).toHaveLength(1);
    expect(holesOf({ ...live, kind: 'archive' }, { ...archive, holes: [end] })).toEqual([
      '2026-11-20T00:00 2026-11-25T00:00 []: the archive ends > run again',
    ]);
  });

  test('give both reasons where both lack a stretch', () => {
    const window = span('2026-11-18', '2026-11-19');
    const readings = [
      readAround(WEEK, lost(window)),
      readAround(
        WEEK,
        lost(window, { reason: 'the archive has no events.', remedy: 'run again.' }),
      ),
    ];
    expect(askOne(plain, { readings }).holes).toEqual([
      '2026-11-18T00:00 2026-11-19T00:00 [plain] decides: a page was lost; the archive has no events > run again',
    ]);
  });

  test('name the archive that would help as well for what is left of the hole', () => {
    const window = span('2026-11-18', '2026-11-19');
    const remedy = 'Run again. Give an archive that covers 2026-11-01 to 2026-11-30.';
    const readings = [
      readAround(WEEK, lost(window, { remedy })),
      readAround(WEEK, lost(window, { remedy: 'Run again.' })),
    ];
    expect(askOne(plain, { readings }).holes).toEqual([
      '2026-11-18T00:00 2026-11-19T00:00 [plain] decides: a page was lost > Run again. Give an archive that covers 2026-11-18',
    ]);
  });

  test.each([
    ['transaction.detail', 'transaction.detail.requestApiTokenId', 'none'],
    ['transaction.detail', 'transaction.detail', 'none'],
    ['transaction.detail', 'transaction.details', 'complete'],
    ['debugContext.debugData.behaviors', 'debugContext.debugData', 'complete'],
  ])('without %s are for a check of %s: %s', (missing, needed, state) => {
    const check = makeCheck('tokens', { needs: needsOf({ fields: [needed] }) });
    const reading = makeReading([], {
      kind: 'archive',
      name: 'export.csv',
      covered: [{ window: WEEK, eventTypes: ALL_EVENT_TYPES, missingFields: [missing] }],
    });
    const answer = askOne(check, { readings: [reading] });
    expect(answer.state).toBe(state);
    if (state === 'none') {
      expect(answer.reason).toBe(`the records of export.csv do not hold ${needed}`);
    }
  });

  test('without several fields are for no check that needs one of them', () => {
    const check = makeCheck('tokens', { needs: needsOf({ fields: ['transaction.detail'] }) });
    const missingFields = ['debugContext', 'transaction'];
    const reading = makeReading([], {
      covered: [{ window: WEEK, eventTypes: ALL_EVENT_TYPES, missingFields }],
    });
    expect(askOne(check, { readings: [reading] }).state).toBe('none');
  });

  test('without a field lack it for good, and what they do not reach another one may fill', () => {
    const check = makeCheck('tokens', { needs: needsOf({ fields: ['transaction'] }) });
    const reading = makeReading([], {
      covered: [{ window: first, eventTypes: ALL_EVENT_TYPES, missingFields: ['transaction'] }],
    });
    const { holes } = ask({ checks: [check], readings: [reading] }).coverage;
    expect(holes.map(({ window, isLasting }) => ({ window, isLasting }))).toEqual([
      { window: first, isLasting: true },
      { window: second, isLasting: undefined },
    ]);
  });

  test('that were asked for rare events alone say so to a check that needs most of the log', () => {
    const needs = needsOf({ eventTypes: exactEventTypes(['a']), onlyInFullPull: true });
    const whole = { window: first, eventTypes: ALL_EVENT_TYPES, missingFields: [] };
    const live = makeReading([], { covered: [...covers(RESETS), whole] });
    const readings = [live, makeReading([], { kind: 'archive' })];
    expect(askOne(makeCheck('most', { needs }), { readings }).holes).toEqual([
      expect.stringMatching(/: it needs most of the log, .* > set pull: full, or give an archive$/),
    ]);
  });

  test('say so to no other check, and of no other reading', () => {
    const needs = needsOf({ eventTypes: exactEventTypes(['a']) });
    const most = needsOf({ ...needs, onlyInFullPull: true });
    const rare = makeReading([], { covered: covers(RESETS) });
    for (const [asked, reading] of [
      [needs, rare],
      [most, { ...rare, kind: 'archive' as const }],
      [most, makeReading([span('2026-11-01', '2026-11-02')])],
    ] as const) {
      const { reason } = askOne(makeCheck('one', { needs: asked }), { readings: [reading] });
      expect(reason).toMatch(/^(\S+ to .* UTC: )?no source covers it$/);
    }
  });

  test('give the reason of a hole for no longer than it is', () => {
    const hole = lost(span('2026-11-18', '2026-11-19'));
    expect(askOne(plain, { readings: [makeReading([], { holes: [hole] })] }).holes).toEqual([
      expect.stringMatching(/^2026-11-16T00:00 2026-11-18T00:00 .*: no source covers it/),
      expect.stringMatching(/^2026-11-18T00:00 2026-11-19T00:00 .*: a page was lost/),
      expect.stringMatching(/^2026-11-19T00:00 2026-11-23T02:07 .*: no source covers it/),
    ]);
  });

  test('tell each of two holes that join for its own time', () => {
    const [early, late] = [span('2026-11-16', '2026-11-19'), span('2026-11-19', '2026-11-21')];
    const reading = readAround(WEEK, lost(late, { reason: 'a page was torn' }), lost(early));
    expect(askOne(plain, { readings: [reading] }).holes).toEqual([
      '2026-11-16T00:00 2026-11-19T00:00 [plain] decides: a page was lost > run again',
      '2026-11-19T00:00 2026-11-21T00:00 [plain] decides: a page was torn > run again',
    ]);
  });

  test('tell each hole for itself where one source has several at once', () => {
    const filtered = (eventType: string) =>
      lost(WEEK, {
        eventTypes: exactEventTypes([eventType]),
        reason: `no ${eventType} event`,
        remedy: 'give an unfiltered export',
      });
    const readings = [makeReading([], { holes: [filtered('a'), filtered('b')], kind: 'archive' })];
    const needing = (id: string, ...types: string[]) =>
      makeCheck(id, { needs: needsOf({ eventTypes: exactEventTypes(types) }) });
    const checks = [needing('one', 'a'), needing('two', 'b'), needing('both', 'a', 'b')];
    const { coverage, outcomes } = ask({ checks, readings });
    expect(coverage.holes.map(line)).toEqual([
      '2026-11-16T00:00 2026-11-23T02:07 [both one] decides: no a event > give an unfiltered export',
      '2026-11-16T00:00 2026-11-23T02:07 [both two] decides: no b event > give an unfiltered export',
    ]);
    expect(outcomes.map(({ reasons }) => reasons.join('; '))).toEqual([
      'no a event',
      'no b event',
      'no a event; no b event',
    ]);
  });

  test('with records that could not be read are trusted as far as they say that they cover', () => {
    const counts = { eventsRead: 9, eventsParsed: 8, malformed: 1, duplicates: 0, requests: 0 };
    const beyond = makeReading([WEEK], { name: 'logs/', counts });
    expect(askOne(plain, { readings: [beyond] })).toMatchObject({ state: 'complete', holes: [] });
    const within = makeReading([span('2026-11-16', '2026-11-20')], { name: 'logs/', counts });
    expect(askOne(plain, { readings: [within] }).state).toBe('partial');
  });
});

describe('what a check asked for after the first reading', () => {
  const SIGN_INS = exactEventTypes(['user.session.start']);
  const after = span('2026-11-20', '2026-11-21');
  const need = { check: 'plain', window: after, eventTypes: SIGN_INS };
  const follow = (
    window: TimeWindow,
    eventTypes = SIGN_INS,
    changes: Partial<SourceReading> = {},
  ): SourceReading =>
    makeReading([WEEK], {
      followed: [{ window, eventTypes, missingFields: [] }],
      ...changes,
    });

  test('costs nothing where it was read', () => {
    const asked = askOne(plain, { followed: [need], readings: [follow(after)] });
    expect(asked).toEqual({ state: 'complete', holes: [], status: 'evaluated', reason: null });
  });

  test.each([
    ['where none of it was read', [makeReading([WEEK])], '2026-11-20T00:00 2026-11-21T00:00'],
    [
      'where a part of it was lost',
      [follow(span('2026-11-20', '2026-11-20T18:00'))],
      '2026-11-20T18:00 2026-11-21T00:00',
    ],
    ['where other types were read', [follow(after, RESETS)], '2026-11-20T00:00 2026-11-21T00:00'],
  ])('is a hole that decides %s', (_, readings, window) => {
    const asked = askOne(plain, { followed: [need], readings });
    expect(asked).toMatchObject({ state: 'partial', status: 'partly' });
    expect(asked.holes.map((hole) => hole.slice(0, hole.indexOf(':', 34)))).toEqual([
      `${window} [plain] decides`,
    ]);
  });

  test('gives the reason of the source that lost it', () => {
    const readings = [makeReading([WEEK], { holes: [lost(after)] })];
    expect(askOne(plain, { followed: [need], readings }).reason).toBe(
      '2026-11-20 00:00 to 24:00 UTC: a page was lost',
    );
  });

  test('is said of a longer hole for as long as it was asked', () => {
    const holes = [lost(span('2026-11-19', '2026-11-22'))];
    const readings = [makeReading([], { covered: covers(RESETS), holes })];
    expect(askOne(plain, { followed: [need], readings }).holes).toEqual([
      '2026-11-20T00:00 2026-11-21T00:00 [plain] decides: a page was lost > run again',
    ]);
  });

  test('is one stretch of the reason where it joins what the window lacks', () => {
    const read = [span('2026-11-16', '2026-11-19'), span('2026-11-21', '2026-11-23')];
    const holes = [lost(span('2026-11-19', '2026-11-21'))];
    const readings = [makeReading(read, { holes })];
    expect(askOne(plain, { followed: [need], readings }).reason).toMatch(
      /^2026-11-19 to 2026-11-20\b[^,]*: a page was lost/,
    );
  });

  test('costs nothing where another source gave it, or where it is beyond now', () => {
    const archive = follow(after, SIGN_INS, { kind: 'archive' });
    expect(
      askOne(plain, { followed: [need], readings: [makeReading([WEEK]), archive] }).state,
    ).toBe('complete');
    const tomorrow = { ...need, window: { sinceMs: NOW_MS, untilMs: NOW_MS + DAY_MS } };
    expect(askOne(plain, { followed: [tomorrow], readings: [follow(after)] })).toMatchObject({
      state: 'complete',
      holes: [],
    });
  });

  test('costs the check that asked alone', () => {
    const other = makeCheck('other');
    const { outcomes } = ask({
      checks: [plain, other],
      followed: [need],
      readings: [makeReading([WEEK])],
    });
    expect(outcomes.map(({ id, status }) => [id, status])).toEqual([
      ['plain', 'partly'],
      ['other', 'evaluated'],
    ]);
  });

  test('decides nothing in the review period of an incident', () => {
    const time = incidentTime(CORE, REVIEW);
    const late = { ...need, window: span('2022-03-01', '2022-03-02') };
    const asked = askOne(plain, { time, followed: [late], readings: [LONG_AGO] });
    expect(asked).toMatchObject({ state: 'complete', status: 'evaluated' });
    expect(asked.holes).toHaveLength(1);
    const early = { ...need, window: span('2022-01-20', '2022-01-21') };
    expect(askOne(plain, { time, followed: [early], readings: [LONG_AGO] }).state).toBe('partial');
  });

  test('is said where the inputs left all of an incident out', () => {
    const window = span('2022-03-01', '2022-03-08');
    const core = { sinceMs: window.sinceMs, untilMs: window.sinceMs };
    const time = { window, core, aheadMs: 0, leftOut: [CORE], isRolling: false };
    const asked = { ...need, window: span('2022-03-02', '2022-03-03') };
    expect(askOne(plain, { time, followed: [asked], readings: [LONG_AGO] }).holes).toContainEqual(
      expect.stringMatching(/^2022-03-02T00:00 2022-03-03T00:00 \[plain\]: /),
    );
  });
});

describe('holes of several checks', () => {
  test('are one line where they have one reason, as long as together and with all checks', () => {
    const checks = [
      plain,
      farsighted,
      makeCheck('third', { needs: needsOf({ lookBackMs: HOUR_MS }) }),
    ];
    const readings = [makeReading([], { holes: [retention('2026-08-26T00:00Z')] })];
    const { coverage } = ask({ checks, time: incidentTime(CORE), readings });
    expect(coverage.holes.map(line)).toEqual([
      '2022-01-02T00:00 2022-01-22T00:20 [farsighted plain third] decides: Okta keeps its log for 90 days > give an archive that covers 2022-01-02 to 2022-01-22',
    ]);
  });

  test('are not said again for the review period where the core window says them', () => {
    const checks = [plain, farsighted];
    const time = incidentTime(CORE, span('2022-01-01', '2022-01-22'));
    const readings = [makeReading([], { holes: [retention('2026-08-26T00:00Z')] })];
    expect(ask({ checks, time, readings }).coverage.holes.map(line)).toEqual([
      '2022-01-02T00:00 2022-01-22T00:20 [farsighted plain] decides: Okta keeps its log for 90 days > give an archive that covers 2022-01-02 to 2022-01-22',
      '2021-12-18T00:00 2022-01-02T00:00 [farsighted plain]: Okta keeps its log for 90 days > give an archive that covers 2021-12-18 to 2022-01-01',
    ]);
  });

  test('name the checks that each concerns, what decides first', () => {
    const types = exactEventTypes(['user.session.start']);
    const other = makeCheck('optional', { needs: needsOf({ eventTypes: types }) });
    const scope = makeScope([
      name('plain', 'review'),
      name('optional', 'review', { required: false }),
    ]);
    const [early, late] = [span('2026-11-17', '2026-11-18'), span('2026-11-20', '2026-11-21')];
    const around = (hole: TimeWindow, eventTypes: typeof types) =>
      subtractWindows(WEEK, [hole]).map((window) => ({ window, eventTypes, missingFields: [] }));
    const reading = makeReading([], {
      covered: [...around(early, types), ...around(late, RESETS)],
      holes: [lost(early, { eventTypes: types }), lost(late, { eventTypes: RESETS })],
    });
    const { coverage } = ask({ checks: [plain, other], scope, readings: [reading] });
    expect(coverage.holes.map(line)).toEqual([
      '2026-11-20T00:00 2026-11-21T00:00 [plain] decides: a page was lost > run again',
      '2026-11-17T00:00 2026-11-18T00:00 [optional]: a page was lost > run again',
    ]);
  });

  test('stay apart where something else would fill each', () => {
    const [one, other] = [span('2026-11-17', '2026-11-18'), span('2026-11-18', '2026-11-19')];
    const readings = [readAround(WEEK, lost(one), lost(other, { remedy: 'repair the disk' }))];
    expect(askOne(plain, { readings }).holes).toEqual([
      '2026-11-17T00:00 2026-11-18T00:00 [plain] decides: a page was lost > run again',
      '2026-11-18T00:00 2026-11-19T00:00 [plain] decides: a page was lost > repair the disk',
    ]);
  });

  test('come in the order of time, then of their ends, then of their reasons', () => {
    const hole = (from: number, to: number, reason: string) =>
      lost(span(`2026-11-${from}`, `2026-11-${to}`), { reason });
    const inOrder = [hole(17, 19, 'c'), hole(18, 19, 'b'), hole(18, 20, 'a'), hole(18, 20, 'd')];
    const readings = [makeReading([], { covered: covers(RESETS), holes: inOrder.toReversed() })];
    expect(ask({ checks: [plain], readings }).coverage.holes.map(({ reason }) => reason)).toEqual(
      inOrder.map(({ reason }) => reason),
    );
  });

  test('do not hide one of other events in the same time', () => {
    const window = span('2026-11-18', '2026-11-19');
    const eventTypes = exactEventTypes(['user.session.start']);
    const other = lost(window, { eventTypes, reason: 'another page was lost' });
    const readings = [readAround(WEEK, lost(window, { eventTypes: RESETS }), other)];
    expect(askOne(plain, { readings }).holes).toEqual([
      '2026-11-18T00:00 2026-11-19T00:00 [plain] decides: a page was lost > run again',
      '2026-11-18T00:00 2026-11-19T00:00 []: another page was lost > run again',
    ]);
  });

  test('decide where one of them is required', () => {
    const checks = [plain, makeCheck('optional')];
    const scope = makeScope([
      name('plain', 'review'),
      name('optional', 'review', { required: false }),
    ]);
    const readings = [readAround(WEEK, lost(span('2026-11-18', '2026-11-19')))];
    expect(ask({ checks, scope, readings }).coverage.holes.map(line)).toEqual([
      '2026-11-18T00:00 2026-11-19T00:00 [optional plain] decides: a page was lost > run again',
    ]);
  });

  test('in the review period name also a check that nobody requires', () => {
    const checks = [plain, makeCheck('optional')];
    const scope = makeScope([
      name('plain', 'review'),
      name('optional', 'review', { required: false }),
    ]);
    const hole = lost(span('2022-03-02', '2022-03-03'));
    const readings = [readAround(span('2021-11-01', '2022-04-01'), hole)];
    const time = incidentTime(CORE, REVIEW);
    expect(ask({ checks, scope, time, readings }).coverage.holes.map(line)).toEqual([
      '2022-03-02T00:00 2022-03-03T00:00 [optional plain]: a page was lost > run again',
    ]);
  });

  test.each<[string, Partial<SourceHole>, readonly string[]]>([
    ['is said where something was lost', { wasLost: true }, ['a page was lost']],
    ['is said where it was not asked for', { onlyForAll: true }, ['a page was lost']],
    ['is not said where the log does not reach', {}, []],
  ])('of one that nobody requires and that saw nothing %s', (_title, changes, reasons) => {
    const eventTypes = exactEventTypes(['user.session.start']);
    const optional = makeCheck('optional', { needs: needsOf({ eventTypes }) });
    const scope = makeScope([
      name('plain', 'review'),
      name('optional', 'review', { required: false }),
    ]);
    const hole = lost(span('2026-11-18', '2026-11-19'), { eventTypes, ...changes });
    const readings = [makeReading([], { covered: covers(RESETS), holes: [hole] })];
    const { coverage } = ask({ checks: [plain, optional], scope, readings });
    expect(coverage.state).toBe('complete');
    expect(coverage.holes.map(({ reason }) => reason)).toEqual(reasons);
  });

  test('of one that nobody requires cost nothing', () => {
    const spray = makeCheck('spray', { needs: needsOf({ eventTypes: ALL_EVENT_TYPES }) });
    const scope = makeScope([
      name('plain', 'review'),
      name('spray', 'review', { required: false }),
    ]);
    const targeted = makeReading([], {
      covered: [{ window: WEEK, eventTypes: RESETS, missingFields: [] }],
    });
    const { coverage, outcomes } = ask({ checks: [plain, spray], scope, readings: [targeted] });
    expect(coverage).toMatchObject({ state: 'complete', holes: [] });
    expect(outcomes.find(({ id }) => id === 'spray')).toMatchObject({
      status: 'not-evaluated',
      reasons: ['it needs most of the log, and a targeted pull asks Okta only for rare events'],
    });
  });
});

describe('a required check', () => {
  const scope = makeScope([name('plain', 'review'), name('gone', 'review')]);
  const readings = [makeReading([WEEK])];
  const gone = {
    id: 'gone',
    kind: 'rule',
    title: 'Gone',
    status: 'failed',
    reason: 'line 3: no such field',
  } as const;

  test.each([
    ['that failed', 'failed'],
    ['that could not be evaluated', 'not-evaluated'],
  ] as const)('%s makes the run partial', (_title, status) => {
    const unavailable = [{ ...gone, status }];
    const { coverage, outcomes } = ask({ checks: [plain], unavailable, scope, readings });
    expect(coverage.state).toBe('partial');
    expect(coverage.holes.map(({ isLasting }) => isLasting)).toEqual([true]);
    expect(coverage.holes.map(line)).toEqual([
      '2026-11-16T00:00 2026-11-23T02:07 [gone] decides: gone: line 3: no such field > change what the reason names, then run again, by hand with since for the nights before',
    ]);
    expect(outcomes.find(({ id }) => id === 'gone')).toMatchObject({
      status,
      reasons: ['line 3: no such field'],
    });
  });

  test('that failed tells of no hole of a source, which is said for itself', () => {
    const hole = lost(span('2026-11-18', '2026-11-19'));
    const reading = makeReading([WEEK], { covered: covers(RESETS), holes: [hole] });
    const asked = { checks: [plain], unavailable: [gone], scope, readings: [reading] };
    expect(ask(asked).coverage.holes.filter(({ decides }) => !decides)).toMatchObject([
      { window: hole.window, reason: hole.reason, checks: [] },
    ]);
  });

  test('that nobody knows is a hole too', () => {
    const { coverage, outcomes } = ask({ checks: [plain], scope, readings });
    expect(coverage.state).toBe('partial');
    expect(coverage.holes[0]?.reason).toBe('gone: there is no check of this name');
    expect(outcomes.find(({ id }) => id === 'gone')).toMatchObject({
      status: 'not-evaluated',
      reasons: ['there is no check of this name'],
    });
  });

  test.each([
    ['failed', [gone]],
    ['is not there', []],
  ])('is none where it is the only one and %s', (_title, unavailable) => {
    const only = makeScope([name('gone', 'review')]);
    const { coverage } = ask({ checks: [plain], unavailable, scope: only, readings });
    expect(coverage.state).toBe('none');
  });

  test('that failed is told although the inputs left all of an incident out', () => {
    const window = span('2022-03-01', '2022-03-08');
    const core = { sinceMs: window.sinceMs, untilMs: window.sinceMs };
    const time = { window, core, aheadMs: 0, leftOut: [CORE], isRolling: false };
    const asked = { checks: [plain], unavailable: [gone], scope, time, readings: [LONG_AGO] };
    expect(ask(asked).coverage.holes).toContainEqual(
      expect.objectContaining({
        window,
        checks: ['gone'],
        decides: false,
        remedy: 'change what the reason names, then run again',
      }),
    );
  });

  test('that is not there costs an incident its core window', () => {
    const time = incidentTime(CORE, REVIEW);
    const { coverage } = ask({ checks: [plain], scope, time, readings: [LONG_AGO] });
    expect(coverage.holes.map(({ window }) => window)).toEqual([CORE]);
  });

  test('alone decides: a run is none where it saw nothing, whatever others saw', () => {
    const types = exactEventTypes(['user.session.start']);
    const optional = makeCheck('optional', { needs: needsOf({ eventTypes: types }) });
    const only = makeReading([], {
      covered: [{ window: WEEK, eventTypes: types, missingFields: [] }],
    });
    const { coverage } = ask({
      checks: [plain, optional],
      scope: makeScope([name('plain', 'review'), name('optional', 'review', { required: false })]),
      readings: [only],
    });
    expect(coverage.state).toBe('none');
  });
});

test('a scope that requires nothing in particular requires everything that it names', () => {
  const scope = makeScope([name('plain', 'review', { required: false })]);
  expect(ask({ checks: [plain], scope, readings: [] }).coverage.state).toBe('none');
  expect(ask({ checks: [plain], scope, readings: [makeReading([WEEK])] }).coverage.state).toBe(
    'complete',
  );
});

test('a scope that names nothing is never complete', () => {
  expect(
    ask({ checks: [], scope: makeScope([]), readings: [makeReading([WEEK])] }).coverage.state,
  ).toBe('none');
});

describe('events that are yet to happen', () => {
  const ahead = (minutes: number, changes: Partial<SourceReading> = {}) =>
    makeReading([span('2026-08-26', '2026-11-23T02:07')], {
      kind: 'archive',
      lastEventMs: NOW_MS + minutes * MINUTE_MS,
      ...changes,
    });

  test('cost an archive all that it covers: nobody knows by how much its times are wrong', () => {
    const { coverage } = ask({ checks: [plain], readings: [ahead(11)] });
    expect(coverage).toMatchObject({
      state: 'none',
      holes: [
        {
          window: WEEK,
          reason:
            'the archive has events up to 2026-11-23 02:28 UTC, later than now: its times are not UTC, or the clock here is slow',
        },
      ],
    });
  });

  test.each([
    ['by as much as clocks may differ', [ahead(10)]],
    ['in the live log', [ahead(600, { kind: 'okta' })]],
    ['where the live log was read too', [ahead(600), makeReading([WEEK])]],
  ])('cost nothing %s', (_, readings) => {
    expect(ask({ checks: [plain], readings }).coverage.state).toBe('complete');
  });
});
