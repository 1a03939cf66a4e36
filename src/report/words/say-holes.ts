import { formatCount } from '../../model/format-count.ts';
import type { Coverage } from '../../model/judged-audit.ts';

/** What the holes mean for the answer. A scope that looks for nothing has none, and nothing was read for it. */
export function sayHoles({ state, holes }: Pick<Coverage, 'state' | 'holes'>): string {
  const deciding = holes.filter(({ decides }) => decides).length;
  if (deciding > 0) return `${formatCount(deciding, 'hole')} in the time that decides`;
  if (state !== 'complete') return 'no check looked at the time that decides';
  return holes.length === 0
    ? 'everything that decides was read'
    : formatCount(holes.length, 'hole that decides nothing', 'holes that decide nothing');
}
