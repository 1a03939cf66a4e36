import { HOUR_MS } from '../../../model/time-window.ts';

/** Which slots of an hour had events, a bit for each, in numbers of thirty, the lowest first. */
export type BusySlots = number[];

/** Fine enough to see what a search page of a thousand events leaves out in a tenant of ten thousand people. */
export const SLOT_MS = 20_000;
export const SLOTS_OF_NUMBER = 30;
const NUMBERS = HOUR_MS / SLOT_MS / SLOTS_OF_NUMBER;

export function startBusySlots(): BusySlots {
  return new Array<number>(NUMBERS).fill(0);
}

/** Marks a slot of the hour, counted from 0, in numbers of which the first stands at `from`. */
export function markSlot(slots: { [index: number]: number }, slot: number, from = 0): void {
  const index = from + Math.trunc(slot / SLOTS_OF_NUMBER);
  slots[index] = (slots[index] ?? 0) | (1 << (slot % SLOTS_OF_NUMBER));
}

/** Adds the slots that stand in other numbers, from one of them on. */
export function mergeSlots(slots: BusySlots, others: ArrayLike<number>, from = 0): void {
  for (let index = 0; index < NUMBERS; index += 1) {
    slots[index] = (slots[index] ?? 0) | (others[from + index] ?? 0);
  }
}
