import {
  DAY_MS,
  formatUtcClock,
  formatUtcDay,
  formatUtcMinute,
  isSameUtcDay,
  type TimeWindow,
} from './time-window.ts';

/**
 * `2022-01-16 to 2022-01-21` for whole UTC days, both of them included, as people write them; else with the minutes, and
 * `24:00` for a midnight that ends it: nobody has to know that the end of a window lies outside of it.
 */
export function formatWindow({ sinceMs, untilMs }: TimeWindow): string {
  const lastMs = untilMs - 1;
  const clock = isMidnight(untilMs) ? '24:00' : formatUtcClock(untilMs);
  if (isSameUtcDay(sinceMs, lastMs)) return `${formatUtcMinute(sinceMs)} to ${clock}`;
  const lastDay = formatUtcDay(lastMs);
  if (!isMidnight(sinceMs)) return `${formatUtcMinute(sinceMs)} to ${lastDay} ${clock}`;
  return `${formatUtcDay(sinceMs)} to ${isMidnight(untilMs) ? lastDay : `${lastDay} ${clock}`}`;
}

function isMidnight(instantMs: number): boolean {
  return instantMs % DAY_MS === 0;
}
