import { type Condition, ruleNamesIn } from '../parse/parse-condition.ts';
import {
  type Bound,
  type CorrelationSpec,
  type CorrelationType,
  meetsBounds,
} from './correlation-spec.ts';

const TAKES_FIELD: readonly CorrelationType[] = [
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
];
const COUNTS: readonly CorrelationType[] = ['event_count', 'value_count', 'temporal_ordered'];
/** An average of nothing is no number, so that no bound is true of it. */
const MEANS_NOTHING_OF_NOTHING: readonly CorrelationType[] = [
  'value_avg',
  'value_percentile',
  'value_median',
];

/** What does not hang on the timespan, so that both are told at once. */
type CorrelationMeaning = Pick<
  CorrelationSpec,
  'type' | 'condition' | 'references' | 'fields' | 'percentile'
>;

/** Says why a well-formed correlation cannot be meant, or gives null. */
export function findCorrelationMistake(spec: CorrelationMeaning): string | null {
  const { type, condition, references } = spec;
  if (references.length === 0) return 'The correlation names no rules.';
  return (
    findMistakeInField(spec) ??
    (condition.kind === 'bounds'
      ? findMistakeInBounds(spec, condition.bounds)
      : findMistakeInRules({ type, references, condition: condition.condition }))
  );
}

function findMistakeInField({ type, fields, percentile }: CorrelationMeaning): string | null {
  const takesField = TAKES_FIELD.includes(type);
  if (takesField && fields.length === 0) {
    return `A correlation of type ${type} needs the field whose values count: condition.field.`;
  }
  if (!takesField && fields.length > 0) return `A correlation of type ${type} takes no field.`;
  const takesPercentile = type === 'value_percentile';
  if (takesPercentile && percentile === null) {
    return 'value_percentile needs condition.percentile, a number up to 100: which of the values is compared.';
  }
  if (!takesPercentile && percentile !== null) {
    return `A correlation of type ${type} takes no percentile.`;
  }
  return null;
}

function findMistakeInBounds(
  { type, references }: CorrelationMeaning,
  bounds: readonly Bound[],
): string | null {
  if (!MEANS_NOTHING_OF_NOTHING.includes(type) && meetsBounds(0, bounds)) {
    return 'The condition is true where nothing happened; absence cannot be found by a correlation.';
  }
  const all = references.length;
  if (type === 'temporal_ordered' && (!meetsBounds(all, bounds) || meetsBounds(all - 1, bounds))) {
    return 'temporal_ordered asks for all of its rules; the condition must say so, or be left out.';
  }
  if (type === 'temporal') {
    const counts = Array.from({ length: all }, (_, index) => index + 1);
    const isReachable = counts.some((count) => meetsBounds(count, bounds));
    return isReachable ? null : `The condition can never be met by ${counts.length} rules.`;
  }
  return listWitnesses(type, bounds).some((value) => meetsBounds(value, bounds))
    ? null
    : 'The condition can never be met: no number is within all of its bounds.';
}

/** Numbers of which one is within the bounds, if any number is: those at and beside them, or for a measure between them. */
function listWitnesses(type: CorrelationType, bounds: readonly Bound[]): number[] {
  const edges = bounds.map(({ bound }) => bound);
  if (COUNTS.includes(type)) {
    return edges
      .flatMap((edge) => [Math.ceil(edge) - 1, edge, Math.floor(edge) + 1])
      .filter((count) => Number.isInteger(count) && count > 0);
  }
  const middles = edges.flatMap((one) => edges.map((other) => (one + other) / 2));
  return middles.flatMap((middle) => [middle - 1, middle, middle + 1]);
}

function findMistakeInRules(options: {
  readonly type: CorrelationType;
  readonly references: readonly string[];
  readonly condition: Condition;
}): string | null {
  const { type, references, condition } = options;
  const kinds = kindsIn(condition);
  if (!type.startsWith('temporal')) {
    return `Only temporal correlations take a condition in words, ${type} does not.`;
  }
  if (kinds.has('not')) return '"not" asks for absence, which cannot be found by a correlation.';
  if (kinds.has('of')) return 'The condition of a correlation names rules, not patterns.';
  if (type === 'temporal_ordered' && kinds.has('or')) return 'temporal_ordered takes "and" only.';
  const named = ruleNamesIn(condition);
  const unknown = named.find((name) => !references.includes(name));
  if (unknown !== undefined) return `The condition names ${unknown}, which is not among the rules.`;
  const unused = references.find((name) => !named.includes(name));
  return unused === undefined ? null : `The condition does not mention the rule ${unused}.`;
}

function kindsIn(condition: Condition): Set<Condition['kind']> {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return new Set([condition.kind, ...condition.parts.flatMap((part) => [...kindsIn(part)])]);
    case 'not':
      return new Set(['not', ...kindsIn(condition.part)]);
    default:
      return new Set([condition.kind]);
  }
}
