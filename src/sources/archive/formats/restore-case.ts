import { isRecord, type RawEvent } from '../../../model/log-event.ts';

/**
 * Types of parties that checks and rules look for.
 * Source: schema LogEvent, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
const TYPES = [
  ...['AppInstance', 'AppUser', 'AuthenticatorEnrollment', 'CaseNumber', 'IdentityProvider'],
  ...['NetworkZone', 'PolicyEntity', 'PolicyRule', 'PublicClientApp', 'PublicClientAppEntity'],
  ...['SystemPrincipal', 'Token', 'User', 'UserGroup'],
  ...['ROLE', 'ROLE_ASSIGNED', 'ROLE_UNASSIGNED'],
  ...['CUSTOM_ROLE_BINDING_ADDED', 'CUSTOM_ROLE_BINDING_REMOVED'],
  ...['ROLE_ASSIGNED_GROUP_ROLE_CHANGE', 'CUSTOM_ROLE_BINDING_ADDED_GROUP_CHANGE'],
];
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const TYPE_OF = new Map(TYPES.map((type) => [type.toLowerCase(), type]));

/**
 * Gives a record with Okta's own spelling of what stores lower with all other texts, or write as other vendors do: nobody would be
 * a user any more, and nothing an attempt. A record that is right already is given back as it is.
 */
export function restoreCase(record: unknown): unknown {
  if (!isRecord(record) || !isLowered(record)) return record;
  const { actor, outcome, target, transaction } = record;
  return {
    ...record,
    ...(isRecord(actor) && { actor: restoreIn(actor, 'type', restoreType) }),
    ...(isRecord(outcome) && { outcome: restoreIn(outcome, 'result', toCapitals) }),
    ...(Array.isArray(target) && { target: target.map(restoreTarget) }),
    ...(isRecord(transaction) && { transaction: restoreIn(transaction, 'type', toCapitals) }),
  };
}

/** Any of these words tells: Okta has a capital in front of each, and nothing else in that of an outcome. */
function isLowered({ actor, outcome, target, transaction }: RawEvent): boolean {
  return (
    (isRecord(outcome) && endsSmall(outcome['result'])) ||
    (isRecord(actor) && startsSmall(actor['type'])) ||
    (isRecord(transaction) && startsSmall(transaction['type'])) ||
    (Array.isArray(target) && target.some((entry) => isRecord(entry) && startsSmall(entry['type'])))
  );
}

function startsSmall(text: unknown): boolean {
  return typeof text === 'string' && isSmall(text.charCodeAt(0));
}

function endsSmall(text: unknown): boolean {
  return typeof text === 'string' && isSmall(text.charCodeAt(text.length - 1));
}

function isSmall(letter: number): boolean {
  return letter >= SMALL_A && letter <= SMALL_Z;
}

function restoreTarget(entry: unknown): unknown {
  return isRecord(entry) ? restoreIn(entry, 'type', restoreType) : entry;
}

function restoreIn(part: RawEvent, name: string, restore: (text: string) => string): RawEvent {
  const text = part[name];
  return typeof text === 'string' ? { ...part, [name]: restore(text) } : part;
}

function restoreType(type: string): string {
  return TYPE_OF.get(type.toLowerCase()) ?? type;
}

function toCapitals(text: string): string {
  return text.toUpperCase();
}
