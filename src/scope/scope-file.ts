import { z } from 'zod';
import { CIRCUMSTANCES } from '../model/match.ts';
import {
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorKind,
  type ScopeCheck,
} from '../model/scope.ts';
import { CONFIDENCES, ROLES } from '../model/severity.ts';
import type { TimeWindow } from '../model/time-window.ts';
import { INSTANT_FORM, parseInstant, type WindowEnd } from '../yaml/parse-instant.ts';
import { findIndicatorMistake } from './find-indicator-mistake.ts';

const Sentence = z.string().min(1);

/** A page that says so, or the word `inference`: what nobody published must be marked. */
const Source = z
  .string()
  .refine((source) => source === 'inference' || URL.canParse(source), {
    message: 'write the URL of a page, or inference',
  })
  .transform((source) => (source === 'inference' ? null : source));

const Span = z
  .strictObject({
    since: instantOf('since'),
    until: instantOf('until'),
    why: z.string().default(''),
    source: Source.default(null),
  })
  .refine((span) => span.since < span.until, { message: 'since must be before until' })
  .transform(({ since, until, ...rest }) => ({
    span: { sinceMs: since, untilMs: until },
    ...rest,
  }));

/** The last days before now, or a fixed stretch inside a wider one. */
const Window = z
  .strictObject({
    days: z.int().min(1).max(90).optional(),
    core: Span.optional(),
    review: Span.optional(),
  })
  .transform(({ days, core, review = core }, context) => {
    if (days !== undefined && core === undefined && review === undefined) {
      return { kind: 'rolling' as const, days };
    }
    if (days === undefined && core !== undefined && review !== undefined) {
      if (encloses(review.span, core.span)) return { kind: 'fixed' as const, core, review };
      context.addIssue({ code: 'custom', path: ['review'], message: 'must enclose core' });
      return z.NEVER;
    }
    const message = 'write core (since, until) and, where it is wider, review';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const RoleName = z.enum(ROLES);
const CircumstanceName = z.enum(CIRCUMSTANCES, {
  error: `no such circumstance; there are ${CIRCUMSTANCES.join(', ')}`,
});
const Exceptions = z
  .partialRecord(CircumstanceName, RoleName)
  .transform((instead): ScopeCheck['instead'] =>
    Object.entries(instead).map(([when, role]) => ({ when: CircumstanceName.parse(when), role })),
  );

const ROLE_FORM = `write a role (${ROLES.join(', ')}), or a map with role, instead and required`;

const CheckRole = z.preprocess(
  (given) => (typeof given === 'string' ? { role: given } : given),
  z.strictObject(
    {
      role: RoleName,
      instead: Exceptions.default([]),
      required: z.boolean().default(true),
    },
    { error: ({ code }) => (code === 'invalid_type' ? ROLE_FORM : undefined) },
  ),
);

const VALUE_FORM = 'write a text, in quotes where it looks like a number, or a list of them';

const Values = {
  address: valuesOf('address').optional(),
  asn: valuesOf('asn').optional(),
  'user-agent': valuesOf('user-agent').optional(),
  account: valuesOf('account').optional(),
  url: valuesOf('url').optional(),
} satisfies Record<IndicatorKind, z.ZodType>;

const IndicatorEntry = z
  .strictObject({
    ...Values,
    strength: z.enum(['strong', 'weak'], { error: 'write strong or weak' }).default('weak'),
    source: Sentence,
  })
  .transform(({ strength, source, ...values }, context): Indicator[] => {
    const [kind, ...others] = INDICATOR_KINDS.filter((each) => values[each] !== undefined);
    if (kind !== undefined && others.length === 0) {
      return (values[kind] ?? []).map((value) => ({ kind, value, strength, source }));
    }
    const message = `write one of ${INDICATOR_KINDS.join(', ')} in each entry`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** What a person writes to ask something of a log: the standing question or one incident. */
export const ScopeFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'write lower-case words joined by hyphens'),
  title: Sentence,
  summary: z.string().default(''),
  published: z.iso.date('write a day, as 2022-03-22').nullable().default(null),
  confidence: z.enum(CONFIDENCES).nullable().default(null),
  window: Window,
  exposed: z.string().nullable().default(null),
  assessable: z.boolean().default(true),
  'cannot-tell': z.array(Sentence).default([]),
  facts: z.array(z.strictObject({ says: Sentence, source: Source })).default([]),
  checks: z.record(z.string(), CheckRole).optional(),
  indicators: z
    .array(IndicatorEntry)
    .default([])
    .transform((entries) => entries.flat()),
  references: z.array(z.strictObject({ title: Sentence, url: z.url() })).default([]),
});
export type ScopeFile = z.output<typeof ScopeFile>;

function encloses(whole: TimeWindow, part: TimeWindow): boolean {
  return whole.sinceMs <= part.sinceMs && part.untilMs <= whole.untilMs;
}

function instantOf(end: WindowEnd) {
  return z.string().transform((text, context): number => {
    const instantMs = parseInstant(text, end);
    if (instantMs !== null) return instantMs;
    context.addIssue({ code: 'custom', message: INSTANT_FORM });
    return z.NEVER;
  });
}

/** One value, or several that share strength and source. YAML reads `007` as 7, and nothing as null: neither would be met. */
function valuesOf(kind: IndicatorKind) {
  const text = z.string(VALUE_FORM).trim();
  const single = kind === 'asn' ? z.union([text, z.int().transform(String)], VALUE_FORM) : text;
  const value = single.superRefine((given, context) => {
    const message = findIndicatorMistake(kind, given);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
  return z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(value).min(1));
}
