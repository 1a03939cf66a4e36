import { AuditError } from '../errors.ts';
import type { AskedTime } from '../model/asked-time.ts';
import type { TimesGiven } from '../model/audit-plan.ts';
import { earliestWholeDay, LATE_DELIVERY_MS, OVERLAP_MS } from '../model/live-log.ts';
import type { Scope } from '../model/scope.ts';
import {
  DAY_MS,
  formatUtcMinute,
  hullOf,
  intersectWindows,
  startOfUtcDay,
  subtractWindows,
  type TimeWindow,
} from '../model/time-window.ts';

export interface TimeRequest {
  readonly nowMs: number;
  readonly scope: Pick<Scope, 'window'>;
  readonly times: TimesGiven;
  /** Through when all was read that a night can read; null where nobody remembers. */
  readonly completeThroughMs: number | null;
  /** What the last run could not read. */
  readonly unread?: readonly TimeWindow[];
  /** A live log ends before now, because some events come late. */
  readonly readsLive: boolean;
  /** An archive has no retention. */
  readonly readsArchive: boolean;
}

/**
 * Settles which time a run asks about, from the scope, the inputs, the memory and now.
 * @throws AuditError `scope-invalid` where an incident has not begun: most likely its year is wrong.
 */
export function settleTime(request: TimeRequest): AskedTime {
  const { scope, times } = request;
  if (scope.window.kind === 'rolling') return settleRolling(request, scope.window.days);
  const { core, review } = scope.window;
  if (core.sinceMs >= request.nowMs) throw failOnFuture(core, request.nowMs);
  const happened = { sinceMs: Number.NEGATIVE_INFINITY, untilMs: latestEnd(request) };
  const asked = isNarrowed(times) ? narrowReview(review, times) : review;
  const window = clip(asked, happened);
  return {
    window,
    core: clip(core, window),
    aheadMs: Math.max(0, Math.min(core.untilMs, asked.untilMs) - happened.untilMs),
    leftOut: subtractWindows(clip(core, happened), [window]),
    isRolling: false,
  };
}

function failOnFuture({ sinceMs }: TimeWindow, nowMs: number): AuditError {
  return new AuditError({
    code: 'scope-invalid',
    message: `incident: its core window begins at ${formatUtcMinute(sinceMs)} UTC and so lies in the future; now is ${formatUtcMinute(nowMs)} UTC`,
    hint: 'Change window.core of the incident file; nothing was read.',
  });
}

function isNarrowed(times: TimesGiven): boolean {
  return times.sinceMs !== null || times.untilMs !== null;
}

/** What the inputs name wins; the other end stays the review window's, at least a day away. */
function narrowReview(review: TimeWindow, { sinceMs, untilMs }: TimesGiven): TimeWindow {
  return {
    sinceMs: sinceMs ?? Math.min(review.sinceMs, (untilMs ?? review.untilMs) - DAY_MS),
    untilMs: untilMs ?? Math.max(review.untilMs, (sinceMs ?? review.sinceMs) + DAY_MS),
  };
}

/** The shared part, or an empty window at the begin of `bounds` where there is none. */
function clip(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const emptyMs = Math.min(Math.max(window.sinceMs, bounds.sinceMs), bounds.untilMs);
  return intersectWindows(window, bounds) ?? { sinceMs: emptyMs, untilMs: emptyMs };
}

function latestEnd({ nowMs, readsLive }: TimeRequest): number {
  return readsLive ? nowMs - LATE_DELIVERY_MS : nowMs;
}

function settleRolling(request: TimeRequest, defaultDays: number): AskedTime {
  const { times } = request;
  const untilMs = Math.min(times.untilMs ?? Number.POSITIVE_INFINITY, latestEnd(request));
  const askedSinceMs = untilMs - (times.lookbackDays ?? defaultDays) * DAY_MS;
  if (times.sinceMs !== null || times.untilMs !== null) {
    return toRollingTime({ sinceMs: times.sinceMs ?? startOfUtcDay(askedSinceMs), untilMs }, []);
  }
  const sinceMs = Math.max(
    startOfUtcDay(Math.min(askedSinceMs, recallSince(request) ?? askedSinceMs)),
    // An archive has no such bound.
    request.readsArchive ? Number.NEGATIVE_INFINITY : earliestWholeDay(request.nowMs),
  );
  const forgotten = { sinceMs: findUnreadSince(request) ?? sinceMs, untilMs: sinceMs };
  return toRollingTime({ sinceMs, untilMs }, subtractWindows(forgotten, []));
}

function toRollingTime(window: TimeWindow, leftOut: readonly TimeWindow[]): AskedTime {
  const settled = { sinceMs: window.sinceMs, untilMs: Math.max(window.untilMs, window.sinceMs) };
  return { window: settled, core: settled, aheadMs: 0, leftOut, isRolling: true };
}

/** Begins earlier where nights were skipped, or where none was complete yet, so that no gap is left. */
function recallSince(request: TimeRequest): number | null {
  const { completeThroughMs } = request;
  return completeThroughMs === null ? findUnreadSince(request) : completeThroughMs - OVERLAP_MS;
}

/** From when on something may be unread: where no night was complete yet, from the first hole of the last one. */
function findUnreadSince({ completeThroughMs, unread = [] }: TimeRequest): number | null {
  return completeThroughMs ?? hullOf(unread)?.sinceMs ?? null;
}
