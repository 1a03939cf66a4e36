import { DAY_MS, HOUR_MS } from '../../../model/time-window.ts';
import { familyOf, routineBit } from './event-families.ts';

export interface HourTally {
  events: number;
  firstMs: number;
  lastMs: number;
  /** One bit for each of the routine families, in their order. */
  routine: number;
}

/** When events happened and of which families, also of those that nobody asked for. */
export interface EventTally {
  /** By hours since the epoch. */
  readonly hours: Map<number, HourTally>;
  /** Families present, by days since the epoch. */
  readonly familiesByDay: Map<number, Set<string>>;
}

export function startTally(): EventTally {
  return { hours: new Map(), familiesByDay: new Map() };
}

export function tallyEvent(tally: EventTally, publishedMs: number, eventType: string): void {
  const family = familyOf(eventType);
  const routine = routineBit(family);
  const hour = Math.floor(publishedMs / HOUR_MS);
  addHour(tally, hour, { events: 1, firstMs: publishedMs, lastMs: publishedMs, routine });
  addFamily(tally, Math.floor(publishedMs / DAY_MS), family);
}

/** Adds what `other` saw to `tally`. */
export function mergeTally(tally: EventTally, other: EventTally): void {
  for (const [hour, seen] of other.hours) addHour(tally, hour, seen);
  for (const [day, families] of other.familiesByDay) {
    for (const family of families) addFamily(tally, day, family);
  }
}

export function addHour(tally: EventTally, hour: number, seen: HourTally): void {
  const known = tally.hours.get(hour);
  if (known === undefined) {
    tally.hours.set(hour, { ...seen });
    return;
  }
  known.events += seen.events;
  known.firstMs = Math.min(known.firstMs, seen.firstMs);
  known.lastMs = Math.max(known.lastMs, seen.lastMs);
  known.routine |= seen.routine;
}

export function addFamily(tally: EventTally, day: number, family: string): void {
  const families = tally.familiesByDay.get(day);
  if (families === undefined) tally.familiesByDay.set(day, new Set([family]));
  else families.add(family);
}
