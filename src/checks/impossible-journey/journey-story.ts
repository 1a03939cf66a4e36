import { groupByKey } from '../../model/group-by-key.ts';
import { compareEvents, type LogEvent, readActor } from '../../model/log-event.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { isByOkta } from '../is-by-okta.ts';
import { isByTelephone } from '../is-by-telephone.ts';
import { isPasswordAlone } from '../is-password-alone.ts';
import { keyOf } from '../name-party.ts';
import { type PackedEvent, packEvent, unpackEvent } from '../pack-event.ts';
import { type Place, readPlace } from '../read-place.ts';
import { describeUse, isByPerson, USE_TYPES } from '../session-use.ts';
import { CHAIN_SIGN_IN_TYPES } from '../takeover/chain-steps.ts';
import { createPlaceBaseline, type PlaceBaseline } from '../takeover/place-baseline.ts';
import { type JourneyCandidate, keyPlace, STAY_MS } from './journey-candidates.ts';
import { isImpossible, type Point, readPoint } from './measure-journey.ts';
import { ACT_TYPES, type Act, readAct } from './read-act.ts';

/** Where the account of a candidate was used, the telephones among it that answer a push. */
export const VISIT_TYPES: readonly string[] = [
  ...new Set([...CHAIN_SIGN_IN_TYPES, ...USE_TYPES, ...ACT_TYPES]),
];

/** One account that was used from two countries in less time than the way takes. */
export interface Journey {
  /** The first use from there. */
  readonly arrival: LogEvent;
  /** What was done there, at least one. */
  readonly acts: readonly { readonly act: Act; readonly event: LogEvent }[];
  /** The two uses that are nearest in time. */
  readonly there: Visit;
  readonly own: Visit;
}

export interface Visit {
  readonly uuid: string;
  readonly publishedMs: number;
  readonly place: Place;
  readonly point: Point | null;
  /** Address, place and browser. */
  readonly use: string;
  /** By a browser of no telephone: abroad those are still sent from home by their carrier. */
  readonly isSteady: boolean;
  /** It makes the place a usual one. */
  readonly isSignedIn: boolean;
}

export interface JourneyStory {
  /** Hears an event of the second reading; repetitions change nothing. */
  accept(event: LogEvent): void;
  tell(): Journey[];
}

interface Done {
  readonly act: Act;
  readonly packed: PackedEvent;
  readonly place: Place;
}

/** What is known of one account. */
interface Memory {
  readonly visits: readonly Visit[];
  readonly baseline: PlaceBaseline;
  /** Those from the places in question, by uuid. */
  readonly packed: ReadonlyMap<string, PackedEvent>;
}

export function beginJourneyStory(
  candidate: JourneyCandidate,
  ownNetworks: AddressMatcher,
): JourneyStory {
  const visits = new Map<string, Visit>();
  const packed = new Map<string, PackedEvent>();
  const done: Done[] = [];
  return {
    accept(event) {
      if (!VISIT_TYPES.includes(event.eventType) || !isByPerson(event)) return;
      if (keyOf(readActor(event)) !== candidate.person) return;
      const place = readPlace(event, ownNetworks);
      const act = readAct(event);
      if (place === null || (act === null && isByOkta(event)) || visits.has(event.uuid)) return;
      visits.set(event.uuid, toVisit(event, place));
      if (!candidate.places.has(keyPlace(place))) return;
      const kept = packEvent(event);
      packed.set(event.uuid, kept);
      if (act !== null) done.push({ act, place, packed: kept });
    },
    tell() {
      const memory = {
        visits: [...visits.values()].sort(compareEvents),
        baseline: createPlaceBaseline(),
        packed,
      };
      for (const { isSignedIn, place, publishedMs } of memory.visits) {
        if (isSignedIn) memory.baseline.add(place, publishedMs);
      }
      return listStays(done, memory).flatMap((stay) => tellStay(stay, memory) ?? []);
    },
  };
}

function toVisit(event: LogEvent, place: Place): Visit {
  const { uuid, publishedMs, eventType } = event;
  return {
    uuid,
    publishedMs,
    place,
    point: readPoint(event),
    use: describeUse(event),
    isSteady: USE_TYPES.includes(eventType) && !isByTelephone(event),
    isSignedIn: !isPasswordAlone(event),
  };
}

/** What was done within a day of coming to a place where the person had not been before. */
function listStays(done: readonly Done[], { baseline }: Memory): (readonly Done[])[] {
  const asNewcomer = done
    .filter(({ place, packed }) => {
      const beforeMs = packed.publishedMs - STAY_MS;
      return baseline.hasHistory(beforeMs) && baseline.isUnseen(place, beforeMs);
    })
    .sort((one, other) => compareEvents(one.packed, other.packed));
  return [...groupByKey(asNewcomer, ({ place }) => keyPlace(place)).values()].flatMap(splitStays);
}

/** Somebody may come again, when all that is usual has changed. */
function splitStays(inOrder: readonly Done[]): Done[][] {
  const stays: Done[][] = [];
  for (const one of inOrder) {
    const stay = stays.at(-1);
    const first = stay?.[0]?.packed.publishedMs ?? Number.NEGATIVE_INFINITY;
    if (stay === undefined || one.packed.publishedMs - first > STAY_MS) stays.push([one]);
    else stay.push(one);
  }
  return stays;
}

function tellStay(stay: readonly Done[], { visits, baseline, packed }: Memory): Journey | null {
  const [first] = stay;
  if (first === undefined) return null;
  const { place } = first;
  const atMs = first.packed.publishedMs;
  const near = visits.filter(({ publishedMs }) => Math.abs(publishedMs - atMs) <= STAY_MS);
  const there = near.filter((visit) => isSamePlace(visit.place, place));
  const own = near.filter(
    (visit) =>
      visit.isSteady &&
      isAbroad(visit.place, place) &&
      !baseline.isNewNetwork(visit.place, atMs - STAY_MS),
  );
  const pairs = there.flatMap((one) =>
    own.filter((other) => isImpossible(one, other)).map((other) => ({ there: one, own: other })),
  );
  const [nearest] = pairs.sort((one, other) => measureGapMs(one) - measureGapMs(other));
  if (nearest === undefined) return null;
  return {
    ...nearest,
    arrival: unpackEvent(packed.get(there[0]?.uuid ?? '') ?? first.packed),
    acts: stay.map(({ act, packed: each }) => ({ act, event: unpackEvent(each) })),
  };
}

function isSamePlace(one: Place, other: Place): boolean {
  return keyPlace(one) === keyPlace(other);
}

function isAbroad(one: Place, other: Place): boolean {
  return one.country !== null && one.country !== other.country;
}

export function measureGapMs({ there, own }: Pick<Journey, 'there' | 'own'>): number {
  return Math.abs(there.publishedMs - own.publishedMs);
}
