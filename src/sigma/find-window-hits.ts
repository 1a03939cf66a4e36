import { startOfUtcDay } from '../model/time-window.ts';
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
  const collector = createHitCollector(items);
  measure.prepare(items);
  let start = 0;
  for (const [index, item] of items.entries()) {
    measure.add(item);
    const nowMs = item.anchor.publishedMs;
    for (let first = items[start]; first !== undefined; first = items[start]) {
      if (nowMs - first.anchor.publishedMs <= spanMs) break;
      measure.remove(first);
      start += 1;
    }
    if (measure.holds()) {
      collector.add({ from: start, to: index, anchor: item, value: measure.value() ?? 0 });
    }
  }
  for (const item of items.slice(start)) measure.remove(item);
  return collector.hits;
}

/** Turns stretches of items into hits that repeat nothing within a UTC day. */
export function createHitCollector(items: readonly Occurrence[]): {
  readonly hits: CorrelationHit[];
  add(stretch: { from: number; to: number; anchor: Occurrence; value: number }): void;
} {
  const hits: CorrelationHit[] = [];
  let brought = -1;
  let dayMs = Number.NaN;
  return {
    hits,
    add: ({ from, to, anchor, value }) => {
      const hitDayMs = startOfUtcDay(anchor.anchor.publishedMs);
      if (hitDayMs !== dayMs) brought = -1;
      hits.push({
        anchor: anchor.anchor,
        items: items.slice(Math.max(from, brought + 1), to + 1),
        value,
      });
      brought = to;
      dayMs = hitDayMs;
    },
  };
}
