import { countOfItsDay, type Finding, isWaiting } from '../model/finding.ts';
import { markEvent } from '../model/finding-id.ts';
import { type IssueMemory, isSettled, type RememberedFinding } from '../model/issue-memory.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { compareSeverity, type Severity, strongerSeverity } from '../model/severity.ts';
import type { SupportAccessState } from '../model/support-access.ts';
import { intersectWindows, type TimeWindow } from '../model/time-window.ts';
import { advanceCompleteThrough } from './advance-complete-through.ts';
import { listOwedHoles } from './list-owed-holes.ts';
import { compareRows } from './memory-document.ts';
import { type RecalledRow, recallRow } from './recall-row.ts';

interface Remembered {
  /** After `applyMemory` with the same memory. */
  readonly audit: JudgedAudit;
  /** After `acknowledgeTicked`. */
  readonly memory: IssueMemory;
  readonly minimumSeverity: Severity;
}

/** What this run hands to the next. */
export function rememberAudit({ audit, memory, minimumSeverity }: Remembered): IssueMemory {
  const completeThroughMs = advanceCompleteThrough(audit, memory);
  const owed = listOwedHoles(audit, memory).filter(
    ({ window }) => completeThroughMs === null || window.untilMs > completeThroughMs,
  );
  const { state } = audit.coverage;
  return {
    completeThroughMs,
    verdict: audit.verdict,
    coverage: state === 'complete' && owed.length > 0 ? 'partial' : state,
    supportAccess: rememberAccess(audit.supportAccess.state, memory.supportAccess),
    findings: rememberFindings({ audit, memory, minimumSeverity }),
    watched: audit.watched,
    holes: [
      ...owed,
      ...audit.coverage.holes
        // A hole that touches no check is a memory that was lost, and no reading brings that back.
        .filter(({ decides, checks }) => decides && checks.length > 0)
        .map(({ window, checks }) => ({ window: clipHole(window, audit.window), checks })),
    ],
  };
}

/** What a look-back missed before the window is no day that the next window has to begin with. */
function clipHole(hole: TimeWindow, window: TimeWindow): TimeWindow {
  return intersectWindows(hole, window) ?? hole;
}

/** A night on which Okta did not tell makes nothing of what it told before new. */
function rememberAccess(
  state: SupportAccessState,
  before: IssueMemory['supportAccess'],
): SupportAccessState {
  return state === 'unknown' ? (before ?? state) : state;
}

/**
 * A row for every finding that asks for review, and the rows of settled ones that somebody acknowledged and this run did
 * not see: a suppression may end.
 * What no run has listed, because it is below the minimum severity, is remembered while it is in the window and not
 * carried: nobody could tick it.
 */
function rememberFindings({ audit, memory, minimumSeverity }: Remembered): RememberedFinding[] {
  const rows = new Map(memory.findings.map((row) => [row.id, row]));
  const reviewable = audit.findings
    // What was acknowledged and carried keeps the row that it has.
    .filter(
      ({ role, inWindow, status }) => role !== 'context' && (inWindow || status !== 'acknowledged'),
    )
    .map((finding) => {
      const known = recallRow(finding, rows);
      const isListed = compareSeverity(finding.severity, minimumSeverity) >= 0;
      return { finding, known, isListed, before: rows.get(finding.id) };
    })
    .filter(({ finding, known, isListed }) => finding.inWindow || isListed || wasListed(known));
  const covered = new Set(
    reviewable.flatMap(({ finding: { id, supersedes = [] } }) => [
      id,
      ...supersedes.map((one) => one.id),
    ]),
  );
  return [
    ...reviewable.map(toRow),
    ...memory.findings.filter((row) => isSettled(row) && !covered.has(row.id)),
  ].sort(compareRows);
}

function wasListed(row: RecalledRow | null): boolean {
  return row !== null && (row.status === 'open' || row.acknowledgedCount !== null);
}

interface FindingToRemember {
  readonly finding: Finding;
  readonly known: RecalledRow | null;
  /** By this run. */
  readonly isListed: boolean;
  /** Its own row. */
  readonly before: RememberedFinding | undefined;
}

/**
 * A row is `new` until a run has listed that it waits. What is settled keeps its counts alone: its words are read from
 * the log again if it ever comes back.
 */
function toRow({ finding, known, isListed, before }: FindingToRemember): RememberedFinding {
  const isKnownToWait = isListed || known?.status === 'open';
  const isAcknowledged = finding.status === 'acknowledged' && known !== null;
  const waits = isWaiting(finding);
  const keepsRole = !waits && known !== null && known.acknowledgedCount !== null;
  return {
    id: finding.id,
    check: finding.check,
    title: waits ? finding.title : '',
    summary: waits ? finding.summary : '',
    severity: rememberSeverity({ finding, known, isListed }),
    role: keepsRole ? known.role : finding.role,
    status: waits ? (isKnownToWait ? 'open' : 'new') : finding.status,
    ...(waits && isKnownToWait && !isListed && { isHidden: true }),
    firstSeenMs: finding.firstSeenMs,
    lastSeenMs: isAcknowledged
      ? Math.max(known.lastSeenMs, finding.lastSeenMs)
      : finding.lastSeenMs,
    eventCount: countForRow(finding),
    acknowledgedCount: known?.acknowledgedCount ?? null,
    ...listTaken(finding, before),
  };
}

/** What a lower level hides for a while comes back as it was once that level is taken away, also when its events are gone. */
function rememberSeverity({
  finding: { severity, inWindow },
  known,
  isListed,
}: Pick<FindingToRemember, 'finding' | 'known' | 'isListed'>): Severity {
  if (known === null || (inWindow && isListed)) return severity;
  return inWindow ? strongerSeverity(known.severity, severity) : known.severity;
}

/** Of one that lost more, a part would not do. */
const MOST_MARKS = 10;

function listTaken(
  { status, inWindow, supersedes = [] }: Finding,
  before: RememberedFinding | undefined,
): Pick<RememberedFinding, 'took'> {
  if (status === 'suppressed') return {};
  const took = inWindow
    ? supersedes.flatMap(({ id, uuids = [] }) =>
        uuids.length === 0 || uuids.length > MOST_MARKS ? [] : { id, marks: uuids.map(markEvent) },
      )
    : (before?.took ?? []);
  return took.length === 0 ? {} : { took };
}

/** None at all would mean that it rests on a setting. */
function countForRow(finding: Finding): number {
  return Math.max(countOfItsDay(finding), Math.min(finding.eventCount, 1));
}
