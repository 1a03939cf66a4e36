import type { CredentialChange } from '../../model/judged-audit.ts';
import { isAttempt, type LogEvent } from '../../model/log-event.ts';
import { isInside, type TimeWindow } from '../../model/time-window.ts';
import { attributeChange, isByPerson } from '../credential-changes/attribute-change.ts';
import { readChangeFamily } from '../credential-changes/change-types.ts';
import { identifyOperation } from '../credential-changes/identify-operation.ts';
import { readCaller, readConcerned } from '../name-party.ts';
import { readAddress } from '../read-origin.ts';
import { readSessionIds } from '../read-session-ids.ts';
import { type ShareText, shareIfAny } from '../share-text.ts';
import {
  type ImpersonationRecord,
  readImpersonation,
} from '../support-access/impersonation-record.ts';
import { indexSupportSessions, type SupportSessions } from '../support-access/support-sessions.ts';

export interface ChangeCollector {
  accept(event: LogEvent): void;
  /** Every change once, however many events it logged, in the order of time. */
  finish(): CredentialChange[];
}

interface KeptChange {
  readonly change: CredentialChange;
  readonly operation: string;
  readonly sessionIds: readonly string[];
}

/**
 * Collects who changed whose credentials. Attempts that failed changed nothing, and a person who enrols a factor
 * is the normal course of things; both are left out.
 */
export function beginChangeCollector({
  window,
  isWanted,
  share,
}: {
  readonly window: TimeWindow;
  readonly isWanted: (event: LogEvent) => boolean;
  readonly share: ShareText;
}): ChangeCollector {
  const kept: KeptChange[] = [];
  const records: ImpersonationRecord[] = [];
  return {
    accept(event) {
      const record = readImpersonation(event);
      if (record !== null) records.push(record);
      if (!isInside(window, event.publishedMs) || !isWanted(event)) return;
      const change = readChange(event, share);
      if (change === null) return;
      kept.push({
        change,
        operation: identifyOperation(event),
        sessionIds: readSessionIds(event).map(share),
      });
    },
    finish: () => settle(kept, records),
  };
}

function readChange(event: LogEvent, share: ShareText): CredentialChange | null {
  const family = readChangeFamily(event.eventType);
  if (family === null || isAttempt(event)) return null;
  return {
    atMs: event.publishedMs,
    eventType: share(event.eventType),
    actor: shareIfAny(readCaller(event), share),
    target: shareIfAny(readConcerned(event), share),
    address: shareIfAny(readAddress(event), share),
    attribution: attributeChange(event).attribution,
  };
}

function settle(
  kept: readonly KeptChange[],
  records: readonly ImpersonationRecord[],
): CredentialChange[] {
  const sessions = indexSupportSessions(records);
  const operations = new Set<string>();
  const changes: CredentialChange[] = [];
  const inOrder = kept.toSorted((one, other) => one.change.atMs - other.change.atMs);
  for (const { change, operation, sessionIds } of inOrder) {
    if (operations.has(operation)) continue;
    operations.add(operation);
    const attribution = attributeBySession({ change, sessionIds, sessions });
    if (attribution === 'self' && readChangeFamily(change.eventType) === 'factor-added') continue;
    changes.push({ ...change, attribution });
  }
  return changes;
}

/** A session of Okta Support says more of who acted than the record itself. */
function attributeBySession({
  change: { attribution, atMs },
  sessionIds,
  sessions,
}: Pick<KeptChange, 'change' | 'sessionIds'> & {
  readonly sessions: SupportSessions;
}): string {
  if (sessions.findBySession(sessionIds, atMs) !== null) return 'support-impersonation';
  return isByPerson(attribution) && sessions.hasSession(sessionIds) ? 'unknown' : attribution;
}
