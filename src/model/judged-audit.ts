import type { CheckKind } from './check.ts';
import type { Finding } from './finding.ts';
import type { WatchedCheck } from './issue-memory.ts';
import type { SourceReading } from './reading.ts';
import type { Indicator, Reference } from './scope.ts';
import type { Role } from './severity.ts';
import type { SupportAccess, SupportInterval } from './support-access.ts';
import type { TimeWindow } from './time-window.ts';
import type { CheckStatus, CoverageState, Verdict } from './verdict.ts';

/** A stretch that was not read, why, whom it touches and what would fill it. */
export interface CoverageHole {
  readonly window: TimeWindow;
  readonly reason: string;
  readonly remedy: string;
  /** Ids of the checks that it touches. */
  readonly checks: readonly string[];
  /** True where it costs the run's coverage: a required check, in the window that decides. */
  readonly decides: boolean;
  /** True where reading the same once more fills nothing: a check that cannot run, records that lack what it needs. */
  readonly isLasting?: boolean;
  /** True where the times that were given leave it out: nothing asked for it. */
  readonly isLeftOut?: boolean;
}

export interface Coverage {
  readonly state: CoverageState;
  readonly holes: readonly CoverageHole[];
  readonly sources: readonly SourceReading[];
}

export interface JudgedCheck {
  readonly id: string;
  readonly kind: CheckKind;
  readonly title: string;
  readonly role: Role;
  readonly status: CheckStatus;
  /** Why it is not `evaluated`, or what qualifies it; each is one clause, which other checks may share. */
  readonly reasons: readonly string[];
  /** How many events it matched in the window. */
  readonly events: number;
  readonly findings: number;
}

/** What is asked and over which time. */
export interface AskedScope {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly references: readonly Reference[];
  readonly indicators: readonly Indicator[];
  /** The stretch that decides the verdict; the whole window for a rolling scope. */
  readonly core: TimeWindow;
  readonly isRolling: boolean;
}

export interface CredentialChange {
  readonly atMs: number;
  readonly eventType: string;
  readonly actor: string | null;
  readonly target: string | null;
  readonly address: string | null;
  readonly attribution: string;
}

export interface ActivityRow {
  readonly atMs: number;
  readonly eventType: string;
  readonly outcome: string | null;
  /** Who acted, by login; a login that an unknown person typed is hidden. */
  readonly actor: string | null;
  readonly address: string | null;
  readonly place: string | null;
  readonly userAgent: string | null;
}

/** What is known around one user, session or network. */
export interface Investigation {
  readonly subject: string;
  /** Okta's ids of a user who was asked about by login: several where one login was given to somebody new. */
  readonly ids?: readonly string[];
  readonly firstSeenMs: number | null;
  readonly lastSeenMs: number | null;
  readonly countsByEventType: Readonly<Record<string, number>>;
  readonly addresses: readonly string[];
  readonly places: readonly string[];
  /** Everybody who acted, by login: for a network, who came from it. */
  readonly actors: readonly string[];
  readonly userAgents: readonly string[];
  readonly timeline: readonly ActivityRow[];
}

export interface Investigations {
  readonly credentialChanges: readonly CredentialChange[];
  readonly users: readonly Investigation[];
  readonly sessions: readonly Investigation[];
  readonly networks: readonly Investigation[];
}

/** The answer, complete and in the program's own terms; every report is a rendering of this. */
export interface JudgedAudit {
  readonly generatedAtMs: number;
  /** Host of the org, or null for archives alone. */
  readonly tenant: string | null;
  readonly scope: AskedScope;
  readonly window: TimeWindow;
  readonly verdict: Verdict;
  readonly verdictSentence: string;
  readonly verdictReasons: readonly string[];
  readonly cannotTell: readonly string[];
  readonly coverage: Coverage;
  readonly checks: readonly JudgedCheck[];
  readonly supportAccess: SupportAccess;
  readonly supportIntervals: readonly SupportInterval[];
  /** Strongest role first, then severity, then first seen, then id. Every finding, also suppressed and acknowledged ones. */
  readonly findings: readonly Finding[];
  readonly investigations: Investigations;
  /** With what the issue remembers of earlier runs. */
  readonly watched: readonly WatchedCheck[];
}
