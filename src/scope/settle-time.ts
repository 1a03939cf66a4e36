import type { AskedTime } from '../model/asked-time.ts';
import type { TimesGiven } from '../model/audit-plan.ts';
import type { Scope } from '../model/scope.ts';
import {
  DAY_MS,
  HOUR_MS,
  intersectWindows,
  MINUTE_MS,
  startOfUtcDay,
  subtractWindows,
  type TimeWindow,
} from '../model/time-window.ts';

/** Okta keeps its log for 90 days. Source: https://developer.okta.com/docs/reference/system-log-query/ */
export const LIVE_RETENTION_MS = 90 * DAY_MS;

/** Okta delivers some events late; a live window ends before them, so that the next run sees them in full. */
export const LATE_DELIVERY_MS = 10 * MINUTE_MS;

/** How far before the last complete look the next one begins again, for events that arrived late. */
const OVERLAP_MS = 24 * HOUR_MS;

export interface TimeRequest {
  readonly nowMs: number;
  readonly scope: Scope;
  readonly times: TimesGiven;
  /** End of the last window that was read completely; null where nobody remembers one. */
  readonly completeThroughMs: number | null;
  /** Whether the live log is the only source: an archive has no late events and no retention. */
  readonly isLive: boolean;
}

/** Settles which time a run asks about, from the scope, the inputs, the memory and now. */
export function settleTime(request: TimeRequest): AskedTime {
  const { scope, times } = request;
  if (scope.window.kind === 'rolling') return settleRolling(request, scope.window.days);
  const { core, review } = scope.window;
  if (times.sinceMs === null && times.untilMs === null) {
    return { window: review, core, leftOut: [], isRolling: false };
  }
  const window = {
    sinceMs: times.sinceMs ?? Math.min(review.sinceMs, (times.untilMs ?? review.untilMs) - DAY_MS),
    untilMs: times.untilMs ?? Math.max(review.untilMs, (times.sinceMs ?? review.sinceMs) + DAY_MS),
  };
  const coreInside = intersectWindows(core, window);
  return {
    window,
    core: coreInside ?? { sinceMs: window.sinceMs, untilMs: window.sinceMs },
    leftOut: subtractWindows(core, [window]),
    isRolling: false,
  };
}

function settleRolling(request: TimeRequest, defaultDays: number): AskedTime {
  const { nowMs, times, isLive, completeThroughMs } = request;
  const latestEndMs = isLive ? nowMs - LATE_DELIVERY_MS : nowMs;
  const untilMs = Math.min(times.untilMs ?? latestEndMs, latestEndMs);
  const askedSinceMs = untilMs - (times.lookbackDays ?? defaultDays) * DAY_MS;
  if (times.sinceMs !== null || times.untilMs !== null) {
    return toRollingTime({ sinceMs: times.sinceMs ?? startOfUtcDay(askedSinceMs), untilMs }, []);
  }
  const sinceMs = Math.max(
    startOfUtcDay(Math.min(askedSinceMs, recallSince(completeThroughMs) ?? askedSinceMs)),
    earliestMidnight(request),
  );
  const forgotten = { sinceMs: completeThroughMs ?? sinceMs, untilMs: sinceMs };
  return toRollingTime({ sinceMs, untilMs }, subtractWindows(forgotten, []));
}

function toRollingTime(window: TimeWindow, leftOut: readonly TimeWindow[]): AskedTime {
  const settled = { sinceMs: window.sinceMs, untilMs: Math.max(window.untilMs, window.sinceMs) };
  return { window: settled, core: settled, leftOut, isRolling: true };
}

/** Begins earlier where nights were skipped, so that no gap is left. */
function recallSince(completeThroughMs: number | null): number | null {
  return completeThroughMs === null ? null : completeThroughMs - OVERLAP_MS;
}

/** The first midnight of which the live log still holds the whole day; an archive has no such bound. */
function earliestMidnight({ nowMs, isLive }: TimeRequest): number {
  if (!isLive) return Number.NEGATIVE_INFINITY;
  return startOfUtcDay(nowMs - LIVE_RETENTION_MS) + DAY_MS;
}
