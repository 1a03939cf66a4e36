import { DAY_MS, isInside, type TimeWindow } from '../../../model/time-window.ts';
import {
  type LineScanner,
  ROW_DAY,
  ROW_END,
  ROW_START,
  ROW_TIME,
  ROW_TYPE,
} from './line-scanner.ts';
import type { SiftPlan } from './plan-sift.ts';

/** Says which lines are wanted, of those whose rows say what they are: the superset rule of `LineScanner`. */
export interface LineSieve {
  /** Whether a line may be wanted. Its bytes must still be where they were scanned. */
  isWanted(rows: Int32Array, row: number): boolean;
  /** Whether events of a type may be wanted, by its number, of whatever time. */
  mayBeWanted(type: number): boolean;
}

export function createLineSieve({
  scanner,
  plan,
}: {
  readonly scanner: LineScanner;
  readonly plan: SiftPlan;
}): LineSieve {
  const { typeNames } = scanner;
  const { idWindows } = plan;
  const windowsByType: (readonly TimeWindow[])[] = [];

  function findWindows(type: number): readonly TimeWindow[] {
    windowsByType[type] ??= plan.findWindows(typeNames[type] ?? '');
    return windowsByType[type];
  }

  return {
    isWanted: (rows, row) => {
      const publishedMs = (rows[row + ROW_DAY] ?? 0) * DAY_MS + (rows[row + ROW_TIME] ?? 0);
      if (isInsideAny(findWindows(rows[row + ROW_TYPE] ?? 0), publishedMs)) return true;
      if (!isInsideAny(idWindows, publishedMs)) return false;
      return scanner.mayHoldId(rows[row + ROW_START] ?? 0, rows[row + ROW_END] ?? 0);
    },
    mayBeWanted: (type) => findWindows(type).length + idWindows.length > 0,
  };
}

function isInsideAny(windows: readonly TimeWindow[], publishedMs: number): boolean {
  for (const window of windows) if (isInside(window, publishedMs)) return true;
  return false;
}
