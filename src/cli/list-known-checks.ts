import { compileRuleFiles, type RuleFile } from '../audit/compile-rule-files.ts';
import { listCheckIds } from '../audit/list-check-ids.ts';
import { NO_TUNING } from '../model/tuning.ts';

/** The name of every check that a scope file may ask for: the built-in ones, and those of the given rules. */
export function listKnownChecks(ruleFiles: readonly RuleFile[]): ReadonlySet<string> {
  const rules = compileRuleFiles({ ruleFiles, tuning: NO_TUNING });
  return new Set(listCheckIds(rules, { tuning: NO_TUNING, nowMs: 0 }));
}
