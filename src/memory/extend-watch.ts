import type { IssueMemory, WatchedCheck } from '../model/issue-memory.ts';
import { earliestWholeDay } from '../model/live-log.ts';
import type { Circumstance } from '../model/match.ts';
import type { Scope } from '../model/scope.ts';
import { hullOf, type TimeWindow } from '../model/time-window.ts';

/** What says of a match that the like was done on days before. */
const OF_DAYS_BEFORE: readonly Circumstance[] = ['within-usual', 'habitual', 'usual-for-token'];

interface Watching {
  readonly scope: Pick<Scope, 'checks'>;
  readonly window: TimeWindow;
  readonly memory: Pick<IssueMemory, 'watched'>;
}

/**
 * Since when somebody is asked about what a check finds, for those that a habit may make context; null for any other.
 * What was done before may be an intruder's habit.
 */
export function findWatchedSince(
  check: string,
  { scope, window, memory }: Watching,
): number | null {
  if (!listHabitChecks(scope).includes(check)) return null;
  return joinWindows(findKnown(check, memory), window)?.sinceMs ?? window.sinceMs;
}

/**
 * The stretch in which each of these checks was evaluated without a pause, with what this run looked at: `evaluated` has
 * the ids of what it could evaluate. A run by hand for days long before leaves it as it is, and one for hours after the
 * last night too: the next night looks at what lies between.
 */
export function extendWatch({
  scope,
  window,
  memory,
  nowMs,
  evaluated,
}: Watching & {
  readonly memory: Pick<IssueMemory, 'completeThroughMs'>;
  readonly nowMs: number;
  readonly evaluated: ReadonlySet<string>;
}): WatchedCheck[] {
  const isAhead = isAheadOfNights(window, memory, nowMs);
  return listHabitChecks(scope).flatMap((check) => {
    const known = findKnown(check, memory);
    if (!evaluated.has(check)) return known === null ? [] : { check, window: known };
    const joined = joinWindows(known, window);
    if (joined !== null) return { check, window: joined };
    const isByHand = known !== null && (window.untilMs < known.sinceMs || isAhead);
    return { check, window: isByHand ? known : window };
  });
}

/** Nights begin where all was read before, as far as the log still reaches. */
function isAheadOfNights(
  { sinceMs }: TimeWindow,
  { completeThroughMs }: Pick<IssueMemory, 'completeThroughMs'>,
  nowMs: number,
): boolean {
  if (completeThroughMs === null || completeThroughMs < earliestWholeDay(nowMs)) return false;
  return sinceMs > completeThroughMs;
}

function listHabitChecks({ checks }: Pick<Scope, 'checks'>): string[] {
  return checks
    .filter(({ instead }) => instead.some(({ when }) => OF_DAYS_BEFORE.includes(when)))
    .map(({ id }) => id);
}

function findKnown(check: string, { watched = [] }: Pick<IssueMemory, 'watched'>) {
  return watched.find((known) => known.check === check)?.window ?? null;
}

/** Null where they do not touch. */
function joinWindows(known: TimeWindow | null, window: TimeWindow): TimeWindow | null {
  if (known === null) return null;
  const isApart = window.sinceMs > known.untilMs || window.untilMs < known.sinceMs;
  return isApart ? null : hullOf([known, window]);
}
