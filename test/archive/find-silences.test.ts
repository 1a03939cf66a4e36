import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type TimeWindow } from '../../src/model/time-window.ts';
import { findGaps } from '../../src/sources/archive/coverage/find-silences.ts';
import {
  listHours,
  startTally,
  tallyEvent,
} from '../../src/sources/archive/coverage/tally-events.ts';

/** A Monday. */
const START = Date.parse('2022-01-03');

/** Gaps of an archive that has an event in each hour for which `isBusy` holds, hours counted from a Monday midnight. */
function gapsOf(hours: number, isBusy: (hour: number) => boolean): TimeWindow[] {
  const tally = startTally();
  for (let hour = 0; hour < hours; hour += 1) {
    if (isBusy(hour)) tallyEvent(tally, START + hour * HOUR_MS, 'user.session.start');
  }
  return findGaps(listHours(tally)).map((gap) => ({
    sinceMs: (gap.sinceMs - 1 - START) / HOUR_MS,
    untilMs: (gap.untilMs - START) / HOUR_MS,
  }));
}

const gap = (sinceMs: number, untilMs: number): TimeWindow => ({ sinceMs, untilMs });
const WEEK = 168;
const isOffice = (hour: number): boolean =>
  hour % WEEK < 5 * 24 && hour % 24 >= 8 && hour % 24 <= 18;

describe('a gap', () => {
  it('is silence of 24 hours, to the millisecond', () => {
    const silenceOf = (lengthMs: number) => {
      const tally = startTally();
      tallyEvent(tally, START, 'user.session.start');
      tallyEvent(tally, START + lengthMs, 'user.session.start');
      return findGaps(listHours(tally));
    };
    expect(silenceOf(DAY_MS - 1)).toEqual([]);
    expect(silenceOf(DAY_MS)).toEqual([{ sinceMs: START + 1, untilMs: START + DAY_MS }]);
  });

  it('is not a weekend that is silent in the other weeks too', () => {
    expect(gapsOf(5 * WEEK, isOffice)).toEqual([]);
  });

  it('is a weekend where fewer than three other weeks show the habit', () => {
    expect(gapsOf(3 * WEEK, isOffice)).toEqual([gap(114, 176), gap(282, 344)]);
  });

  it('is a weekend that the other weeks were busy in', () => {
    const isBusy = (hour: number): boolean => isOffice(hour) || Math.floor(hour / WEEK) !== 2;
    expect(gapsOf(6 * WEEK, isBusy)).toEqual([gap(450, 504)]);
  });

  it('is a working day that is missing, whole and with the nights around it', () => {
    const thursday = 2 * WEEK + 3 * 24;
    const isBusy = (hour: number): boolean =>
      isOffice(hour) && !(hour >= thursday && hour < thursday + 24);
    expect(gapsOf(8 * WEEK, isBusy)).toEqual([gap(thursday - 24 + 18, thursday + 24 + 8)]);
  });

  it('is a holiday beside a silent weekend', () => {
    const monday = 3 * WEEK;
    const isBusy = (hour: number): boolean =>
      isOffice(hour) && !(hour >= monday && hour < monday + 24);
    expect(gapsOf(8 * WEEK, isBusy)).toEqual([gap(monday - 54, monday + 32)]);
  });

  it('is any silence of more than three days, however often it comes back', () => {
    const isMonday = (hour: number): boolean => hour % WEEK < 24;
    expect(gapsOf(8 * WEEK, isMonday)).toHaveLength(7);
  });

  it('does not become a habit by weeks that are missing', () => {
    const week = (hour: number): number => Math.floor(hour / WEEK);
    const isBusy = (hour: number): boolean => {
      if (week(hour) % 4 !== 0) return false;
      const isLostTuesday = week(hour) === 16 && hour % WEEK >= 24 && hour % WEEK < 48;
      return !isLostTuesday;
    };
    expect(gapsOf(33 * WEEK, isBusy)).toContainEqual(gap(16 * WEEK + 23, 16 * WEEK + 48));
  });
});
