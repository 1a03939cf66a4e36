import type { Comparison } from '../expression/detection-expression.ts';
import { compareNumbers } from '../match/compare-numbers.ts';
import type { Condition } from '../parse/parse-condition.ts';

/** Source: Sigma correlation rules specification 2.1; the aggregations of values as pySigma reads them. */
export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;
export type CorrelationType = (typeof CORRELATION_TYPES)[number];

export interface Bound {
  readonly comparison: Comparison;
  readonly bound: number;
}

/** When a window of events is a match. */
export type CorrelationCondition =
  | { readonly kind: 'bounds'; readonly bounds: readonly Bound[] }
  /** Which rules have to be met, for the temporal types. */
  | { readonly kind: 'rules'; readonly condition: Condition };

/** A correlation as written; its rules are not looked up yet. */
export interface CorrelationSpec {
  readonly type: CorrelationType;
  /** Names or ids, in the order written. */
  readonly references: readonly string[];
  readonly groupBy: readonly string[];
  readonly spanMs: number;
  /** As written, such as `10m`. */
  readonly spanText: string;
  /** Field by rule reference, by alias. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly condition: CorrelationCondition;
  /** What is counted or aggregated; empty for the types that take no field. */
  readonly fields: readonly string[];
  /** From above 0 to 100; null but for `value_percentile`. */
  readonly percentile: number | null;
  /** True where the rules that it refers to report by themselves as well. */
  readonly generate: boolean;
}

/** Whether a count or an aggregate satisfies every bound. */
export function meetsBounds(value: number, bounds: readonly Bound[]): boolean {
  return bounds.every(({ comparison, bound }) => compareNumbers(value, comparison, bound));
}
