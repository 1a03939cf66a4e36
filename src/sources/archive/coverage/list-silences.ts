import { HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
import { listBusySlots, SLOT_MS } from './busy-slots.ts';
import type { HourTally } from './tally-events.ts';

/** The whole slots without an event between one event and the next, in order, by hours in order of time. */
export function listSilences(hours: readonly HourTally[]): TimeWindow[] {
  const silences: TimeWindow[] = [];
  let sinceMs: number | null = null;
  for (const { firstMs, busy } of hours) {
    const hourMs = Math.floor(firstMs / HOUR_MS) * HOUR_MS;
    for (const slot of listBusySlots(busy)) {
      const untilMs = hourMs + slot * SLOT_MS;
      if (sinceMs !== null && untilMs > sinceMs) silences.push({ sinceMs, untilMs });
      sinceMs = untilMs + SLOT_MS;
    }
  }
  return silences;
}

/** Whether what lies of one of the silences in a window is longer than that. */
export function hasSilence(
  silences: readonly TimeWindow[],
  { window, longerThanMs }: { readonly window: TimeWindow; readonly longerThanMs: number },
): boolean {
  for (let index = findFirstAfter(silences, window.sinceMs); ; index += 1) {
    const silence = silences[index];
    if (silence === undefined || silence.sinceMs >= window.untilMs) return false;
    const sinceMs = Math.max(silence.sinceMs, window.sinceMs);
    if (Math.min(silence.untilMs, window.untilMs) - sinceMs > longerThanMs) return true;
  }
}

/** Index of the first that ends after an instant. */
function findFirstAfter(silences: readonly TimeWindow[], instantMs: number): number {
  let low = 0;
  let high = silences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((silences[middle]?.untilMs ?? 0) > instantMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
