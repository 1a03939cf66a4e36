import type { HourTally } from './tally-events.ts';

/** Index of the first of some hours, in order of time, that begins at an instant or later; their number where none does. */
export function findHour(hours: readonly HourTally[], instantMs: number): number {
  let low = 0;
  let high = hours.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle]?.firstMs ?? 0) >= instantMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
