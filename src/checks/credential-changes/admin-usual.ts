import { isAttempt, type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import type { Attribution } from '../../model/match.ts';
import { DAY_MS } from '../../model/time-window.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { keyOf } from '../name-party.ts';
import { readPlace } from '../read-place.ts';
import { attributeChange } from './attribute-change.ts';
import { CREDENTIAL_CHANGE_TYPES, readChangeFamily } from './change-types.ts';

export const ADMIN_USUAL_TYPES: readonly string[] = CREDENTIAL_CHANGE_TYPES;

/** How many days before a day are its history. */
const USUAL_DAYS = 14;

/** Fewer people than this in a day is nothing unusual, whatever the history says. */
const FEWEST = 10;
/** So many times the busiest day of the history is far above the usual. */
const FACTOR = 3;
/** With fewer active days than this there is no history to measure by. */
const SHORTEST_HISTORY = 3;
/** One day as busy may have been an accident, or the begin of an attack. */
const FEWEST_BUSY_DAYS = 3;
/** Without history, so many people in one day are unusual by themselves. */
const FEWEST_WITHOUT_HISTORY = 25;

/** Who changes credentials of other people as a part of the job. */
export const BY_OTHERS: readonly Attribution[] = ['administrator', 'api-token', 'oauth-app'];

export interface AdminDay {
  /** How many people's credentials this administrator changed on the day. */
  readonly people: number;
  /** On the busiest of the 14 days before; null where there is too little history. */
  readonly busiestBefore: number | null;
  readonly isAboveUsual: boolean;
  /** Whether several of those days were as busy, from each place from which the changes of the day came. */
  readonly isWithinUsual: boolean;
  /** Whether it would be, if all of those days did not lie before anybody was asked. */
  readonly isUsualUnasked: boolean;
}

export interface AdminUsual {
  accept(event: LogEvent): void;
  /**
   * What an administrator did on the UTC day of a change, against the days before; null for changes of no administrator.
   * About what was done since `watchedSinceMs` somebody was asked.
   */
  weigh(change: LogEvent, watchedSinceMs: number): AdminDay | null;
}

interface Day {
  readonly people: Set<string>;
  /** By network with its country; null where a change names no address. */
  readonly peopleByPlace: Map<string | null, Set<string>>;
}

/** Counts per administrator and day whose credentials they changed; people, not events, because one reset logs several. */
export function beginAdminUsual(ownNetworks: AddressMatcher): AdminUsual {
  const daysByAdmin = new Map<string, Map<number, Day>>();
  return {
    accept(event) {
      const change = readAdminChange(event);
      if (change === null) return;
      const days = daysByAdmin.get(change.admin) ?? new Map<number, Day>();
      const day = days.get(change.day) ?? { people: new Set(), peopleByPlace: new Map() };
      day.people.add(change.person);
      const place = namePlace(event, ownNetworks);
      const peopleThere = day.peopleByPlace.get(place) ?? new Set();
      day.peopleByPlace.set(place, peopleThere.add(change.person));
      days.set(change.day, day);
      daysByAdmin.set(change.admin, days);
    },
    weigh(event, watchedSinceMs) {
      const change = readAdminChange(event);
      const days = change === null ? undefined : daysByAdmin.get(change.admin);
      if (change === null || days === undefined) return null;
      return weighDay({ days, day: change.day, watchedSinceMs });
    },
  };
}

function weighDay({
  days,
  day,
  watchedSinceMs,
}: {
  readonly days: ReadonlyMap<number, Day>;
  readonly day: number;
  readonly watchedSinceMs: number;
}): AdminDay {
  const today = days.get(day);
  const people = today?.people.size ?? 0;
  const before = Array.from({ length: USUAL_DAYS }, (_, index) => day - 1 - index).flatMap(
    (number) => {
      const other = days.get(number);
      return other === undefined ? [] : { ...other, isWatched: number * DAY_MS >= watchedSinceMs };
    },
  );
  if (today === undefined || before.length < SHORTEST_HISTORY) {
    return {
      people,
      busiestBefore: null,
      isAboveUsual: people >= FEWEST_WITHOUT_HISTORY,
      isWithinUsual: false,
      isUsualUnasked: false,
    };
  }
  const alike = before.filter((other) => isLike(today, other));
  const isUsual = alike.length >= FEWEST_BUSY_DAYS;
  const isAsked = alike.some(({ isWatched }) => isWatched);
  const busiestBefore = Math.max(...before.map((other) => other.people.size));
  return {
    people,
    busiestBefore,
    isAboveUsual: people >= FEWEST && people >= FACTOR * busiestBefore,
    isWithinUsual: isUsual && isAsked,
    isUsualUnasked: isUsual && !isAsked,
  };
}

/**
 * As much from each place: whoever has a stolen token of a busy program is elsewhere, and may have reset one person a day
 * from there beside it.
 */
function isLike(day: Day, other: Day): boolean {
  return [...day.peopleByPlace].every(([place, people]) => {
    const peopleBefore = other.peopleByPlace.get(place)?.size ?? 0;
    return place !== null && peopleBefore >= people.size;
  });
}

function namePlace(event: LogEvent, ownNetworks: AddressMatcher): string | null {
  const place = readPlace(event, ownNetworks);
  return place === null ? null : `${place.network} ${place.country}`;
}

function readAdminChange(
  event: LogEvent,
): { readonly admin: string; readonly day: number; readonly person: string } | null {
  if (readChangeFamily(event.eventType) === null || isAttempt(event)) return null;
  if (!BY_OTHERS.includes(attributeChange(event).attribution)) return null;
  const admin = keyOf(readActor(event));
  const person = keyOf(readTargetUser(event));
  if (admin === null || person === null) return null;
  return { admin, person, day: Math.floor(event.publishedMs / DAY_MS) };
}
