import type { AuditNews } from './audit-news.ts';
import { type FindingStatus, isWaiting } from './finding.ts';
import type { Role, Severity } from './severity.ts';
import type { SupportAccessState } from './support-access.ts';
import type { TimeWindow } from './time-window.ts';
import type { CoverageState, Verdict } from './verdict.ts';

/** What the issue remembers of one finding. */
export interface RememberedFinding {
  readonly id: string;
  readonly check: string;
  readonly title: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly role: Role;
  /** `new` until a run has listed that it waits. */
  readonly status: FindingStatus;
  /** True where it waits and that run did not list it, as a raised minimum severity hides it: no box there stands for it. */
  readonly isHidden?: true;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Of its day, but at least 1 where it rests on events. */
  readonly eventCount: number;
  /** How many events it had when somebody acknowledged it; null while nobody has. */
  readonly acknowledgedCount: number | null;
  /** Findings that it left nothing, each with its share of their events: they may stand alone in a later window. */
  readonly took?: readonly TakenFinding[];
}

export interface TakenFinding {
  readonly id: string;
  /** What events are known by (`markEvent`). */
  readonly marks: readonly string[];
}

/** Says whether somebody acknowledged it, and nothing came since that waits. */
export function isSettled(row: RememberedFinding): boolean {
  return row.acknowledgedCount !== null && !isWaiting(row);
}

/**
 * Says whether nobody was asked about it, as it is suppressed or below the minimum severity: a run that sees it again
 * without a row announces it no more than with one, and only counts what is below the minimum as new.
 */
export function isUnasked({ status, acknowledgedCount }: RememberedFinding): boolean {
  return acknowledgedCount === null && (status === 'new' || status === 'suppressed');
}

/** A hole that cost coverage, kept so that the run that fills it can say so. */
export interface RememberedHole {
  readonly window: TimeWindow;
  /** Ids of the checks that it touches. */
  readonly checks: readonly string[];
}

/** Without a pause, somebody was asked about what a check finds in this stretch. */
export interface WatchedCheck {
  readonly check: string;
  readonly window: TimeWindow;
}

/** News that a run wrote into the issue, and by what the next one knows whether a comment told it. */
export interface AnnouncedNews {
  readonly news: AuditNews;
  /** Of the comment's text. */
  readonly digest: string;
  /** GitHub's time of the last change before the comment, as it gave it. */
  readonly since: string;
}

/** What one run hands to the next, kept in the issue's marker. */
export interface IssueMemory {
  readonly completeThroughMs: number | null;
  readonly verdict: Verdict | null;
  readonly coverage: CoverageState | null;
  readonly supportAccess: SupportAccessState | null;
  readonly findings: readonly RememberedFinding[];
  readonly holes?: readonly RememberedHole[];
  /** For the checks that a habit may make context: one that began before may be an intruder's. */
  readonly watched?: readonly WatchedCheck[];
  /** True where that run left the issue closed: whoever had closed it has been answered. */
  readonly leftClosed?: boolean;
  /** What the last run announced; once it is known to be told it is left out. */
  readonly announced?: AnnouncedNews;
  /** Set where the issue could not be read: what it remembers is missing, and nothing may be called clear without it. */
  readonly unread?: { readonly reason: string; readonly remedy: string };
}

export const EMPTY_MEMORY: IssueMemory = {
  completeThroughMs: null,
  verdict: null,
  coverage: null,
  supportAccess: null,
  findings: [],
};
