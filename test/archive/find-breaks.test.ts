import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, type TimeWindow } from '../../src/model/time-window.ts';
import { findBreaks } from '../../src/sources/archive/coverage/find-breaks.ts';
import { findGaps } from '../../src/sources/archive/coverage/find-gaps.ts';
import {
  listHours,
  startTally,
  tallyEvent,
} from '../../src/sources/archive/coverage/tally-events.ts';

/** A Monday. */
const START = Date.parse('2022-01-03');
const SLOT_MS = 20_000;
const NINE_DAYS = 9 * DAY_MS;
const FOUR_WEEKS = 28 * DAY_MS;

/** Breaks of a log with an event every twenty seconds, but none where it is silent, in time since its begin. */
function breaksIn(
  lengthMs: number,
  isSilent: (atMs: number) => boolean,
  asked: TimeWindow = { sinceMs: START, untilMs: START + lengthMs },
): TimeWindow[] {
  const tally = startTally();
  for (let atMs = 0; atMs < lengthMs; atMs += SLOT_MS) {
    if (!isSilent(atMs)) tallyEvent(tally, START + atMs, 'user.session.start');
  }
  const hours = listHours(tally);
  return findBreaks({ hours, gaps: findGaps(hours), asked }).map(({ sinceMs, untilMs }) => ({
    sinceMs: sinceMs - START,
    untilMs: untilMs - START,
  }));
}

const at = (day: number, hour: number, minute = 0): number =>
  day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
const within =
  (sinceMs: number, lengthMs: number) =>
  (atMs: number): boolean =>
    atMs >= sinceMs && atMs < sinceMs + lengthMs;
/** With the slots at its ends, of which nobody knows whether they were whole. */
const breakOf = (sinceMs: number, lengthMs: number): TimeWindow => ({
  sinceMs: sinceMs - SLOT_MS,
  untilMs: sinceMs + lengthMs + SLOT_MS,
});
/** An event every ten minutes is left. */
const isThin = (atMs: number): boolean => atMs % (10 * MINUTE_MS) >= SLOT_MS;

describe('a silence of minutes or hours', () => {
  it('is a break where the log never pauses, with the edges that may be cut too', () => {
    const since = at(3, 10, 7);
    expect(breaksIn(NINE_DAYS, within(since, 12 * MINUTE_MS))).toEqual([
      breakOf(since, 12 * MINUTE_MS),
    ]);
  });

  it('is looked for in the time that is asked about alone, to its edges', () => {
    const [first, second] = [at(3, 10, 7), at(4, 10, 7)];
    const isLost = (atMs: number): boolean =>
      within(first, 12 * MINUTE_MS)(atMs) || within(second, 12 * MINUTE_MS)(atMs);
    const askedOf = (sinceMs: number, untilMs: number): TimeWindow[] =>
      breaksIn(NINE_DAYS, isLost, { sinceMs: START + sinceMs, untilMs: START + untilMs });
    expect(askedOf(first + MINUTE_MS, at(3, 11))).toEqual([breakOf(first, 12 * MINUTE_MS)]);
    expect(askedOf(at(4, 10), second + MINUTE_MS)).toEqual([breakOf(second, 12 * MINUTE_MS)]);
    expect(askedOf(at(3, 14), at(4, 7))).toEqual([]);
    expect(askedOf(-DAY_MS, 0)).toEqual([]);
    expect(askedOf(NINE_DAYS, NINE_DAYS + DAY_MS)).toEqual([]);
  });

  it('is one over the turn of an hour and of a day', () => {
    const since = at(3, 23, 50);
    expect(breaksIn(NINE_DAYS, within(since, 25 * MINUTE_MS))).toEqual([
      breakOf(since, 25 * MINUTE_MS),
    ]);
  });

  it('is none where it is as short as seven pauses that are no longer than is seen', () => {
    expect(breaksIn(NINE_DAYS, within(at(3, 10), 6 * SLOT_MS))).toEqual([]);
    expect(breaksIn(NINE_DAYS, within(at(3, 10), 7 * SLOT_MS))).toHaveLength(1);
  });

  it('is none in an archive that is too short to know its days', () => {
    expect(breaksIn(7 * DAY_MS, within(at(3, 10), 12 * MINUTE_MS))).toEqual([]);
  });

  it('is none from three hours on where the hours tell of a gap', () => {
    expect(breaksIn(FOUR_WEEKS, within(at(10, 10), 2.5 * HOUR_MS))).toHaveLength(1);
    expect(breaksIn(FOUR_WEEKS, within(at(10, 10), 3 * HOUR_MS))).toEqual([]);
  });

  it('is one of hours, too, where weekends are too quiet for the hours to tell', () => {
    const isQuiet = (atMs: number): boolean => atMs % (7 * DAY_MS) >= at(5, 0) && isThin(atMs);
    const since = at(2, 10, 7);
    for (const lostHours of [1, 2, 3, 4, 5, 6]) {
      const isLost = within(since, lostHours * HOUR_MS);
      expect(breaksIn(NINE_DAYS, (atMs) => isQuiet(atMs) || isLost(atMs))).toEqual([
        breakOf(since, lostHours * HOUR_MS),
      ]);
    }
  });

  it('is either a break or a gap where it is about three hours long, wherever its slots begin', () => {
    const begin = START + at(10, 9) + 7_000;
    for (const secondsMore of [-45, -20, -1, 0, 1, 20]) {
      const end = begin + 3 * HOUR_MS + secondsMore * 1_000;
      const tally = startTally();
      for (let atMs = START; atMs < START + FOUR_WEEKS; atMs += SLOT_MS) {
        if (atMs < begin || atMs > end) tallyEvent(tally, atMs, 'user.session.start');
      }
      for (const edge of [begin, end]) tallyEvent(tally, edge, 'user.session.start');
      const hours = listHours(tally);
      const gaps = findGaps(hours);
      const asked = { sinceMs: START, untilMs: START + FOUR_WEEKS };
      expect([...findBreaks({ hours, gaps, asked }), ...gaps]).toHaveLength(1);
    }
  });

  it('is none where the same time is silent on most other days', () => {
    const isLunch = (atMs: number): boolean =>
      within(at(0, 12), 20 * MINUTE_MS)(atMs % DAY_MS) && atMs > at(3, 0);
    expect(breaksIn(NINE_DAYS, isLunch)).toEqual([]);
  });

  it('is none where it comes a little earlier or later on other days', () => {
    const isLunch = (atMs: number): boolean => {
      const laterMs = (Math.floor(atMs / DAY_MS) % 3) * 25 * MINUTE_MS;
      return within(at(0, 12) + laterMs, 20 * MINUTE_MS)(atMs % DAY_MS);
    };
    expect(breaksIn(FOUR_WEEKS, isLunch)).toEqual([]);
  });

  it('is none where it comes back every week', () => {
    const isSundayNoon = (atMs: number): boolean =>
      within(at(6, 12), 20 * MINUTE_MS)(atMs % (7 * DAY_MS));
    expect(breaksIn(FOUR_WEEKS, isSundayNoon)).toEqual([]);
  });

  it('is a break each time where it comes on a few days of many', () => {
    const days = [3, 9, 17, 22];
    const lost = days.map((day) => at(day, 12));
    const isLost = (atMs: number): boolean =>
      lost.some((since) => within(since, 20 * MINUTE_MS)(atMs));
    expect(breaksIn(FOUR_WEEKS, isLost)).toEqual(
      lost.map((since) => breakOf(since, 20 * MINUTE_MS)),
    );
  });

  it('is none on a day that is quiet as a whole, or from then on, or until then', () => {
    const lost = within(at(10, 12), 30 * MINUTE_MS);
    const quiet = (sinceMs: number, untilMs: number) => (atMs: number) =>
      lost(atMs) || (atMs >= sinceMs && atMs < untilMs && isThin(atMs));
    expect(breaksIn(FOUR_WEEKS, quiet(at(10, 0), at(11, 0)))).toEqual([]);
    expect(breaksIn(FOUR_WEEKS, quiet(at(10, 13), at(11, 0)))).toEqual([]);
    expect(breaksIn(FOUR_WEEKS, quiet(at(10, 0), at(10, 12)))).toEqual([]);
  });

  it('is one on a busy day beside days of gaps, which say nothing', () => {
    const isGap = (atMs: number): boolean => atMs >= at(12, 0) && atMs < at(26, 0);
    const since = at(8, 12);
    const isLost = (atMs: number): boolean => isGap(atMs) || within(since, 12 * MINUTE_MS)(atMs);
    expect(breaksIn(FOUR_WEEKS, isLost)).toEqual([breakOf(since, 12 * MINUTE_MS)]);
  });

  it('is one on the last busy half hour before a silent night', () => {
    const since = at(10, 19, 19);
    const isNight = (atMs: number): boolean =>
      atMs % DAY_MS >= at(0, 20) || atMs % DAY_MS < at(0, 6);
    const isLost = (atMs: number): boolean => isNight(atMs) || within(since, 12 * MINUTE_MS)(atMs);
    expect(breaksIn(FOUR_WEEKS, isLost)).toEqual([breakOf(since, 12 * MINUTE_MS)]);
  });

  it('is none in a log that has an event now and then', () => {
    const isSilent = (atMs: number): boolean =>
      isThin(atMs) || within(at(10, 12), 50 * MINUTE_MS)(atMs);
    expect(breaksIn(FOUR_WEEKS, isSilent)).toEqual([]);
  });
});
