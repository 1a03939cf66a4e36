import { formatUtcDay, type TimeWindow } from './time-window.ts';

/** The whole UTC days around a stretch, both of them included: `2022-01-16 to 2022-01-21`, or just the one. */
export function formatDaysAround({ sinceMs, untilMs }: TimeWindow): string {
  const [first, last] = [formatUtcDay(sinceMs), formatUtcDay(untilMs - 1)];
  return first === last ? first : `${first} to ${last}`;
}
