import type { Askable } from './askable.ts';
import type { EventTypeSet } from './event-type-set.ts';
import type { Acceptor } from './listener.ts';
import type { LogEvent } from './log-event.ts';
import type { Match } from './match.ts';
import type { FollowUp } from './reading.ts';
import type { Confidence, Severity } from './severity.ts';
import type { TimeWindow } from './time-window.ts';

export const CHECK_KINDS = ['rule', 'correlation', 'analysis', 'indicator'] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

/** What must be read before a check can say anything. */
export interface CheckNeeds {
  readonly eventTypes: EventTypeSet;
  /** How far before the window it must see. */
  readonly lookBackMs: number;
  /** How far after the window it must see. */
  readonly lookAheadMs: number;
  /** Dotted paths without which it cannot be judged, for archives that lost them. */
  readonly fields: readonly string[];
  /** Its events are so common that a targeted pull does not ask for them. */
  readonly onlyInFullPull?: true;
}

/** What a finding says about its check, the same for every match of it. */
export interface CheckProfile {
  /** Unique and readable: a rule's folder, an analysis' name. */
  readonly id: string;
  readonly kind: CheckKind;
  readonly title: string;
  /** One paragraph: what it sees and why that matters. */
  readonly description: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** ATT&CK technique ids, as `T1098.003`. */
  readonly techniques: readonly string[];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  /** Each names a field and a time window. */
  readonly nextSteps: readonly string[];
  readonly ask: Askable;
  /** Tells who changed what and what came of it, where others that see the same and are as strong tell of one step alone. */
  readonly isWholeStory?: true;
}

/** Everything that is looked for: a Sigma rule, a correlation, an analysis or an indicator. */
export interface Check extends CheckProfile {
  readonly needs: CheckNeeds;
  /** Begins one evaluation with fresh state. */
  begin(promise?: ReadingPromise): CheckRun;
}

/** What whoever runs a check can say about the readings. */
export interface ReadingPromise {
  /**
   * What `follow` asks for will be read again and offered, cheaply and without fail, as from files: a check may let go of
   * what it can ask for. Without it `follow` costs requests.
   */
  readonly readsAgain?: boolean;
  /** What is asked about: what lies outside need not be found, however much of it is offered. */
  readonly window?: TimeWindow;
}

/** Anything that needs events, under a name: enough to say how much of it was covered. */
export type Needing = Pick<Check, 'id' | 'needs'>;

/** What a reading gave and did not give, whatever the types of events. */
export interface ReadingExtent {
  /** Stretches in which a source holds nothing although it should, such as gaps of an archive. */
  readonly silences: readonly TimeWindow[];
  /** Where a source was read: sorted windows that do not touch. */
  readonly covered: readonly TimeWindow[];
}

/** One evaluation of one check. Events come once each, in no promised order. */
export interface CheckRun {
  accept(event: LogEvent): void;
  /** The same for events of one type, for those that ask once a type; null where none of them concerns it. */
  acceptorOf?(eventType: string): Acceptor | null;
  /**
   * What else it must see, known once everything that it needs was offered; asked for at most once.
   * The events of that second reading are offered whatever their type, and may repeat earlier ones.
   */
  follow?(): readonly FollowUp[];
  /**
   * Called once, when every event was offered; matches may lie outside the window that is asked about.
   * Without a word about the reading everything was read.
   */
  finish(reading?: ReadingExtent): readonly Match[];
  /** Asked after `finish`: what qualifies the result, each one sentence, such as how many events could not be judged. */
  remarks?(): readonly string[];
}

/** A check that cannot run at all, such as a rule that does not compile or whose placeholder nobody filled. */
export interface UnavailableCheck {
  readonly id: string;
  readonly kind: CheckKind;
  readonly title: string;
  readonly status: 'not-evaluated' | 'failed';
  readonly reason: string;
  /** What would make it run, where the reason does not say. */
  readonly remedy?: string;
}
