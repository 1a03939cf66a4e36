import { PERSONAL_FIELDS } from '../../../model/count-lost-parts.ts';
import {
  isAttempt,
  isRecord,
  type RawEvent,
  readActor,
  readTargets,
} from '../../../model/log-event.ts';
import { DAY_MS, HOUR_MS } from '../../../model/time-window.ts';
import { readPath } from '../formats/read-raw-record.ts';
import { type BusySlots, markSlot, mergeSlots, SLOT_MS, startBusySlots } from './busy-slots.ts';
import { familyOf, routineBit } from './event-families.ts';
import { listPantherLosses } from './list-panther-losses.ts';
import {
  isByPersonAtWork,
  mergeThinned,
  readThroughNull,
  type ThinnedDays,
} from './thinned-records.ts';

export interface HourTally {
  events: number;
  firstMs: number;
  lastMs: number;
  /** One bit for each of the routine families, in their order. */
  routine: number;
  readonly busy: BusySlots;
}

/** When events happened and of which families, also of those that nobody asked for. */
export interface EventTally {
  /** By hours since the epoch. */
  readonly hours: Map<number, HourTally>;
  /** Event types present, by days since the epoch. */
  readonly typesByDay: Map<number, Set<string>>;
  /** The orgs that its format names. */
  readonly orgs: Set<string>;
  /** Parts and fields of the record that were there in at least one of the records looked into, and how many those were. */
  readonly parts: Set<string>;
  /**
   * Dotted paths at which a record had something else than the structure that Okta has there, or its store nothing: nobody finds
   * what was in it.
   */
  readonly flattened: Set<string>;
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
  /** What single records lack. */
  readonly thinned: ThinnedDays;
  /** True where each of those tells of an attempt that failed. */
  areAllAttempts: boolean;
  /** Who is actor or target of each of those; null before the first. */
  namedByAll: readonly string[] | null;
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
const TARGET_FIELDS: readonly string[] = ['id', 'type', 'alternateId'];
const ALL_PARTS =
  RECORD_PARTS.length + FIELDS_OF_PEOPLE.length + INNER_FIELDS.length + TARGET_FIELDS.length;
/** So many records without a part are no chance. */
const ENOUGH_RECORDS = 5;
/** So many of people: half of what is looked into at the front of a file. */
const ENOUGH_BY_PEOPLE = 10;
const ROLE_GRANTS: readonly string[] = ['user.account.privilege.grant', 'group.privilege.grant'];
/** Now and then null or without anything in it by Okta itself; in every record of people, somebody took them out. */
const FILLED_FIELDS = [
  ...['actor.id', 'actor.alternateId', 'client.ipAddress', 'debugContext.debugData'],
  ...['outcome.result', 'transaction.id'],
];
/** Tools do it to every record of a file or to none; what the first lack is seen in those that are asked for. */
const LOOKED_INTO_FOR_TEXT = 20;

export function startTally(): EventTally {
  return {
    hours: new Map(),
    typesByDay: new Map(),
    orgs: new Set(),
    parts: new Set(),
    flattened: new Set(),
    lookedInto: 0,
    byPeople: 0,
    withTargets: 0,
    failedWithoutReason: 0,
    hasReason: false,
    grantedWithoutRole: 0,
    hasRole: false,
    thinned: new Map(),
    areAllAttempts: true,
    namedByAll: null,
  };
}

export function tallyEvent(tally: EventTally, publishedMs: number, eventType: string): void {
  const hour = Math.floor(publishedMs / HOUR_MS);
  const seen = openHour(tally, hour);
  seen.events += 1;
  seen.firstMs = Math.min(seen.firstMs, publishedMs);
  seen.lastMs = Math.max(seen.lastMs, publishedMs);
  seen.routine |= routineBit(familyOf(eventType));
  markSlot(seen.busy, Math.floor((publishedMs - hour * HOUR_MS) / SLOT_MS));
  addType(tally, Math.floor(publishedMs / DAY_MS), eventType);
}

/** The hours that had events, in order of time: that of the file, mostly. */
export function listHours({ hours }: EventTally): HourTally[] {
  const listed = [...hours.values()];
  const isInOrder = listed.every(
    (hour, index) => hour.firstMs >= (listed[index - 1]?.firstMs ?? 0),
  );
  return isInOrder ? listed : listed.sort((one, other) => one.firstMs - other.firstMs);
}

/** Adds what `other` saw to `tally`. */
export function mergeTally(tally: EventTally, other: EventTally): void {
  mergeTimes(tally, other);
  for (const org of other.orgs) tally.orgs.add(org);
  for (const part of other.parts) tally.parts.add(part);
  for (const path of other.flattened) tally.flattened.add(path);
  tally.lookedInto += other.lookedInto;
  tally.byPeople += other.byPeople;
  tally.withTargets += other.withTargets;
  tally.failedWithoutReason += other.failedWithoutReason;
  tally.hasReason ||= other.hasReason;
  tally.grantedWithoutRole += other.grantedWithoutRole;
  tally.hasRole ||= other.hasRole;
  mergeThinned(tally.thinned, other.thinned);
}

/** Adds when `other` saw which events, and nothing of what their records kept. */
export function mergeTimes(tally: EventTally, other: EventTally): void {
  for (const [hour, seen] of other.hours) addHour(tally, hour, seen);
  for (const [day, types] of other.typesByDay) {
    for (const eventType of types) addType(tally, day, eventType);
  }
  tally.areAllAttempts &&= other.areAllAttempts;
  if (other.namedByAll !== null) keepNamed(tally, other.namedByAll);
}

/** Adds events of an hour since the epoch. */
export function addHour(
  tally: EventTally,
  hour: number,
  seen: Omit<HourTally, 'busy'> & { readonly busy: ArrayLike<number> },
): void {
  const known = openHour(tally, hour);
  known.events += seen.events;
  known.firstMs = Math.min(known.firstMs, seen.firstMs);
  known.lastMs = Math.max(known.lastMs, seen.lastMs);
  known.routine |= seen.routine;
  mergeSlots(known.busy, seen.busy);
}

/** The tally of an hour since the epoch, begun where there is none. */
function openHour({ hours }: EventTally, hour: number): HourTally {
  const known = hours.get(hour);
  if (known !== undefined) return known;
  const [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const opened = { events: 0, firstMs, lastMs, routine: 0, busy: startBusySlots() };
  hours.set(hour, opened);
  return opened;
}

export function addType(tally: EventTally, day: number, eventType: string): void {
  const types = tally.typesByDay.get(day);
  if (types === undefined) tally.typesByDay.set(day, new Set([eventType]));
  else types.add(eventType);
}

/** Takes note of the parts that a record has, of targets also that there are none, whom it names, and whether it is an attempt. */
export function lookInto(tally: EventTally, record: RawEvent): void {
  tally.lookedInto += 1;
  noteChoice(tally, record);
  noteReason(tally, record);
  noteRole(tally, record);
  if (tally.lookedInto <= LOOKED_INTO_FOR_TEXT) noteFlattened(tally, record);
  const isPersonal = isByPersonAtWork(record);
  if (isPersonal) tally.byPeople += 1;
  const { target } = record;
  const targets = Array.isArray(target) ? target.filter(isRecord) : [];
  if (targets.length > 0) tally.withTargets += 1;
  if (tally.parts.size === ALL_PARTS) return;
  if (isPersonal) notePersonal(tally, record);
  noteTargets(tally, targets);
  for (const part of RECORD_PARTS) {
    const value = record[part];
    if (part === 'target' ? value !== undefined : value !== undefined && value !== null) {
      tally.parts.add(part);
    }
  }
}

/** Okta gives the reason with every sign-in that failed, and with few other events. */
function noteReason(tally: EventTally, record: RawEvent): void {
  if (tally.hasReason || record['eventType'] !== 'user.session.start') return;
  if (readPath(record, 'outcome', 'result') !== 'FAILURE') return;
  if (isThere(readPath(record, 'outcome', 'reason'))) tally.hasReason = true;
  else tally.failedWithoutReason += 1;
}

/** Okta names the role with grants of one, below a key that no other event has: whoever picked keys from many may not know it. */
function noteRole(tally: EventTally, record: RawEvent): void {
  if (tally.hasRole || !ROLE_GRANTS.includes(String(record['eventType']))) return;
  const debugData = readPath(record, 'debugContext', 'debugData');
  if (!isRecord(debugData)) return;
  if (isThere(debugData['privilegeGranted'])) tally.hasRole = true;
  else tally.grantedWithoutRole += 1;
}

function notePersonal({ parts }: EventTally, record: RawEvent): void {
  for (const [part, field] of FIELDS_OF_PEOPLE) {
    const path = `${part}.${field}`;
    const value = readPath(record, part, field);
    const isKept = value !== undefined && !(isEmpty(value) && FILLED_FIELDS.includes(path));
    if (isKept && !isWrapped(value, part, field)) parts.add(path);
  }
  for (const path of INNER_FIELDS) {
    if (readThroughNull(record, path) !== undefined) parts.add(path.join('.'));
  }
}

/** Stores put what they say of a value around it, and no check finds a text in an object. */
function isWrapped(value: unknown, part: string, field: string): boolean {
  return isRecord(value) && !INNER_OBJECTS[part]?.includes(field);
}

function noteTargets({ parts }: EventTally, targets: readonly RawEvent[]): void {
  for (const field of TARGET_FIELDS) {
    const isKept = targets.some((target) => {
      const value = target[field];
      return value !== undefined && !isRecord(value);
    });
    if (isKept) parts.add(`target.${field}`);
  }
}

/** True as long as every record that was looked into names somebody whom all others name. */
export function mayBeOfOne({ namedByAll }: EventTally): boolean {
  return namedByAll === null || namedByAll.length > 0;
}

/** True as long as somebody may have chosen the records that were looked into by whom they name or how they ended. */
export function mayBeChosen(tally: EventTally): boolean {
  return tally.areAllAttempts || mayBeOfOne(tally);
}

/** Takes note of whom a record names and whether it is an attempt. */
export function noteChoice(tally: EventTally, record: RawEvent): void {
  tally.areAllAttempts &&= isAttempt({ raw: record });
  if (mayBeOfOne(tally)) keepNamed(tally, listNamed(record));
}

function keepNamed(tally: EventTally, named: readonly string[]): void {
  tally.namedByAll = tally.namedByAll?.filter((name) => named.includes(name)) ?? named;
}

function listNamed(raw: RawEvent): string[] {
  return [readActor({ raw }), ...readTargets({ raw })].flatMap(
    (party) => party?.id ?? party?.login ?? [],
  );
}

/** What became text, and parts and fields of the record that none of many has: whoever exported them chose columns. */
export function listLost(tally: EventTally): string[] {
  const { parts, flattened, lookedInto, byPeople } = tally;
  const absent = lookedInto < ENOUGH_RECORDS ? [] : RECORD_PARTS.filter((part) => !parts.has(part));
  const personal = byPeople < ENOUGH_BY_PEOPLE ? [] : FIELDS_OF_PEOPLE;
  const fields = personal
    .filter(([part]) => parts.has(part) && !flattened.has(part))
    .map(([part, field]) => `${part}.${field}`)
    .filter((field) => !parts.has(field) && !flattened.has(field));
  const inner = byPeople < ENOUGH_BY_PEOPLE ? [] : listLostInside(tally);
  const targets = listLostOfTargets(tally);
  const told = [...listLostReason(tally), ...listLostRole(tally)];
  return [...flattened, ...absent, ...fields, ...inner, ...targets, ...told];
}

function listLostInside({ parts, flattened }: EventTally): string[] {
  return INNER_FIELDS.flatMap(([part, object, field]) => {
    const [whole, path] = [`${part}.${object}`, `${part}.${object}.${field}`];
    const isInside = parts.has(whole) && !flattened.has(part) && !flattened.has(whole);
    return isInside && !parts.has(path) ? [path] : [];
  });
}

/** Where none says what it is, nobody finds the one that a check is about. */
function listLostOfTargets({ parts, withTargets }: EventTally): string[] {
  const lost = TARGET_FIELDS.map((field) => `target.${field}`).filter((path) => !parts.has(path));
  if (withTargets < ENOUGH_RECORDS || lost.length === 0) return [];
  return lost.includes('target.type') ? ['target'] : lost;
}

function listLostReason({ failedWithoutReason, hasReason }: EventTally): string[] {
  return !hasReason && failedWithoutReason >= ENOUGH_RECORDS ? ['outcome.reason'] : [];
}

function listLostRole({ grantedWithoutRole, hasRole }: EventTally): string[] {
  return !hasRole && grantedWithoutRole > 0 ? ['debugContext.debugData.privilegeGranted'] : [];
}

/**
 * PowerShell writes `@{id=00u1; type=User}` below the depth that it was given, Athena `{id=00u1, type=User}`, BigQuery lists of
 * Parquet as `{"list": [...]}`, and what came through XML has a list of one as its element.
 */
export function noteFlattened({ flattened }: EventTally, record: RawEvent): void {
  for (const path of listPantherLosses(record)) flattened.add(path);
  for (const part of RECORD_PARTS) {
    const value = record[part];
    const isKept = part === 'target' ? isListOfObjects(value) : isRecord(value);
    if (!isKept && isThere(value)) flattened.add(part);
    if (!isRecord(value)) continue;
    for (const name of INNER_OBJECTS[part] ?? []) {
      if (!isRecord(value[name]) && isThere(value[name])) flattened.add(`${part}.${name}`);
    }
  }
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRecord);
}

function isEmpty(value: unknown): boolean {
  return value === null || (isRecord(value) && Object.keys(value).length === 0);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 'null';
}
