import { isAttempt, type RawEvent, readActor, readTargets } from '../../../model/log-event.ts';
import { DAY_MS, HOUR_MS } from '../../../model/time-window.ts';
import { type BusySlots, markSlot, mergeSlots, SLOT_MS, startBusySlots } from './busy-slots.ts';
import { familyOf, routineBit } from './event-families.ts';
import { type KeptParts, mergeKeptParts, startKeptParts } from './kept-parts.ts';
import { noteParts } from './note-parts.ts';
import { mergeThinned, type ThinnedDays } from './thinned-records.ts';

export interface HourTally {
  events: number;
  firstMs: number;
  lastMs: number;
  /** One bit for each of the routine families, in their order. */
  routine: number;
  readonly busy: BusySlots;
}

/** When events happened and of which families, also of those that nobody asked for. */
export interface EventTally extends KeptParts {
  /** By hours since the epoch. */
  readonly hours: Map<number, HourTally>;
  /** Event types present, by days since the epoch. */
  readonly typesByDay: Map<number, Set<string>>;
  /** The orgs that its format names. */
  readonly orgs: Set<string>;
  /** What single records lack. */
  readonly thinned: ThinnedDays;
  /** True where each of the records that were looked into tells of an attempt that failed. */
  areAllAttempts: boolean;
  /** Who is actor or target of each of them; null before the first. */
  namedByAll: readonly string[] | null;
}

export function startTally(): EventTally {
  return {
    hours: new Map(),
    typesByDay: new Map(),
    orgs: new Set(),
    ...startKeptParts(),
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
  mergeKeptParts(tally, other);
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

/** Takes note of the parts that a record has, whom it names, and whether it is an attempt. */
export function lookInto(tally: EventTally, record: RawEvent): void {
  noteChoice(tally, record);
  noteParts(tally, record);
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
