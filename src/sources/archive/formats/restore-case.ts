import { isRecord, type RawEvent } from '../../../model/log-event.ts';

/**
 * Types of parties that checks and rules look for.
 * Source: schema LogEvent, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
const TYPES = [
  ...['AppInstance', 'AppUser', 'AuthenticatorEnrollment', 'CaseNumber', 'IdentityProvider'],
  ...['NetworkZone', 'PolicyEntity', 'PolicyRule', 'PublicClientApp', 'SystemPrincipal', 'Token'],
  ...['User', 'UserGroup'],
];
const TYPE_OF = new Map(TYPES.map((type) => [type.toLowerCase(), type]));

/**
 * Gives a record with Okta's own spelling of what stores lower with all other texts: nobody would be a user any more, and
 * nothing an attempt. A record that is right already is given back as it is.
 */
export function restoreCase(record: unknown): unknown {
  if (!isRecord(record)) return record;
  const { actor, outcome, target, transaction } = record;
  const restored: RawEvent = {
    actor: restoreIn(actor, 'type', restoreType),
    outcome: restoreIn(outcome, 'result', toCapitals),
    target: restoreTargets(target),
    transaction: restoreIn(transaction, 'type', toCapitals),
  };
  const changed = Object.entries(restored).filter(([name, value]) => value !== record[name]);
  return changed.length === 0 ? record : { ...record, ...Object.fromEntries(changed) };
}

function restoreTargets(target: unknown): unknown {
  if (!Array.isArray(target)) return target;
  const restored = target.map((entry) => restoreIn(entry, 'type', restoreType));
  return restored.some((entry, index) => entry !== target[index]) ? restored : target;
}

function restoreIn(part: unknown, name: string, restore: (text: string) => string): unknown {
  if (!isRecord(part)) return part;
  const text = part[name];
  if (typeof text !== 'string' || restore(text) === text) return part;
  return { ...part, [name]: restore(text) };
}

function restoreType(type: string): string {
  return TYPE_OF.get(type.toLowerCase()) ?? type;
}

function toCapitals(text: string): string {
  return text.toUpperCase();
}
