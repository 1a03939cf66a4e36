import { durationMs, HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
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
 * How far an archive reaches, by its hours in order of time; null where it has no event. Whoever exports exactly the days
 * that are asked about gets a first event some moments after midnight: where the log is busy, a pause as it has hundreds
 * of is no hole, so that the archive reaches to the full hour. That is never more than five minutes away.
 */
export function readArchiveReach(hours: readonly HourTally[]): ArchiveReach | null {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return null;
  const events = { sinceMs: first.firstMs, untilMs: last.lastMs + 1 };
  const beginMs = Math.floor(first.firstMs / HOUR_MS) * HOUR_MS;
  const endMs = (Math.floor(last.lastMs / HOUR_MS) + 1) * HOUR_MS;
  const early = { sinceMs: first.firstMs, untilMs: beginMs + 2 * HOUR_MS };
  const late = { sinceMs: endMs - 2 * HOUR_MS, untilMs: last.lastMs };
  return {
    events,
    window: {
      sinceMs: within(pauseIn(early, hours.slice(0, 2)), { fromMs: events.sinceMs, toMs: beginMs }),
      untilMs: within(pauseIn(late, hours.slice(-2)), { fromMs: events.untilMs, toMs: endMs }),
    },
  };
}

/** Where one goes from an event, if that is no further than a pause. */
function within(pauseMs: number, { fromMs, toMs }: { fromMs: number; toMs: number }): number {
  return Math.abs(toMs - fromMs) <= pauseMs ? toMs : fromMs;
}

/** The pause that is still usual within one or two hours at the edge of an archive. */
function pauseIn(window: TimeWindow, hours: readonly HourTally[]): number {
  const events = hours
    .filter(({ firstMs }) => firstMs >= window.sinceMs && firstMs <= window.untilMs)
    .reduce((sum, hour) => sum + hour.events, 0);
  const perEventMs = durationMs(window) / events;
  return perEventMs * FEWEST_EVENTS_AN_HOUR > HOUR_MS ? 0 : perEventMs * USUAL_PAUSES;
}
