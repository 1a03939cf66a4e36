import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../../model/check.ts';
import { exactEventTypes } from '../../model/event-type-set.ts';
import { compareEvents, isAttempt, type LogEvent } from '../../model/log-event.ts';
import type { Match } from '../../model/match.ts';
import { attributeChange } from '../credential-changes/attribute-change.ts';
import { CREDENTIAL_CHANGE_TYPES, readChangeFamily } from '../credential-changes/change-types.ts';
import { readSessionIds } from '../read-session-ids.ts';
import {
  IMPERSONATION_TYPES,
  type ImpersonationRecord,
  readImpersonation,
} from './impersonation-record.ts';
import {
  indexSupportSessions,
  LONGEST_SESSION_MS,
  planSessionFollowUps,
  type SupportSessions,
} from './support-sessions.ts';

const PROFILE: CheckProfile = {
  id: 'own-change-by-support',
  kind: 'analysis',
  title: 'Credentials changed inside a support session, as if by their owner',
  description:
    'A factor was enrolled or a password changed inside a session of Okta Support. The log names as actor whom support ' +
    'acted as, so that the record looks like somebody who changed their own; it was not them. Whoever holds that factor ' +
    'can sign in when the session is long over.',
  severity: 'high',
  confidence: 'high',
  techniques: ['T1098.005', 'T1199'],
  references: [
    'https://support.okta.com/help/s/article/read-only-impersonation-access-system-logs-audit-events',
  ],
  falsePositives: ['An administrator who enrolled a factor together with support, on a call.'],
  nextSteps: [
    'Ask the person in target.User.alternateId, on a known number, whether the factor is theirs, and remove it if not, within the hour.',
    'List everything else with the same authenticationContext.externalSessionId in the 24 hours before and after.',
  ],
  ask: 'target',
};

const NEEDS: CheckNeeds = {
  eventTypes: exactEventTypes(IMPERSONATION_TYPES),
  lookBackMs: LONGEST_SESSION_MS,
  lookAheadMs: 0,
  fields: ['actor', 'target', 'authenticationContext.externalSessionId'],
};

/** Finds what looks like self-service and was done by Okta Support: only the changes inside its sessions are read. */
export function createOwnChangeBySupport(): Check {
  return { ...PROFILE, needs: NEEDS, begin: beginRun };
}

function beginRun(): CheckRun {
  const records: ImpersonationRecord[] = [];
  const changes = new Map<string, LogEvent>();
  let sessions: SupportSessions | null = null;
  return {
    accept(event) {
      const record = readImpersonation(event);
      if (record !== null) records.push(record);
      else if (sessions !== null && isOwnChangeInside(event, sessions)) {
        changes.set(event.uuid, event);
      }
    },
    follow() {
      sessions = indexSupportSessions(records);
      return planSessionFollowUps(records).map((followUp) => ({
        ...followUp,
        decidesSinceMs: followUp.window.sinceMs,
        eventTypes: exactEventTypes(CREDENTIAL_CHANGE_TYPES),
      }));
    },
    finish: () => [...changes.values()].sort(compareEvents).map(toMatch),
  };
}

function isOwnChangeInside(event: LogEvent, sessions: SupportSessions): boolean {
  if (readChangeFamily(event.eventType) === null || isAttempt(event)) return false;
  if (attributeChange(event).attribution !== 'self') return false;
  return sessions.findBySession(readSessionIds(event), event.publishedMs) !== null;
}

function toMatch(event: LogEvent): Match {
  return {
    events: [event],
    anchor: event,
    group: null,
    facts: {},
    circumstances: [],
    attribution: null,
  };
}
