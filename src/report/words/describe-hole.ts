import { formatWindow } from '../../model/format-window.ts';
import type { CoverageHole } from '../../model/judged-audit.ts';

/**
 * From when to when, with what there is to say of that time, why, and what would fill it, in one line. Where no check lacks
 * anything, as around a story that was not read, the time stands last: nobody may take it for one that was not looked at.
 */
export function describeHole({ window, reason, remedy, checks }: CoverageHole, note = ''): string {
  const time = `${formatWindow(window)} UTC`;
  return checks.length > 0
    ? `${time}${note}: ${reason}; ${remedy}`
    : `${reason} (${time}); ${remedy}`;
}
