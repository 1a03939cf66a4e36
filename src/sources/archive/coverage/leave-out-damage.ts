import {
  durationMs,
  overlaps,
  subtractWindows,
  type TimeWindow,
} from '../../../model/time-window.ts';
import { SLOT_MS } from './busy-slots.ts';

/** The edges of a break are in whole slots: what of one lies beside the damage that explains it lacks nothing. */
export function leaveOutDamage(silence: TimeWindow, broken: readonly TimeWindow[]): TimeWindow[] {
  if (!broken.some((window) => overlaps(window, silence))) return [silence];
  return subtractWindows(silence, broken).filter((window) => durationMs(window) > SLOT_MS);
}
