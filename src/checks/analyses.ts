import type { Check } from '../model/check.ts';
import type { Tuning } from '../model/tuning.ts';
import { createSupportAccessOpen } from './support-access-open.ts';

export interface AnalysisSettings {
  readonly tuning: Tuning;
  readonly nowMs: number;
}

/** Every check that Sigma cannot express, one sorted line each. */
export function createAnalyses(settings: AnalysisSettings): Check[] {
  return [createSupportAccessOpen(settings)];
}
