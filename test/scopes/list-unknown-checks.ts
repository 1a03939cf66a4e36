import { prepareChecks } from '../../src/audit/prepare-checks.ts';
import type { Scope } from '../../src/model/scope.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';

/** Names in a scope that no check has, as a run would find them. */
export function listUnknownChecks(scope: Scope): string[] {
  return prepareChecks({
    plan: { nowMs: 0, tuning: NO_TUNING },
    scope,
    ruleFiles: [],
  }).unavailable.map(({ id }) => id);
}
