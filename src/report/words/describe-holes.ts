import { formatWindow } from '../../model/format-window.ts';
import type { CoverageHole } from '../../model/judged-audit.ts';
import { hullOf, isSameWindow, type TimeWindow } from '../../model/time-window.ts';
import { describeHole } from './describe-hole.ts';
import { sayBeyond } from './say-beyond.ts';

/**
 * A line for each hole; one that goes on, for the same reason, beyond the time that decides is told once, with the remedy of
 * the part that decides.
 */
export function describeHoles(holes: readonly CoverageHole[], asked: TimeWindow): string[] {
  const told = new Set(holes.flatMap((hole) => listEnds(hole, holes)));
  return holes
    .filter((hole) => !told.has(hole))
    .map((hole) => {
      const parts = [hole, ...listEnds(hole, holes)].map(({ window }) => window);
      const whole = { ...hole, window: hullOf(parts) ?? hole.window };
      const part = isSameWindow(whole.window, hole.window)
        ? ''
        : `, the part that decides of ${formatWindow(whole.window)} UTC`;
      return describeHole(hole, `${part}${sayBeyond(whole, asked)}`);
    });
}

/** What goes on where a hole that decides ends, and decides nothing itself. */
function listEnds({ decides, reason, window }: CoverageHole, holes: readonly CoverageHole[]) {
  if (!decides) return [];
  return holes.filter(
    (other) =>
      !other.decides &&
      other.reason === reason &&
      (other.window.untilMs === window.sinceMs || other.window.sinceMs === window.untilMs),
  );
}
