import { CAPITALS } from '../../../model/capitals.ts';
import { PERSONAL_FIELDS } from '../../../model/count-lost-parts.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { isFiller } from '../formats/drop-fillers.ts';
import { STRUCTURES, type Structure } from '../formats/inner-structures.ts';
import { readPath } from '../formats/read-raw-record.ts';
import { isLowered } from './is-lowered.ts';
import { isMasked, mayBeWayOut } from './is-masked.ts';
import { listPantherLosses } from './list-panther-losses.ts';
import { listTornTexts } from './list-torn-texts.ts';
import { isByPersonAtWork, readThroughNull } from './thinned-records.ts';

/** What the records of an export kept of what Okta gives, by those that were looked into. */
export interface KeptParts {
  /** Parts and fields of the record that were there in at least one of the records looked into, and how many those were. */
  readonly parts: Set<string>;
  /**
   * Dotted paths at which a record had something else than the structure that Okta has there, or its store nothing: nobody finds
   * what was in it. And the capitals, where a store lowered the texts.
   */
  readonly flattened: Set<string>;
  /** What stands in the place of addresses and is none, until there are two: one and the same may be the way out of all. */
  readonly maskedAddresses: Set<string>;
  lookedInto: number;
  /** Of those, the ones that a person caused. */
  byPeople: number;
  /** And the ones that name what they were done to. */
  withTargets: number;
  /** Sign-ins that failed and do not say why, counted until one does. */
  failedWithoutReason: number;
  hasReason: boolean;
  /** Grants of a role that do not say which one, counted until one does. */
  grantedWithoutRole: number;
  hasRole: boolean;
}

/**
 * Parts that Okta gives with every event. Where none of many records has one, the export left it out.
 * Source: schema LogEvent, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
export const RECORD_PARTS: readonly string[] = [
  ...['actor', 'authenticationContext', 'client', 'debugContext', 'outcome', 'securityContext'],
  ...['target', 'transaction'],
];

/** Where Okta has objects inside of parts. */
export const INNER_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  client: ['userAgent', 'geographicalContext'],
  debugContext: ['debugData'],
  transaction: ['detail'],
};
/** The detail tells of an API token, and is there also where it is empty. */
const FIELDS_OF_PEOPLE: typeof PERSONAL_FIELDS = [...PERSONAL_FIELDS, ['transaction', 'detail']];
/** What Okta gives there, be it as null, with whatever a person caused. */
const INNER_FIELDS: readonly (readonly [part: string, object: string, field: string])[] = [
  ['client', 'userAgent', 'rawUserAgent'],
  ['client', 'geographicalContext', 'country'],
];
/** What it gives with every target. */
const TARGET_FIELDS: readonly string[] = ['id', 'type', 'alternateId', 'displayName'];
const ALL_PARTS =
  RECORD_PARTS.length + FIELDS_OF_PEOPLE.length + INNER_FIELDS.length + TARGET_FIELDS.length;
/** So many records without a part are no chance. */
const ENOUGH_RECORDS = 5;
/** So many of people: half of what is looked into at the front of a file. */
const ENOUGH_BY_PEOPLE = 10;
const ROLE_GRANTS: readonly string[] = ['user.account.privilege.grant', 'group.privilege.grant'];
/**
 * Targets of a grant that leaves no role, or one that the organisation made, which need not be named.
 * Source: https://github.com/ConductorOne/baton-okta
 */
const NAMELESS_GRANT = /UNASSIGNED|REMOVED|CUSTOM_ROLE/i;
/** One grant may take a role away and give another one. */
const ROLE_ASSIGNED = 'ROLE_ASSIGNED';
/** Now and then null or without anything in it by Okta itself; in every record of people, somebody took them out. */
const FILLED_FIELDS = [
  ...['actor.id', 'actor.alternateId', 'client.ipAddress', 'debugContext.debugData'],
  ...['outcome.result', 'transaction.id'],
];
const ADDRESS = 'client.ipAddress';
const SEVERAL = 2;
/** Tools do it to every record of a file or to none; what the first lack is seen in those that are asked for. */
const LOOKED_INTO_FOR_TEXT = 20;

export function startKeptParts(): KeptParts {
  return {
    parts: new Set(),
    flattened: new Set(),
    maskedAddresses: new Set(),
    lookedInto: 0,
    byPeople: 0,
    withTargets: 0,
    failedWithoutReason: 0,
    hasReason: false,
    grantedWithoutRole: 0,
    hasRole: false,
  };
}

/** Adds what `other` saw to `kept`. */
export function mergeKeptParts(kept: KeptParts, other: KeptParts): void {
  for (const part of other.parts) kept.parts.add(part);
  for (const path of other.flattened) kept.flattened.add(path);
  for (const address of other.maskedAddresses) kept.maskedAddresses.add(address);
  kept.lookedInto += other.lookedInto;
  kept.byPeople += other.byPeople;
  kept.withTargets += other.withTargets;
  kept.failedWithoutReason += other.failedWithoutReason;
  kept.hasReason ||= other.hasReason;
  kept.grantedWithoutRole += other.grantedWithoutRole;
  kept.hasRole ||= other.hasRole;
}

/** Takes note of the parts that a record has, of targets also that there are none. */
export function noteParts(kept: KeptParts, record: RawEvent): void {
  kept.lookedInto += 1;
  noteReason(kept, record);
  noteRole(kept, record);
  if (kept.lookedInto <= LOOKED_INTO_FOR_TEXT) noteFlattened(kept, record);
  const isPersonal = isByPersonAtWork(record);
  if (isPersonal) kept.byPeople += 1;
  const { target } = record;
  const targets = Array.isArray(target) ? target.filter(isRecord) : [];
  if (targets.length > 0) kept.withTargets += 1;
  if (kept.parts.size === ALL_PARTS) return;
  if (isPersonal) notePersonal(kept, record);
  noteTargets(kept, targets);
  for (const part of RECORD_PARTS) {
    const value = record[part];
    if (part === 'target' ? value !== undefined : value !== undefined && value !== null) {
      kept.parts.add(part);
    }
  }
}

/** Okta gives the reason with every sign-in that failed, and with few other events. */
function noteReason(kept: KeptParts, record: RawEvent): void {
  if (kept.hasReason || record['eventType'] !== 'user.session.start') return;
  if (readPath(record, 'outcome', 'result') !== 'FAILURE') return;
  if (isThere(readPath(record, 'outcome', 'reason'))) kept.hasReason = true;
  else kept.failedWithoutReason += 1;
}

/** Okta names the role with grants of one, below a key that no other event has: whoever picked keys from many may not know it. */
function noteRole(kept: KeptParts, record: RawEvent): void {
  if (kept.hasRole || !ROLE_GRANTS.includes(String(record['eventType']))) return;
  const debugData = readPath(record, 'debugContext', 'debugData');
  if (!isRecord(debugData)) return;
  if (isThere(debugData['privilegeGranted'])) kept.hasRole = true;
  else if (!isNamelessGrant(record)) kept.grantedWithoutRole += 1;
}

function isNamelessGrant({ target }: RawEvent): boolean {
  const types = [target].flat().map((entry) => String(readPath(entry, 'type')));
  return types.some((type) => NAMELESS_GRANT.test(type)) && !types.includes(ROLE_ASSIGNED);
}

function notePersonal({ parts, maskedAddresses }: KeptParts, record: RawEvent): void {
  for (const [part, field] of FIELDS_OF_PEOPLE) {
    const path = `${part}.${field}`;
    const value = readPath(record, part, field);
    const isKept = value !== undefined && !(isEmpty(value) && FILLED_FIELDS.includes(path));
    if (!isKept || isWrapped(value, part, field)) continue;
    if (!isMasked(path, value)) parts.add(path);
    else if (path === ADDRESS && maskedAddresses.size < SEVERAL) maskedAddresses.add(String(value));
  }
  for (const fields of INNER_FIELDS) {
    const [path, value] = [fields.join('.'), readThroughNull(record, fields)];
    if (value !== undefined && !isMasked(path, value)) parts.add(path);
  }
}

/** Stores put what they say of a value around it, or all values into lists, and no check finds a text in there. */
function isWrapped(value: unknown, part: string, field: string): boolean {
  const isAround = typeof value === 'object' && value !== null;
  return isAround && !INNER_OBJECTS[part]?.includes(field);
}

function noteTargets({ parts }: KeptParts, targets: readonly RawEvent[]): void {
  for (const field of TARGET_FIELDS) {
    const path = `target.${field}`;
    const isKept = targets.some((target) => {
      const value = target[field];
      const isPlain = value === null || typeof value !== 'object';
      return value !== undefined && isPlain && !isMasked(path, value);
    });
    if (isKept) parts.add(path);
  }
}

/** What became text, and parts and fields of the record that none of many has: whoever exported them chose columns. */
export function listLost(kept: KeptParts): string[] {
  const { parts, flattened, lookedInto, byPeople } = kept;
  const absent = lookedInto < ENOUGH_RECORDS ? [] : RECORD_PARTS.filter((part) => !parts.has(part));
  const personal = byPeople < ENOUGH_BY_PEOPLE ? [] : FIELDS_OF_PEOPLE;
  const fields = personal
    .filter(([part]) => parts.has(part) && !flattened.has(part))
    .map(([part, field]) => `${part}.${field}`)
    .filter((field) => !parts.has(field) && !flattened.has(field))
    .filter((field) => field !== ADDRESS || !isOneWayOut(kept));
  const inner = byPeople < ENOUGH_BY_PEOPLE ? [] : listLostInside(kept);
  const targets = listLostOfTargets(kept);
  const told = [...listLostReason(kept), ...listLostRole(kept)];
  return [...flattened, ...absent, ...fields, ...inner, ...targets, ...told];
}

function isOneWayOut({ maskedAddresses }: KeptParts): boolean {
  const [address, other] = maskedAddresses;
  return address !== undefined && other === undefined && mayBeWayOut(address);
}

function listLostInside({ parts, flattened }: KeptParts): string[] {
  return INNER_FIELDS.flatMap(([part, object, field]) => {
    const [whole, path] = [`${part}.${object}`, `${part}.${object}.${field}`];
    const isInside = parts.has(whole) && !flattened.has(part) && !flattened.has(whole);
    return isInside && !parts.has(path) ? [path] : [];
  });
}

/** Where none says what it is, nobody finds the one that a check is about. */
function listLostOfTargets({ parts, withTargets }: KeptParts): string[] {
  const lost = TARGET_FIELDS.map((field) => `target.${field}`).filter((path) => !parts.has(path));
  if (withTargets < ENOUGH_RECORDS || lost.length === 0) return [];
  return lost.includes('target.type') ? ['target'] : lost;
}

function listLostReason({ failedWithoutReason, hasReason }: KeptParts): string[] {
  return !hasReason && failedWithoutReason >= ENOUGH_RECORDS ? ['outcome.reason'] : [];
}

function listLostRole({ grantedWithoutRole, hasRole }: KeptParts): string[] {
  return !hasRole && grantedWithoutRole > 0 ? ['debugContext.debugData.privilegeGranted'] : [];
}

/**
 * PowerShell writes `@{id=00u1; type=User}` or `System.Object[]` below the depth that it was given, Athena `{id=00u1, type=User}`,
 * and what came through XML has a list of one as its element.
 */
export function noteFlattened({ flattened }: KeptParts, record: RawEvent): void {
  for (const path of listPantherLosses(record)) flattened.add(path);
  if (isLowered(record)) flattened.add(CAPITALS);
  for (const path of listTornTexts(record)) flattened.add(path);
  noteInside(flattened, record, STRUCTURES);
}

function noteInside(
  flattened: Set<string>,
  record: RawEvent,
  structures: readonly Structure[],
): void {
  for (const { name, path, isList, inside } of structures) {
    const value = record[name];
    if (value === undefined || value === null) continue;
    const isKept = isList ? isListOfObjects(value) : isRecord(value) || isEmptyList(value);
    if (!isKept && isThere(value) && !isFiller(value)) flattened.add(path);
    if (inside.length === 0) continue;
    if (isRecord(value)) noteInside(flattened, value, inside);
    else if (Array.isArray(value)) {
      for (const entry of value) if (isRecord(entry)) noteInside(flattened, entry, inside);
    }
  }
}

/** PHP writes an object without anything in it so. */
function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRecord);
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || isEmptyList(value) || (isRecord(value) && Object.keys(value).length === 0)
  );
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 'null';
}
