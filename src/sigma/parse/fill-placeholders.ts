import {
  normalizePattern,
  type PatternPart,
  parseStringPattern,
  type StringPattern,
} from '../expression/string-pattern.ts';

/** Values by placeholder name, without the percent signs; a value may hold wildcards. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

export type FilledPatterns =
  | { readonly ok: true; readonly patterns: readonly StringPattern[] }
  | { readonly ok: false; readonly missing: readonly string[] }
  | { readonly ok: false; readonly message: string };

const MAX_PATTERNS = 100_000;

/**
 * Replaces each placeholder by each of its values. A placeholder with no values gives no pattern, which matches nothing;
 * one that nobody gave is missing, and never a wildcard.
 */
export function fillPlaceholders(
  pattern: StringPattern,
  placeholders: Placeholders,
): FilledPatterns {
  const missing = pattern.flatMap((part) =>
    part.kind === 'placeholder' && !Object.hasOwn(placeholders, part.name) ? [part.name] : [],
  );
  if (missing.length > 0) return { ok: false, missing };
  let filled: PatternPart[][] = [[]];
  for (const part of pattern) {
    const choices =
      part.kind === 'placeholder'
        ? (placeholders[part.name] ?? []).map((value) =>
            parseStringPattern(value, { placeholders: false }),
          )
        : [[part]];
    if (filled.length * choices.length > MAX_PATTERNS) {
      return {
        ok: false,
        message: `The placeholders of one value give more than ${MAX_PATTERNS} values.`,
      };
    }
    filled = filled.flatMap((start) => choices.map((choice) => [...start, ...choice]));
  }
  return { ok: true, patterns: filled.map(normalizePattern) };
}
