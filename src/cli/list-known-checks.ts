import type { RuleFile } from '../audit/prepare-checks.ts';
import { readBuiltinRules, readEventTypes } from '../catalogue/read-catalogue.ts';
import { createAnalyses } from '../checks/analyses.ts';
import { INDICATOR_CHECK_IDS } from '../checks/indicators/indicator-check.ts';
import { NO_TUNING } from '../model/tuning.ts';
import { compileRules } from '../sigma/compile-rules.ts';
import { parseSigmaDocuments } from '../sigma/parse/parse-sigma-documents.ts';
import { documentsFromObjects } from '../sigma/sigma-document.ts';

/** The name of every check that a scope file may ask for: the built-in ones, and those of the given rules. */
export function listKnownChecks(ruleFiles: readonly RuleFile[]): ReadonlySet<string> {
  const documents = [
    ...readBuiltinRules().flatMap(({ path, documents: objects }) =>
      documentsFromObjects({ path, origin: 'built-in', objects }),
    ),
    ...ruleFiles.flatMap((file) => parseSigmaDocuments({ ...file, origin: 'user' }).documents),
  ];
  const rules = compileRules({ documents, eventTypes: readEventTypes(), tuning: NO_TUNING });
  const checks = [
    ...rules.checks,
    ...rules.unavailable,
    ...createAnalyses({ tuning: NO_TUNING, nowMs: 0 }),
  ];
  return new Set([...checks.map(({ id }) => id), ...INDICATOR_CHECK_IDS]);
}
