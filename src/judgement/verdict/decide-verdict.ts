import type { Finding } from '../../model/finding.ts';
import type { CoverageState, Verdict } from '../../model/verdict.ts';

interface VerdictQuestion {
  readonly findings: readonly Pick<Finding, 'role' | 'inWindow'>[];
  readonly coverage: CoverageState;
  readonly assessable: boolean;
}

/**
 * What the log of this window says. Ticks, suppressions and severities play no part, and neither does what only the
 * memory knows: that is about an earlier window.
 */
export function decideVerdict({ findings, coverage, assessable }: VerdictQuestion): Verdict {
  const seen = findings.filter(({ inWindow }) => inWindow);
  if (seen.some(({ role }) => role === 'evidence')) return 'evidence-found';
  if (seen.some(({ role }) => role === 'review')) return 'needs-review';
  return coverage === 'complete' && assessable ? 'no-evidence' : 'not-assessable';
}
