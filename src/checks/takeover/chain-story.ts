import { compareEvents, type LogEvent, readActor } from '../../model/log-event.ts';
import { isInside, type TimeWindow } from '../../model/time-window.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { keyOf } from '../name-party.ts';
import { type PackedEvent, packEvent, unpackEvent } from '../pack-event.ts';
import { type Place, readPlace } from '../read-place.ts';
import { readSessionIds } from '../read-session-ids.ts';
import type { ChainCandidate } from './chain-candidates.ts';
import { type ChainStep, isChange, isNewFactor, isReturn } from './chain-steps.ts';
import {
  BASELINE_MS,
  createPlaceBaseline,
  JUST_BEFORE_MS,
  type PlaceBaseline,
} from './place-baseline.ts';

/** What happened to one person after one credential change, if it looks like a takeover. */
export interface Takeover {
  /** At least one, the first of which began it. */
  readonly changes: readonly LogEvent[];
  readonly factors: readonly LogEvent[];
  /**
   * Where the account was used from an unseen place or a new proxy, once a place; a network that is new in a known country
   * only where power was used from it, because people change networks daily.
   */
  readonly arrivals: readonly Sighting[];
  /** Acts of power from there. */
  readonly powers: readonly LogEvent[];
  /** Some of them came from an unseen country, or through a new proxy. */
  readonly isPowerFromAfar: boolean;
  readonly hasHistory: boolean;
}

export interface Sighting {
  readonly event: LogEvent;
  readonly place: Place;
  readonly isNewProxy: boolean;
  /** Neither network nor country was seen before. */
  readonly isUnseen: boolean;
  /** When the account was last used from there. */
  readonly lastMs: number;
}

export interface ChainStory {
  /** Hears an event of the second reading; repetitions change nothing. */
  accept(event: LogEvent, step: ChainStep): void;
  tell(): Takeover[];
}

interface Used {
  /** The earliest. */
  readonly packed: PackedEvent;
  /** Its own: one network has many addresses. */
  readonly place: Place;
  readonly lastMs: number;
}

/** What is kept of one candidate: a number a visit, and of each window the events that can be part of a takeover. */
interface Memory {
  readonly candidate: ChainCandidate;
  readonly baseline: PlaceBaseline;
  readonly createdMs: number[];
  readonly changes: Map<string, PackedEvent>;
  readonly factors: Map<string, PackedEvent>;
  readonly powers: Map<string, PackedEvent>;
  /** The use of the account from each place that is not known to be usual, in each window. */
  readonly uses: Map<string, Used>;
}

export function beginChainStory(
  candidate: ChainCandidate,
  ownNetworks: AddressMatcher,
): ChainStory {
  const memory: Memory = {
    candidate,
    baseline: createPlaceBaseline(),
    createdMs: [],
    changes: new Map(),
    factors: new Map(),
    powers: new Map(),
    uses: new Map(),
  };
  return {
    accept(event, step) {
      if (step === 'arrival') memory.createdMs.push(event.publishedMs);
      if (step !== 'arrival' && !isChange(step)) noteUse(memory, event, ownNetworks);
      keepStep(memory, event, step);
    },
    tell: () =>
      candidate.windows.flatMap((window) => tellWindow(memory, window, ownNetworks) ?? []),
  };
}

function keepStep(memory: Memory, event: LogEvent, step: ChainStep): void {
  if (!memory.candidate.windows.some((window) => isInside(window, event.publishedMs))) return;
  if (isChange(step)) memory.changes.set(event.uuid, packEvent(event));
  if (isNewFactor(step)) memory.factors.set(event.uuid, packEvent(event));
  if (step === 'power') memory.powers.set(event.uuid, packEvent(event));
}

function noteUse(memory: Memory, event: LogEvent, ownNetworks: AddressMatcher): void {
  if (keyOf(readActor(event)) !== memory.candidate.person) return;
  const place = readPlace(event, ownNetworks);
  if (place === null) return;
  memory.baseline.add(place, event.publishedMs);
  const index = memory.candidate.windows.findIndex((window) => isInside(window, event.publishedMs));
  const window = memory.candidate.windows[index];
  if (window === undefined) return;
  if (!memory.baseline.isNewNetwork(place, window.sinceMs - JUST_BEFORE_MS)) return;
  const key = `${index} ${place.network} ${place.country ?? ''} ${place.isProxy}`;
  const known = memory.uses.get(key);
  const isFirst = known === undefined || compareEvents(event, known.packed) < 0;
  const first = isFirst ? { packed: packEvent(event), place } : known;
  const lastMs = Math.max(event.publishedMs, known?.lastMs ?? 0);
  memory.uses.set(key, { ...first, lastMs });
}

function tellWindow(
  memory: Memory,
  window: TimeWindow,
  ownNetworks: AddressMatcher,
): Takeover | null {
  const startMs = findUsualEnd(memory.baseline, window.sinceMs);
  const hasHistory = memory.baseline.hasHistory(startMs);
  const isNewcomer = memory.createdMs.some(
    (atMs) => atMs >= window.sinceMs - BASELINE_MS && atMs < window.untilMs,
  );
  const acts = listInside(memory.powers, window);
  const isFirstDay = acts.length === 0 && isOnlyLetIn(memory, window);
  const sightings = [...memory.uses.values()]
    .filter(({ packed }) => isInside(window, packed.publishedMs))
    .filter(({ place }) => memory.baseline.isNewNetwork(place, startMs))
    .map((use) => toSighting(use, memory.baseline, startMs))
    .filter(({ isNewProxy }) => hasHistory || isNewProxy || !(isNewcomer || isFirstDay))
    .sort((one, other) => compareEvents(one.event, other.event));
  const listFrom = (places: readonly Sighting[]): LogEvent[] =>
    acts.filter((event) => isFromThere(event, places, ownNetworks));
  const arrivals = sightings.filter(
    (sighting) => isFromAfar(sighting) || listFrom([sighting]).length > 0,
  );
  const changes = arrivals.length === 0 ? [] : listInside(memory.changes, window);
  if (changes.length === 0) return null;
  const factors = listInside(memory.factors, window);
  const powers = listFrom(arrivals);
  if (factors.length + powers.length === 0) return null;
  const isPowerFromAfar = listFrom(arrivals.filter(isFromAfar)).length > 0;
  return { changes, factors, arrivals, powers, isPowerFromAfar, hasHistory };
}

/** Until when a place counts as usual; of somebody who was not seen before the last hour, all of it does. */
function findUsualEnd(baseline: PlaceBaseline, changedMs: number): number {
  const beforeMs = changedMs - JUST_BEFORE_MS;
  return baseline.hasHistory(beforeMs) ? beforeMs : changedMs;
}

/** As with a newcomer whose account was made weeks before: a key waits on the desk, or the invitation is sent again. */
function isOnlyLetIn({ changes, factors }: Memory, window: TimeWindow): boolean {
  return [...changes.values()]
    .filter(({ publishedMs }) => isInside(window, publishedMs))
    .every((change) => factors.has(change.uuid) || isReturn(change));
}

function isFromAfar({ isUnseen, isNewProxy }: Sighting): boolean {
  return isUnseen || isNewProxy;
}

function toSighting(
  { packed, place, lastMs }: Used,
  baseline: PlaceBaseline,
  startMs: number,
): Sighting {
  return {
    event: unpackEvent(packed),
    place,
    lastMs,
    isNewProxy: baseline.isNewProxy(place, startMs),
    isUnseen: baseline.isUnseen(place, startMs),
  };
}

/** An act counts where it came from such a place, or in a session that was used far away before. */
function isFromThere(
  event: LogEvent,
  arrivals: readonly Sighting[],
  ownNetworks: AddressMatcher,
): boolean {
  const place = readPlace(event, ownNetworks);
  const sessionIds = readSessionIds(event);
  return arrivals.some((arrival) => {
    if (arrival.event.publishedMs > event.publishedMs) return false;
    const isSamePlace =
      place?.network === arrival.place.network && place.country === arrival.place.country;
    if (isSamePlace || !isFromAfar(arrival)) return isSamePlace;
    return readSessionIds(arrival.event).some((id) => sessionIds.includes(id));
  });
}

function listInside(events: ReadonlyMap<string, PackedEvent>, window: TimeWindow): LogEvent[] {
  return [...events.values()]
    .filter((packed) => isInside(window, packed.publishedMs))
    .map(unpackEvent)
    .sort(compareEvents);
}
