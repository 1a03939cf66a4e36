import { DAY_MS, MINUTE_MS, startOfUtcDay } from './time-window.ts';

/**
 * How long Okta keeps its log; older queries succeed and give nothing.
 * Source: https://developer.okta.com/docs/reference/system-log-query/
 */
export const LIVE_RETENTION_MS = 90 * DAY_MS;

/** The first midnight of which the live log still holds the whole day. */
export function earliestWholeDay(nowMs: number): number {
  return startOfUtcDay(nowMs - LIVE_RETENTION_MS) + DAY_MS;
}

/**
 * Okta delivers some events late, and a bounded query does not wait for them; a live window ends before them, so that
 * the next run sees them in full.
 */
export const LATE_DELIVERY_MS = 10 * MINUTE_MS;

/** How far before the last complete look the next one begins again, for events that arrived later than that. */
export const OVERLAP_MS = DAY_MS;
