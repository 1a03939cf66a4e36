import type { Expression } from './expression/detection-expression.ts';
import { fieldsOfAlternatives, nameInRecord, necessaryFields } from './match/necessary-fields.ts';
import type { RuleReader } from './rule-body.ts';
import type { LibraryEntry } from './rule-library.ts';

/**
 * The fields without which a rule cannot be judged: those that its author names, and those without which its detection
 * cannot be true. A rule that comes without a word about it needs those of all its alternatives: else an export that
 * lost one would answer for it, and be silent.
 */
export function listNeededFields(
  entry: LibraryEntry,
  { expression, reader }: { readonly expression: Expression; readonly reader: RuleReader },
): string[] {
  const isUntold =
    entry.document.origin === 'user' && (entry.metadata?.audit.needs ?? null) === null;
  const derived = isUntold ? fieldsOfAlternatives(expression) : necessaryFields(expression);
  return [...new Set([...listNamedFields(entry, reader), ...derived])];
}

/** What the author names, as Okta's records have it. */
export function listNamedFields(
  { document, metadata }: LibraryEntry,
  reader: RuleReader,
): string[] {
  const names = metadata?.audit.needs ?? [];
  return names.map((name, index) =>
    nameInRecord(reader.readField(document, ['audit', 'needs', index], name)),
  );
}
