import { HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
import type { HourTally } from './tally-events.ts';

/** Says of a silence whether its hours are nearly always busy in the same archive. */
export type Rhythm = (silence: TimeWindow) => boolean;

/** No tenant with so many events in the same hours of other days is silent by chance. */
const BUSY_EVENTS = 50;
const BUSY_SHARE = 0.9;
/** What was longer ago says little about how busy a tenant is. */
export const NEAR_DAYS = 28;
const OTHER_DAYS = Array.from({ length: NEAR_DAYS }, (_, index) => index + 1).flatMap((days) => [
  -days,
  days,
]);
const OTHER_WEEKS = OTHER_DAYS.filter((days) => days % 7 === 0);
/** Of seven days in a row one is of a weekend, so that a busy working week alone is no habit. */
const FEWEST_OTHER_DAYS = 7;
const FEWEST_OTHER_WEEKS = 3;
const HOURS_OF_DAY = 24;

/** Hours since the epoch, the last one included. */
interface HourSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * Learns how busy an archive is, from its hours in order of time. A silence is out of rhythm where its whole hours had many events
 * in nine of ten of the weeks around it, or of the days; days that lie in gaps say nothing.
 */
export function readRhythm(hours: readonly HourTally[], gaps: readonly TimeWindow[]): Rhythm {
  const eventsOf = new Map(hours.map((hour) => [hourOf(hour.firstMs), hour.events]));
  const [begin, end] = [hourOf(hours[0]?.firstMs ?? 0), hourOf(hours.at(-1)?.lastMs ?? 0)];
  const lost = gaps.map(({ sinceMs, untilMs }) => ({
    first: hourOf(sinceMs),
    last: hourOf(untilMs),
  }));

  const isKnown = ({ first, last }: HourSpan): boolean =>
    first >= begin && last <= end && !lost.some((gap) => first <= gap.last && last >= gap.first);

  const isBusy = ({ first, last }: HourSpan): boolean => {
    let events = 0;
    for (let hour = first; hour <= last; hour += 1) events += eventsOf.get(hour) ?? 0;
    return events >= BUSY_EVENTS;
  };

  const isBusyOn = (span: HourSpan, days: readonly number[], fewest: number): boolean => {
    const others = days.map((count) => shift(span, count)).filter(isKnown);
    return others.length >= fewest && others.filter(isBusy).length >= BUSY_SHARE * others.length;
  };

  return ({ sinceMs, untilMs }) => {
    const span = { first: Math.ceil(sinceMs / HOUR_MS), last: hourOf(untilMs) - 1 };
    return (
      isBusyOn(span, OTHER_WEEKS, FEWEST_OTHER_WEEKS) ||
      isBusyOn(span, OTHER_DAYS, FEWEST_OTHER_DAYS)
    );
  };
}

function shift({ first, last }: HourSpan, days: number): HourSpan {
  return { first: first + days * HOURS_OF_DAY, last: last + days * HOURS_OF_DAY };
}

function hourOf(instantMs: number): number {
  return Math.floor(instantMs / HOUR_MS);
}
