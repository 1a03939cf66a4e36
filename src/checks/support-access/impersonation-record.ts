import { isAttempt, type LogEvent, readActor, readTarget } from '../../model/log-event.ts';
import { readCaller } from '../name-party.ts';
import { isTelling, readPlain } from '../read-origin.ts';
import { readSessionIds } from '../read-session-ids.ts';

const PREFIX = 'user.session.impersonation.';

/** In the order in which they happen, so that equal times still tell one story. */
const ACTIONS = ['grant', 'extend', 'initiate', 'end', 'revoke'] as const;
export type ImpersonationAction = (typeof ACTIONS)[number];

/**
 * All that the log says about Okta Support access.
 * Source: https://developer.okta.com/docs/reference/api/event-types/
 */
export const IMPERSONATION_TYPES: readonly string[] = ACTIONS.map((action) => `${PREFIX}${action}`);

/** What is remembered of one support access event that took effect. */
export interface ImpersonationRecord {
  readonly uuid: string;
  readonly action: ImpersonationAction;
  readonly atMs: number;
  readonly by: string | null;
  readonly byId: string | null;
  /** True where a person acted, neither Okta's system account nor a program. */
  readonly isByUser: boolean;
  readonly caseNumber: string | null;
  readonly sessionIds: readonly string[];
}

/** Reads a support access event, or gives null for any other event and for attempts that failed: those open nothing. */
export function readImpersonation(event: LogEvent): ImpersonationRecord | null {
  const action = readAction(event.eventType);
  if (action === null || isAttempt(event)) return null;
  const actor = readActor(event);
  return {
    uuid: event.uuid,
    action,
    atMs: event.publishedMs,
    by: readCaller(event),
    byId: actor?.id ?? null,
    isByUser: actor?.type === 'User',
    caseNumber: readCaseNumber(event),
    sessionIds: readSessionIds(event),
  };
}

export function compareRecords(one: ImpersonationRecord, other: ImpersonationRecord): number {
  if (one.atMs !== other.atMs) return one.atMs - other.atMs;
  const byAction = ACTIONS.indexOf(one.action) - ACTIONS.indexOf(other.action);
  if (byAction !== 0) return byAction;
  return one.uuid < other.uuid ? -1 : 1;
}

/**
 * The support case that an event names, or null.
 * A grant carries it as a target of type `CaseNumber`, with the number as its display name.
 */
export function readCaseNumber(event: LogEvent): string | null {
  const target = readTarget(event, 'CaseNumber');
  const named = [target?.name, target?.login, target?.id].find(isTelling);
  return named ?? readPlain(event, 'debugContext.debugData.caseNumber');
}

function readAction(eventType: string): ImpersonationAction | null {
  if (!eventType.startsWith(PREFIX)) return null;
  return ACTIONS.find((action) => action === eventType.slice(PREFIX.length)) ?? null;
}
