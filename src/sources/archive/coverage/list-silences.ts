import { HOUR_MS } from '../../../model/time-window.ts';
import { SLOT_MS, SLOTS_OF_NUMBER } from './busy-slots.ts';
import type { HourTally } from './tally-events.ts';

/** Slots since the epoch, the last one not included. */
export interface SlotSpan {
  readonly since: number;
  readonly until: number;
}

/** Stretches without an event between one event and the next, in order, in two columns, for an archive may have a million. */
export interface Silences {
  readonly sinces: readonly number[];
  readonly untils: readonly number[];
}

/** Lists the silences of at least so many whole slots, by hours in order of time. */
export function listSilences(hours: readonly HourTally[], fewestSlots: number): Silences {
  const sinces: number[] = [];
  const untils: number[] = [];
  let since = Number.POSITIVE_INFINITY;
  for (const { firstMs, busy } of hours) {
    let start = Math.floor(firstMs / HOUR_MS) * (HOUR_MS / SLOT_MS);
    for (const bits of busy) {
      for (let left = bits; left !== 0; ) {
        const from = countZeros(left);
        const isPaused = isSilentBetween(left, fewestSlots);
        const to = isPaused ? from + countZeros(~(left >> from)) : 32 - Math.clz32(left);
        if (start + from - since >= fewestSlots) {
          sinces.push(since);
          untils.push(start + from);
        }
        since = start + to;
        left &= -1 << to;
      }
      start += SLOTS_OF_NUMBER;
    }
  }
  return { sinces, untils };
}

/** Whether so many slots in a row are silent between the first and the last that is not. */
function isSilentBetween(bits: number, fewestSlots: number): boolean {
  const inside = (1 << (31 - Math.clz32(bits))) - (bits & -bits);
  let silent = inside & ~bits;
  for (let slots = 1; silent !== 0 && slots < fewestSlots; ) {
    const more = Math.min(slots, fewestSlots - slots);
    silent &= silent >> more;
    slots += more;
  }
  return silent !== 0;
}

/** How many of the lowest bits are none, in front of one that is. */
function countZeros(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** Whether what lies of one of the silences in a span is longer than so many slots. */
export function hasSilence(
  { sinces, untils }: Silences,
  { span, longerThan }: { readonly span: SlotSpan; readonly longerThan: number },
): boolean {
  for (let index = findFirstAfter(untils, span.since); index < untils.length; index += 1) {
    const since = Math.max(sinces[index] ?? 0, span.since);
    if (since >= span.until) return false;
    if (Math.min(untils[index] ?? 0, span.until) - since > longerThan) return true;
  }
  return false;
}

/** Index of the first that ends after a slot. */
function findFirstAfter(untils: readonly number[], slot: number): number {
  let low = 0;
  let high = untils.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((untils[middle] ?? 0) > slot) high = middle;
    else low = middle + 1;
  }
  return low;
}
