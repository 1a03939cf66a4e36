import { prepareChecks } from '../../src/audit/prepare-checks.ts';
import type { Scope } from '../../src/model/scope.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';

/** Names in a scope that no check has, as a run would find them. */
export function listUnknownChecks(scope: Scope): string[] {
  const { checks } = prepareChecks({
    plan: { nowMs: 0, tuning: NO_TUNING },
    scope,
    ruleFiles: [],
  });
  const known = new Set(checks.map(({ id }) => id));
  return scope.checks.map(({ id }) => id).filter((id) => !known.has(id));
}
