import type { IssueMemory, RememberedHole } from '../model/issue-memory.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { earliestWholeDay } from '../model/live-log.ts';
import { intersectWindows, subtractWindows } from '../model/time-window.ts';

/**
 * The holes of earlier runs at which this run did not look, as one by hand for other days, and that the log may still
 * fill: they wait for a run that does.
 */
export function listOwedHoles(
  { window, generatedAtMs }: Pick<JudgedAudit, 'window' | 'generatedAtMs'>,
  { holes = [] }: Pick<IssueMemory, 'holes'>,
): RememberedHole[] {
  const reach = { sinceMs: earliestWholeDay(generatedAtMs), untilMs: Number.POSITIVE_INFINITY };
  return holes.flatMap(({ window: hole, checks }) =>
    subtractWindows(hole, [window])
      .flatMap((part) => intersectWindows(part, reach) ?? [])
      .map((part) => ({ window: part, checks })),
  );
}
