import { HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
import type { HourTally } from './tally-events.ts';

/** From the first event to the last, both included, and how far the archive is believed. */
export interface ArchiveReach {
  readonly events: TimeWindow;
  /** As `events`, or to the full hour beside them. */
  readonly window: TimeWindow;
}

/** A slower log than an event a minute does not tell a pause from a cut. */
const FEWEST_EVENTS_AN_HOUR = 60;
/** Of pauses that come by chance one in a hundred is longer than so many usual ones: the natural logarithm of 100. */
const USUAL_PAUSES = 4.6;

/**
 * How far an archive reaches; null where it has no event. Whoever exports exactly the days that are asked about gets a
 * first event some moments after midnight: where the log is busy, a pause as it has hundreds of is no hole, so that the
 * archive reaches to the full hour. That is never more than five minutes away.
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
      sinceMs: within(pauseWithin(begin, [first, hours.get(firstHour + 1)]), {
        fromMs: events.sinceMs,
        toMs: firstHour * HOUR_MS,
      }),
      untilMs: within(pauseWithin(end, [last, hours.get(lastHour - 1)]), {
        fromMs: events.untilMs,
        toMs: (lastHour + 1) * HOUR_MS,
      }),
    },
  };
}

/** Where one goes from an event, if that is no further than a pause. */
function within(pauseMs: number, { fromMs, toMs }: { fromMs: number; toMs: number }): number {
  return Math.abs(toMs - fromMs) <= pauseMs ? toMs : fromMs;
}

/** The pause that is still usual within one or two hours at the edge of an archive. */
function pauseWithin(
  { sinceMs, untilMs }: TimeWindow,
  hours: readonly (HourTally | undefined)[],
): number {
  const events = hours.reduce((sum, hour) => sum + (hour?.events ?? 0), 0);
  const perEventMs = (untilMs - sinceMs) / events;
  return perEventMs * FEWEST_EVENTS_AN_HOUR > HOUR_MS ? 0 : perEventMs * USUAL_PAUSES;
}
