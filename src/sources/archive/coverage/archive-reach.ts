import { HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
import type { HourTally } from './tally-events.ts';

/** From the first event to the last, both included, and how far beyond them the archive may still be believed. */
export interface ArchiveReach {
  readonly events: TimeWindow;
  readonly window: TimeWindow;
}

/** A slower log than an event a minute does not tell a pause from a cut. */
const FEWEST_EVENTS_AN_HOUR = 60;
/** Of pauses that come by chance one in a hundred is longer than so many usual ones: the natural logarithm of 100. */
const USUAL_PAUSES = 4.6;

/**
 * How far an archive reaches; null where it has no event. Whoever exports exactly the window that is asked about gets a
 * first event some moments after its begin: where the log is busy, a pause as it has hundreds of is no hole.
 * That is never more than five minutes.
 */
export function readArchiveReach(hours: ReadonlyMap<number, HourTally>): ArchiveReach | null {
  let first: HourTally | null = null;
  let last: HourTally | null = null;
  for (const hour of hours.values()) {
    if (first === null || hour.firstMs < first.firstMs) first = hour;
    if (last === null || hour.lastMs > last.lastMs) last = hour;
  }
  if (first === null || last === null) return null;
  const events = { sinceMs: first.firstMs, untilMs: last.lastMs + 1 };
  const firstHour = Math.floor(first.firstMs / HOUR_MS);
  const lastHour = Math.floor(last.lastMs / HOUR_MS);
  const begin = { sinceMs: first.firstMs, untilMs: (firstHour + 2) * HOUR_MS };
  const end = { sinceMs: (lastHour - 1) * HOUR_MS, untilMs: last.lastMs };
  return {
    events,
    window: {
      sinceMs: events.sinceMs - pauseWithin(begin, [first, hours.get(firstHour + 1)]),
      untilMs: events.untilMs + pauseWithin(end, [last, hours.get(lastHour - 1)]),
    },
  };
}

/** The pause that is still usual within one or two hours at the edge of an archive. */
function pauseWithin(
  { sinceMs, untilMs }: TimeWindow,
  hours: readonly (HourTally | undefined)[],
): number {
  const events = hours.reduce((sum, hour) => sum + (hour?.events ?? 0), 0);
  const perEventMs = (untilMs - sinceMs) / events;
  return perEventMs * FEWEST_EVENTS_AN_HOUR > HOUR_MS ? 0 : Math.floor(perEventMs * USUAL_PAUSES);
}
