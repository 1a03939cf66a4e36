import type { AskedTime } from '../../model/asked-time.ts';
import type { IssueMemory } from '../../model/issue-memory.ts';
import type { JudgedCoverage } from './judge-coverage.ts';
import { trimFullStop } from './missing-stretch.ts';

/**
 * Without the issue's memory nobody knows what waits from before, nor from when on the log was read: a hole that
 * decides, although every event of the window was read.
 */
export function admitLostMemory(
  judged: JudgedCoverage,
  { memory, time }: { readonly memory: IssueMemory; readonly time: AskedTime },
): JudgedCoverage {
  const { unread } = memory;
  if (unread === undefined) return judged;
  const { coverage } = judged;
  const hole = {
    window: time.window,
    reason: `what the issue keeps from earlier runs is missing (${trimFullStop(unread.reason)})`,
    remedy: trimFullStop(unread.remedy),
    checks: [],
    decides: true,
  };
  return {
    ...judged,
    coverage: {
      ...coverage,
      state: coverage.state === 'complete' ? 'partial' : coverage.state,
      holes: [hole, ...coverage.holes],
    },
  };
}
