import { ASK_ADMINISTRATORS } from '../model/askable.ts';
import type { CheckProfile } from '../model/check.ts';
import {
  awaitsReview,
  countOfItsDay,
  type Finding,
  type FindingStatus,
  isWaiting,
} from '../model/finding.ts';
import type { IssueMemory, RememberedFinding } from '../model/issue-memory.ts';
import { compareRole, compareSeverity, type Severity } from '../model/severity.ts';
import { type RecalledRow, recallRow } from './recall-row.ts';
import { createTakerSearch } from './taker-search.ts';

interface Remembering {
  /** Those of this run; what an earlier call carried forward is worked out again, so that calling twice is harmless. */
  readonly findings: readonly Finding[];
  /** After `acknowledgeTicked`. */
  readonly memory: IssueMemory;
  /** For what carried findings say about their checks, as far as those still exist. */
  readonly profiles?: readonly CheckProfile[];
  /** What is below it is not listed, and stays new to people until it is. */
  readonly minimumSeverity?: Severity;
  /** Whether this run could not look where an earlier one saw it. */
  readonly isBehindHole?: (row: RememberedFinding) => boolean;
}

/**
 * Gives every finding its place in the review, and brings back the ones that nobody has acknowledged although their
 * events have left the window, and all that lie behind a hole. Nothing leaves because time passed, or unread.
 */
export function applyMemory({
  findings,
  memory,
  profiles = [],
  minimumSeverity = 'informational',
  isBehindHole = () => false,
}: Remembering): Finding[] {
  const rows = new Map(memory.findings.map((row) => [row.id, row]));
  const seen = findings.filter(({ inWindow }) => inWindow);
  const absorbed = new Set(seen.flatMap(listIds));
  const findTakers = createTakerSearch(memory.findings.filter(({ id }) => !absorbed.has(id)));
  const current = seen.map((finding) => ({ ...finding, partOf: findTakers(finding) }));
  return [
    ...current.map((finding) =>
      settleStatus(finding, recallRow(finding, rows), { memory, minimumSeverity }),
    ),
    ...memory.findings
      .map((row) => ({ row, isBehindHole: isBehindHole(row) }))
      .filter(({ row, isBehindHole }) => isCarried(row, isBehindHole) && !absorbed.has(row.id))
      .map(({ row, isBehindHole }) => ({
        ...carryForward(row, { profiles, minimumSeverity }),
        ...(isBehindHole ? { isBehindHole } : {}),
      })),
  ];
}

function listIds({ id, supersedes = [] }: Finding): string[] {
  return [id, ...supersedes.map((superseded) => superseded.id)];
}

function isCarried(row: RememberedFinding, isBehindHole: boolean): boolean {
  if (!isWaiting(row)) return isBehindHole && row.role !== 'context';
  return awaitsReview(row);
}

function settleStatus(
  finding: Finding,
  row: RecalledRow | null,
  { memory, minimumSeverity }: Required<Pick<Remembering, 'memory' | 'minimumSeverity'>>,
): Finding {
  const settled = { ...finding, ...recallTimes(finding, row), eventsSinceAcknowledged: 0 };
  if (finding.suppressedBy !== null) return { ...settled, status: 'suppressed' };
  if (finding.role === 'context' || row === null) return { ...settled, status: 'new' };
  const eventsSinceAcknowledged = countSince(finding, row);
  const status = isListedFirst(finding, row, minimumSeverity)
    ? 'new'
    : decideStatus(finding, row, eventsSinceAcknowledged);
  const isOnAgain = status === 'acknowledged' && wasOffBetween(finding, memory);
  return { ...settled, status: isOnAgain ? 'open' : status, eventsSinceAcknowledged };
}

/** Access that Okta gives no end of has one name for ever: switched on again it is none that somebody acknowledged. */
function wasOffBetween({ eventCount }: Finding, { supportAccess }: IssueMemory): boolean {
  return eventCount === 0 && supportAccess === 'disabled';
}

/** A finding without events knows no times of its own: it keeps the ones that it first had. */
function recallTimes(
  { events, firstSeenMs, lastSeenMs }: Finding,
  row: RecalledRow | null,
): Pick<Finding, 'firstSeenMs' | 'lastSeenMs'> {
  if (events.length > 0 || row === null) return { firstSeenMs, lastSeenMs };
  return { firstSeenMs: row.firstSeenMs, lastSeenMs: row.lastSeenMs };
}

/**
 * How many events nobody has acknowledged although somebody acknowledged the finding: more than there were, or later
 * than the last one was (a window that begins later hides some of those that were acknowledged).
 */
function countSince(finding: Finding, row: RecalledRow): number {
  if (row.acknowledgedCount === null) return 0;
  const more = countOfItsDay(finding) - row.acknowledgedCount;
  const later = finding.events.filter(({ publishedMs }) => publishedMs > row.lastSeenMs).length;
  return Math.max(more, isWaiting(row) ? 0 : later, 0);
}

/** Earlier runs saw it and none has listed it, as it was below their minimum severity. */
function isListedFirst(
  { severity }: Pick<Finding, 'severity'>,
  { status, acknowledgedCount }: Pick<RecalledRow, 'status' | 'acknowledgedCount'>,
  minimumSeverity: Severity,
): boolean {
  if (acknowledgedCount !== null) return false;
  return status === 'new' && compareSeverity(severity, minimumSeverity) >= 0;
}

/**
 * `new` until it was listed once; acknowledged as long as it is what somebody acknowledged, which a stronger role is
 * not. What was suppressed until now was never shown for review, so it is new.
 */
function decideStatus(
  { role }: Finding,
  row: RecalledRow,
  eventsSinceAcknowledged: number,
): FindingStatus {
  if (row.acknowledgedCount === null) return row.status === 'suppressed' ? 'new' : 'open';
  const isAsShown = eventsSinceAcknowledged === 0 && compareRole(role, row.role) <= 0;
  return isAsShown && !isWaiting(row) ? 'acknowledged' : 'open';
}

function carryStatus(row: RememberedFinding, minimumSeverity: Severity): FindingStatus {
  if (!isWaiting(row)) return row.status;
  return isListedFirst(row, row, minimumSeverity) ? 'new' : 'open';
}

function carryForward(
  row: RememberedFinding,
  { profiles, minimumSeverity }: Required<Pick<Remembering, 'profiles' | 'minimumSeverity'>>,
): Finding {
  const profile = profiles.find(({ id }) => id === row.check);
  return {
    id: row.id,
    check: row.check,
    title: row.title === '' ? (profile?.title ?? row.check) : row.title,
    description: profile?.description ?? '',
    severity: row.severity,
    confidence: profile?.confidence ?? 'medium',
    role: row.role,
    status: carryStatus(row, minimumSeverity),
    suppressedBy: row.status === 'suppressed' ? 'as an earlier run saw it' : null,
    inWindow: false,
    summary:
      row.summary === '' ? 'Its details are in the report of the run that found it.' : row.summary,
    actor: null,
    target: null,
    attribution: null,
    circumstances: [],
    firstSeenMs: row.firstSeenMs,
    lastSeenMs: row.lastSeenMs,
    eventCount: row.eventCount,
    events: [],
    eventsSinceAcknowledged:
      row.acknowledgedCount === null ? 0 : Math.max(row.eventCount - row.acknowledgedCount, 0),
    techniques: profile?.techniques ?? [],
    facts: {},
    alsoSeenBy: [],
    ask: profile?.ask ?? 'administrators',
    askWhom: recallAskWhom(row, profile),
    nextSteps: profile?.nextSteps ?? [],
    falsePositives: profile?.falsePositives ?? [],
    query: '',
  };
}

/**
 * The sentence names whom to ask, except where nobody named in it should be asked, or it names nobody. Whom a check would
 * ask that is gone or switched off is not known, and the sentence may name a suspect.
 */
function recallAskWhom(
  { summary, eventCount }: RememberedFinding,
  profile: CheckProfile | undefined,
): string {
  const isForAdministrators = profile === undefined || profile.ask === 'administrators';
  const namesNobody = summary === '' || eventCount === 0;
  return isForAdministrators || namesNobody
    ? ASK_ADMINISTRATORS
    : 'whoever the sentence above names';
}
