import type { RememberedFinding } from '../../model/issue-memory.ts';
import { overlaps, type TimeWindow } from '../../model/time-window.ts';
import type { CheckOutcome } from './check-outcome.ts';

interface Looked {
  readonly window: TimeWindow;
  readonly outcomes: readonly Pick<CheckOutcome, 'id' | 'missing'>[];
}

/** Whether a run that does not see a finding of an earlier one could not look: its check missed that part of the window. */
export function isBehindHole(
  { check, firstSeenMs, lastSeenMs }: RememberedFinding,
  { window, outcomes }: Looked,
): boolean {
  const seen = { sinceMs: firstSeenMs, untilMs: lastSeenMs + 1 };
  if (!overlaps(seen, window)) return false;
  return outcomes.some(
    ({ id, missing }) => id === check && missing.some((lost) => overlaps(lost.window, seen)),
  );
}
