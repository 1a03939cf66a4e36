import type { Tuning } from '../model/tuning.ts';
import type { CorrelationCompiler } from './correlate/compile-correlation.ts';
import { type LibraryEntry, type RuleLibrary, tuningOf } from './rule-library.ts';

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
  const { document, metadata } = entry;
  if (document.kind !== 'correlation' || metadata === null) return [];
  const spec = settings.correlations.specOf(entry);
  if (spec === null || spec.generate) return [];
  return spec.references.flatMap((name) => {
    const found = settings.library.find(name);
    if (found === null || found.document.path !== document.path) return [];
    return tuningOf(found, settings.tuning)?.enabled === true ? [] : [found];
  });
}
