import { CAPITALS } from '../../../model/capitals.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { isFiller } from '../formats/drop-fillers.ts';
import { STRUCTURES, type Structure } from '../formats/inner-structures.ts';
import { readPath } from '../formats/read-raw-record.ts';
import { isLowered } from './is-lowered.ts';
import { isMasked } from './is-masked.ts';
import {
  ADDRESS,
  FIELDS_OF_PEOPLE,
  INNER_FIELDS,
  INNER_OBJECTS,
  type KeptParts,
  RECORD_PARTS,
  TARGET_FIELDS,
} from './kept-parts.ts';
import { listPantherLosses } from './list-panther-losses.ts';
import { listTornTexts } from './list-torn-texts.ts';
import { isByPersonAtWork, readThroughNull } from './thinned-records.ts';

const ALL_PARTS =
  RECORD_PARTS.length + FIELDS_OF_PEOPLE.length + INNER_FIELDS.length + TARGET_FIELDS.length;
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
const SEVERAL = 2;
/** Tools do it to every record of a file or to none; what the first lack is seen in those that are asked for. */
const LOOKED_INTO_FOR_TEXT = 20;

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
