import type { CoverageHole } from '../../model/judged-audit.ts';
import type { TimeWindow } from '../../model/time-window.ts';

/** Why a hole lies, in whole or in part, outside of what was asked about; empty where it does not, or says so itself. */
export function sayBeyond(
  { window, checks, isLeftOut }: Pick<CoverageHole, 'window' | 'checks' | 'isLeftOut'>,
  asked: TimeWindow,
): string {
  if (checks.length === 0 || isLeftOut === true) return '';
  const isBefore = window.sinceMs < asked.sinceMs;
  const isAfter = window.untilMs > asked.untilMs;
  if (isBefore && isAfter) return ' (checks look beyond the window)';
  if (isBefore) return ' (checks look back before the window)';
  return isAfter ? ' (checks look ahead after the window)' : '';
}
