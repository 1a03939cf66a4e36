import type { RawEvent } from '../../../model/log-event.ts';
import { isJsonText, isRawRecord } from './read-raw-record.ts';

/**
 * What Okta's record has at its top.
 * Source: schema LogEvent, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
const OWN_KEYS: ReadonlySet<string> = new Set([
  ...['actor', 'authenticationContext', 'client', 'debugContext', 'device', 'displayMessage'],
  ...['eventType', 'legacyEventType', 'outcome', 'published', 'request', 'securityContext'],
  ...['severity', 'target', 'transaction', 'uuid', 'version'],
]);

/**
 * Says whether a value is Okta's record with nothing beside it, and no part of it a text of JSON. No envelope need be looked for then:
 * it would stand under a key of its own.
 */
export function isBareRecord(value: unknown): value is RawEvent {
  if (!isRawRecord(value)) return false;
  for (const key in value) {
    if (!OWN_KEYS.has(key) || isJsonText(value[key])) return false;
  }
  return true;
}
