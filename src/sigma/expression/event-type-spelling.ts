import { foldCase } from './compile-pattern.ts';
import type { StringPattern } from './string-pattern.ts';

/** Okta's own spelling of event types, so that they can be compared exactly. */
export interface EventTypeSpelling {
  /** The catalogue's spelling of a type; what it does not know stays as written. */
  ofType(written: string): string;
  /** The catalogue's spelling of a beginning that all its types share; else as written. */
  ofPrefix(written: string): string;
  has(eventType: string): boolean;
}

export function createEventTypeSpelling(catalogue: readonly string[]): EventTypeSpelling {
  const exact = new Set(catalogue);
  const byFolded = new Map(catalogue.map((eventType) => [foldCase(eventType), eventType]));
  return {
    ofType: (written) =>
      exact.has(written) ? written : (byFolded.get(foldCase(written)) ?? written),
    ofPrefix: (written) => spellPrefix(catalogue, written),
    has: (eventType) => exact.has(eventType),
  };
}

function spellPrefix(catalogue: readonly string[], written: string): string {
  const folded = foldCase(written);
  const spellings = new Set<string>();
  for (const eventType of catalogue) {
    if (eventType.startsWith(written)) return written;
    if (foldCase(eventType).startsWith(folded)) spellings.add(eventType.slice(0, written.length));
  }
  const [only] = spellings;
  return spellings.size === 1 && only !== undefined ? only : written;
}

/** What an event type has to be or to begin with, where a pattern says so; else null. */
export function typeLimitOf(
  pattern: StringPattern,
): { readonly match: 'exact' | 'prefix'; readonly text: string } | null {
  const [first, second, ...rest] = pattern;
  if (rest.length > 0) return null;
  if (first === undefined) return { match: 'exact', text: '' };
  if (second === undefined) {
    if (first.kind === 'any') return { match: 'prefix', text: '' };
    return first.kind === 'text' ? { match: 'exact', text: first.text } : null;
  }
  return first.kind === 'text' && second.kind === 'any'
    ? { match: 'prefix', text: first.text }
    : null;
}
