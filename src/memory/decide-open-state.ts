import { awaitsReview, type Finding } from '../model/finding.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import type { CoverageState } from '../model/verdict.ts';

export interface OpenStateQuestion {
  /** The nightly question closes when there is nothing to do; an incident's issue is the deliverable. */
  readonly isRolling: boolean;
  /** How the issue stands before this run. */
  readonly issue: 'none' | 'open' | 'closed';
  readonly coverage: CoverageState;
  /** After `applyMemory`. */
  readonly findings: readonly Pick<Finding, 'role' | 'status' | 'severity'>[];
  readonly minimumSeverity: Severity;
  readonly hasNews: boolean;
}

/**
 * Says how the issue is to stand after this run.
 * Open while something waits, because whoever closed it has acknowledged what it listed. Nightly: closed where coverage
 * is complete and nothing waits. Incident: never closed by us. Otherwise news alone reopens.
 */
export function decideOpenState(question: OpenStateQuestion): 'open' | 'closed' {
  const { isRolling, issue, coverage, hasNews } = question;
  if (countWaiting(question) > 0) return 'open';
  if (isRolling && coverage === 'complete') return 'closed';
  return issue === 'closed' && !hasNews ? 'closed' : 'open';
}

/** Findings that are listed and that nobody has acknowledged. */
function countWaiting({
  findings,
  minimumSeverity,
}: Pick<OpenStateQuestion, 'findings' | 'minimumSeverity'>): number {
  return findings.filter(
    (finding) => awaitsReview(finding) && compareSeverity(finding.severity, minimumSeverity) >= 0,
  ).length;
}
