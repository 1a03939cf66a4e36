import { z } from 'zod';
import { CIRCUMSTANCES } from '../model/match.ts';
import type { FixedWindow, Indicator, RollingWindow, Scope, ScopeCheck } from '../model/scope.ts';
import { CONFIDENCES, ROLES } from '../model/severity.ts';
import { parseInstant, type WindowEnd } from '../yaml/parse-instant.ts';
import { parseStrictYaml, type YamlResult } from '../yaml/parse-strict-yaml.ts';

const Sentence = z.string().min(1, 'must not be empty');

const Span = z
  .strictObject({
    since: instantOf('since'),
    until: instantOf('until'),
    why: z.string().default(''),
  })
  .refine((span) => span.since < span.until, { message: 'since must be before until' });

const RollingDays = z
  .strictObject({ days: z.int().min(1).max(90) })
  .transform(({ days }): RollingWindow => ({ kind: 'rolling', days }));

const CoreAndReview = z
  .strictObject({ core: Span, review: Span.optional() })
  .refine(
    ({ core, review }) =>
      review === undefined || (review.since <= core.since && core.until <= review.until),
    { message: 'review must enclose core' },
  )
  .transform(
    ({ core, review = core }): FixedWindow => ({
      kind: 'fixed',
      core: { sinceMs: core.since, untilMs: core.until },
      coreReason: core.why,
      review: { sinceMs: review.since, untilMs: review.until },
      reviewReason: review.why,
    }),
  );

const RoleName = z.enum(ROLES, { error: `write one of ${ROLES.join(', ')}` });
const CircumstanceName = z.enum(CIRCUMSTANCES, {
  error: `no such circumstance; there are ${CIRCUMSTANCES.join(', ')}`,
});

const CheckRole = z.union(
  [
    RoleName.transform((role) => ({ role, instead: {}, required: true })),
    z.strictObject({
      role: RoleName,
      instead: z.partialRecord(CircumstanceName, RoleName).default({}),
      required: z.boolean().default(true),
    }),
  ],
  { error: `write a role (${ROLES.join(', ')}), or a map with role, instead and required` },
);

const Checks = z
  .record(z.string(), CheckRole)
  .transform((checks): ScopeCheck[] => Object.entries(checks).map(toScopeCheck));

const Strength = {
  strength: z.enum(['strong', 'weak'], { error: 'write strong or weak' }).default('weak'),
  source: Sentence,
};
const IndicatorEntry = z.union(
  [
    z
      .strictObject({ address: z.string(), ...Strength })
      .transform(({ address, ...rest }) => toIndicator('address', address, rest)),
    z
      .strictObject({ asn: z.coerce.string(), ...Strength })
      .transform(({ asn, ...rest }) => toIndicator('asn', asn, rest)),
    z
      .strictObject({ 'user-agent': z.string(), ...Strength })
      .transform(({ 'user-agent': agent, ...rest }) => toIndicator('user-agent', agent, rest)),
    z
      .strictObject({ account: z.string(), ...Strength })
      .transform(({ account, ...rest }) => toIndicator('account', account, rest)),
    z
      .strictObject({ url: z.string(), ...Strength })
      .transform(({ url, ...rest }) => toIndicator('url', url, rest)),
  ],
  { error: 'write one of address, asn, user-agent, account, url, with strength and source' },
);

const ScopeFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'write lower-case words joined by hyphens'),
  title: Sentence,
  summary: z.string().default(''),
  confidence: z.enum(CONFIDENCES).nullable().default(null),
  window: z.union([RollingDays, CoreAndReview], {
    error: 'write core (since, until) and, where it is wider, review; dates mean whole UTC days',
  }),
  exposed: z.string().nullable().default(null),
  assessable: z.boolean().default(true),
  'cannot-tell': z.array(Sentence).default([]),
  checks: Checks.optional(),
  indicators: z.array(IndicatorEntry).default([]),
  references: z.array(z.strictObject({ title: Sentence, url: z.url() })).default([]),
});

/**
 * Parses a scope file: the standing question or one incident.
 * @param defaultChecks what a day-zero file that names no checks looks for.
 */
export function parseScope({
  path,
  text,
  defaultChecks,
}: {
  path: string;
  text: string;
  defaultChecks: readonly ScopeCheck[];
}): YamlResult<Scope> {
  const parsed = parseStrictYaml({ path, text, schema: ScopeFile });
  if (!parsed.ok) return parsed;
  const { checks, 'cannot-tell': cannotTell, ...file } = parsed.value;
  return { ok: true, value: { ...file, cannotTell, checks: checks ?? defaultChecks } };
}

function instantOf(end: WindowEnd) {
  return z.string().transform((text, context): number => {
    const instantMs = parseInstant(text, end);
    if (instantMs !== null) return instantMs;
    const message = 'write a date (2022-01-16) or an instant with its zone (2022-01-16T08:00Z)';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function toScopeCheck([id, given]: [string, z.output<typeof CheckRole>]): ScopeCheck {
  const instead = Object.entries(given.instead).flatMap(([when, role]) =>
    role === undefined ? [] : [{ when: CircumstanceName.parse(when), role }],
  );
  return { id, role: given.role, instead, required: given.required };
}

function toIndicator(
  kind: Indicator['kind'],
  value: string,
  rest: Pick<Indicator, 'strength' | 'source'>,
): Indicator {
  return { kind, value, ...rest };
}
