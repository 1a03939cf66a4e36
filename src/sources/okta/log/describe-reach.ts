import type { EventTypeSet } from '../../../model/event-type-set.ts';
import type { SourceHole } from '../../../model/reading.ts';
import { DAY_MS, formatUtcDay, MINUTE_MS, type TimeWindow } from '../../../model/time-window.ts';

/** Older queries succeed and give nothing. Source: https://developer.okta.com/docs/reference/system-log-query/ */
const RETENTION_MS = 90 * DAY_MS;
/** Okta delivers some events late, and a bounded query does not wait for them. */
const SETTLING_MS = 10 * MINUTE_MS;

/** What a live log can be asked for at an instant. */
export function reachOf(nowMs: number): TimeWindow {
  return { sinceMs: nowMs - RETENTION_MS, untilMs: nowMs - SETTLING_MS };
}

/** A stretch that the log no longer holds. */
export function holeBeforeReach(
  { window, eventTypes }: { readonly window: TimeWindow; readonly eventTypes: EventTypeSet },
  reach: TimeWindow,
): SourceHole {
  return {
    window,
    eventTypes,
    reason: `Okta keeps its System Log for 90 days: today it reaches back to ${formatUtcDay(reach.sinceMs)}.`,
    remedy: giveArchive(window),
  };
}

export function giveArchive({ sinceMs, untilMs }: TimeWindow): string {
  return `Give an archive that covers ${formatUtcDay(sinceMs)} to ${formatUtcDay(untilMs - 1)}.`;
}
