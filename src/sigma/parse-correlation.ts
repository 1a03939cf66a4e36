import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../model/time-window.ts';
import { compareNumbers } from './compare-numbers.ts';
import { COMPARISONS, type Comparison } from './detection-expression.ts';
import { type Condition, namesIn, parseCondition } from './parse-condition.ts';
import type { SigmaDocument } from './sigma-document.ts';
import type { ProblemReporter } from './sigma-problem.ts';

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

const Names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const BoundMap = z.strictObject({
  ...Object.fromEntries(COMPARISONS.map((name) => [name, z.number().optional()])),
  field: Names.optional(),
  percentile: z.number().gt(0).lte(100).optional(),
} as Record<Comparison, z.ZodOptional<z.ZodNumber>> & {
  field: z.ZodOptional<typeof Names>;
  percentile: z.ZodOptional<z.ZodNumber>;
});
const Section = z.strictObject({
  type: z.enum(CORRELATION_TYPES, {
    error: ({ input }) =>
      `the correlation type ${JSON.stringify(input)} is unknown; write one of ${CORRELATION_TYPES.join(', ')}`,
  }),
  rules: Names.optional(),
  'group-by': Names.optional(),
  timespan: z.string(),
  condition: z.union([z.string(), BoundMap]).optional(),
  aliases: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  generate: z.boolean().optional(),
});

type Section = z.output<typeof Section>;

const TAKES_FIELD: readonly CorrelationType[] = [
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
];
const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** Reads the correlation section of a document; null where it cannot be understood, having reported why. */
export function parseCorrelation(
  document: SigmaDocument,
  report: ProblemReporter,
): CorrelationSpec | null {
  const parsed = Section.safeParse(document.content['correlation']);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const at = ['correlation', ...issue.path.filter((key) => typeof key !== 'symbol')];
      report.error(at, `${at.join('.')}: ${issue.message}`);
    }
    return null;
  }
  const section = parsed.data;
  const spanMs = parseTimespan(section.timespan);
  if (spanMs === null) {
    report.error(
      ['correlation', 'timespan'],
      `The timespan "${section.timespan}" is not understood; write a whole number with s, m, h or d, as 10m.`,
    );
    return null;
  }
  const references = referencesOf(section);
  const condition = readCondition(section, references);
  const message =
    typeof condition === 'string' ? condition : findMistake(section, references, condition);
  if (message !== null || typeof condition === 'string') {
    report.error(['correlation', 'condition'], message ?? '');
    return null;
  }
  const bounds = typeof section.condition === 'object' ? section.condition : {};
  return {
    type: section.type,
    references,
    groupBy: toList(section['group-by']),
    spanMs,
    spanText: section.timespan,
    aliases: section.aliases,
    condition,
    fields: toList(bounds.field),
    percentile: bounds.percentile ?? null,
    generate: section.generate ?? document.content['generate'] === true,
  };
}

function toList(names: string | readonly string[] | undefined): readonly string[] {
  return typeof names === 'string' ? [names] : (names ?? []);
}

function parseTimespan(text: string): number | null {
  const found = /^([1-9]\d{0,6})([smhd])$/.exec(text);
  const unitMs = UNITS_MS[found?.[2] ?? ''];
  return found === null || unitMs === undefined ? null : Number(found[1]) * unitMs;
}

/** A temporal correlation may name its rules in the condition alone. */
function referencesOf(section: Section): readonly string[] {
  if (section.rules !== undefined) return toList(section.rules);
  if (typeof section.condition !== 'string') return [];
  const parsed = parseCondition(section.condition);
  return parsed.ok ? rulesIn(parsed.condition) : [];
}

function rulesIn(condition: Condition): string[] {
  const names = namesIn(condition).flatMap((part) => (part.kind === 'name' ? [part.name] : []));
  return [...new Set(names)];
}

/** Gives a message where there is no usable condition. */
function readCondition(
  section: Section,
  references: readonly string[],
): CorrelationCondition | string {
  const { type, condition } = section;
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  if (condition === undefined) {
    if (!isTemporal) return `A correlation of type ${type} needs a condition.`;
    const bound = type === 'temporal' ? new Set(references).size : references.length;
    return { kind: 'bounds', bounds: [{ comparison: 'gte', bound }] };
  }
  if (typeof condition === 'string') {
    if (!isTemporal)
      return `Only temporal correlations take a condition in words, ${type} does not.`;
    const parsed = parseCondition(condition);
    return parsed.ok ? { kind: 'rules', condition: parsed.condition } : parsed.message;
  }
  const bounds = COMPARISONS.flatMap((comparison) => {
    const bound = condition[comparison];
    return bound === undefined ? [] : [{ comparison, bound }];
  });
  return bounds.length === 0
    ? 'The condition names no bound; write one of gt, gte, eq, or a range with lt or lte.'
    : { kind: 'bounds', bounds };
}

/** Says what is wrong with a correlation whose parts are each well formed, or gives null. */
function findMistake(
  section: Section,
  references: readonly string[],
  condition: CorrelationCondition | string,
): string | null {
  if (typeof condition === 'string') return condition;
  if (references.length === 0) return 'The correlation names no rules.';
  const { type } = section;
  const bounds = typeof section.condition === 'object' ? section.condition : {};
  if (TAKES_FIELD.includes(type) && bounds.field === undefined) {
    return `A correlation of type ${type} needs the field whose values count: condition.field.`;
  }
  if (!TAKES_FIELD.includes(type) && bounds.field !== undefined) {
    return `A correlation of type ${type} takes no field.`;
  }
  if ((type === 'value_percentile') !== (bounds.percentile !== undefined)) {
    return type === 'value_percentile'
      ? 'value_percentile needs condition.percentile, a number up to 100: which of the values is compared.'
      : `A correlation of type ${type} takes no percentile.`;
  }
  return condition.kind === 'bounds'
    ? findMistakeInBounds({ type, references, bounds: condition.bounds })
    : findMistakeInRules({ type, references, condition: condition.condition });
}

function findMistakeInBounds(options: {
  readonly type: CorrelationType;
  readonly references: readonly string[];
  readonly bounds: readonly Bound[];
}): string | null {
  const { type, references, bounds } = options;
  const hasMeaningOfNothing = !['value_avg', 'value_median', 'value_percentile'].includes(type);
  if (hasMeaningOfNothing && meetsBounds(0, bounds)) {
    return 'The condition is true where nothing happened; absence cannot be found by a correlation.';
  }
  const all = references.length;
  if (type === 'temporal_ordered' && (!meetsBounds(all, bounds) || meetsBounds(all - 1, bounds))) {
    return 'temporal_ordered asks for all of its rules; the condition must say so, or be left out.';
  }
  const counts = Array.from({ length: new Set(references).size }, (_, index) => index + 1);
  if (type === 'temporal' && !counts.some((count) => meetsBounds(count, bounds))) {
    return `The condition can never be met by ${counts.length} rules.`;
  }
  return null;
}

function findMistakeInRules(options: {
  readonly type: CorrelationType;
  readonly references: readonly string[];
  readonly condition: Condition;
}): string | null {
  const { type, references, condition } = options;
  const kinds = kindsIn(condition);
  if (kinds.has('not')) return '"not" asks for absence, which cannot be found by a correlation.';
  if (kinds.has('of')) return 'The condition of a correlation names rules, not patterns.';
  if (type === 'temporal_ordered' && kinds.has('or')) return 'temporal_ordered takes "and" only.';
  const named = rulesIn(condition);
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

/** Whether a count or an aggregate satisfies every bound. */
export function meetsBounds(value: number, bounds: readonly Bound[]): boolean {
  return bounds.every(({ comparison, bound }) => compareNumbers(value, comparison, bound));
}
