import type { CoverageHole } from '../../model/judged-audit.ts';
import { formatWindow } from './format-time.ts';

/** From when to when, why, and what would fill it, in one line. */
export function describeHole({ window, reason, remedy }: CoverageHole): string {
  return `${formatWindow(window)} UTC: ${reason}; ${remedy}`;
}
