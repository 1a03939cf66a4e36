import type { Tuning } from '../model/tuning.ts';
import type { CorrelationCompiler } from './correlate/compile-correlation.ts';
import type { CorrelationSpec } from './correlate/correlation-spec.ts';
import { type LibraryEntry, type RuleLibrary, tuningOf } from './rule-library.ts';
import { type SigmaDocument, valueAt } from './sigma-document.ts';

interface Settings {
  readonly library: RuleLibrary;
  readonly correlations: CorrelationCompiler;
  readonly tuning: Tuning['rules'];
}

/**
 * Rules and correlations that only serve a correlation of their own file and are no checks themselves.
 * What is referred to in a circle alone is not among them, so that its error is seen.
 * Source: `generate` of the Sigma correlation specification; a rule in a file of its own always reports.
 */
export function findSilentRules(settings: Settings): ReadonlySet<LibraryEntry> {
  const { entries } = settings.library;
  const servants = new Map(entries.map((entry) => [entry, servantsOf(entry, settings)]));
  const served = new Set([...servants.values()].flat());
  const silent = new Set<LibraryEntry>();
  const left = entries.filter((entry) => !served.has(entry));
  for (let entry = left.pop(); entry !== undefined; entry = left.pop()) {
    for (const servant of servants.get(entry) ?? []) {
      if (silent.has(servant)) continue;
      silent.add(servant);
      left.push(servant);
    }
  }
  return silent;
}

function servantsOf(entry: LibraryEntry, settings: Settings): LibraryEntry[] {
  const { document } = entry;
  if (document.kind !== 'correlation') return [];
  const { generate, references } = settings.correlations.specOf(entry) ?? readAsMeant(document);
  if (generate) return [];
  return references.flatMap((name) => {
    const found = settings.library.find(name);
    if (found === null || found.document.path !== document.path) return [];
    return tuningOf(found, settings.tuning)?.enabled === true ? [] : [found];
  });
}

/** A correlation that does not run keeps its rules silent: one typing error must not report every event of theirs. */
function readAsMeant({ content }: SigmaDocument): Pick<CorrelationSpec, 'generate' | 'references'> {
  const generate = [['generate'], ['correlation', 'generate']].some(
    (at) => valueAt(content, at) === true,
  );
  const references = [valueAt(content, ['correlation', 'rules'])]
    .flat()
    .filter((name) => typeof name === 'string');
  return { generate, references };
}
