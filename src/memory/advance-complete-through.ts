import type { JudgedAudit } from '../model/judged-audit.ts';
import { subtractWindows } from '../model/time-window.ts';

/**
 * The end of the last window that was read completely, which never goes back.
 * It moves only where the window joins on to what was complete before, or where the stretch between is a hole that
 * this run has said: what can no longer be read must not hold up every later night, nor what no reading would fill.
 */
export function advanceCompleteThrough(
  { window, coverage }: JudgedAudit,
  previousMs: number | null,
): number | null {
  const deciding = coverage.holes.filter(({ decides }) => decides);
  const unread = deciding.filter(({ isBySettings }) => !isBySettings).map((hole) => hole.window);
  const touchesWindow = unread.some(({ untilMs }) => untilMs > window.sinceMs);
  if (coverage.state === 'none' || touchesWindow) return previousMs;
  if (coverage.state === 'partial' && deciding.length === 0) return previousMs;
  if (previousMs === null) return window.untilMs;
  const between = { sinceMs: previousMs, untilMs: window.sinceMs };
  if (subtractWindows(between, unread).length > 0) return previousMs;
  return Math.max(previousMs, window.untilMs);
}
