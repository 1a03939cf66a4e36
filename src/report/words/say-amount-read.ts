import { formatCount } from '../../model/format-count.ts';
import type { Coverage } from '../../model/judged-audit.ts';
import { sumCounts } from '../../model/reading.ts';

/** How much was read and at what cost. A log that holds nothing of what was asked for was read all the same. */
export function sayAmountRead({ state, sources }: Pick<Coverage, 'state' | 'sources'>): string[] {
  const read = sumCounts(sources, 'eventsRead');
  const requests = sumCounts(sources, 'requests');
  const hasNone = read === 0 && state === 'complete';
  return [
    hasNone ? 'no event of the kinds asked for' : `${formatCount(read, 'event')} read`,
    ...(requests > 0 ? [`${formatCount(requests, 'request')} to Okta`] : []),
  ];
}
