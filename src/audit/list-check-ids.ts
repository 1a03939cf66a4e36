import { type AnalysisSettings, createAnalyses } from '../checks/analyses.ts';
import { INDICATOR_CHECK_IDS } from '../checks/indicators/indicator-check.ts';
import type { CompiledRules } from '../sigma/index.ts';

/** The name of every check that there is beside these rules, also of those that cannot run or are switched off. */
export function listCheckIds(
  { checks, unavailable }: Pick<CompiledRules, 'checks' | 'unavailable'>,
  settings: AnalysisSettings,
): string[] {
  const named = [...checks, ...unavailable, ...createAnalyses(settings)];
  return [...named.map(({ id }) => id), ...INDICATOR_CHECK_IDS];
}
