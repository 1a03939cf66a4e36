import type { IssueMemory } from '../model/issue-memory.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { earliestWholeDay, OVERLAP_MS } from '../model/live-log.ts';
import { subtractWindows } from '../model/time-window.ts';
import { listOwedHoles } from './list-owed-holes.ts';

/**
 * The time through which everything was read that a night can read, which never goes back.
 * It moves only where the window joins on to what was read before, or where the stretch between is a hole that this run
 * has said: what can no longer be read must not hold up every later night, nor what no reading would fill.
 * Where no run was complete yet it begins once none of their holes is left, and where the memory was lost it begins anew
 * with what was read. An incident has no next night to begin: there only a complete run moves it.
 */
export function advanceCompleteThrough(
  audit: JudgedAudit,
  memory: Pick<IssueMemory, 'completeThroughMs' | 'holes'>,
): number | null {
  const { window, coverage, scope, generatedAtMs } = audit;
  const previousMs = memory.completeThroughMs;
  // That a memory was lost is a hole as well, which touches no check and which no reading fills.
  const isForgetful = coverage.holes.some(({ decides, checks }) => decides && checks.length === 0);
  const deciding = coverage.holes.filter(({ decides, checks }) => decides && checks.length > 0);
  // An archive reaches further back than Okta's log, but is not made up for any more from there.
  const fillableMs = Math.max(window.sinceMs, earliestWholeDay(generatedAtMs));
  const isHeld = deciding.some((hole) => !hole.isLasting && hole.window.untilMs > fillableMs);
  if (coverage.state === 'none' || isHeld) return previousMs;
  const isExplained = isForgetful || deciding.length > 0;
  if (coverage.state === 'partial' && !(isExplained && scope.isRolling)) return previousMs;
  if (previousMs === null) {
    return listOwedHoles(audit, memory).length > 0 ? null : window.untilMs;
  }
  const between = { sinceMs: findUnsettled(audit, previousMs), untilMs: window.sinceMs };
  const said = deciding.map((hole) => hole.window);
  if (subtractWindows(between, said).length > 0) return previousMs;
  return Math.max(previousMs, window.untilMs);
}

/** A night begins before the last look ended, for what came late to it; a run by hand that begins behind that looks at none of it. */
function findUnsettled({ window, scope, generatedAtMs }: JudgedAudit, previousMs: number): number {
  if (!scope.isRolling || window.sinceMs > previousMs) return previousMs;
  return Math.max(previousMs - OVERLAP_MS, earliestWholeDay(generatedAtMs));
}
