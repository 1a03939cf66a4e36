import { ALL_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { SourceHole } from '../../../model/reading.ts';
import {
  DAY_MS,
  durationMs,
  formatUtcMinute,
  isEmptyWindow,
  type TimeWindow,
} from '../../../model/time-window.ts';
import type { ArchiveTimes } from './archive-layers.ts';
import { readArchiveReach } from './archive-reach.ts';
import { sayDuration, sayEnd, sayWindow } from './say-stretch.ts';

/** What of the time that was asked for lies before the first event of an archive, behind its last, or in its gaps and breaks. */
export function describeReach(
  { hours, gaps, breaks }: ArchiveTimes,
  asked: TimeWindow,
): SourceHole[] {
  const reach = readArchiveReach(hours);
  if (reach === null) return [];
  const { window, events } = reach;
  const before = { sinceMs: asked.sinceMs, untilMs: window.sinceMs };
  const after = { sinceMs: window.untilMs, untilMs: asked.untilMs };
  const silent = [...gaps, ...breaks].map((gap) => ({
    window: gap,
    why: `holds no event for ${sayDuration(durationMs(gap))}${isOutOfRhythm(gap) ? ', which are busy on other days' : ''}`,
    what: `covers ${sayWindow(gap)}`,
  }));
  const beyond = [
    {
      window: before,
      why: `begins at ${formatUtcMinute(events.sinceMs)} UTC`,
      what: isShort(before)
        ? `begins before ${formatUtcMinute(before.sinceMs)} UTC`
        : `covers ${sayWindow(before)}`,
    },
    {
      window: after,
      why: `ends at ${formatUtcMinute(events.untilMs - 1)} UTC`,
      what: isShort(after) ? `ends after ${sayEnd(after.untilMs)}` : `covers ${sayWindow(after)}`,
    },
  ].filter((edge) => !isEmptyWindow(edge.window));
  return [...beyond, ...silent].map(({ window: missing, why, what }) => ({
    window: missing,
    eventTypes: ALL_EVENT_TYPES,
    reason: `the archive ${why}`,
    remedy: `give an archive that ${what}`,
  }));
}

/** Whoever has exported the days that were asked for does not hear to export them: an archive vouches for no edge. */
function isShort(window: TimeWindow): boolean {
  return durationMs(window) < DAY_MS;
}

/** A silence of less than a day is a gap for no other reason. */
function isOutOfRhythm(gap: TimeWindow): boolean {
  return durationMs(gap) + 1 < DAY_MS;
}
