import { z } from 'zod';
import { isRecord } from '../../model/log-event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../model/time-window.ts';
import { wordSchemaIssue } from '../../model/word-schema-issue.ts';
import { COMPARISONS } from '../expression/detection-expression.ts';
import { parseCondition, ruleNamesIn } from '../parse/parse-condition.ts';
import type { SigmaDocument } from '../sigma-document.ts';
import type { DocumentKeys, ProblemReporter } from '../sigma-problem.ts';
import {
  CORRELATION_TYPES,
  type CorrelationCondition,
  type CorrelationSpec,
} from './correlation-spec.ts';
import { findCorrelationMistake } from './find-correlation-mistake.ts';

const Names = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'write a name or a list of names',
  })
  .transform((names) => (typeof names === 'string' ? [names] : names));

const Bounds = z.strictObject({
  lt: z.number().optional(),
  lte: z.number().optional(),
  gt: z.number().optional(),
  gte: z.number().optional(),
  eq: z.number().optional(),
  field: Names.optional(),
  percentile: z.number().gt(0).lte(100).optional(),
});
type Bounds = z.output<typeof Bounds>;

const Section = z.strictObject({
  type: z.enum(CORRELATION_TYPES, {
    error: ({ input }) =>
      `the correlation type ${JSON.stringify(input)} is unknown; write one of ${CORRELATION_TYPES.join(', ')}`,
  }),
  rules: Names.optional(),
  'group-by': Names.default([]),
  timespan: z.string(),
  condition: z.unknown().optional(),
  aliases: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  generate: z.boolean().optional(),
});
type Section = z.output<typeof Section>;

/** Source: "Time Selection" of the Sigma correlation rules specification. */
const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** Reads the correlation section of a document; null where it cannot be understood, having reported why. */
export function parseCorrelation(
  document: SigmaDocument,
  report: ProblemReporter,
): CorrelationSpec | null {
  const at = ['correlation'];
  const written = document.content['correlation'];
  const section = parseWith(Section, { value: written, at, report });
  if (section === null) {
    if (isRecord(written)) tellMore(written, report);
    return null;
  }
  const spanMs = readTimespan(section, report);
  const read = readCondition(section, report);
  if (read === null) return null;
  const meant = {
    type: section.type,
    references: read.references,
    groupBy: section['group-by'],
    spanText: section.timespan,
    aliases: section.aliases,
    condition: read.condition,
    fields: read.bounds.field ?? [],
    percentile: read.bounds.percentile ?? null,
    generate: section.generate ?? document.content['generate'] === true,
  };
  const mistake = findCorrelationMistake(meant);
  if (mistake !== null) report.error([...at, 'condition'], mistake);
  return mistake === null && spanMs !== null ? { ...meant, spanMs } : null;
}

function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  options: {
    readonly value: unknown;
    readonly at: DocumentKeys;
    readonly report: ProblemReporter;
  },
): z.output<Schema> | null {
  const parsed = schema.safeParse(options.value, { error: wordSchemaIssue });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const at = [...options.at, ...issue.path.filter((key) => typeof key !== 'symbol')];
    options.report.error(at, `${at.join('.')}: ${issue.message}`);
  }
  return null;
}

/** What is wrong inside of a section that is wrong itself, so that all is told at once. */
function tellMore(
  { timespan, condition }: Readonly<Record<string, unknown>>,
  report: ProblemReporter,
): void {
  if (typeof timespan === 'string') readTimespan({ timespan }, report);
  if (isRecord(condition)) {
    parseWith(Bounds, { value: condition, at: ['correlation', 'condition'], report });
  }
}

function readTimespan(
  { timespan }: Pick<Section, 'timespan'>,
  report: ProblemReporter,
): number | null {
  const found = /^([1-9]\d{0,6})([smhd])$/.exec(timespan);
  const unitMs = UNITS_MS[found?.[2] ?? ''];
  if (found !== null && unitMs !== undefined) return Number(found[1]) * unitMs;
  report.error(
    ['correlation', 'timespan'],
    `The timespan "${timespan}" is not understood; write a whole number with s, m, h or d, as 10m.`,
  );
  return null;
}

interface ReadCondition {
  readonly condition: CorrelationCondition;
  /** A temporal correlation may name its rules in the condition alone; without an order each of them counts once. */
  readonly references: readonly string[];
  readonly bounds: Bounds;
}

function readCondition(section: Section, report: ProblemReporter): ReadCondition | null {
  const { type, condition: written } = section;
  const rules = type === 'temporal' && section.rules ? [...new Set(section.rules)] : section.rules;
  const at = ['correlation', 'condition'];
  if (typeof written === 'string') {
    const parsed = parseCondition(written);
    if (parsed.ok) {
      const { condition } = parsed;
      const references = rules ?? ruleNamesIn(condition);
      return { condition: { kind: 'rules', condition }, references, bounds: {} };
    }
    report.error(at, parsed.message);
    return null;
  }
  const references = rules ?? [];
  if (written === undefined && type.startsWith('temporal')) {
    const bounds = [{ comparison: 'gte', bound: references.length }] as const;
    return { condition: { kind: 'bounds', bounds }, references, bounds: {} };
  }
  if (written === undefined) {
    report.error(at, `A correlation of type ${type} needs a condition.`);
    return null;
  }
  const map = parseWith(Bounds, { value: written, at, report });
  if (map === null) return null;
  const bounds = COMPARISONS.flatMap((comparison) => {
    const bound = map[comparison];
    return bound === undefined ? [] : [{ comparison, bound }];
  });
  if (bounds.length > 0) return { condition: { kind: 'bounds', bounds }, references, bounds: map };
  report.error(at, 'The condition names no bound; write gt, gte, eq, or a range with lt or lte.');
  return null;
}
