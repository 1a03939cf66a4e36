import { toNumber } from './compare-numbers.ts';
import { foldCase } from './compile-pattern.ts';
import type { Occurrence } from './occurrence.ts';
import type { Condition } from './parse-condition.ts';
import { type Bound, type CorrelationType, meetsBounds } from './parse-correlation.ts';
import { createValueRanks } from './value-ranks.ts';

/** What is known of the events in a window while it slides. */
export interface WindowMeasure {
  add(item: Occurrence): void;
  remove(item: Occurrence): void;
  /** The count or aggregate; null where it has no meaning, as the average of nothing. */
  value(): number | null;
  /** Whether the window is a match. */
  holds(): boolean;
}

/** Reads the values of an item's counted field, each as text. */
export type ValueReader = (item: Occurrence) => readonly string[];

export interface MeasureSettings {
  readonly type: Exclude<CorrelationType, 'temporal_ordered'>;
  readonly bounds: readonly Bound[];
  readonly percentile: number | null;
  readonly readValues: ValueReader;
}

/** A fresh measure for one group; `items` are all that will ever be added. */
export function createMeasure(
  settings: MeasureSettings,
  items: readonly Occurrence[],
): WindowMeasure {
  const counted = createCount(settings, items);
  return {
    ...counted,
    holds: () => {
      const value = counted.value();
      return value !== null && meetsBounds(value, settings.bounds);
    },
  };
}

type Count = Omit<WindowMeasure, 'holds'>;

function createCount(settings: MeasureSettings, items: readonly Occurrence[]): Count {
  const { readValues } = settings;
  switch (settings.type) {
    case 'event_count':
      return countDistinct((item) => [item.event.uuid]);
    case 'value_count':
      return countDistinct((item) => readValues(item).map(foldCase));
    case 'temporal':
      return countDistinct((item) => [item.rule]);
    case 'value_sum':
      return addUp(readValues, (sum) => sum);
    case 'value_avg':
      return addUp(readValues, (sum, count) => (count === 0 ? null : sum / count));
    case 'value_median':
    case 'value_percentile':
      return rankValues({ ...settings, items });
  }
}

function countDistinct(keysOf: (item: Occurrence) => readonly (string | number)[]): Count {
  const counts = new Map<string | number, number>();
  return {
    add: (item) => {
      for (const key of keysOf(item)) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    remove: (item) => {
      for (const key of keysOf(item)) {
        const left = (counts.get(key) ?? 0) - 1;
        if (left <= 0) counts.delete(key);
        else counts.set(key, left);
      }
    },
    value: () => counts.size,
  };
}

function numbersOf(readValues: ValueReader, item: Occurrence): number[] {
  return readValues(item)
    .map(toNumber)
    .filter((number) => number !== null);
}

function addUp(
  readValues: ValueReader,
  finish: (sum: number, count: number) => number | null,
): Count {
  let sum = 0;
  let count = 0;
  return {
    add: (item) => {
      for (const number of numbersOf(readValues, item)) {
        sum += number;
        count += 1;
      }
    },
    remove: (item) => {
      for (const number of numbersOf(readValues, item)) {
        sum -= number;
        count -= 1;
      }
      // An empty window takes the rounding errors of a long slide with it.
      if (count === 0) sum = 0;
    },
    value: () => finish(sum, count),
  };
}

function rankValues(options: {
  readonly readValues: ValueReader;
  readonly percentile: number | null;
  readonly items: readonly Occurrence[];
}): Count {
  const { readValues, percentile } = options;
  const ranks = createValueRanks(options.items.flatMap((item) => numbersOf(readValues, item)));
  return {
    add: (item) => {
      for (const number of numbersOf(readValues, item)) ranks.add(number);
    },
    remove: (item) => {
      for (const number of numbersOf(readValues, item)) ranks.remove(number);
    },
    value: () => {
      const size = ranks.size();
      if (percentile !== null) return ranks.at(Math.max(1, Math.ceil((percentile / 100) * size)));
      const lower = ranks.at(Math.ceil(size / 2));
      const upper = ranks.at(Math.floor(size / 2) + 1);
      return lower === null || upper === null ? null : (lower + upper) / 2;
    },
  };
}

/** A measure for a temporal condition in words: which of the rules the window holds. */
export function createRuleMeasure(
  condition: Condition,
  indexOf: (rule: string) => number,
): WindowMeasure {
  const counts = new Map<number, number>();
  const change = (rule: number, by: number): void => {
    counts.set(rule, (counts.get(rule) ?? 0) + by);
  };
  const isSeen = (rule: string): boolean => (counts.get(indexOf(rule)) ?? 0) > 0;
  return {
    add: (item) => change(item.rule, 1),
    remove: (item) => change(item.rule, -1),
    value: () => [...counts.values()].filter((count) => count > 0).length,
    holds: () => evaluate(condition, isSeen),
  };
}

function evaluate(condition: Condition, isSeen: (rule: string) => boolean): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => evaluate(part, isSeen));
    case 'or':
      return condition.parts.some((part) => evaluate(part, isSeen));
    case 'name':
      return isSeen(condition.name);
    default:
      return false;
  }
}
