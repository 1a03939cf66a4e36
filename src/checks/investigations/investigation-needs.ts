import type { Focus } from '../../model/audit-plan.ts';
import type { CheckNeeds } from '../../model/check.ts';
import {
  ALL_EVENT_TYPES,
  type EventTypeSet,
  eventsHolding,
  exactEventTypes,
} from '../../model/event-type-set.ts';
import { listAddresses } from '../address-matcher.ts';
import { CREDENTIAL_CHANGE_TYPES } from '../credential-changes/change-types.ts';
import { IMPERSONATION_TYPES } from '../support-access/impersonation-record.ts';
import { SUPPORT_LOOK_BACK_MS } from '../support-access/support-timeline.ts';

/** Okta's ids of users: `00u` and 17 more letters and digits. */
const USER_ID = /^00u[0-9A-Za-z]{17}$/;

/** A session may be named by its root as well; source: https://sec.okta.com/articles/rootsessionidroottokenid */
const SESSION_FIELDS = [
  'authenticationContext.externalSessionId',
  'authenticationContext.rootSessionId',
] as const;

const ID_FIELDS = ['actor.id', 'target.id'] as const;
const LOGIN_FIELDS = ['actor.alternateId', 'target.alternateId'] as const;

/** What must be read to say what a user, a session or a network did: every event for a range too large to be listed. */
export function needFocus(focus: Focus): CheckNeeds {
  const fields = toFields(focus);
  return { eventTypes: toEventTypes(focus), lookBackMs: 0, lookAheadMs: 0, fields };
}

/** Without these, records do not tell whose they are. */
function toFields({ kind, value }: Focus): readonly string[] {
  if (kind === 'session') return SESSION_FIELDS;
  if (kind === 'ip') return ['client.ipAddress'];
  return USER_ID.test(value) ? ID_FIELDS : LOGIN_FIELDS;
}

function toEventTypes({ kind, value }: Focus): EventTypeSet {
  if (kind === 'session') return eventsHolding(SESSION_FIELDS, [value]);
  if (kind === 'ip') {
    const addresses = listAddresses(value);
    return addresses === null ? ALL_EVENT_TYPES : eventsHolding(['client.ipAddress'], addresses);
  }
  return USER_ID.test(value)
    ? eventsHolding(ID_FIELDS, [value])
    : eventsHolding(LOGIN_FIELDS, [value, value.toLowerCase()]);
}

/** What must be read to list the credential changes. */
export function needChanges(): CheckNeeds {
  const eventTypes = exactEventTypes(CREDENTIAL_CHANGE_TYPES);
  return { eventTypes, lookBackMs: 0, lookAheadMs: 0, fields: [] };
}

/** What must be read besides to tell a change inside a support session from any other. */
export function needSupport(): CheckNeeds {
  const eventTypes = exactEventTypes(IMPERSONATION_TYPES);
  return { eventTypes, lookBackMs: SUPPORT_LOOK_BACK_MS, lookAheadMs: 0, fields: [] };
}
