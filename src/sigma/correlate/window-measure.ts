import { foldCase } from '../expression/compile-pattern.ts';
import { toNumber } from '../match/compare-numbers.ts';
import type { Condition } from '../parse/parse-condition.ts';
import { type Bound, type CorrelationType, meetsBounds } from './correlation-spec.ts';
import type { OccurrenceGroup } from './group-occurrences.ts';
import type { Occurrence } from './occurrence.ts';
import { createValueRanks } from './value-ranks.ts';

/** What is known of the items in a window while it slides. */
export interface WindowMeasure {
  /** False where no window over the group can be a match; true where that is not known without its times. */
  mayHold(group: OccurrenceGroup): boolean;
  /** Told before the first `add` of a group which items there will be. */
  prepare(items: readonly Occurrence[]): void;
  add(item: Occurrence): void;
  remove(item: Occurrence): void;
  /** The count or aggregate; null where it has no meaning, as the average of nothing. */
  value(): number | null;
  /** Whether the window is a match. */
  holds(): boolean;
}

export interface MeasureSettings {
  readonly type: Exclude<CorrelationType, 'temporal_ordered'>;
  readonly bounds: readonly Bound[];
  readonly percentile: number | null;
}

type Count = Pick<WindowMeasure, 'prepare' | 'add' | 'remove' | 'value'>;

/** An empty measure; emptied again, it serves the next group. */
export function createMeasure(settings: MeasureSettings): WindowMeasure {
  const { bounds } = settings;
  const count = createCount(settings);
  const fewest = fewestCounted(settings);
  return {
    ...count,
    mayHold: (group) => reachesCount(group, settings.type, fewest),
    holds: () => {
      const value = count.value();
      return value !== null && meetsBounds(value, bounds);
    },
  };
}

function createCount({ type, percentile }: MeasureSettings): Count {
  switch (type) {
    case 'event_count':
      return countItems();
    case 'value_count':
      return countDistinct((item) => item.values.map(foldCase));
    case 'temporal':
      return countDistinct((item) => [item.rule]);
    case 'value_sum':
      return addUp((sum) => sum);
    case 'value_avg':
      return addUp((sum, count) => (count === 0 ? null : sum / count));
    case 'value_median':
    case 'value_percentile':
      return rankValues(percentile);
  }
}

/** What a count must at least come to; nothing is known of aggregates. */
function fewestCounted({ type, bounds }: MeasureSettings): number {
  if (type !== 'event_count' && type !== 'value_count' && type !== 'temporal') return 0;
  const lowest = bounds.map(({ comparison, bound }) => {
    if (comparison === 'gt') return Math.floor(bound) + 1;
    return comparison === 'gte' || comparison === 'eq' ? bound : 0;
  });
  return Math.max(0, ...lowest);
}

/** Whether the whole group, as if it were one window, comes to a count. */
function reachesCount(group: OccurrenceGroup, type: CorrelationType, fewest: number): boolean {
  const { events, rules, counted } = group;
  if (type === 'event_count') return events.length >= fewest;
  if (type === 'temporal') return Math.max(1, new Set(rules).size) >= fewest;
  return type !== 'value_count' || reachesDistinct(counted, fewest);
}

function reachesDistinct(counted: OccurrenceGroup['counted'], fewest: number): boolean {
  const different = new Set<string>();
  for (const values of counted) {
    if (typeof values === 'string') different.add(foldCase(values));
    else for (const value of values) different.add(foldCase(value));
    if (different.size >= fewest) return true;
  }
  return different.size >= fewest;
}

function countItems(): Count {
  let count = 0;
  return {
    prepare: () => undefined,
    add: () => {
      count += 1;
    },
    remove: () => {
      count -= 1;
    },
    value: () => count,
  };
}

function countDistinct(keysOf: (item: Occurrence) => readonly (string | number)[]): Count {
  const counts = new Map<string | number, number>();
  return {
    prepare: () => undefined,
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

function numbersOf(item: Occurrence): number[] {
  return item.values.map(toNumber).filter((number) => number !== null);
}

function addUp(finish: (sum: number, count: number) => number | null): Count {
  let sum = 0;
  let count = 0;
  return {
    prepare: () => undefined,
    add: (item) => {
      for (const number of numbersOf(item)) {
        sum += number;
        count += 1;
      }
    },
    remove: (item) => {
      for (const number of numbersOf(item)) {
        sum -= number;
        count -= 1;
      }
      // An empty window takes the rounding errors of a long slide with it.
      if (count === 0) sum = 0;
    },
    value: () => finish(sum, count),
  };
}

/** Far below what one value more makes of a percentile. */
const ROUNDING = 1e-9;

/** Of 100 values the 7th is at 7 percent, although the product of 0.07 and 100 comes out above 7. */
function nearestRank(percentile: number, size: number): number {
  return Math.max(1, Math.ceil((percentile * size) / 100 - ROUNDING));
}

function rankValues(percentile: number | null): Count {
  let ranks = createValueRanks([]);
  return {
    prepare: (items) => {
      ranks = createValueRanks(items.flatMap(numbersOf));
    },
    add: (item) => {
      for (const number of numbersOf(item)) ranks.add(number);
    },
    remove: (item) => {
      for (const number of numbersOf(item)) ranks.remove(number);
    },
    value: () => {
      const size = ranks.size();
      if (percentile !== null) return ranks.at(nearestRank(percentile, size));
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
    mayHold: () => true,
    prepare: () => undefined,
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
