import { formatCount } from '../model/format-count.ts';
import { formatWindow } from '../model/format-window.ts';
import {
  DAY_MS,
  formatUtcDay,
  formatUtcMinute,
  MINUTE_MS,
  type TimeWindow,
} from '../model/time-window.ts';

/** `2022-01-21 10:14 UTC`, for a sentence. */
export function formatZonedMinute(instantMs: number): string {
  return `${formatUtcMinute(instantMs)} UTC`;
}

/** `2022-01-16 to 2022-01-21` for whole days, `2022-03-02 04:00 to 09:00 UTC` where it names minutes. */
export function formatStretch(window: TimeWindow): string {
  const text = formatWindow(window);
  return text.includes(':') ? `${text} UTC` : text;
}

/** `2022-01-16` for a midnight, else with the minute. */
export function formatEdge(instantMs: number): string {
  return isMidnight(instantMs) ? formatUtcDay(instantMs) : formatZonedMinute(instantMs);
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
