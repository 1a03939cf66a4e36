import type { Scope } from '../../src/model/scope.ts';
import { DAY_MS, type TimeWindow } from '../../src/model/time-window.ts';

/** More than the review window of an incident and every look-back and look-ahead. */
export function surroundings({ id, window }: Scope): TimeWindow {
  if (window.kind !== 'fixed') throw new Error(`${id} has no fixed window`);
  const { sinceMs, untilMs } = window.review;
  return { sinceMs: sinceMs - 60 * DAY_MS, untilMs: untilMs + 30 * DAY_MS };
}
