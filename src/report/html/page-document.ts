import type { FindingStatus } from '../../model/finding.ts';
import type { RawEvent } from '../../model/log-event.ts';
import type { Confidence, Role, Severity } from '../../model/severity.ts';

/** Rows of the timeline, from top to bottom. */
export const LANES = ['support', 'findings', 'changes', 'sign-ins', 'other'] as const;
export type Lane = (typeof LANES)[number];

/** A stretch of time in milliseconds since the epoch. */
export type Span = readonly [sinceMs: number, untilMs: number];

export interface PageSpan {
  readonly kind: 'support' | 'support-used' | 'session' | 'hole' | 'side-hole';
  readonly span: Span;
  readonly label: string;
}

/** One event as its time and the places of its texts in the table; -1 where it has none. */
export type PageEvent = readonly [
  atMs: number,
  eventType: number,
  outcome: number,
  actor: number,
  target: number,
  address: number,
  place: number,
  userAgent: number,
  /** Place in `records`; -1 where the page has no room for the record. */
  record: number,
];

export interface PageFinding {
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly role: Role;
  readonly status: FindingStatus;
  readonly check: string;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly eventCount: number;
  readonly inWindow: boolean;
  readonly actor: string | null;
  readonly target: string | null;
  readonly summary: string;
  readonly ask: string;
  /** A filter of the System Log, without the window that its label names. */
  readonly query: string;
  readonly queryLabel: string;
  readonly suppressedBy: string | null;
  readonly speaksFor: string;
  readonly speaksAgainst: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly techniques: string;
  readonly alsoSeenBy: string;
  /** A block for the tuning file, with line breaks; null where there is none. */
  readonly suppression: string | null;
  /** Places in the table of texts. */
  readonly title: number;
  readonly description: number;
  readonly harmless: number;
  readonly nextSteps: readonly number[];
  readonly events: readonly PageEvent[];
  /** How many events the page leaves out. */
  readonly eventsLeft: number;
}

/** Columns of the points of the timeline, by time; all have the same length. */
export interface PagePoints {
  readonly atMs: readonly number[];
  /** Places in `LANES`. */
  readonly lane: readonly number[];
  /** Places in the table of texts. */
  readonly label: readonly number[];
  /** Places in `findings`; -1 where the point belongs to none. */
  readonly finding: readonly number[];
}

/**
 * What `report.html` hands to its own program. Every text is visible on one line and typed logins are hidden; nothing
 * is escaped, because the program writes text nodes only.
 */
export interface PageDocument {
  readonly window: Span;
  readonly core: Span;
  readonly isRolling: boolean;
  readonly spans: readonly PageSpan[];
  /** Texts that many events and findings share. */
  readonly texts: readonly string[];
  /** Raw records; the program shows what is invisible in them as escapes. */
  readonly records: readonly RawEvent[];
  readonly findings: readonly PageFinding[];
  readonly points: PagePoints;
  /** How many points the timeline leaves out. */
  readonly pointsLeft: number;
  /** Hours of the archives, and how many records each has, asked for or not; null where none was read. */
  readonly archived: readonly [hoursMs: readonly number[], records: readonly number[]] | null;
}
