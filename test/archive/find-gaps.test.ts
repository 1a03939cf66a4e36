import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type TimeWindow } from '../../src/model/time-window.ts';
import { findGaps } from '../../src/sources/archive/coverage/find-gaps.ts';
import {
  listHours,
  startTally,
  tallyEvent,
} from '../../src/sources/archive/coverage/tally-events.ts';

/** A Monday. */
const START = Date.parse('2022-01-03');

/** Gaps of an archive that has an event in each hour for which `isBusy` holds, hours counted from a Monday midnight. */
function gapsOf(hours: number, isBusy: (hour: number) => boolean): TimeWindow[] {
  return gapsIn(hours, (hour) => (isBusy(hour) ? 1 : 0));
}

/** The same of an archive with so many events in each hour, all at its begin. */
function gapsIn(hours: number, countEvents: (hour: number) => number): TimeWindow[] {
  const tally = startTally();
  for (let hour = 0; hour < hours; hour += 1) {
    for (let event = 0; event < countEvents(hour); event += 1) {
      tallyEvent(tally, START + hour * HOUR_MS, 'user.session.start');
    }
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

describe('a silence of some hours', () => {
  const DAY = 24;
  const SUNDAY = 6 * DAY;
  /** Silent from ten in the morning to three in the afternoon of one day. */
  const losing =
    (day: number, countEvents: (hour: number) => number) =>
    (hour: number): number =>
      hour > day + 10 && hour < day + 15 ? 0 : countEvents(hour);
  const lost = (day: number): TimeWindow => gap(day + 10, day + 15);
  const isWeekend = (hour: number): boolean => hour % WEEK >= 5 * DAY;

  it('is a gap where the same hours of the other days are busy', () => {
    expect(
      gapsIn(
        8 * DAY,
        losing(2 * DAY, () => 13),
      ),
    ).toEqual([lost(2 * DAY)]);
  });

  it('is none in an archive that is too short to know its days', () => {
    expect(
      gapsIn(
        7 * DAY,
        losing(2 * DAY, () => 13),
      ),
    ).toEqual([]);
  });

  it('is none where the other days have few events', () => {
    expect(
      gapsIn(
        8 * DAY,
        losing(2 * DAY, () => 12),
      ),
    ).toEqual([]);
  });

  it('is none below three hours', () => {
    const silentFor = (silent: number) => (hour: number) =>
      hour >= 50 && hour < 50 + silent ? 0 : 100;
    expect(gapsIn(9 * DAY, silentFor(1))).toEqual([]);
    expect(gapsIn(9 * DAY, silentFor(2))).toEqual([gap(49, 52)]);
  });

  it('is none on a weekend, which only working days are busier than', () => {
    const countEvents = (hour: number) => (isWeekend(hour) && hour % DAY > 3 ? 0 : 100);
    const isShort = ({ sinceMs, untilMs }: TimeWindow): boolean => untilMs - sinceMs < DAY;
    expect(gapsIn(SUNDAY + 5, countEvents).filter(isShort)).toEqual([]);
    expect(gapsIn(6 * WEEK, countEvents).filter(isShort)).toEqual([]);
  });

  it('is a gap on a working day that the other weeks are busy on, whatever their weekends are', () => {
    const countEvents = (hour: number) => (isOffice(hour) ? 100 : 0);
    const tuesday = 2 * WEEK + DAY;
    expect(gapsIn(4 * WEEK + 5 * DAY, losing(tuesday, countEvents))).toContainEqual(lost(tuesday));
  });

  it('is no habit because it came twice in two months', () => {
    const [first, second] = [9 * DAY, 23 * DAY];
    const countEvents = losing(
      first,
      losing(second, () => 100),
    );
    expect(gapsIn(60 * DAY, countEvents)).toEqual([lost(first), lost(second)]);
  });

  it('is one where it comes every third day', () => {
    const isThird = (hour: number): boolean => Math.floor(hour / DAY) % 3 === 0;
    const countEvents = (hour: number) =>
      isThird(hour) && hour % DAY > 10 && hour % DAY < 15 ? 0 : 100;
    expect(gapsIn(60 * DAY, countEvents)).toEqual([]);
  });

  it('learns nothing from days that are missing', () => {
    const isMissing = (hour: number): boolean => hour >= 20 * DAY && hour < 30 * DAY;
    const countEvents = losing(9 * DAY, (hour) => (isMissing(hour) ? 0 : 100));
    expect(gapsIn(60 * DAY, countEvents)).toEqual([lost(9 * DAY), gap(20 * DAY - 1, 30 * DAY)]);
  });
});
