import { compileRuleFiles, type RuleFile } from '../audit/compile-rule-files.ts';
import { readBuiltinRules, readEventTypes } from '../catalogue/read-catalogue.ts';
import { createAnalyses } from '../checks/analyses.ts';
import { INDICATOR_CHECK_IDS } from '../checks/indicators/indicator-check.ts';
import { NO_TUNING } from '../model/tuning.ts';

/** The name of every check that a scope file may ask for: the built-in ones, and those of the given rules. */
export function listKnownChecks(ruleFiles: readonly RuleFile[]): ReadonlySet<string> {
  const rules = compileRuleFiles({
    builtinRules: readBuiltinRules(),
    eventTypes: readEventTypes(),
    ruleFiles,
    tuning: NO_TUNING,
  });
  const checks = [
    ...rules.checks,
    ...rules.unavailable,
    ...createAnalyses({ tuning: NO_TUNING, nowMs: 0 }),
  ];
  return new Set([...checks.map(({ id }) => id), ...INDICATOR_CHECK_IDS]);
}
