import { formatDaysAround } from '../../model/format-days-around.ts';
import { groupByKey } from '../../model/group-by-key.ts';
import type { CoverageHole } from '../../model/judged-audit.ts';
import {
  overlaps,
  subtractWindows,
  type TimeWindow,
  uniteWindows,
} from '../../model/time-window.ts';
import { compareTexts } from '../order-findings.ts';
import { absorbNested } from './absorb-nested.ts';
import type { MissingStretch } from './missing-stretch.ts';

/**
 * As few lines as say the same: stretches with one reason and one remedy become one where they touch or overlap, with
 * all checks that they concern. What decides stays apart from what does not, and the review period repeats nothing
 * that the core window already says. In the order of time, what decides first.
 */
export function mergeHoles(
  missing: readonly MissingStretch[],
  required: ReadonlySet<string>,
): CoverageHole[] {
  const holes: CoverageHole[] = [];
  const groups = groupByKey(missing, ({ reason, remedy }) => JSON.stringify([reason, remedy]));
  for (const alike of groups.values()) {
    const core = alike.filter(({ zone }) => zone === 'core');
    const coreWindows = uniteWindows(core.map(({ window }) => window));
    holes.push(...mergeAlike({ stretches: core, windows: coreWindows, required }));
    const review = alike.filter(({ zone }) => zone === 'review');
    const reviewWindows = uniteWindows(review.map(({ window }) => window)).flatMap((window) =>
      subtractWindows(window, coreWindows),
    );
    holes.push(...mergeAlike({ stretches: review, windows: reviewWindows, required }));
  }
  return absorbNested(holes).sort(compareHoles);
}

function mergeAlike({
  stretches,
  windows,
  required,
}: {
  stretches: readonly MissingStretch[];
  windows: readonly TimeWindow[];
  required: ReadonlySet<string>;
}): CoverageHole[] {
  return windows.flatMap((window) => {
    const touching = stretches.filter((stretch) => overlaps(stretch.window, window));
    const [first] = touching;
    if (first === undefined) return [];
    const checks = [...new Set(touching.flatMap(({ check }) => check ?? []))].sort(compareTexts);
    return {
      window,
      reason: first.reason,
      remedy: wordRemedy(first, window),
      checks,
      decides: first.zone === 'core' && checks.some((check) => required.has(check)),
      ...(first.isLasting === true && { isLasting: true }),
      ...(first.isLeftOut === true && { isLeftOut: true }),
    };
  });
}

function wordRemedy({ remedy, orArchive }: MissingStretch, window: TimeWindow): string {
  const archive = `ive an archive that covers ${formatDaysAround(window)}`;
  if (remedy === null) return `g${archive}`;
  return orArchive === true ? `${remedy}. G${archive}` : remedy;
}

function compareHoles(one: CoverageHole, other: CoverageHole): number {
  return (
    Number(other.decides) - Number(one.decides) ||
    one.window.sinceMs - other.window.sinceMs ||
    one.window.untilMs - other.window.untilMs ||
    compareTexts(one.reason, other.reason)
  );
}
