import type { Askable } from './askable.ts';
import type { LogEvent, Party } from './log-event.ts';
import type { Attribution, Circumstance, Facts } from './match.ts';
import type { Confidence, Role, Severity } from './severity.ts';

export const FINDING_STATUSES = ['new', 'open', 'acknowledged', 'suppressed'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** A finding that lost events to a stronger one, and how many: its acknowledgement and its row go with them. */
export interface SupersededFinding {
  readonly id: string;
  readonly eventCount: number;
  /** Of the events that it lost to that one. */
  readonly uuids?: readonly string[];
}

/**
 * What a person reviews: the matches of one check, one group key and one UTC day.
 * Plain text everywhere; only the report turns it into a format.
 */
export interface Finding {
  /** `F-7Q2K4M9X`, derived from check, group key and day alone: the same in every run, whatever the window. */
  readonly id: string;
  readonly check: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly role: Role;
  readonly status: FindingStatus;
  /** Why it is suppressed, from the tuning file; else null. */
  readonly suppressedBy: string | null;
  /** False where the memory carried it and its events have left this run's window. */
  readonly inWindow: boolean;
  /** True where the memory carried it from a part of the window that this run could not read: it stands as it was seen. */
  readonly isBehindHole?: boolean;
  /** One sentence: who, what, to whom, when, from where; and one more where it goes on from the finding of an earlier day. */
  readonly summary: string;
  readonly actor: Party | null;
  readonly target: Party | null;
  readonly attribution: Attribution | null;
  readonly circumstances: readonly Circumstance[];
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly eventCount: number;
  /**
   * How many of them lie before its day, which only a correlation brings along. They belong to the finding of an earlier
   * day while the window reaches back to it: when they come here, nothing has happened.
   */
  readonly earlierEventCount?: number;
  /** In the order of `compareEvents`; empty where only the memory knows the finding. */
  readonly events: readonly LogEvent[];
  /** How many events came after somebody acknowledged it; 0 unless it reopened. */
  readonly eventsSinceAcknowledged: number;
  readonly techniques: readonly string[];
  readonly facts: Facts;
  /** Other checks that saw the same events. */
  readonly alsoSeenBy: readonly string[];
  /** Findings that would stand in the list if this one had not taken all of their events. */
  readonly supersedes?: readonly SupersededFinding[];
  /** Findings of earlier runs, which this one does not see, that together had taken all of these events along. */
  readonly partOf?: readonly SupersededFinding[];
  readonly ask: Askable;
  readonly askWhom: string;
  readonly nextSteps: readonly string[];
  readonly falsePositives: readonly string[];
  /** A System Log filter with its window, to paste. */
  readonly query: string;
}

/** Says whether nobody has explained or silenced it yet. */
export function isWaiting({ status }: Pick<Finding, 'status'>): boolean {
  return status === 'new' || status === 'open';
}

/** Says whether it asks for a person's eyes: role evidence or review, and still waiting. */
export function awaitsReview(finding: Pick<Finding, 'role' | 'status'>): boolean {
  return finding.role !== 'context' && isWaiting(finding);
}

/** How many events it has without those of earlier days: the same in every window. */
export function countOfItsDay({
  eventCount,
  earlierEventCount = 0,
}: Pick<Finding, 'eventCount' | 'earlierEventCount'>): number {
  return eventCount - earlierEventCount;
}
