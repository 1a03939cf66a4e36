import { describe, expect, it } from 'vitest';
import type { TimesGiven } from '../../src/model/audit-plan.ts';
import type { Scope } from '../../src/model/scope.ts';
import { formatInstant, type TimeWindow } from '../../src/model/time-window.ts';
import { settleTime, type TimeRequest } from '../../src/scope/settle-time.ts';

const NOW = '2026-11-23T02:17:00.000Z';
const NO_TIMES: TimesGiven = { lookbackDays: null, sinceMs: null, untilMs: null };

const STANDING: Scope = {
  id: 'standing',
  title: 'Okta audit',
  summary: '',
  window: { kind: 'rolling', days: 7 },
  checks: [],
  indicators: [],
  assessable: true,
  cannotTell: [],
  references: [],
  exposed: null,
  confidence: null,
};

const INCIDENT: Scope = {
  ...STANDING,
  window: {
    kind: 'fixed',
    core: span('2022-01-16', '2022-01-22'),
    coreReason: '',
    review: span('2021-12-01', '2022-03-23'),
    reviewReason: '',
  },
};

function span(since: string, until: string): TimeWindow {
  return { sinceMs: Date.parse(since), untilMs: Date.parse(until) };
}

function settle(given: Partial<TimeRequest>) {
  const request = {
    nowMs: Date.parse(NOW),
    scope: STANDING,
    times: NO_TIMES,
    completeThroughMs: null,
    readsLive: true,
    readsArchive: false,
    ...given,
  };
  const { window, core, leftOut, ...rest } = settleTime(request);
  return { window: show(window), core: show(core), leftOut: leftOut.map(show), ...rest };
}

function show(window: TimeWindow): string {
  return `${formatInstant(window.sinceMs).slice(0, 16)} ${formatInstant(window.untilMs).slice(0, 16)}`;
}

describe('settleTime in a rolling scope', () => {
  it('begins at a UTC midnight and ends ten minutes before now', () => {
    const time = settle({});
    expect(time.window).toBe('2026-11-16T00:00 2026-11-23T02:07');
    expect(time.core).toBe(time.window);
    expect(time.isRolling).toBe(true);
  });

  it('ends now where only an archive is read', () => {
    expect(settle({ readsLive: false, readsArchive: true }).window).toBe(
      '2026-11-16T00:00 2026-11-23T02:17',
    );
  });

  it('reaches beyond the retention with an archive beside the live log, and still ends before the late events', () => {
    const time = settle({ readsArchive: true, times: { ...NO_TIMES, lookbackDays: 90 } });
    expect(time.window).toBe('2026-08-25T00:00 2026-11-23T02:07');
  });

  it.each<[string, Partial<TimesGiven>, string]>([
    ['takes the days asked for', { lookbackDays: 1 }, '2026-11-22T00:00 2026-11-23T02:07'],
    [
      'takes since as it is',
      { sinceMs: Date.parse('2026-11-20T12:00Z') },
      '2026-11-20T12:00 2026-11-23T02:07',
    ],
    [
      'counts back from until',
      { untilMs: Date.parse('2026-11-10') },
      '2026-11-03T00:00 2026-11-10T00:00',
    ],
    [
      'never reads the last ten minutes',
      { untilMs: Date.parse(NOW) },
      '2026-11-16T00:00 2026-11-23T02:07',
    ],
    [
      'begins inside the reach of the log',
      { lookbackDays: 90 },
      '2026-08-26T00:00 2026-11-23T02:07',
    ],
  ])('%s', (_fact, times, window) => {
    expect(settle({ times: { ...NO_TIMES, ...times } }).window).toBe(window);
  });

  it('begins earlier after skipped nights, a day before the last complete look', () => {
    const time = settle({ completeThroughMs: Date.parse('2026-11-10T00:07Z') });
    expect(time.window).toBe('2026-11-09T00:00 2026-11-23T02:07');
    expect(time.leftOut).toEqual([]);
  });

  it.each<[string, number | null, string]>([
    ['the first hole where no night was complete yet', null, '2026-11-09T00:00'],
    ['the last complete look where there was one', Date.parse('2026-11-23'), '2026-11-16T00:00'],
  ])('begins no later than %s', (_, completeThroughMs, since) => {
    const unread = [
      span('2026-11-12T03:00Z', '2026-11-23'),
      span('2026-11-09T05:00Z', '2026-11-10'),
    ];
    expect(settle({ completeThroughMs, unread }).window).toBe(`${since} 2026-11-23T02:07`);
  });

  it.each<[string, Partial<TimeRequest>]>([
    ['the last complete look', { completeThroughMs: Date.parse('2026-06-01') }],
    [
      'the first hole where no night was complete yet',
      { unread: [span('2026-06-09', '2026-06-10'), span('2026-06-01', '2026-06-02')] },
    ],
  ])('says what nobody can read any more after a very long silence, from %s on', (_, known) => {
    const time = settle(known);
    expect(time.window).toBe('2026-08-26T00:00 2026-11-23T02:07');
    expect(time.leftOut).toEqual(['2026-06-01T00:00 2026-08-26T00:00']);
  });

  it('lets an explicit begin win over the memory', () => {
    const sinceMs = Date.parse('2026-11-20');
    const time = settle({
      times: { ...NO_TIMES, sinceMs },
      completeThroughMs: Date.parse('2026-11-01'),
    });
    expect(time.window).toBe('2026-11-20T00:00 2026-11-23T02:07');
  });
});

describe('settleTime in an incident', () => {
  it('asks about the review window and decides on the core window', () => {
    expect(settle({ scope: INCIDENT })).toEqual({
      window: '2021-12-01T00:00 2022-03-23T00:00',
      core: '2022-01-16T00:00 2022-01-22T00:00',
      aheadMs: 0,
      leftOut: [],
      isRolling: false,
    });
  });

  it('counts what the inputs leave out of the core window as left out', () => {
    const times = {
      ...NO_TIMES,
      sinceMs: Date.parse('2022-01-20'),
      untilMs: Date.parse('2022-01-21'),
    };
    expect(settle({ scope: INCIDENT, times })).toEqual({
      window: '2022-01-20T00:00 2022-01-21T00:00',
      core: '2022-01-20T00:00 2022-01-21T00:00',
      aheadMs: 0,
      leftOut: ['2022-01-16T00:00 2022-01-20T00:00', '2022-01-21T00:00 2022-01-22T00:00'],
      isRolling: false,
    });
  });

  it('leaves the whole core window out where the inputs miss it', () => {
    const times = { ...NO_TIMES, sinceMs: Date.parse('2022-03-01') };
    const time = settle({ scope: INCIDENT, times });
    expect(time.window).toBe('2022-03-01T00:00 2022-03-23T00:00');
    expect(time.leftOut).toEqual(['2022-01-16T00:00 2022-01-22T00:00']);
  });

  it.each<[string, Partial<TimesGiven>, string, string[]]>([
    [
      'begins with the review window where only its end is given',
      { untilMs: Date.parse('2022-01-20') },
      '2021-12-01T00:00 2022-01-20T00:00',
      ['2022-01-20T00:00 2022-01-22T00:00'],
    ],
    [
      'asks about the day before an end that lies before the review window',
      { untilMs: Date.parse('2021-11-01') },
      '2021-10-31T00:00 2021-11-01T00:00',
      ['2022-01-16T00:00 2022-01-22T00:00'],
    ],
    [
      'asks about the day after a begin that lies behind the review window',
      { sinceMs: Date.parse('2022-06-01') },
      '2022-06-01T00:00 2022-06-02T00:00',
      ['2022-01-16T00:00 2022-01-22T00:00'],
    ],
  ])('%s, and says what of the core window that leaves out', (_, given, window, leftOut) => {
    const time = settle({ scope: INCIDENT, times: { ...NO_TIMES, ...given } });
    expect(time).toMatchObject({ window, leftOut });
  });

  it('asks only about what has happened of an incident that goes on', () => {
    const ongoing: Scope = {
      ...STANDING,
      window: {
        kind: 'fixed',
        core: span('2026-11-20', '2026-11-24'),
        coreReason: '',
        review: span('2026-11-01', '2026-12-01'),
        reviewReason: '',
      },
    };
    const aheadMs = Date.parse('2026-11-24T00:00Z') - Date.parse('2026-11-23T02:07Z');
    expect(settle({ scope: ongoing })).toEqual({
      window: '2026-11-01T00:00 2026-11-23T02:07',
      core: '2026-11-20T00:00 2026-11-23T02:07',
      aheadMs,
      leftOut: [],
      isRolling: false,
    });
    const untilMs = Date.parse('2026-11-22T00:00Z');
    expect(settle({ scope: ongoing, times: { ...NO_TIMES, untilMs } }).aheadMs).toBe(0);
  });
});

describe('settleTime of an incident that has not begun', () => {
  const settleCore = (since: string) => {
    const core = span(since, '2027-01-22');
    return settle({
      scope: { ...INCIDENT, window: { ...INCIDENT.window, core, review: core } as Scope['window'] },
    });
  };

  it('is an error that says so', () => {
    expect(() => settleCore('2026-11-24')).toThrow(
      'incident: its core window begins at 2026-11-24 00:00 UTC and so lies in the future; now is 2026-11-23 02:17 UTC',
    );
  });

  it('is none where it began today', () => {
    expect(settleCore('2026-11-23').core).toBe('2026-11-23T00:00 2026-11-23T02:07');
  });
});
