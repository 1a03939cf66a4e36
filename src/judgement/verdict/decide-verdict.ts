import type { Finding } from '../../model/finding.ts';
import type { CoverageState, Verdict } from '../../model/verdict.ts';

interface VerdictQuestion {
  readonly findings: readonly Pick<Finding, 'role' | 'inWindow' | 'isBehindHole'>[];
  readonly coverage: CoverageState;
  readonly assessable: boolean;
}

/**
 * What the log of this window says. Ticks, suppressions and severities play no part, and neither does what only the
 * memory knows, unless an earlier run saw it in this very window where this one could not look.
 */
export function decideVerdict({ findings, coverage, assessable }: VerdictQuestion): Verdict {
  const seen = findings.filter(isInLog);
  if (seen.some(({ role }) => role === 'evidence')) return 'evidence-found';
  if (seen.some(({ role }) => role === 'review')) return 'needs-review';
  return coverage === 'complete' && assessable ? 'no-evidence' : 'not-assessable';
}

/** Seen in this window, by this run or, behind a hole of this run, by an earlier one. */
export function isInLog({
  inWindow,
  isBehindHole,
}: Pick<Finding, 'inWindow' | 'isBehindHole'>): boolean {
  return inWindow || isBehindHole === true;
}
