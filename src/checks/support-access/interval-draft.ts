import type {
  EndBasis,
  ImpersonationSession,
  SupportInterval,
} from '../../model/support-access.ts';
import { formatUtcMinute, HOUR_MS } from '../../model/time-window.ts';
import type { ImpersonationRecord } from './impersonation-record.ts';

/**
 * How long access stays open: 8 hours org-wide, 24 hours where a case is named; an extension adds 24 hours to what is left.
 * Sources differ on extensions (added to the rest, or counted from then): the longer reading is taken.
 * Source: https://help.okta.com/en-us/content/topics/settings/settings-support-access.htm
 */
const ORG_GRANT_MS = 8 * HOUR_MS;
const CASE_GRANT_MS = 24 * HOUR_MS;
const EXTENSION_MS = 24 * HOUR_MS;

/** A computed end may be too early by one step at most; what comes later belongs to a grant that was not read. */
const GRACE_MS = 24 * HOUR_MS;

const NOTE_EXTENDED =
  'The end counts each extension as 24 hours on top of what was left; a second reading of the documentation ends it earlier.';
const NOTE_CASE =
  'The end counts 24 hours, as grants for a case last; an org-wide grant would have ended after 8.';
const NOTE_NO_GRANT = 'The grant is not in the log that was read; access was open earlier as well.';
const NOTE_OUTLIVED =
  'Access was still open after the computed end, so it lasted longer than its grant tells.';
const NOTE_REGRANTED = 'Access was granted again while it was open.';
const NOTE_NO_START =
  'A session ended whose start is not in the log that was read; it is shown at its end.';
const NOTE_AMBIGUOUS =
  'A session began while access was open for several cases; it is shown under the latest grant.';

export interface SessionDraft {
  readonly startMs: number;
  readonly by: string | null;
  readonly byId: string | null;
  readonly sessionIds: readonly string[];
  readonly events: string[];
  readonly start: ImpersonationRecord | null;
  /** True where access was open for several cases and nothing says through which it came. */
  readonly isAmbiguous: boolean;
  endMs: number | null;
}

/** A stretch of support access while it is being put together. */
export interface IntervalDraft {
  readonly startMs: number;
  endMs: number;
  isEndObserved: boolean;
  caseNumber: string | null;
  extensions: number;
  readonly grants: ImpersonationRecord[];
  readonly sessions: SessionDraft[];
  /** Grants, extensions and revocations; the events of sessions stay with the sessions. */
  readonly events: ImpersonationRecord[];
  readonly notes: Set<string>;
}

export function beginDraft(record: ImpersonationRecord): IntervalDraft {
  return {
    startMs: record.atMs,
    endMs: record.atMs,
    isEndObserved: false,
    caseNumber: record.caseNumber,
    extensions: 0,
    grants: [],
    sessions: [],
    events: [],
    notes: new Set(),
  };
}

/** An interval of which only its use, its extension or its end was seen. */
export function beginOrphan(record: ImpersonationRecord): IntervalDraft {
  const draft = beginDraft(record);
  draft.notes.add(NOTE_NO_GRANT);
  return draft;
}

export function isAlive(draft: IntervalDraft, atMs: number): boolean {
  return !draft.isEndObserved && atMs <= draft.endMs;
}

/** Alive, or so shortly after the computed end that the computation may have been too short. */
export function mayBeAlive(draft: IntervalDraft, atMs: number): boolean {
  return !draft.isEndObserved && atMs <= draft.endMs + GRACE_MS;
}

export function applyGrant(draft: IntervalDraft, record: ImpersonationRecord): void {
  if (draft.grants.length > 0) draft.notes.add(NOTE_REGRANTED);
  if (record.caseNumber !== null) draft.notes.add(NOTE_CASE);
  const lengthMs = record.caseNumber === null ? ORG_GRANT_MS : CASE_GRANT_MS;
  draft.endMs = Math.max(draft.endMs, record.atMs + lengthMs);
  draft.grants.push(record);
  draft.events.push(record);
}

export function applyExtension(draft: IntervalDraft, record: ImpersonationRecord): void {
  noteIfOutlived(draft, record);
  draft.notes.add(NOTE_EXTENDED);
  draft.caseNumber ??= record.caseNumber;
  draft.endMs = Math.max(draft.endMs, record.atMs) + EXTENSION_MS;
  draft.extensions += 1;
  draft.events.push(record);
}

export function applyRevocation(draft: IntervalDraft, record: ImpersonationRecord): void {
  noteIfOutlived(draft, record);
  draft.caseNumber ??= record.caseNumber;
  draft.endMs = record.atMs;
  draft.isEndObserved = true;
  draft.events.push(record);
}

/** Begins a session; without a grant in reach access counts as open for the longest single grant. */
export function applyInitiation(
  draft: IntervalDraft,
  record: ImpersonationRecord,
  isAmbiguous: boolean,
): SessionDraft {
  const session = { ...beginSession(record), start: record, isAmbiguous };
  if (isAmbiguous) draft.notes.add(NOTE_AMBIGUOUS);
  draft.sessions.push(session);
  if (isUnexplained(draft)) draft.endMs = Math.max(draft.endMs, record.atMs + CASE_GRANT_MS);
  return session;
}

export function applyEnd(session: SessionDraft, record: ImpersonationRecord): void {
  session.endMs = record.atMs;
  session.events.push(record.uuid);
}

/** The end of a session that nobody saw begin. */
export function applyOrphanEnd(draft: IntervalDraft, record: ImpersonationRecord): void {
  const session = beginSession(record);
  session.endMs = record.atMs;
  draft.sessions.push(session);
  draft.notes.add(NOTE_NO_START);
}

/** True where nothing but a session tells that access was open. */
export function isUnexplained(draft: IntervalDraft): boolean {
  return draft.events.length === 0;
}

export function toInterval(draft: IntervalDraft, nowMs: number): SupportInterval {
  endWithItsSession(draft);
  const isOngoing = !draft.isEndObserved && draft.endMs > nowMs;
  const sessions = draft.sessions.map(toSession);
  const ends = { endMs: isOngoing ? null : draft.endMs, sessions };
  const outlastingMs = findOutlastingSession(ends);
  return {
    ...ends,
    startMs: draft.startMs,
    expectedEndMs: isOngoing ? draft.endMs : null,
    endBasis: toEndBasis(draft, isOngoing),
    grantedBy: draft.grants[0]?.by ?? null,
    caseNumber: draft.caseNumber,
    extensions: draft.extensions,
    notes: [...draft.notes, ...(outlastingMs === null ? [] : [noteOutlasted(outlastingMs)])],
    events: [
      ...draft.events.map((record) => record.uuid),
      ...sessions.flatMap((session) => session.events),
    ],
  };
}

/** When the last session ended, where that is after access did: a revocation ends no session that is running. */
export function findOutlastingSession({
  endMs,
  sessions,
}: Pick<SupportInterval, 'endMs' | 'sessions'>): number | null {
  if (endMs === null) return null;
  const lastMs = sessions.reduce((last, session) => Math.max(last, session.endMs ?? last), endMs);
  return lastMs > endMs ? lastMs : null;
}

function noteOutlasted(untilMs: number): string {
  return `A session went on until ${formatUtcMinute(untilMs)} UTC, longer than access was open as far as the log tells.`;
}

/** Where only a session tells of access, its end is the last that is known. */
function endWithItsSession(draft: IntervalDraft): void {
  const endMs = draft.sessions[0]?.endMs;
  if (!isUnexplained(draft) || endMs === undefined || endMs === null) return;
  draft.endMs = endMs;
  draft.isEndObserved = true;
}

function toEndBasis(draft: IntervalDraft, isOngoing: boolean): EndBasis {
  if (draft.isEndObserved) return 'observed';
  return isOngoing ? 'ongoing' : 'computed';
}

function toSession(draft: SessionDraft): ImpersonationSession {
  return { startMs: draft.startMs, endMs: draft.endMs, by: draft.by, events: [...draft.events] };
}

function beginSession({ atMs, by, byId, sessionIds, uuid }: ImpersonationRecord): SessionDraft {
  return {
    startMs: atMs,
    by,
    byId,
    sessionIds,
    events: [uuid],
    start: null,
    isAmbiguous: false,
    endMs: null,
  };
}

function noteIfOutlived(draft: IntervalDraft, record: ImpersonationRecord): void {
  if (record.atMs > draft.endMs && draft.events.length > 0) draft.notes.add(NOTE_OUTLIVED);
}
