import {
  DAY_MS,
  formatInstant,
  formatUtcClock,
  formatUtcDay,
  formatUtcMinute,
  isSameUtcDay,
  MINUTE_MS,
  type TimeWindow,
} from './time-window.ts';

/**
 * `2022-01-16 to 2022-01-21` for whole UTC days, both of them included, as people write them; else with the minutes, and
 * `24:00` for a midnight that ends it: nobody has to know that the end of a window lies outside of it. What lies within
 * one minute has its seconds, or it would read as no time at all, and a moment stands alone.
 */
export function formatWindow({ sinceMs, untilMs }: TimeWindow): string {
  if (isWithinMinute({ sinceMs, untilMs })) {
    const since = formatSecond(sinceMs);
    const until = formatSecond(untilMs);
    return `${formatUtcDay(sinceMs)} ${since}${since === until ? '' : ` to ${until}`}`;
  }
  const lastMs = untilMs - 1;
  const clock = isMidnight(untilMs) ? '24:00' : formatUtcClock(untilMs);
  if (isSameUtcDay(sinceMs, lastMs)) return `${formatUtcMinute(sinceMs)} to ${clock}`;
  const lastDay = formatUtcDay(lastMs);
  if (!isMidnight(sinceMs)) return `${formatUtcMinute(sinceMs)} to ${lastDay} ${clock}`;
  return `${formatUtcDay(sinceMs)} to ${isMidnight(untilMs) ? lastDay : `${lastDay} ${clock}`}`;
}

function isWithinMinute({ sinceMs, untilMs }: TimeWindow): boolean {
  return sinceMs < untilMs && Math.floor(sinceMs / MINUTE_MS) === Math.floor(untilMs / MINUTE_MS);
}

/** `10:00:00`. */
function formatSecond(instantMs: number): string {
  return formatInstant(instantMs).slice(11, 19);
}

function isMidnight(instantMs: number): boolean {
  return instantMs % DAY_MS === 0;
}
