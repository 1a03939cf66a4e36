import type { Coverage } from '../../model/judged-audit.ts';

/** What is said of somebody of whom no event was seen: no more than was read. */
export function sayNothingSeen({ state, holes }: Pick<Coverage, 'state' | 'holes'>): string {
  const isWhole = state === 'complete' && holes.length === 0;
  return isWhole ? 'nothing in the log' : 'nothing in what was read of the log';
}
