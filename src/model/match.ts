import type { Askable } from './askable.ts';
import type { LogEvent, Party } from './log-event.ts';
import type { Severity } from './severity.ts';
import type { TimeWindow } from './time-window.ts';

/** Who caused a credential change. */
export const ATTRIBUTIONS = [
  'self',
  'administrator',
  'api-token',
  'oauth-app',
  'support-tool',
  'support-impersonation',
  'automation',
  'unknown',
] as const;
export type Attribution = (typeof ATTRIBUTIONS)[number];

/**
 * What is known about a match beyond its check, and what a scope may answer with another role.
 * A scope file names these in `instead`.
 */
export const CIRCUMSTANCES = [
  /** The change was made by the person it concerns. */
  'self',
  /** Made by Okta's system account the way a forgotten password or a job does it. */
  'automation',
  /** Another person of this organisation made it. */
  'administrator',
  'api-token',
  'oauth-app',
  /** Fits the published pattern of a change made with Okta's support tool. */
  'support-tool',
  /** Made inside an impersonation session. */
  'support-impersonation',
  /** Nobody can be named. */
  'unknown',
  /** The target, or for grants the new privilege, is privileged. */
  'privileged',
  /** The actor is not in the help desk list, where the tuning file gives one. */
  'outside-help-desk',
  /** The actor's login is of another domain than the own ones, where the tuning file names any, or of Okta's. */
  'outside-own-domains',
  /** An own administrator granted the access that was used. */
  'granted-by-own-administrator',
  /** The case number is one the team listed in its tuning file. */
  'listed-support-case',
  /** Corroborated by an independent record, such as a support action beside a reset. */
  'corroborated',
  /** A factor was removed and none was enrolled again for this person within 12 hours. */
  'not-re-enrolled',
  /** Far more routine changes in a day than this administrator's own history holds. */
  'above-usual',
  /*
   * The next three speak of what the days before knew, and hold only from the second time on that somebody could be asked:
   * see docs/decisions/0023-a-habit-from-before-is-asked-about-once.md.
   */
  /** Changes of no more people in a day, from the same places, than on several of this administrator's 14 days before. */
  'within-usual',
  /** The same actor did the like in the same way on several of the 14 days before, and to the same person or thing. */
  'habitual',
  /** The same API token was used by such programs from those networks on several of the 14 days before. */
  'usual-for-token',
  /** Whoever did it has an account that was made in the 14 days before, or activated and not known to be an old one. */
  'new-account',
  /** Everything came from networks that the tuning file names as the organisation's own. */
  'own-network',
  /** A strong published indicator on a privileged or session event that succeeded. */
  'strong-indicator',
  /** A takeover chain from a place never seen for this person, or a proxy, ended in a privileged act. */
  'privileged-follow-up',
  /** Outside the incident's core window, inside its wider review window. */
  'outside-core-window',
] as const;
export type Circumstance = (typeof CIRCUMSTANCES)[number];

export type FactValue = string | number | boolean | readonly string[];
export type Facts = Readonly<Record<string, FactValue>>;

/** One check that met events: what a finding is made of. */
export interface Match {
  /** At least one, each once, in the order of `compareEvents`. */
  readonly events: readonly LogEvent[];
  /** The event that decides whether the match counts: it must lie in the window. */
  readonly anchor: LogEvent;
  /** For a state that lasts, and for several anchors: counts if any of it overlaps the window, whatever the anchor says. */
  readonly span?: { readonly sinceMs: number; readonly untilMs: number };
  /** How long what the anchor began went on: any of it in an incident's core window is enough to be no longer aside. */
  readonly lasted?: TimeWindow;
  /** Values by which matches of one check become one finding; null means the default, actor and target user. */
  readonly group: readonly string[] | null;
  /** Whom it was done to, where the events alone do not say it: a story may end with what its person did to others. */
  readonly target?: Party | null;
  readonly facts: Facts;
  readonly circumstances: readonly Circumstance[];
  readonly attribution: Attribution | null;
  /** Overrides the check's own where the check can tell more. */
  readonly severity?: Severity;
  /** Whom to ask, where that is somebody else than the check's own. */
  readonly ask?: Askable;
  /** The check's next steps that apply, where not all of them do. */
  readonly nextSteps?: readonly string[];
  /** Plain text of one sentence; without it the report words the events by itself. */
  readonly summary?: string;
}
