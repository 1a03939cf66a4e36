import { startOfUtcDay } from '../../model/time-window.ts';
import type { CorrelationHit, Occurrence } from './occurrence.ts';
import type { WindowMeasure } from './window-measure.ts';

/**
 * Slides a window of `spanMs` over the sorted items of one group and gives every moment at which the measure holds;
 * the measure is empty before and after.
 * Each item enters and leaves once. A hit brings only what no earlier hit of its day brought, so that a storm of events
 * costs as much memory as it has events.
 */
export function findWindowHits(options: {
  readonly items: readonly Occurrence[];
  readonly spanMs: number;
  readonly measure: WindowMeasure;
}): CorrelationHit[] {
  const { items, spanMs, measure } = options;
  const hits: CorrelationHit[] = [];
  let start = 0;
  let brought = -1;
  let dayMs = Number.NaN;
  measure.prepare(items);
  for (const [index, item] of items.entries()) {
    const nowMs = item.atMs;
    for (let first = items[start]; first !== undefined; first = items[start]) {
      if (nowMs - first.atMs <= spanMs) break;
      measure.remove(first);
      start += 1;
    }
    measure.add(item);
    if (isOneMoment(item, items[index + 1]) || !measure.holds()) continue;
    if (startOfUtcDay(nowMs) !== dayMs) brought = -1;
    const fresh = items.slice(Math.max(start, brought + 1), index + 1);
    hits.push({ anchor: item.anchor, atMs: nowMs, items: fresh, value: measure.value() ?? 0 });
    brought = index;
    dayMs = startOfUtcDay(nowMs);
  }
  for (const item of items.slice(start)) measure.remove(item);
  return hits;
}

/** An event that meets several rules is several items, one behind the other. */
function isOneMoment(item: Occurrence, next: Occurrence | undefined): boolean {
  return next?.event === item.event && next.anchor === item.anchor;
}
