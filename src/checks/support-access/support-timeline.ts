import type { CheckNeeds } from '../../model/check.ts';
import { ALL_EVENT_TYPES, exactEventTypes } from '../../model/event-type-set.ts';
import type { Listener } from '../../model/listener.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { FollowUp } from '../../model/reading.ts';
import type { SupportInterval } from '../../model/support-access.ts';
import { DAY_MS, isInside } from '../../model/time-window.ts';
import { readSessionIds } from '../read-session-ids.ts';
import { assembleIntervals } from './assemble-intervals.ts';
import {
  IMPERSONATION_TYPES,
  type ImpersonationRecord,
  readImpersonation,
} from './impersonation-record.ts';
import { type IntervalDraft, type SessionDraft, toInterval } from './interval-draft.ts';
import { planSessionFollowUps, toSessionWindow } from './support-sessions.ts';

/** A grant and its extensions may have been made this long before the window that they reach into. */
export const SUPPORT_LOOK_BACK_MS = 14 * DAY_MS;

export const SUPPORT_NEEDS: CheckNeeds = {
  eventTypes: exactEventTypes(IMPERSONATION_TYPES),
  lookBackMs: SUPPORT_LOOK_BACK_MS,
  lookAheadMs: 0,
  fields: [],
};

export interface SupportTimeline extends Listener {
  /** What must be read; `eventTypes` is wider, because it also hears what was done inside a session. */
  readonly needs: CheckNeeds;
  /** What was done in sessions, which may have gone by before their start was seen. */
  follow(): FollowUp[];
  /** The stretches in which access was open, in the order of their start. May be called again after more events. */
  finish(): SupportInterval[];
}

/** One event that happened in an impersonation session. */
interface Deed {
  readonly uuid: string;
  readonly atMs: number;
}

/**
 * Rebuilds from the log when Okta Support access was open, by whose grant, and what was done in each session.
 * Order and repetition of support access events do not matter. What was done in a session is collected from the
 * moment that its start was seen; a source in another order gives it with what `follow` asks for.
 */
export function beginSupportTimeline({ nowMs }: { readonly nowMs: number }): SupportTimeline {
  const records: ImpersonationRecord[] = [];
  const deedsBySession = new Map<string, Deed[]>();
  function accept(event: LogEvent): void {
    const record = readImpersonation(event);
    if (record === null) {
      if (deedsBySession.size > 0) collectDeed(deedsBySession, event);
      return;
    }
    records.push(record);
    if (record.action !== 'initiate') return;
    for (const id of record.sessionIds) {
      if (!deedsBySession.has(id)) deedsBySession.set(id, []);
    }
  }
  function finish(): SupportInterval[] {
    const drafts = assembleIntervals(records);
    addDeeds(drafts, deedsBySession);
    return drafts
      .map((draft) => toInterval(draft, nowMs))
      .sort((one, other) => one.startMs - other.startMs);
  }
  const follow = (): FollowUp[] => planSessionFollowUps(records);
  return { eventTypes: ALL_EVENT_TYPES, needs: SUPPORT_NEEDS, accept, follow, finish };
}

function collectDeed(deedsBySession: ReadonlyMap<string, Deed[]>, event: LogEvent): void {
  for (const id of readSessionIds(event)) {
    const deeds = deedsBySession.get(id);
    if (deeds === undefined) continue;
    deeds.push({ uuid: event.uuid, atMs: event.publishedMs });
    return;
  }
}

function addDeeds(
  drafts: readonly IntervalDraft[],
  deedsBySession: ReadonlyMap<string, readonly Deed[]>,
): void {
  for (const draft of drafts) {
    for (const session of draft.sessions) {
      const deeds = session.sessionIds.flatMap((id) => deedsBySession.get(id) ?? []);
      session.events.splice(1, 0, ...listInside(session, deeds));
    }
  }
}

/** Each deed once, in the order of time, from the start of the session to its end. */
function listInside(session: SessionDraft, deeds: readonly Deed[]): string[] {
  const window = toSessionWindow(session);
  const inside = deeds
    .filter((deed) => isInside(window, deed.atMs))
    .sort((one, other) => one.atMs - other.atMs);
  return [...new Set(inside.map((deed) => deed.uuid))];
}
