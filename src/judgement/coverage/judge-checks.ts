import type { Check, UnavailableCheck } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import type { JudgedCheck } from '../../model/judged-audit.ts';
import type { Scope } from '../../model/scope.ts';
import { compareRole } from '../../model/severity.ts';
import type { CheckResult } from '../judgement-input.ts';
import { compareTexts } from '../order-findings.ts';
import type { WeighedMatch } from '../weigh-matches.ts';
import type { CheckOutcome } from './check-outcome.ts';
import { trimFullStop } from './missing-stretch.ts';

interface ChecksToJudge {
  readonly scope: Scope;
  readonly checks: readonly Check[];
  readonly unavailable: readonly UnavailableCheck[];
  readonly results: readonly CheckResult[];
  readonly outcomes: readonly CheckOutcome[];
  readonly weighed: readonly WeighedMatch[];
  readonly findings: readonly Finding[];
}

/** One row for each check that was asked for, strongest role first, then by id. */
export function judgeChecks(asked: ChecksToJudge): JudgedCheck[] {
  const roles = new Map(asked.scope.checks.map(({ id, role }) => [id, role]));
  const known = new Map([...asked.unavailable, ...asked.checks].map((check) => [check.id, check]));
  const events = countEvents(asked.weighed);
  const findings = countFindings(asked.findings);
  const remarks = new Map(asked.results.map((result) => [result.check.id, result.remarks]));
  return asked.outcomes
    .map(({ id, status, reasons }): JudgedCheck => {
      const check = known.get(id);
      return {
        id,
        kind: check?.kind ?? 'rule',
        title: check?.title ?? id,
        role: roles.get(id) ?? 'review',
        status,
        // What was not seen first, then what the check says of what it saw.
        reasons: [...reasons, ...(remarks.get(id) ?? [])].map(trimFullStop),
        events: events.get(id)?.size ?? 0,
        findings: findings.get(id) ?? 0,
      };
    })
    .sort((one, other) => compareRole(other.role, one.role) || compareTexts(one.id, other.id));
}

/** Every event that a check saw in the window, also those that a stronger check's finding holds. */
function countEvents(weighed: readonly WeighedMatch[]): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>();
  for (const { check, match } of weighed) {
    const uuids = seen.get(check.id) ?? new Set<string>();
    for (const { uuid } of match.events) uuids.add(uuid);
    seen.set(check.id, uuids);
  }
  return seen;
}

/** Those of this run; what only the memory knows is no result of the check. */
function countFindings(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { check, inWindow } of findings) {
    if (inWindow) counts.set(check, (counts.get(check) ?? 0) + 1);
  }
  return counts;
}
