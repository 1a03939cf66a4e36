import type { EventTypeSet } from '../../../model/event-type-set.ts';
import { formatDaysAround } from '../../../model/format-days-around.ts';
import { LATE_DELIVERY_MS, LIVE_RETENTION_MS } from '../../../model/live-log.ts';
import type { SourceHole } from '../../../model/reading.ts';
import type { TimeWindow } from '../../../model/time-window.ts';

/** What a live log can be asked for at an instant. */
export function reachOf(nowMs: number): TimeWindow {
  return { sinceMs: nowMs - LIVE_RETENTION_MS, untilMs: nowMs - LATE_DELIVERY_MS };
}

/** A stretch that the log no longer holds. */
export function holeBeforeReach({
  window,
  eventTypes,
}: {
  readonly window: TimeWindow;
  readonly eventTypes: EventTypeSet;
}): SourceHole {
  return {
    window,
    eventTypes,
    // Names no date of today, by which the same hole would be another one every night.
    reason: 'Okta keeps its System Log for 90 days and no longer has this time.',
    remedy: giveArchive(window),
  };
}

export function giveArchive(window: TimeWindow): string {
  return `Give an archive that covers ${formatDaysAround(window)}.`;
}
