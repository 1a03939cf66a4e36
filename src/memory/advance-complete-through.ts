import type { IssueMemory } from '../model/issue-memory.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { subtractWindows } from '../model/time-window.ts';
import { listOwedHoles } from './list-owed-holes.ts';

/**
 * The end of the last window that was read completely, which never goes back.
 * It moves only where the window joins on to what was complete before, or where the stretch between is a hole that
 * this run has said: what can no longer be read must not hold up every later night, nor what no reading would fill.
 * Where no run was complete yet it begins once none of their holes is left.
 */
export function advanceCompleteThrough(
  audit: JudgedAudit,
  memory: Pick<IssueMemory, 'completeThroughMs' | 'holes'>,
): number | null {
  const { window, coverage } = audit;
  const previousMs = memory.completeThroughMs;
  const deciding = coverage.holes.filter(({ decides }) => decides);
  const unread = deciding.filter(({ isLasting }) => !isLasting).map((hole) => hole.window);
  const touchesWindow = unread.some(({ untilMs }) => untilMs > window.sinceMs);
  if (coverage.state === 'none' || touchesWindow) return previousMs;
  if (coverage.state === 'partial' && deciding.length === 0) return previousMs;
  if (previousMs === null) {
    return listOwedHoles(audit, memory).length > 0 ? null : window.untilMs;
  }
  const between = { sinceMs: previousMs, untilMs: window.sinceMs };
  if (subtractWindows(between, unread).length > 0) return previousMs;
  return Math.max(previousMs, window.untilMs);
}
