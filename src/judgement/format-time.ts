import { formatCount } from '../model/format-count.ts';
import {
  DAY_MS,
  formatUtcClock,
  formatUtcDay,
  formatUtcMinute,
  isSameUtcDay,
  MINUTE_MS,
  type TimeWindow,
} from '../model/time-window.ts';

/** `2022-01-21 10:14 UTC`, for a sentence. */
export function formatZonedMinute(instantMs: number): string {
  return `${formatUtcMinute(instantMs)} UTC`;
}

/**
 * `2022-01-16 to 2022-01-22` for whole days, the last one excluded as in every window,
 * `2022-03-02 04:00 to 09:00 UTC` inside one day, else both ends in full.
 */
export function formatStretch({ sinceMs, untilMs }: TimeWindow): string {
  if (isMidnight(sinceMs) && isMidnight(untilMs)) {
    return `${formatUtcDay(sinceMs)} to ${formatUtcDay(untilMs)}`;
  }
  const since = isMidnight(sinceMs) ? formatUtcDay(sinceMs) : formatUtcMinute(sinceMs);
  if (isSameUtcDay(sinceMs, untilMs)) {
    return `${formatUtcMinute(sinceMs)} to ${formatUtcClock(untilMs)} UTC`;
  }
  return isMidnight(untilMs)
    ? `${since} UTC to ${formatUtcDay(untilMs)}`
    : `${since} to ${formatZonedMinute(untilMs)}`;
}

/** `2022-01-16` for a midnight, else with the minute. */
export function formatEdge(instantMs: number): string {
  return isMidnight(instantMs) ? formatUtcDay(instantMs) : formatZonedMinute(instantMs);
}

/** The whole UTC days around a stretch, as `2022-01-16 to 2022-01-22`. */
export function formatDaysAround({ sinceMs, untilMs }: TimeWindow): string {
  const untilDayMs = Math.ceil(untilMs / DAY_MS) * DAY_MS;
  return `${formatUtcDay(sinceMs)} to ${formatUtcDay(untilDayMs)}`;
}

/** `14 days`, `12 hours`, `20 minutes`: the largest unit that gives a whole number. */
export function formatDuration(spanMs: number): string {
  const minutes = Math.round(spanMs / MINUTE_MS);
  if (minutes % 1440 === 0) return formatCount(minutes / 1440, 'day');
  if (minutes % 60 === 0) return formatCount(minutes / 60, 'hour');
  return formatCount(minutes, 'minute');
}

function isMidnight(instantMs: number): boolean {
  return instantMs % DAY_MS === 0;
}
