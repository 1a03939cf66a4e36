import type { AskedTime } from '../../model/asked-time.ts';
import type { Needing, UnavailableCheck } from '../../model/check.ts';
import { isOfNoType } from '../../model/event-type-set.ts';
import type { Coverage } from '../../model/judged-audit.ts';
import { LATE_DELIVERY_MS } from '../../model/live-log.ts';
import {
  concernsNeed,
  type FollowedNeed,
  type SourceHole,
  type SourceReading,
} from '../../model/reading.ts';
import type { Scope } from '../../model/scope.ts';
import {
  isEmptyWindow,
  overlaps,
  subtractWindows,
  type TimeWindow,
} from '../../model/time-window.ts';
import type { CoverageState } from '../../model/verdict.ts';
import { type CheckOutcome, judgeCheckCoverage } from './check-outcome.ts';
import { findCoveredWindows } from './covered-windows.ts';
import { distrustFuture } from './distrust-future.ts';
import { uniteHoles } from './explain-missing.ts';
import { mergeHoles } from './merge-holes.ts';
import { type MissingStretch, trimFullStop } from './missing-stretch.ts';

export interface CoverageQuestion {
  readonly nowMs: number;
  readonly scope: Pick<Scope, 'checks'>;
  readonly time: AskedTime;
  readonly checks: readonly Needing[];
  readonly unavailable: readonly UnavailableCheck[];
  readonly readings: readonly SourceReading[];
  readonly followed: readonly FollowedNeed[];
}

export interface JudgedCoverage {
  readonly coverage: Coverage;
  /** One for each check that ran, could not run, or is named by the scope and not there. */
  readonly outcomes: readonly CheckOutcome[];
}

/** Says what was and was not seen: for each check, in holes for a person, and as the state of the run. */
export function judgeCoverage(given: CoverageQuestion): JudgedCoverage {
  const readings = given.readings.map((reading) => distrustFuture(reading, given.nowMs));
  const question = { ...given, readings };
  const outcomes = [
    ...question.checks.map((check) => judgeCheckCoverage(check, question)),
    ...question.unavailable.map((check) => toUnavailableOutcome(check, question)),
    ...listAbsent(question).map((id) => toAbsentOutcome(id, question)),
  ];
  const required = listRequired(question.scope);
  const heard = outcomes.filter((outcome) => isWorthSaying(outcome, required));
  const missing = [
    ...heard.flatMap((outcome) => outcome.missing),
    ...outcomes.flatMap((outcome) => toLeftOut(outcome, question)),
    ...listOtherHoles(question, { outcomes, heard }),
  ];
  return {
    coverage: {
      state: decideState(outcomes, required),
      holes: mergeHoles(missing, required),
      sources: readings,
    },
    outcomes,
  };
}

/** A scope that requires nothing in particular requires everything that it names. */
function listRequired({ checks }: CoverageQuestion['scope']): ReadonlySet<string> {
  const required = checks.filter((check) => check.required);
  return new Set((required.length > 0 ? required : checks).map(({ id }) => id));
}

/** The worst over the required checks; `none` only where none of them saw anything of the window that decides. */
function decideState(
  outcomes: readonly CheckOutcome[],
  required: ReadonlySet<string>,
): CoverageState {
  const deciding = outcomes.filter(({ id }) => required.has(id));
  if (!deciding.some(({ sawCore }) => sawCore)) return 'none';
  return deciding.every(({ status }) => status === 'evaluated') ? 'complete' : 'partial';
}

/**
 * Holes that no check tells of and no other source fills, such as in what was read around one person:
 * they decide nothing, but are said.
 */
function listOtherHoles(
  question: CoverageQuestion,
  { outcomes, heard }: { outcomes: readonly CheckOutcome[]; heard: readonly CheckOutcome[] },
): MissingStretch[] {
  const { readings, checks } = question;
  const needs = new Map(checks.map((check) => [check.id, check.needs.eventTypes]));
  // How far the log reaches is told often enough; what was lost, or not asked for, is told by nobody else.
  const listTellers = ({ wasLost, onlyForAll }: SourceHole) =>
    wasLost || onlyForAll ? heard : outcomes;
  const isTold = (hole: SourceHole): boolean =>
    listTellers(hole).some(({ id, unseen }) => {
      const needed = needs.get(id);
      if (needed === undefined || !concernsNeed(hole, needed)) return false;
      return unseen.some((window) => overlaps(window, hole.window));
    });
  return readings
    .flatMap(({ kind, holes }) => holes.map((hole) => ({ kind, hole })))
    .filter(({ hole }) => !isTold(hole))
    .flatMap(({ kind, hole }) => {
      const isForOkta = kind === 'archive' && hole.wasLost !== true && !isOfNoType(hole.eventTypes);
      const answered = isForOkta ? findAnswered(question) : [];
      return subtractWindows(hole.window, [...answered, ...findFilled(hole, readings)]).map(
        (window): MissingStretch => ({
          check: null,
          zone: 'review',
          window,
          ...uniteHoles([hole]),
        }),
      );
    });
}

/** A story that was not read is of no type that a source could cover. */
function findFilled(hole: SourceHole, readings: readonly SourceReading[]): TimeWindow[] {
  if (isOfNoType(hole.eventTypes)) return [];
  return findCoveredWindows({ eventTypes: hole.eventTypes, fields: [] }, readings);
}

/** When Okta answered all that was asked, which is less than everything: where an archive ends there, nothing is missing. */
function findAnswered({ nowMs, readings }: CoverageQuestion): TimeWindow[] {
  const windows = readings
    .filter(({ kind }) => kind === 'okta')
    .flatMap(({ covered }) => covered.map(({ window }) => window));
  const yetToCome = { sinceMs: nowMs - LATE_DELIVERY_MS, untilMs: Number.POSITIVE_INFINITY };
  return windows.length === 0 ? [] : [...windows, yetToCome];
}

/** A check that nobody requires and that saw nothing speaks for itself in the list of checks. */
function isWorthSaying({ id, status }: CheckOutcome, required: ReadonlySet<string>): boolean {
  return status === 'evaluated' || status === 'partly' || required.has(id);
}

function toLeftOut({ id }: CheckOutcome, { time }: CoverageQuestion): MissingStretch[] {
  return time.leftOut.map((window) => ({
    check: id,
    zone: 'core',
    window,
    reason: time.isRolling
      ? 'no earlier run read it completely, and the log no longer reaches back to it'
      : 'the given times leave this part of the incident out',
    remedy: time.isRolling ? null : 'leave since and until out, or widen them',
    isLeftOut: true,
  }));
}

function toUnavailableOutcome(
  { id, status, reason, remedy = 'change what the reason names' }: UnavailableCheck,
  { time }: CoverageQuestion,
): CheckOutcome {
  return {
    id,
    status,
    reasons: [reason],
    sawCore: false,
    unseen: [],
    missing: missWindow({
      id,
      time,
      reason: `${id}: ${trimFullStop(reason)}`,
      remedy: `${remedy}, then run again${time.isRolling ? ', by hand with since for the nights before' : ''}`,
    }),
  };
}

function listAbsent({ scope, checks, unavailable }: CoverageQuestion): string[] {
  const present = new Set([...checks, ...unavailable].map(({ id }) => id));
  return scope.checks.map(({ id }) => id).filter((id) => !present.has(id));
}

function toAbsentOutcome(id: string, { time }: CoverageQuestion): CheckOutcome {
  const reason = 'there is no check of this name';
  const remedy = 'correct the name in the scope, or add a rule of this name';
  return {
    id,
    status: 'not-evaluated',
    reasons: [reason],
    sawCore: false,
    unseen: [],
    missing: missWindow({ id, time, reason: `${id}: ${reason}`, remedy }),
  };
}

/** What keeps a check from running is mended by a person, not by another reading. */
function missWindow({
  id,
  time,
  reason,
  remedy,
}: {
  id: string;
  time: AskedTime;
  reason: string;
  remedy: string;
}): MissingStretch[] {
  const window: TimeWindow = isEmptyWindow(time.core) ? time.window : time.core;
  if (isEmptyWindow(window)) return [];
  return [
    {
      check: id,
      zone: isEmptyWindow(time.core) ? 'review' : 'core',
      window,
      reason,
      remedy,
      isLasting: true,
    },
  ];
}
