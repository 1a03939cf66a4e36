import type { LogEvent } from '../model/log-event.ts';
import type { AddressMatcher } from './address-matcher.ts';
import { isThroughPrivateRelay } from './is-through-private-relay.ts';
import { readOrigin } from './read-origin.ts';

/** Where somebody was, coarse enough that a new address at the same provider is the same place. */
export interface Place {
  /**
   * The autonomous system, else the neighbourhood of the address; `own` for the organisation's networks. Apple's private
   * relay is one network in each country, whose exit today is no other place than that of yesterday.
   */
  readonly network: string;
  readonly country: string | null;
  readonly isProxy: boolean;
  readonly address: string;
}

/** The organisation's own networks are one place, which is new to nobody. */
export const OWN_NETWORK = 'own';

/** Null where the event names no address: nobody was anywhere. */
export function readPlace(event: LogEvent, ownNetworks: AddressMatcher): Place | null {
  const { address, asn, country, isProxy } = readOrigin(event);
  if (address === null) return null;
  if (ownNetworks.find(address) !== null) {
    return { network: OWN_NETWORK, country, isProxy: false, address };
  }
  if (country !== null && isThroughPrivateRelay(event)) {
    return { network: `private relay in ${country}`, country, isProxy, address };
  }
  const network = asn === null || asn === '0' ? toNeighbourhood(address) : `AS${asn}`;
  return { network, country, isProxy, address };
}

/** The first 24 bits of an IPv4 address, about the first 48 of an IPv6 address. */
function toNeighbourhood(address: string): string {
  return address.includes(':')
    ? address.split(':').slice(0, 3).join(':')
    : address.split('.').slice(0, 3).join('.');
}
