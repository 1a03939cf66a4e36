import { isRecord, type RawEvent } from './log-event.ts';

/** What Okta gives with every event, if also empty; whatever renames, flattens or picks fields loses some of it. */
const PARTS: readonly (readonly string[])[] = [
  ['actor'],
  ['authenticationContext'],
  ['client'],
  ['outcome'],
  ['securityContext'],
  ['target'],
  ['debugContext', 'debugData'],
  ['transaction', 'detail'],
];

/** Fields of these parts that Okta gives, be it as null, with whatever a person caused. */
export const PERSONAL_FIELDS: readonly (readonly [part: string, field: string])[] = [
  ['actor', 'id'],
  ['actor', 'type'],
  ['actor', 'alternateId'],
  ['authenticationContext', 'externalSessionId'],
  ['client', 'ipAddress'],
  ['client', 'userAgent'],
  ['client', 'geographicalContext'],
  ['debugContext', 'debugData'],
  ['outcome', 'result'],
  ['securityContext', 'isProxy'],
  ['securityContext', 'asNumber'],
  ['transaction', 'id'],
];

/** Says how much a copy of a record has lost: of two copies of one event, the one that lost less is the better one. */
export function countLostParts(raw: RawEvent): number {
  const parts = PARTS.filter((path) => isLost(raw, path));
  const fields = PERSONAL_FIELDS.filter(([part, field]) => isFieldLost(raw[part], field));
  return parts.length + fields.length;
}

function isFieldLost(part: unknown, field: string): boolean {
  return isRecord(part) && part[field] === undefined;
}

function isLost(raw: RawEvent, path: readonly string[]): boolean {
  let value: unknown = raw;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return typeof value !== 'object' || (value === null && path[0] !== 'target');
}
