import type { AskedTime } from '../model/asked-time.ts';
import type { Check, UnavailableCheck } from '../model/check.ts';
import type { IssueMemory } from '../model/issue-memory.ts';
import type { Investigations } from '../model/judged-audit.ts';
import type { Match } from '../model/match.ts';
import type { FollowedNeed, SourceReading } from '../model/reading.ts';
import type { Scope } from '../model/scope.ts';
import type { Severity } from '../model/severity.ts';
import type { SupportAccess, SupportInterval } from '../model/support-access.ts';
import type { Tuning } from '../model/tuning.ts';

/** What one check met, with circumstances and attribution already filled in. */
export interface CheckResult {
  readonly check: Check;
  readonly matches: readonly Match[];
  /** What the check itself says of its result, one sentence each. */
  readonly remarks?: readonly string[];
}

/** Everything that an answer rests on. Nothing else is read: no clock, no file, no network. */
export interface JudgementInput {
  readonly nowMs: number;
  /** Host of the org, or null for archives alone. */
  readonly tenant: string | null;
  readonly scope: Scope;
  readonly time: AskedTime;
  /** Every check that ran, also those that met nothing. */
  readonly checks: readonly Check[];
  readonly unavailable: readonly UnavailableCheck[];
  readonly results: readonly CheckResult[];
  /** Sign-ins were read, and none of them says how it compared with what is usual for the person. */
  readonly isBehaviorUntold: boolean;
  readonly readings: readonly SourceReading[];
  /** What checks asked for after the first reading. */
  readonly followed: readonly FollowedNeed[];
  readonly supportAccess: SupportAccess;
  readonly supportIntervals: readonly SupportInterval[];
  readonly investigations: Investigations;
  readonly tuning: Tuning;
  /** Decides nothing but when a finding stops to be new. */
  readonly minimumSeverity: Severity;
  /** What the issue remembers, ticks already acknowledged (`acknowledgeTicked`); `EMPTY_MEMORY` where there is none. */
  readonly memory: IssueMemory;
}
