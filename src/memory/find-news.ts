import type { Finding } from '../model/finding.ts';
import type { IssueMemory, RememberedHole } from '../model/issue-memory.ts';
import type { CoverageHole, JudgedAudit } from '../model/judged-audit.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { intersectWindows, overlaps, type TimeWindow } from '../model/time-window.ts';
import type { CoverageState, Verdict } from '../model/verdict.ts';
import { recallRow } from './recall-row.ts';

/** Something that changed since the last run and that somebody should hear of. */
export type NewsItem =
  | { readonly kind: 'new-finding'; readonly finding: Finding }
  | { readonly kind: 'reopened-finding'; readonly finding: Finding }
  | { readonly kind: 'stronger-verdict'; readonly from: Verdict; readonly to: Verdict }
  | { readonly kind: 'support-access-enabled'; readonly expiresAtMs: number | null }
  | {
      readonly kind: 'coverage-lost';
      readonly from: CoverageState;
      readonly to: CoverageState;
      /** Those that were not there before; none where only the state got worse. */
      readonly holes: readonly CoverageHole[];
    }
  | {
      readonly kind: 'hole-closed';
      readonly window: TimeWindow;
      readonly checks: readonly string[];
    };

interface NewsQuestion {
  /** After `applyMemory` with the same memory. */
  readonly audit: JudgedAudit;
  /** After `acknowledgeTicked`; nothing is news to a memory that knows no run. */
  readonly memory: IssueMemory;
  readonly minimumSeverity: Severity;
}

/** How alarming a verdict is. Losing the answer is no stronger verdict: that is told as coverage. */
const STRENGTH: Readonly<Record<Verdict, number>> = {
  'no-evidence': 0,
  'not-assessable': 0,
  'needs-review': 1,
  'evidence-found': 2,
};

const COVERAGE_RANK: Readonly<Record<CoverageState, number>> = { none: 0, partial: 1, complete: 2 };

/** What is new since the run that the memory tells of, most urgent first. */
export function findNews(question: NewsQuestion): NewsItem[] {
  if (question.memory.verdict === null) return [];
  return [
    ...findStrongerVerdict(question),
    ...findFindings(question),
    ...findEnabledAccess(question),
    ...findLostCoverage(question),
    ...findClosedHoles(question),
  ];
}

function findStrongerVerdict({ audit, memory }: NewsQuestion): NewsItem[] {
  const from = memory.verdict;
  if (from === null || STRENGTH[audit.verdict] <= STRENGTH[from]) return [];
  return [{ kind: 'stronger-verdict', from, to: audit.verdict }];
}

function findFindings({ audit, memory, minimumSeverity }: NewsQuestion): NewsItem[] {
  const rows = new Map(memory.findings.map((row) => [row.id, row]));
  return audit.findings
    .filter(
      ({ role, severity }) => role !== 'context' && compareSeverity(severity, minimumSeverity) >= 0,
    )
    .flatMap((finding): NewsItem[] => {
      if (finding.status === 'new') return [{ kind: 'new-finding', finding }];
      const wasAcknowledged = recallRow(finding, rows)?.status === 'acknowledged';
      if (finding.status !== 'open' || !wasAcknowledged) return [];
      return [{ kind: 'reopened-finding', finding }];
    });
}

function findEnabledAccess({ audit, memory }: NewsQuestion): NewsItem[] {
  const { state, expiresAtMs } = audit.supportAccess;
  if (state !== 'enabled' || memory.supportAccess === 'enabled') return [];
  return [{ kind: 'support-access-enabled', expiresAtMs }];
}

/** The state got worse, or there is a hole where no hole was. */
function findLostCoverage({ audit, memory }: NewsQuestion): NewsItem[] {
  const from = memory.coverage;
  if (from === null) return [];
  const { state: to, holes } = audit.coverage;
  const deciding = holes.filter(({ decides }) => decides);
  const fresh = deciding.filter(
    (hole) => !(memory.holes ?? []).some((old) => isSameHole(hole, old)),
  );
  if (
    COVERAGE_RANK[to] >= COVERAGE_RANK[from] &&
    (memory.holes === undefined || fresh.length === 0)
  ) {
    return [];
  }
  return [{ kind: 'coverage-lost', from, to, holes: fresh }];
}

/** A remembered hole is closed where this run looked at its time and has no hole there for any of its checks. */
function findClosedHoles({ audit, memory }: NewsQuestion): NewsItem[] {
  if (audit.coverage.state === 'none') return [];
  const deciding = audit.coverage.holes.filter(({ decides }) => decides);
  return (memory.holes ?? []).flatMap((old): NewsItem[] => {
    const window = intersectWindows(old.window, audit.window);
    if (window === null || deciding.some((hole) => isSameHole(hole, old))) return [];
    return [{ kind: 'hole-closed', window, checks: old.checks }];
  });
}

function isSameHole(hole: CoverageHole, old: RememberedHole): boolean {
  return (
    overlaps(hole.window, old.window) && hole.checks.some((check) => old.checks.includes(check))
  );
}
