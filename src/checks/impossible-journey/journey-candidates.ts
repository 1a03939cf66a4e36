import { type LogEvent, readActor } from '../../model/log-event.ts';
import { DAY_MS, HOUR_MS, isInside, type TimeWindow } from '../../model/time-window.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { keyOf } from '../name-party.ts';
import { type Place, readPlace } from '../read-place.ts';
import {
  BASELINE_MS,
  createPlaceBaseline,
  type PlaceBaseline,
} from '../takeover/place-baseline.ts';
import { createTimesByKey } from '../times-by-key.ts';
import { readAct } from './read-act.ts';

/** Whoever came to a place longer ago is no newcomer there. */
export const STAY_MS = DAY_MS;

/** A place from which so many others did something before is one of the organisation. */
const COLLEAGUES = 2;

/** Somebody who used power, or got a factor, from where neither they nor colleagues did anything like it before. */
export interface JourneyCandidate {
  readonly person: string;
  /** Okta's id, or null where only the login is known. */
  readonly id: string | null;
  /** When that was, at least one. */
  readonly actsMs: readonly number[];
  /** From where, as `keyPlace` has them. */
  readonly places: ReadonlySet<string>;
}

export interface JourneyCandidates {
  accept(event: LogEvent): void;
  /** By what they did in a stretch of time; what was done before it tells only where they and others were at home. */
  list(asked: TimeWindow): JourneyCandidate[];
}

interface Person {
  readonly id: string | null;
  readonly baseline: PlaceBaseline;
  /** The first of each hour from each place. */
  readonly acts: Map<string, { readonly atMs: number; readonly place: Place }>;
}

/** Picks, from acts alone, the few people whose sign-ins are worth reading. */
export function beginJourneyCandidates(ownNetworks: AddressMatcher): JourneyCandidates {
  const people = new Map<string, Person>();
  const visitors = new Map<string, Set<string>>();
  const visits = createTimesByKey();

  function isOfColleagues(key: string, person: string, atMs: number): boolean {
    const untilMs = atMs - STAY_MS;
    const others = [...(visitors.get(key) ?? [])].filter(
      (other) =>
        other !== person &&
        visits.findFirst(`${other} ${key}`, untilMs - BASELINE_MS, untilMs - 1) !== null,
    );
    return others.length >= COLLEAGUES;
  }

  return {
    accept(event) {
      const party = readActor(event);
      const person = keyOf(party);
      const place = readAct(event) === null ? null : readPlace(event, ownNetworks);
      if (party === null || person === null || place === null) return;
      const atMs = event.publishedMs;
      const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
      const key = keyPlace(place);
      const { acts, baseline } = people.get(person) ?? addPerson(people, person, party.id);
      const known = acts.get(`${key} ${hourMs}`);
      if (known === undefined || atMs < known.atMs) acts.set(`${key} ${hourMs}`, { atMs, place });
      if (known !== undefined) return;
      baseline.add(place, hourMs);
      visits.add(`${person} ${key}`, hourMs);
      visitors.set(key, (visitors.get(key) ?? new Set()).add(person));
    },
    list: (asked) =>
      [...people].flatMap(([person, { id, acts, baseline }]) => {
        const odd = [...acts.values()].filter(
          ({ atMs, place }) =>
            isInside(asked, atMs) &&
            baseline.isUnseen(place, atMs - STAY_MS) &&
            !isOfColleagues(keyPlace(place), person, atMs),
        );
        if (odd.length === 0) return [];
        const places = new Set(odd.map(({ place }) => keyPlace(place)));
        return [{ person, id, actsMs: odd.map(({ atMs }) => atMs), places }];
      }),
  };
}

/** One network in one country. */
export function keyPlace({ network, country }: Place): string {
  return `${network} ${country ?? ''}`;
}

function addPerson(people: Map<string, Person>, key: string, id: string | null): Person {
  const person: Person = { id, baseline: createPlaceBaseline(), acts: new Map() };
  people.set(key, person);
  return person;
}
