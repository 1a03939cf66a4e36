import type { CoverageHole } from '../../model/judged-audit.ts';
import { durationMs, isSameWindow, subtractWindows } from '../../model/time-window.ts';
import { compareTexts } from '../order-findings.ts';

/**
 * One line for holes of one reason that lie within each other, as where one check had to see an hour beyond the window and
 * another a day: whoever fills the widest has filled them all, and a narrower remedy would have to be followed by a wider one.
 */
export function absorbNested(holes: readonly CoverageHole[]): CoverageHole[] {
  const kept: CoverageHole[] = [];
  const widestFirst = holes.toSorted(
    (one, other) => durationMs(other.window) - durationMs(one.window),
  );
  for (const hole of widestFirst) {
    const index = kept.findIndex((wider) => absorbs(wider, hole));
    const wider = kept[index];
    if (wider === undefined) kept.push(hole);
    else kept[index] = { ...wider, checks: uniteChecks(wider, hole) };
  }
  return kept;
}

/** Equal windows have remedies of their own. */
function absorbs(wider: CoverageHole, hole: CoverageHole): boolean {
  return (
    wider.reason === hole.reason &&
    wider.decides === hole.decides &&
    wider.isLasting === hole.isLasting &&
    wider.checks.length > 0 &&
    hole.checks.length > 0 &&
    !isSameWindow(wider.window, hole.window) &&
    subtractWindows(hole.window, [wider.window]).length === 0
  );
}

function uniteChecks(one: CoverageHole, other: CoverageHole): readonly string[] {
  return [...new Set([...one.checks, ...other.checks])].sort(compareTexts);
}
