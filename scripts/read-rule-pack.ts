import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ASKABLE } from '../src/model/askable.ts';
import { CONFIDENCES, SEVERITIES } from '../src/model/severity.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const Text = z.string().trim().min(1);
const Detection = z.looseObject({ condition: Text });
const Logsource = z.strictObject({ product: z.literal('okta'), service: z.literal('okta') });
const Correlation = z.looseObject({ type: Text, rules: z.array(Text).min(1) });

/** What a built-in rule must say of itself; stricter than the specification, which lets most of it out. */
const Rule = z.strictObject({
  title: Text.max(90),
  id: z.string().regex(UUID_V4),
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  status: z.enum(['test', 'experimental']),
  description: Text.min(80),
  references: z.array(z.url({ protocol: /^https$/ })).min(1),
  author: z.literal('Okta Tenant Audit contributors'),
  date: z.iso.date(),
  modified: z.iso.date().optional(),
  tags: z.array(z.string().regex(/^attack\.(t\d{4}(\.\d{3})?|[a-z][a-z-]+)$/)).min(2),
  logsource: Logsource.optional(),
  detection: Detection.optional(),
  correlation: Correlation.optional(),
  fields: z.array(Text).optional(),
  falsepositives: z.array(Text).min(1),
  level: z.enum(SEVERITIES),
  audit: z.strictObject({
    'group-by': z.array(Text).min(1).optional(),
    confidence: z.enum(CONFIDENCES),
    needs: z.array(Text).optional(),
    'next-steps': z.array(Text).min(1),
    ask: z.enum(ASKABLE),
  }),
});

/** A rule that a correlation is made of; it never reports by itself. */
const BaseRule = z.strictObject({
  title: Text.max(90),
  id: z.string().regex(UUID_V4),
  name: Text,
  logsource: Logsource.optional(),
  detection: Detection.optional(),
  correlation: Correlation.optional(),
  audit: z.strictObject({ needs: z.array(Text) }).optional(),
});

const Story = z.strictObject({
  name: Text,
  events: z.array(z.looseObject({ eventType: Text })).min(1),
});
const Cases = z.strictObject({ fires: z.array(Story).min(1), quiet: z.array(Story).min(2) });

const Attack = z.strictObject({
  tactics: z.record(z.string(), Text),
  techniques: z.record(z.string(), z.strictObject({ name: Text, tactics: z.array(Text).min(1) })),
});

type PackRule = z.output<typeof Rule>;
type PackBaseRule = z.output<typeof BaseRule>;
type PackCases = z.output<typeof Cases>;
export type AttackNames = z.output<typeof Attack>;

/** One folder of `rules/`, read and checked for form. */
export interface PackEntry {
  readonly folder: string;
  readonly ruleText: string;
  readonly casesText: string;
  /** The first document: what the folder is about. */
  readonly rule: PackRule;
  /** Further documents, of a correlation. */
  readonly bases: readonly PackBaseRule[];
  readonly cases: PackCases;
}

/**
 * Reads every folder of `rules/`, sorted by name.
 * Throws an Error that names the folder and everything that is wrong with its form.
 */
export function readRulePack(rulesDirectory: string): PackEntry[] {
  return readdirSync(rulesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((folder) =>
      parsePackEntry({
        folder,
        ruleText: readFileSync(join(rulesDirectory, folder, 'rule.yml'), 'utf8'),
        casesText: readFileSync(join(rulesDirectory, folder, 'cases.yml'), 'utf8'),
      }),
    );
}

/** Reads the names of ATT&CK that the pack's tags may use. */
export function readAttackNames(rulesDirectory: string): AttackNames {
  const path = join(rulesDirectory, 'attack.yml');
  return check({ schema: Attack, value: parse(readFileSync(path, 'utf8')), path });
}

/** Every event type that Okta lists, in the order of the file. */
export function readEventTypes(rulesDirectory: string): string[] {
  const text = readFileSync(join(rulesDirectory, 'okta-event-types.txt'), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** Reads the two files of a folder. Throws as `readRulePack` does. */
export function parsePackEntry(files: {
  readonly folder: string;
  readonly ruleText: string;
  readonly casesText: string;
}): PackEntry {
  const { folder, ruleText, casesText } = files;
  const [first, ...others] = parseAllDocuments(ruleText).map((document) => document.toJS());
  return {
    ...files,
    rule: check({ schema: Rule, value: first, path: `${folder}/rule.yml` }),
    bases: others.map((value, index) =>
      check({ schema: BaseRule, value, path: `${folder}/rule.yml, document ${index + 2}` }),
    ),
    cases: check({ schema: Cases, value: parse(casesText), path: `${folder}/cases.yml` }),
  };
}

function check<Output>(options: {
  readonly schema: z.ZodType<Output>;
  readonly value: unknown;
  readonly path: string;
}): Output {
  const parsed = options.schema.safeParse(options.value);
  if (parsed.success) return parsed.data;
  throw new Error(`${options.path}\n${z.prettifyError(parsed.error)}`);
}
