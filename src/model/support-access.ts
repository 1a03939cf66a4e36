export const SUPPORT_ACCESS_STATES = ['enabled', 'disabled', 'unknown'] as const;
export type SupportAccessState = (typeof SUPPORT_ACCESS_STATES)[number];

/** A support case as Okta lists it, or names it as the reason why the org is open. */
export interface SupportCase {
  readonly caseNumber: string;
  readonly subject: string | null;
  /** DISABLED, ENABLED, NOT_REQUESTED, REQUESTED, or what Okta adds later. */
  readonly impersonation: string | null;
  readonly impersonationExpiresAtMs: number | null;
  /** APPROVED, NOT_REQUIRED, REQUESTED, or what Okta adds later. */
  readonly selfAssigned: string | null;
  /** True where this case opens the tenant at the time of asking. */
  readonly isOpen: boolean;
}

/** When the access ends that an open case gives; null where the case tells no end. */
export function endOfAccess({
  selfAssigned,
  impersonationExpiresAtMs,
}: Pick<SupportCase, 'selfAssigned' | 'impersonationExpiresAtMs'>): number | null {
  return selfAssigned === 'APPROVED' ? null : impersonationExpiresAtMs;
}

/** Whether Okta Support may enter the tenant now, as Okta's API says. */
export interface SupportAccess {
  readonly state: SupportAccessState;
  readonly expiresAtMs: number | null;
  /** Why the state is unknown, or what qualifies it; null where nothing needs saying. */
  readonly reason: string | null;
  readonly cases: readonly SupportCase[];
}

/** How the end of an interval is known. */
export const END_BASES = ['observed', 'computed', 'ongoing'] as const;
export type EndBasis = (typeof END_BASES)[number];

export interface ImpersonationSession {
  readonly startMs: number;
  readonly endMs: number | null;
  readonly by: string | null;
  readonly events: readonly string[];
}

/** A stretch in which Okta Support could enter the tenant, as the log tells it. */
export interface SupportInterval {
  readonly startMs: number;
  /** Null while ongoing, then `expectedEndMs` says when it lapses. */
  readonly endMs: number | null;
  readonly expectedEndMs: number | null;
  readonly endBasis: EndBasis;
  readonly grantedBy: string | null;
  readonly caseNumber: string | null;
  readonly extensions: number;
  readonly sessions: readonly ImpersonationSession[];
  /** True where no session was seen and a part was not read, so that there may have been one. */
  readonly isUnread?: boolean;
  /** What a reader must know about this reconstruction, one sentence each. */
  readonly notes?: readonly string[];
  /** Uuids of the events that it was built from. */
  readonly events: readonly string[];
}
