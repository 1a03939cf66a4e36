import type { AskedTime } from '../../model/asked-time.ts';
import type { CheckNeeds, Needing } from '../../model/check.ts';
import { mayShareEvents } from '../../model/event-type-set.ts';
import { groupByKey } from '../../model/group-by-key.ts';
import { LATE_DELIVERY_MS } from '../../model/live-log.ts';
import type { FollowedNeed, SourceReading } from '../../model/reading.ts';
import {
  intersectAll,
  intersectWindows,
  isEmptyWindow,
  subtractWindows,
  type TimeWindow,
  uniteWindows,
} from '../../model/time-window.ts';
import type { CheckStatus } from '../../model/verdict.ts';
import { formatDuration, formatEdge, formatStretch } from '../format-time.ts';
import { findCoveredWindows } from './covered-windows.ts';
import { explainMissing } from './explain-missing.ts';
import type { MissingStretch } from './missing-stretch.ts';

/** How much of what it needed a check saw. */
export interface CheckOutcome {
  readonly id: string;
  readonly status: CheckStatus;
  /** Why it is not `evaluated`, or what qualifies it; each is one clause, which other checks may share. */
  readonly reasons: readonly string[];
  /** Whether it saw any of the window that decides. */
  readonly sawCore: boolean;
  readonly missing: readonly MissingStretch[];
  /** Everything that it would have liked to see and did not, also what costs nothing. */
  readonly unseen: readonly TimeWindow[];
}

interface Question {
  readonly nowMs: number;
  readonly time: AskedTime;
  readonly readings: readonly SourceReading[];
  /** What checks asked for after the first reading. */
  readonly followed: readonly FollowedNeed[];
}

/**
 * Compares what a check needed with what was read: the window, extended by its look-back and look-ahead.
 * In a rolling scope the part of the look-back before everything that was read, and look-ahead beyond now, cost
 * nothing and are only stated; in an incident's core window they count. What it asked for after the first reading and
 * cannot be judged without counts as well.
 */
export function judgeCheckCoverage(check: Needing, question: Question): CheckOutcome {
  const { time } = question;
  const covered = findCoveredWindows(check.needs, question.readings);
  const core = extend({ ...time.core, untilMs: time.core.untilMs + time.aheadMs }, check);
  const lost = core === null ? [] : subtractWindows(core, covered);
  const free = time.isRolling ? findFreeWindows(check, question) : [];
  const missing = lost.flatMap((window) => subtractWindows(window, free));
  const whole = extend(time.window, check);
  const around =
    whole === null ? [] : subtractWindows(whole, core === null ? covered : [...covered, core]);
  const sawCore = covered.some((window) => intersectWindows(window, time.core) !== null);
  const { needs } = check;
  const unfollowed = listUnfollowed({ check, question, core, free });
  const stretches = [
    ...missing.map((window) => ({ needs, window, zone: 'core' as const })),
    ...around.map((window) => ({ needs, window, zone: 'review' as const })),
    ...unfollowed,
  ].flatMap((stretch) => explainStretch(check, question, stretch));
  const deciding = [...missing, ...unfollowed.filter(({ zone }) => zone === 'core')];
  return {
    id: check.id,
    status: decideStatus({ time, missesSome: deciding.length > 0, covered, sawCore }),
    reasons: wordReasons({
      check,
      stretches,
      stated: intersectAll(lost, free),
      time,
      sawNothing: covered.length === 0,
    }),
    sawCore,
    missing: stretches,
    unseen: [...lost, ...around, ...unfollowed.map(({ window }) => window)],
  };
}

function decideStatus({
  time,
  missesSome,
  covered,
  sawCore,
}: {
  time: AskedTime;
  missesSome: boolean;
  covered: readonly TimeWindow[];
  sawCore: boolean;
}): CheckStatus {
  const sawAny = covered.some((window) => intersectWindows(window, time.window) !== null);
  if (!sawAny) return 'not-evaluated';
  if (isEmptyWindow(time.core)) return 'partly';
  if (!sawCore) return 'not-evaluated';
  return !missesSome && time.leftOut.length === 0 ? 'evaluated' : 'partly';
}

/**
 * Look-back before anything was read, of whatever type, unless a source lost it, and look-ahead that the log cannot hold
 * yet.
 */
function findFreeWindows({ needs }: Needing, { time, nowMs, readings }: Question): TimeWindow[] {
  let reachMs = time.core.sinceMs;
  for (const { window } of readings.flatMap((reading) => reading.covered)) {
    reachMs = Math.min(reachMs, window.sinceMs);
  }
  const lost = readings
    .flatMap((reading) => reading.holes)
    .filter(({ wasLost, eventTypes }) => wasLost && mayShareEvents(eventTypes, needs.eventTypes));
  const settledMs = Math.max(time.core.untilMs, nowMs - LATE_DELIVERY_MS);
  return [
    ...subtractWindows(
      { sinceMs: Number.NEGATIVE_INFINITY, untilMs: reachMs },
      lost.map(({ window }) => window),
    ),
    { sinceMs: settledMs, untilMs: Number.POSITIVE_INFINITY },
  ];
}

/** A stretch that was not read, and what of it was needed. */
interface LostStretch {
  readonly needs: CheckNeeds;
  readonly window: TimeWindow;
  readonly zone: MissingStretch['zone'];
}

/** What a check asked for after the first reading, cannot be judged without, and no source gave whole. */
function listUnfollowed({
  check,
  question,
  core,
  free,
}: {
  check: Needing;
  question: Question;
  core: TimeWindow | null;
  free: readonly TimeWindow[];
}): LostStretch[] {
  const readings = question.readings.map((reading) => ({
    ...reading,
    covered: reading.followed ?? [],
  }));
  return question.followed
    .filter((need) => need.check === check.id)
    .flatMap(({ window, eventTypes }) => {
      const needs = { ...check.needs, eventTypes };
      return subtractWindows(window, [...findCoveredWindows(needs, readings), ...free]).flatMap(
        (lost): LostStretch[] => {
          const inside = core === null ? null : intersectWindows(lost, core);
          const beside = core === null ? [lost] : subtractWindows(lost, [core]);
          return [
            ...(inside === null ? [] : [{ needs, window: inside, zone: 'core' as const }]),
            ...beside.map((part) => ({ needs, window: part, zone: 'review' as const })),
          ];
        },
      );
    });
}

function explainStretch(
  check: Needing,
  { nowMs, readings }: Question,
  { needs, window, zone }: LostStretch,
): MissingStretch[] {
  return explainMissing({ nowMs, needs, readings, window }).map((explained) => ({
    ...explained,
    check: check.id,
    zone,
  }));
}

/** Null where the window is empty, for which nothing is needed. */
function extend(window: TimeWindow, { needs }: Needing): TimeWindow | null {
  if (isEmptyWindow(window)) return null;
  return {
    sinceMs: window.sinceMs - needs.lookBackMs,
    untilMs: window.untilMs + needs.lookAheadMs,
  };
}

function wordReasons({
  check,
  stretches,
  stated,
  time,
  sawNothing,
}: {
  check: Needing;
  stretches: readonly MissingStretch[];
  stated: readonly TimeWindow[];
  time: AskedTime;
  sawNothing: boolean;
}): string[] {
  const clauses = [
    ...time.leftOut.map((window) => `${formatStretch(window)} was not looked at`),
    ...wordStretches(stretches, sawNothing),
    ...(sawNothing ? [] : stated.map((window) => wordStated({ check, window, time }))),
  ];
  return [...new Set(clauses)];
}

/** One clause for each reason, with the stretches that it holds for, unless nothing was seen at all. */
function wordStretches(stretches: readonly MissingStretch[], sawNothing: boolean): string[] {
  const byReason = groupByKey(stretches, ({ reason }) => reason);
  if (sawNothing) return [...byReason.keys()];
  return [...byReason].map(([reason, alike]) => {
    const windows = uniteWindows(alike.map(({ window }) => window));
    return `${windows.map(formatStretch).join(', ')}: ${reason}`;
  });
}

function wordStated({
  check,
  window,
  time,
}: {
  check: Needing;
  window: TimeWindow;
  time: AskedTime;
}): string {
  if (window.sinceMs < time.core.sinceMs) {
    return `looks back ${formatDuration(check.needs.lookBackMs)}, but nothing was read from before ${formatEdge(window.untilMs)}`;
  }
  return `looks ahead ${formatDuration(check.needs.lookAheadMs)}, which the end of the window does not have yet`;
}
