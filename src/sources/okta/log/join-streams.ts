import { uniteEventTypes } from '../../../model/event-type-set.ts';
import { isTooCommon } from '../../../model/is-too-common.ts';
import { DAY_MS, durationMs, type TimeWindow, uniteWindows } from '../../../model/time-window.ts';
import type { TypeStream } from './stream.ts';
import { joinFilters } from './to-okta-filter.ts';

/** What a request is worth: reading one event type over so many days more. */
const WORTHWHILE_TYPE_DAYS = 10;

/** The same events by fewer queries: a few types that are left over are asked for with those of a longer stretch. */
export function joinStreams(streams: readonly TypeStream[]): TypeStream[] {
  const joined: TypeStream[] = [];
  for (const stream of streams) {
    const [best] = joined
      .flatMap((other, index) => {
        const both = join(other, stream);
        return both === null ? [] : [{ index, both, cost: costOf(both, [other, stream]) }];
      })
      .filter(({ cost }) => cost <= WORTHWHILE_TYPE_DAYS)
      .sort((one, other) => one.cost - other.cost);
    if (best === undefined) joined.push(stream);
    else joined[best.index] = best.both;
  }
  return joined;
}

function join(one: TypeStream, other: TypeStream): TypeStream | null {
  const [window, ...apart] = uniteWindows([one.window, other.window]);
  const filter = joinFilters(one.filter, other.filter);
  if (window === undefined || apart.length > 0 || filter === null) return null;
  const gives = uniteEventTypes([one.gives, other.gives]);
  return { window, filter, gives, loses: gives };
}

/** The days that types are read for nothing, one by one. */
function costOf({ window }: TypeStream, parts: readonly TypeStream[]): number {
  return parts.reduce((sum, part) => sum + countTerms(part) * daysBeyond(part.window, window), 0);
}

/** Types that most of the log consists of are read for nothing nowhere. */
function countTerms({ gives }: TypeStream): number {
  return gives.kind === 'all' || isTooCommon(gives) ? Number.MAX_VALUE : gives.terms.length;
}

function daysBeyond(part: TimeWindow, whole: TimeWindow): number {
  return (durationMs(whole) - durationMs(part)) / DAY_MS;
}
