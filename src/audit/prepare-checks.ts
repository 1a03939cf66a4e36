import { createAnalyses } from '../checks/analyses.ts';
import { FORWARDED_CHECK_ID } from '../checks/indicators/forwarded-check.ts';
import { createIndicatorChecks } from '../checks/indicators/indicator-check.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import type { Check, UnavailableCheck } from '../model/check.ts';
import { isTooCommon } from '../model/is-too-common.ts';
import { saySwitchedOff } from '../model/say-switched-off.ts';
import type { Scope, ScopeCheck } from '../model/scope.ts';
import type { CompiledRules, SigmaProblem } from '../sigma/index.ts';
import { compileRuleFiles, type RuleFile } from './compile-rule-files.ts';
import { findStrayTuning } from './find-stray-tuning.ts';
import { listCheckIds } from './list-check-ids.ts';

export interface CheckRequest {
  readonly plan: Pick<AuditPlan, 'nowMs' | 'tuning'>;
  readonly scope: Scope;
  readonly ruleFiles: readonly RuleFile[];
}

export interface PreparedChecks {
  /** The scope with the checks that the user brought or switched on: each asks for review. */
  readonly scope: Scope;
  readonly checks: readonly Check[];
  readonly unavailable: readonly UnavailableCheck[];
  /** What is wrong with the user's own rules. */
  readonly problems: readonly SigmaProblem[];
}

/** Only indicators have this circumstance: strong, and on a privileged or session event that succeeded. */
const INDICATOR_EVIDENCE: ScopeCheck['instead'] = [{ when: 'strong-indicator', role: 'evidence' }];

/** Gathers what is looked for: what the scope names, its indicators, and every rule that the user brought or switched on. */
export function prepareChecks(request: CheckRequest): PreparedChecks {
  const { plan } = request;
  const compiled = compileRuleFiles({ ruleFiles: request.ruleFiles, tuning: plan.tuning });
  const indicators = createIndicatorChecks(request.scope.indicators);
  const own = [...createAnalyses(plan), ...indicators];
  const off = own.filter(({ id }) => isSwitchedOff(id, plan.tuning));
  const known = [...compiled.checks, ...own.filter((check) => !off.includes(check))];
  const impossible = [...compiled.unavailable, ...off.map(toSwitchedOff)];
  const marked = known.map(markTooCommon);
  const scope = addChecks({
    scope: request.scope,
    ids: [...indicators.map((check) => check.id), ...listAddedIds(compiled)],
    known: marked,
  });
  const asked = new Set(scope.checks.map((check) => check.id));
  const checks = marked.filter((check) => asked.has(check.id));
  const unavailable = impossible.filter((check) => asked.has(check.id));
  return {
    scope,
    checks,
    unavailable,
    problems: [
      ...compiled.problems,
      ...findStrayTuning(plan.tuning, {
        ids: listCheckIds(compiled, plan),
        otherNames: compiled.names,
      }),
    ],
  };
}

/** What would make a targeted pull read most of the log runs in full pulls and on archives alone. */
function markTooCommon(check: Check): Check {
  if (!isTooCommon(check.needs.eventTypes)) return check;
  return { ...check, needs: { ...check.needs, onlyInFullPull: true } };
}

/**
 * What the scope does not name asks for a person's eye, whatever its level; an indicator may be more than that. A rolling
 * scope does not require what a targeted pull cannot ask for: no night could ever be complete. Nor does any scope require the
 * addresses that proxies say: who asks about single addresses is answered by a targeted pull.
 */
function addChecks({
  scope,
  ids,
  known,
}: {
  readonly scope: Scope;
  readonly ids: readonly string[];
  readonly known: readonly Check[];
}): Scope {
  const tooCommon = known.filter(({ needs }) => needs.onlyInFullPull).map(({ id }) => id);
  const optional = new Set(scope.window.kind === 'rolling' ? tooCommon : []);
  const named = new Set(scope.checks.map((check) => check.id));
  const added = [...new Set(ids)]
    .filter((id) => !named.has(id))
    .map(
      (id): ScopeCheck => ({
        id,
        role: 'review',
        instead: INDICATOR_EVIDENCE,
        required: id !== FORWARDED_CHECK_ID && !optional.has(id),
      }),
    );
  return { ...scope, checks: [...scope.checks, ...added] };
}

/**
 * The checks of the user's files, and what of them does not run: a rule, a copy of one, a file as a whole. What is not
 * about Okta is nothing that this audit could miss. What the tuning file switches on is wanted as well, whoever wrote it.
 */
function listAddedIds({ checks, unavailable, sources }: CompiledRules): string[] {
  return [...checks, ...unavailable]
    .map((check) => check.id)
    .filter((id) => {
      const source = sources.get(id);
      if (source === undefined || source.isForeign) return false;
      return source.origin === 'user' || source.isSwitchedOn;
    });
}

/** Sigma's own part asks this of rules; whatever else looks for something has its switch here. */
function isSwitchedOff(id: string, { rules }: AuditPlan['tuning']): boolean {
  return Object.hasOwn(rules, id) && rules[id]?.enabled === false;
}

function toSwitchedOff({ id, kind, title }: Check): UnavailableCheck {
  return { id, kind, title, status: 'not-evaluated', ...saySwitchedOff(id) };
}
