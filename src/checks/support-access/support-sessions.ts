import { addToGroup } from '../../model/group-by-key.ts';
import type { FollowUp } from '../../model/reading.ts';
import { DAY_MS, hullOf, type TimeWindow, uniteWindows } from '../../model/time-window.ts';
import { assembleIntervals } from './assemble-intervals.ts';
import type { ImpersonationRecord } from './impersonation-record.ts';
import type { IntervalDraft, SessionDraft } from './interval-draft.ts';

/** A session whose end nobody logged is taken to last as long as the longest single grant. */
export const LONGEST_SESSION_MS = DAY_MS;

/** What support access an event stands in, and whether it was used there. */
export interface SupportContext {
  readonly draft: IntervalDraft;
  /** Null for a grant, an extension or a revocation. */
  readonly session: SessionDraft | null;
}

export interface SupportSessions {
  /** The access that a support access event belongs to; null for a revocation that ended several. */
  findByEvent(uuid: string): SupportContext | null;
  /** The impersonation session that something happened in, by session id and time. */
  findBySession(sessionIds: readonly string[], atMs: number): SupportContext | null;
  /** Whether one of the ids is that of an impersonation session, whenever that ran. */
  hasSession(sessionIds: readonly string[]): boolean;
  /** True while any impersonation session was running. */
  isDuringSession(instantMs: number): boolean;
}

/** Asks for what was done in impersonation sessions, as far as the log names them. */
export function planSessionFollowUps(records: readonly ImpersonationRecord[]): FollowUp[] {
  const visits = records.filter(({ action }) => action === 'initiate' || action === 'end');
  const values = [...new Set(visits.flatMap(({ sessionIds }) => sessionIds))];
  const window = hullOf(
    visits.map(({ atMs }) => ({ sinceMs: atMs, untilMs: atMs + LONGEST_SESSION_MS + 1 })),
  );
  if (values.length === 0 || window === null) return [];
  return [{ field: 'authenticationContext.externalSessionId', values, window }];
}

/** Indexes the impersonation sessions of a log, so that other events can be laid over them. */
export function indexSupportSessions(records: readonly ImpersonationRecord[]): SupportSessions {
  const byUuid = new Map<string, SupportContext>();
  const bySessionId = new Map<string, SupportContext[]>();
  const windows: TimeWindow[] = [];
  const shared = new Set<string>();
  for (const draft of assembleIntervals(records)) {
    for (const { uuid } of draft.events) {
      if (byUuid.has(uuid)) shared.add(uuid);
      byUuid.set(uuid, { draft, session: null });
    }
    for (const session of draft.sessions) {
      const context = { draft, session };
      for (const uuid of session.events) byUuid.set(uuid, context);
      for (const id of session.sessionIds) addToGroup(bySessionId, id, context);
      windows.push(toSessionWindow(session));
    }
  }
  for (const uuid of shared) byUuid.delete(uuid);
  const united = uniteWindows(windows);
  return {
    findByEvent: (uuid) => byUuid.get(uuid) ?? null,
    findBySession: (sessionIds, atMs) => findBySession({ bySessionId, sessionIds, atMs }),
    hasSession: (sessionIds) => sessionIds.some((id) => bySessionId.has(id)),
    isDuringSession: (instantMs) => isInsideOne(united, instantMs),
  };
}

function findBySession({
  bySessionId,
  sessionIds,
  atMs,
}: {
  readonly bySessionId: ReadonlyMap<string, readonly SupportContext[]>;
  readonly sessionIds: readonly string[];
  readonly atMs: number;
}): SupportContext | null {
  for (const id of sessionIds) {
    const found = bySessionId.get(id)?.find(({ session }) => {
      if (session === null) return false;
      const { sinceMs, untilMs } = toSessionWindow(session);
      return atMs >= sinceMs && atMs < untilMs;
    });
    if (found !== undefined) return found;
  }
  return null;
}

/** When a session ran; the moment of its end still belongs to it. */
export function toSessionWindow({ startMs, endMs }: SessionDraft): TimeWindow {
  return { sinceMs: startMs, untilMs: (endMs ?? startMs + LONGEST_SESSION_MS) + 1 };
}

function isInsideOne(sorted: readonly TimeWindow[], instantMs: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const window = sorted[middle];
    if (window === undefined) return false;
    if (instantMs < window.sinceMs) high = middle;
    else if (instantMs >= window.untilMs) low = middle + 1;
    else return true;
  }
  return false;
}
