import type { Severity } from './severity.ts';

/** What a team taught the audit: the tuning file, parsed. All lists are empty where the file says nothing. */
export interface Tuning {
  readonly suppressions: readonly Suppression[];
  readonly rules: Readonly<Record<string, RuleTuning>>;
  /** E-mail domains of the organisation's own people, lower case. */
  readonly ownDomains: readonly string[];
  /** Addresses and CIDR ranges. */
  readonly ownNetworks: readonly string[];
  /** Logins or ids whose job is to reset credentials, lower case. */
  readonly helpDesk: readonly string[];
  /** Logins or ids whose takeover would matter most, lower case. */
  readonly privilegedUsers: readonly string[];
  /** Support cases that the team opened itself. */
  readonly supportCases: readonly string[];
  /** Values for Sigma's `expand` placeholders, by name without the percent signs. */
  readonly placeholders: Readonly<Record<string, readonly string[]>>;
  /** The file that says so, for problems found in it later; null where there is none. */
  readonly place: TuningPlace | null;
}

export interface TuningPlace {
  readonly path: string;
  /** The line of a value, counted from 1, or of the nearest thing around it. */
  lineOf(keys: readonly (string | number)[]): number;
}

/** Silences findings of one check, for one subject, until a day. */
export interface Suppression {
  readonly check: string;
  /** Login or id of the actor; null for anybody. */
  readonly actor: string | null;
  /** Login or id of the target; null for anybody. */
  readonly target: string | null;
  readonly reason: string;
  readonly expiresMs: number;
}

export interface RuleTuning {
  /** Null where the file does not say. */
  readonly enabled: boolean | null;
  readonly severity: Severity | null;
  /** A Sigma filter: selections with a condition, as the specification has it; null where none. */
  readonly filter: Readonly<Record<string, unknown>> | null;
}

export const NO_TUNING: Tuning = {
  suppressions: [],
  rules: {},
  ownDomains: [],
  ownNetworks: [],
  helpDesk: [],
  privilegedUsers: [],
  supportCases: [],
  placeholders: {},
  place: null,
};
