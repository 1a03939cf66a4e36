import type { AuditNews } from '../model/audit-news.ts';
import type { IssueMemory, RememberedHole } from '../model/issue-memory.ts';
import type { CoverageHole, JudgedAudit } from '../model/judged-audit.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { intersectWindows, overlaps, type TimeWindow, uniteWindows } from '../model/time-window.ts';
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

/** What is new since the run that the memory tells of. */
export function findNews(question: NewsQuestion): AuditNews {
  const { audit, memory } = question;
  const before = memory.verdict;
  const isStronger = before !== null && STRENGTH[audit.verdict] > STRENGTH[before];
  return {
    ...findFindings(question),
    weakerVerdictBefore: isStronger ? before : null,
    supportAccessEnabled:
      audit.supportAccess.state === 'enabled' && memory.supportAccess !== 'enabled',
    coverageLost: hasLostCoverage(audit, memory),
    closedHoles: findClosedHoles(audit, memory),
  };
}

function findFindings({
  audit,
  memory,
  minimumSeverity,
}: NewsQuestion): Pick<AuditNews, 'newFindings' | 'reopenedFindings'> {
  const rows = new Map(memory.findings.map((row) => [row.id, row]));
  const listed = audit.findings.filter(
    ({ role, severity }) => role !== 'context' && compareSeverity(severity, minimumSeverity) >= 0,
  );
  const reopened = listed.filter(
    (finding) => finding.status === 'open' && wasSettled(recallRow(finding, rows)),
  );
  const unseen = listed.filter(({ status }) => status === 'new');
  return {
    newFindings: unseen.map(({ id }) => id),
    reopenedFindings: reopened.map(({ id }) => id),
  };
}

/** Acknowledged, or silenced after it had been. */
function wasSettled(row: RecalledRow | null): boolean {
  return row?.status === 'acknowledged' || row?.status === 'suppressed';
}

/** The state got worse, or a check misses a stretch that it did not miss before. */
function hasLostCoverage({ coverage }: JudgedAudit, memory: IssueMemory): boolean {
  if (memory.unread !== undefined) return true;
  if (memory.coverage === null) return false;
  if (COVERAGE_RANK[coverage.state] < COVERAGE_RANK[memory.coverage]) return true;
  const { holes } = memory;
  if (holes === undefined) return false;
  return coverage.holes.some((hole) => hole.decides && !holes.some((old) => isSameHole(hole, old)));
}

/** A remembered hole is closed where this run looked at its time and has no hole there for any of its checks. */
function findClosedHoles({ coverage, window }: JudgedAudit, memory: IssueMemory): TimeWindow[] {
  if (coverage.state === 'none') return [];
  const closed = (memory.holes ?? []).filter(
    (old) => !coverage.holes.some((hole) => isSameHole(hole, old)),
  );
  return uniteWindows(closed.flatMap((old) => intersectWindows(old.window, window) ?? []));
}

function isSameHole(hole: CoverageHole, old: RememberedHole): boolean {
  return (
    overlaps(hole.window, old.window) && hole.checks.some((check) => old.checks.includes(check))
  );
}
