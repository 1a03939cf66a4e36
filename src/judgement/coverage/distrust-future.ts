import { ALL_EVENT_TYPES } from '../../model/event-type-set.ts';
import { LATE_DELIVERY_MS } from '../../model/live-log.ts';
import type { SourceReading } from '../../model/reading.ts';
import { hullOf } from '../../model/time-window.ts';
import { formatZonedMinute } from '../format-time.ts';

/** By so much clocks may differ. */
const TOLERANCE_MS = LATE_DELIVERY_MS;

/**
 * Takes back what an archive covers whose events are said to happen later than now: they were written in the time of a place
 * and labelled as UTC, or the clock here is slow. By how much all of its times are wrong nobody can tell, and so not either what
 * was read of a window: its last hours may stand behind it.
 */
export function distrustFuture(reading: SourceReading, nowMs: number): SourceReading {
  const { kind, lastEventMs } = reading;
  const window = hullOf(reading.covered.map((stretch) => stretch.window));
  if (kind !== 'archive' || window === null) return reading;
  if (lastEventMs === null || lastEventMs <= nowMs + TOLERANCE_MS) return reading;
  const hole = {
    window,
    eventTypes: ALL_EVENT_TYPES,
    reason: `the archive has events up to ${formatZonedMinute(lastEventMs)}, later than now: its times are not UTC, or the clock here is slow`,
    remedy: 'export it with times in UTC, or set the clock here',
    wasLost: true as const,
  };
  return { ...reading, covered: [], holes: [...reading.holes, hole] };
}
