import { type AuditNews, NO_NEWS } from '../model/audit-news.ts';
import { awaitsReview, type Finding } from '../model/finding.ts';
import type { IssueMemory, RememberedHole } from '../model/issue-memory.ts';
import type { CoverageHole, JudgedAudit } from '../model/judged-audit.ts';
import { compareRole, compareSeverity, type Severity } from '../model/severity.ts';
import {
  intersectWindows,
  overlaps,
  subtractWindows,
  type TimeWindow,
  uniteWindows,
} from '../model/time-window.ts';
import type { CoverageState, Verdict } from '../model/verdict.ts';
import { type RecalledRow, recallRow } from './recall-row.ts';

/** How alarming a verdict is. Losing the answer makes none stronger: that is told as coverage. */
const STRENGTH: Readonly<Record<Verdict, number>> = {
  'no-evidence': 0,
  'not-assessable': 0,
  'needs-review': 1,
  'evidence-found': 2,
};

const COVERAGE_RANK: Readonly<Record<CoverageState, number>> = { none: 0, partial: 1, complete: 2 };

interface NewsQuestion {
  /** After `applyMemory` with the same memory. */
  readonly audit: JudgedAudit;
  /** After `acknowledgeTicked`. To one that was damaged and knows no run everything found is new. */
  readonly memory: IssueMemory;
  /** What is below it is not listed and therefore no news. */
  readonly minimumSeverity: Severity;
}

/**
 * What is new since the run that the memory tells of, with what that run announced and nobody was told, as far as it
 * still holds.
 */
export function findNews(question: NewsQuestion): AuditNews {
  const { audit, memory } = question;
  const untold = memory.announced?.news ?? NO_NEWS;
  const before = untold.weakerVerdictBefore ?? (restsOnMore(audit, memory) ? memory.verdict : null);
  const isStronger = before !== null && STRENGTH[audit.verdict] > STRENGTH[before];
  return {
    ...findFindings(question, untold),
    weakerVerdictBefore: isStronger ? before : null,
    supportAccessEnabled:
      audit.supportAccess.state === 'enabled' &&
      (untold.supportAccessEnabled || memory.supportAccess !== 'enabled'),
    coverageLost:
      hasLostCoverage(audit, memory) ||
      (untold.coverageLost && audit.coverage.state !== 'complete'),
    closedHoles: findClosedHoles(audit, memory, untold),
  };
}

/** A run for other days may have been weaker meanwhile: what an earlier one told already is not told again. */
function restsOnMore({ findings, verdict }: JudgedAudit, memory: IssueMemory): boolean {
  const rows = new Map(memory.findings.map((row) => [row.id, row]));
  const deciding = verdict === 'evidence-found' ? 'evidence' : 'review';
  return findings.some((finding) => {
    if (!finding.inWindow || finding.role !== deciding) return false;
    const known = recallRow(finding, rows);
    return known === null || compareRole(finding.role, known.role) > 0;
  });
}

function findFindings(
  { audit, memory, minimumSeverity }: NewsQuestion,
  untold: AuditNews,
): Pick<AuditNews, 'newFindings' | 'reopenedFindings'> {
  const rows = new Map(memory.findings.map((row) => [row.id, row]));
  const waiting = audit.findings.filter(
    (finding) => awaitsReview(finding) && compareSeverity(finding.severity, minimumSeverity) >= 0,
  );
  const reopened = waiting.filter(
    (finding) =>
      (finding.status === 'open' && isNewlyOpen(recallRow(finding, rows))) ||
      isAmong(finding, untold.reopenedFindings),
  );
  // Whoever settled a finding has seen it, whatever was told.
  const seen = new Set(reopened);
  const unseen = waiting.filter(
    (finding) =>
      finding.status === 'new' || (isAmong(finding, untold.newFindings) && !seen.has(finding)),
  );
  return {
    newFindings: unseen.map(({ id }) => id),
    reopenedFindings: reopened.map(({ id }) => id),
  };
}

/** Itself, or one that it superseded since. */
function isAmong({ id, supersedes = [] }: Finding, ids: readonly string[]): boolean {
  return ids.includes(id) || supersedes.some((superseded) => ids.includes(superseded.id));
}

/** Acknowledged, or silenced after it had been; `new` where what came since was below the minimum severity. */
function isNewlyOpen(row: RecalledRow | null): boolean {
  return row !== null && row.status !== 'open';
}

/** The state got worse, or a check misses a stretch that it did not miss before. */
function hasLostCoverage({ coverage }: JudgedAudit, memory: IssueMemory): boolean {
  if (memory.unread !== undefined) return true;
  if (memory.coverage === null) return false;
  if (COVERAGE_RANK[coverage.state] < COVERAGE_RANK[memory.coverage]) return true;
  const { holes } = memory;
  if (holes === undefined) return false;
  return coverage.holes.some((hole) => hole.decides && !wasMissed(hole, holes));
}

/** By each of its checks: a known hole that touches one check more is none that was told. */
function wasMissed({ window, checks }: CoverageHole, holes: readonly RememberedHole[]): boolean {
  const before = holes.filter((old) => overlaps(window, old.window));
  return (
    checks.length > 0 && checks.every((check) => before.some((old) => old.checks.includes(check)))
  );
}

/** A remembered hole is closed where this run looked at its time and has no hole there for any of its checks. */
function findClosedHoles(
  { coverage, window }: JudgedAudit,
  memory: IssueMemory,
  untold: AuditNews,
): TimeWindow[] {
  const deciding = coverage.holes.filter(({ decides }) => decides).map((hole) => hole.window);
  const stillClosed = untold.closedHoles.flatMap((hole) => subtractWindows(hole, deciding));
  if (coverage.state === 'none') return stillClosed;
  const closed = (memory.holes ?? []).filter(
    (old) => !coverage.holes.some((hole) => isSameHole(hole, old)),
  );
  return uniteWindows([
    ...closed.flatMap((old) => intersectWindows(old.window, window) ?? []),
    ...stillClosed,
  ]);
}

function isSameHole(hole: CoverageHole, old: RememberedHole): boolean {
  return (
    overlaps(hole.window, old.window) && hole.checks.some((check) => old.checks.includes(check))
  );
}
