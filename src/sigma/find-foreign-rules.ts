import type { CorrelationCompiler } from './correlate/compile-correlation.ts';
import { judgeLogsource } from './judge-logsource.ts';
import type { LibraryEntry, RuleLibrary } from './rule-library.ts';

/** Rules about other products, and correlations that look at nothing else. */
export function findForeignRules(
  { entries, duplicates, find }: RuleLibrary,
  correlations: CorrelationCompiler,
): ReadonlySet<LibraryEntry> {
  const judged = new Map<LibraryEntry, boolean>();
  const isForeign = (entry: LibraryEntry): boolean => {
    const known = judged.get(entry);
    if (known !== undefined) return known;
    judged.set(entry, false);
    const found = judge(entry);
    judged.set(entry, found);
    return found;
  };
  const judge = (entry: LibraryEntry): boolean => {
    if (entry.metadata === null) return false;
    if (entry.document.kind !== 'correlation') {
      return judgeLogsource(entry.document).kind === 'foreign';
    }
    const parts = correlations.specOf(entry)?.references.map(find) ?? [];
    return parts.length > 0 && parts.every((part) => part !== null && isForeign(part));
  };
  return new Set([...entries, ...duplicates].filter(isForeign));
}
