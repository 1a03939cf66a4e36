import type { TimeWindow } from '../../../model/time-window.ts';

/** Follows the pages of a slice and tells in which stretches the records lie that are no events. */
export interface MalformedLocator {
  /** Takes the times of a page's records in their order, null for one that is no event. */
  see(times: readonly (number | null)[], reachedMs: number): void;
  /** Ends at the latest here what no later event has ended. */
  end(untilMs: number): void;
}

interface Gap {
  readonly sinceMs: number;
  /** The time of the event before the last of its records. */
  readonly afterMs: number;
  /** Null as long as no later event came. */
  readonly untilMs: number | null;
}

/**
 * Records come in the order of time: what is no event happened between the events around it, of which the later one
 * may stand on a later page. There is one stretch for a page, so that a log full of them is no list of a thousand.
 */
export function locateMalformed(tell: (window: TimeWindow) => void): MalformedLocator {
  let gap: Gap | null = null;

  function close(untilMs: number): void {
    if (gap !== null) tell({ sinceMs: gap.sinceMs, untilMs: Math.max(untilMs, gap.sinceMs + 1) });
    gap = null;
  }

  return {
    see(times, reachedMs) {
      let previousMs = reachedMs;
      for (const time of times) {
        if (time === null) {
          gap = { sinceMs: gap?.sinceMs ?? previousMs, afterMs: previousMs, untilMs: null };
          continue;
        }
        if (gap !== null && gap.untilMs === null && time > gap.afterMs) {
          gap = { ...gap, untilMs: time + 1 };
        }
        previousMs = time;
      }
      if (gap !== null && gap.untilMs !== null) close(gap.untilMs);
    },
    end: close,
  };
}
