import { DAY_MS, HOUR_MS } from '../../model/time-window.ts';
import { OWN_NETWORK, type Place } from '../read-place.ts';
import { createTimesByKey } from '../times-by-key.ts';

/** How far back somebody's own places count. */
export const BASELINE_MS = 14 * DAY_MS;

/** Whoever has a stolen session is there shortly before they change anything: a place so new is nobody's usual one. */
export const JUST_BEFORE_MS = HOUR_MS;

const ANYWHERE = 'anywhere';

/** The places of one person, a number each visit. */
export interface PlaceBaseline {
  add(place: Place, atMs: number): void;
  /** True where the person was seen anywhere in the 14 days before a moment. */
  hasHistory(beforeMs: number): boolean;
  /** True where neither the network nor the country of a place was seen in the 14 days before a moment. */
  isUnseen(place: Place, beforeMs: number): boolean;
  /** True where the network was not seen, whatever the country. */
  isNewNetwork(place: Place, beforeMs: number): boolean;
  /** True for a proxy that the person did not use before: as telling as an unseen place. */
  isNewProxy(place: Place, beforeMs: number): boolean;
}

export function createPlaceBaseline(): PlaceBaseline {
  const visits = createTimesByKey();
  function wasSeen(key: string, beforeMs: number): boolean {
    return visits.findFirst(key, beforeMs - BASELINE_MS, beforeMs - 1) !== null;
  }
  return {
    add({ network, country }, atMs) {
      visits.add(ANYWHERE, atMs);
      visits.add(`network ${network}`, atMs);
      if (country !== null) visits.add(`country ${country}`, atMs);
    },
    hasHistory: (beforeMs) => wasSeen(ANYWHERE, beforeMs),
    isUnseen({ network, country }, beforeMs) {
      if (network === OWN_NETWORK || country === null) return false;
      return !wasSeen(`network ${network}`, beforeMs) && !wasSeen(`country ${country}`, beforeMs);
    },
    isNewNetwork: ({ network }, beforeMs) =>
      network !== OWN_NETWORK && !wasSeen(`network ${network}`, beforeMs),
    isNewProxy: ({ network, isProxy }, beforeMs) =>
      isProxy && !wasSeen(`network ${network}`, beforeMs),
  };
}
