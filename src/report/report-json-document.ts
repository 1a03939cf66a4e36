import type { CheckKind } from '../model/check.ts';
import type { FindingStatus } from '../model/finding.ts';
import type { Attribution, Facts } from '../model/match.ts';
import type { Confidence, Role, Severity } from '../model/severity.ts';
import type { EndBasis, SupportAccessState } from '../model/support-access.ts';
import type { CheckStatus, CoverageState, Verdict } from '../model/verdict.ts';

/**
 * The public result of a run, `report.json`, version 1.
 * Instants are ISO 8601 in UTC with milliseconds; windows are half-open; every key is always there.
 */
export interface ReportJson {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly generatedAt: string;
  readonly run: { readonly url: string; readonly trigger: string } | null;
  readonly tenant: string | null;
  readonly config: { readonly path: string; readonly sha256: string } | null;
  readonly scope: { readonly id: string; readonly title: string };
  readonly window: { readonly since: string; readonly until: string };
  readonly verdict: Verdict;
  readonly verdictSentence: string;
  readonly verdictReasons: readonly string[];
  readonly cannotTell: readonly string[];
  readonly coverage: {
    readonly state: CoverageState;
    readonly holes: readonly HoleJson[];
    readonly sources: readonly SourceJson[];
  };
  readonly checks: readonly CheckJson[];
  readonly supportAccess: SupportAccessJson;
  readonly findings: readonly FindingJson[];
  readonly investigations: InvestigationsJson;
  readonly evidence: EvidenceJson;
}

export interface EvidenceJson {
  readonly file: string;
  readonly sha256: string;
}

export interface HoleJson {
  readonly since: string;
  readonly until: string;
  readonly reason: string;
  readonly remedy: string;
  readonly checks: readonly string[];
}

export interface SourceJson {
  readonly kind: 'okta' | 'archive';
  readonly name: string;
  readonly firstEvent: string | null;
  readonly lastEvent: string | null;
  readonly eventsRead: number;
  readonly eventsParsed: number;
  readonly malformed: number;
  readonly duplicates: number;
  readonly requests: number;
  /** Left out of the live log, which is asked for some types alone. */
  readonly held?: HeldJson;
  /** Left out where nothing was saved. */
  readonly saved?: readonly {
    readonly file: string;
    readonly events: number;
    readonly sha256: string;
  }[];
}

/** What an archive has in the time that was asked about, whether a check wanted it or not; copies count too. */
export interface HeldJson {
  /** Days in UTC that have records, and how many there are in each of their 24 hours. */
  readonly recordsByHour: readonly { readonly day: string; readonly records: readonly number[] }[];
  /** Families of event types, and on how many days each came. */
  readonly daysByFamily: Readonly<Record<string, number>>;
}

export interface CheckJson {
  readonly id: string;
  readonly kind: CheckKind;
  readonly title: string;
  readonly role: Role;
  readonly status: CheckStatus;
  readonly reason: string | null;
  readonly events: number;
  readonly findings: number;
}

export interface SupportAccessJson {
  readonly state: SupportAccessState;
  readonly expiresAt: string | null;
  readonly reason: string | null;
  readonly cases: readonly SupportCaseJson[];
  readonly intervals: readonly IntervalJson[];
}

interface SupportCaseJson {
  readonly caseNumber: string;
  readonly subject: string | null;
  readonly impersonation: string | null;
  readonly impersonationExpiresAt: string | null;
  readonly selfAssigned: string | null;
  readonly isOpen: boolean;
}

export interface IntervalJson {
  readonly start: string;
  /** Null while ongoing; then `expectedEnd` says when it lapses. */
  readonly end: string | null;
  readonly expectedEnd: string | null;
  readonly endBasis: EndBasis;
  readonly grantedBy: string | null;
  readonly caseNumber: string | null;
  readonly extensions: number;
  readonly sessions: readonly {
    readonly start: string;
    readonly end: string | null;
    readonly by: string | null;
    readonly events: readonly string[];
  }[];
}

export interface PartyJson {
  readonly id: string | null;
  readonly type: string | null;
  readonly login: string | null;
  readonly name: string | null;
}

export interface FindingJson {
  readonly id: string;
  readonly check: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly role: Role;
  readonly status: FindingStatus;
  readonly suppressedBy: string | null;
  readonly inWindow: boolean;
  readonly summary: string;
  readonly actor: PartyJson | null;
  readonly target: PartyJson | null;
  readonly attribution: Attribution | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly eventCount: number;
  readonly events: readonly string[];
  readonly techniques: readonly string[];
  readonly facts: Facts;
  readonly askWhom: string;
  readonly nextSteps: readonly string[];
  readonly query: string;
}

export interface InvestigationsJson {
  readonly credentialChanges: readonly {
    readonly at: string;
    readonly eventType: string;
    readonly actor: string | null;
    readonly target: string | null;
    readonly address: string | null;
    readonly attribution: string;
  }[];
  readonly users: readonly InvestigationJson[];
  readonly sessions: readonly InvestigationJson[];
  readonly networks: readonly InvestigationJson[];
}

export interface InvestigationJson {
  readonly subject: string;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly countsByEventType: Readonly<Record<string, number>>;
  /** Everybody who acted, by login: for a network, who came from it. */
  readonly actors: readonly string[];
  readonly addresses: readonly string[];
  readonly places: readonly string[];
  readonly userAgents: readonly string[];
  readonly timeline: readonly {
    readonly at: string;
    readonly eventType: string;
    readonly outcome: string | null;
    readonly actor: string | null;
    readonly address: string | null;
    readonly place: string | null;
    readonly userAgent: string | null;
  }[];
}
