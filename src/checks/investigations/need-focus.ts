import type { Focus } from '../../model/audit-plan.ts';
import type { CheckNeeds } from '../../model/check.ts';
import { ALL_EVENT_TYPES, type EventTypeSet, eventsHolding } from '../../model/event-type-set.ts';
import { listAddresses } from '../address-matcher.ts';

/** Okta's ids of users: `00u` and 17 more letters and digits. */
const USER_ID = /^00u[0-9A-Za-z]{17}$/;

/** What must be read to say what a user, a session or a network did: every event for a range too large to be listed. */
export function needFocus(focus: Focus): CheckNeeds {
  return { eventTypes: toEventTypes(focus), lookBackMs: 0, lookAheadMs: 0, fields: [] };
}

function toEventTypes({ kind, value }: Focus): EventTypeSet {
  if (kind === 'session')
    return eventsHolding(['authenticationContext.externalSessionId'], [value]);
  if (kind === 'ip') {
    const addresses = listAddresses(value);
    return addresses === null ? ALL_EVENT_TYPES : eventsHolding(['client.ipAddress'], addresses);
  }
  return USER_ID.test(value)
    ? eventsHolding(['actor.id', 'target.id'], [value])
    : eventsHolding(['actor.alternateId', 'target.alternateId'], [value, value.toLowerCase()]);
}
