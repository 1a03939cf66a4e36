import { z } from 'zod';
import { ASKABLE } from '../../model/askable.ts';
import { CONFIDENCES, SEVERITIES } from '../../model/severity.ts';
import { wordSchemaIssue } from '../../model/word-schema-issue.ts';
import type { SigmaDocument } from '../sigma-document.ts';
import type { ProblemReporter } from '../sigma-problem.ts';

/** A text, or a list of texts, given as a list. */
const Texts = z
  .union([z.string(), z.array(z.string())], 'write a text or a list of texts')
  .nullish()
  .transform((value) => (typeof value === 'string' ? [value] : (value ?? [])));

const OptionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** The one key of ours in a rule; every part is optional, so that a public rule runs as it is. */
const AuditBlock = z.strictObject({
  'group-by': z.array(z.string().min(1)).min(1).nullish(),
  confidence: z.enum(CONFIDENCES).default('medium'),
  needs: z.array(z.string().min(1)).nullish(),
  'next-steps': z.array(z.string().min(1)).default([]),
  ask: z.enum(ASKABLE).default('actor'),
});

/** Keys of the specification that this project reads; any other key is allowed and ignored, as the specification has it. */
const Metadata = z.looseObject({
  title: z.string().min(1).max(256),
  id: OptionalText,
  name: OptionalText,
  description: OptionalText,
  level: z.enum(SEVERITIES).default('medium'),
  references: Texts,
  falsepositives: Texts,
  tags: Texts,
  fields: Texts,
  status: z
    .enum(['stable', 'test', 'experimental', 'deprecated', 'unsupported'])
    .nullish()
    .transform((value) => value ?? null),
  taxonomy: OptionalText,
  audit: AuditBlock.default(() => AuditBlock.parse({})),
});

/** What a rule, a correlation or a filter says about itself. */
export type RuleMetadata = z.output<typeof Metadata>;

/** Reads a document's metadata; null where something is wrong, which is reported. */
export function readMetadata(
  document: SigmaDocument,
  report: ProblemReporter,
): RuleMetadata | null {
  const parsed = Metadata.safeParse(document.content, { error: wordSchemaIssue });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const at = issue.path.filter((key) => typeof key !== 'symbol');
      report.error(at, `${at.join('.') || 'The rule'}: ${issue.message}`);
    }
    return null;
  }
  const { taxonomy, status } = parsed.data;
  if (taxonomy !== null && taxonomy !== 'sigma') {
    report.error(['taxonomy'], `The taxonomy "${taxonomy}" names fields that are not known here.`);
    return null;
  }
  if (status === 'unsupported' || status === 'deprecated') {
    report.warn(['status'], `Its author marks the rule as ${status}.`);
  }
  return parsed.data;
}

/** Techniques of ATT&CK among the tags: `attack.t1098.003` gives `T1098.003`. */
export function techniquesOf(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => {
    const found = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag);
    return found?.[1] === undefined ? [] : [found[1].toUpperCase()];
  });
}
