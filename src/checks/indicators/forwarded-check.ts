import type { Check, CheckProfile, CheckRun } from '../../model/check.ts';
import { ALL_EVENT_TYPES } from '../../model/event-type-set.ts';
import { formatCount } from '../../model/format-count.ts';
import { type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import type { Match } from '../../model/match.ts';
import type { Indicator } from '../../model/scope.ts';
import { keyOf, nameParty } from '../name-party.ts';
import { readAddress } from '../read-origin.ts';
import { findAddress } from './find-indicators.ts';
import { readForwarded } from './read-forwarded.ts';

export const FORWARDED_CHECK_ID = 'indicator-forwarded-address';

/**
 * Looks for published addresses where somebody between the attacker and Okta is taken for the client: a content delivery network
 * in front of the tenant's own domain, a gateway that no network zone lists. Okta writes then what the proxy said.
 */
export function createForwardedCheck(addresses: readonly Indicator[]): Check {
  return {
    ...toProfile(addresses),
    needs: {
      eventTypes: ALL_EVENT_TYPES,
      lookBackMs: 0,
      lookAheadMs: 0,
      fields: ['request.ipChain'],
    },
    begin: () => beginRun(addresses),
  };
}

function toProfile(addresses: readonly Indicator[]): CheckProfile {
  const isStrong = addresses.some(({ strength }) => strength === 'strong');
  return {
    id: FORWARDED_CHECK_ID,
    kind: 'indicator',
    title: 'An address that the attacker used, through a proxy',
    description:
      'A published address stands in request.ipChain, and is not the one that Okta took for the client. What stands before ' +
      "the client's address was said by the client or by a proxy that your network zones do not list, such as a content " +
      'delivery network in front of your own domain: it may be true, and anybody can write it. What stands behind it is a ' +
      'proxy that your network zones trust, and whoever came through that could say any address to be their own.',
    severity: isStrong ? 'medium' : 'low',
    confidence: 'low',
    techniques: ['T1078.004', 'T1090'],
    references: [...new Set(addresses.map(({ source }) => source)), CHAIN_PAGE],
    falsePositives: [
      'A proxy or a commercial VPN that your own people use as well.',
      'A header that a program or a scanner made up.',
    ],
    nextSteps: [
      'Ask whoever runs the proxy in client.ipAddress from which address it was connected to at that time.',
      'List everything from the same client.ipAddress, a day before and after.',
      'List everything in the same authenticationContext.externalSessionId, from its first event to its last.',
    ],
    ask: 'actor',
  };
}

const CHAIN_PAGE =
  'https://support.okta.com/help/s/article/okta-evaluation-of-client-ip-addresses-from-an-ip-chain';

function beginRun(addresses: readonly Indicator[]): CheckRun {
  const find = findAddress(addresses);
  const matches: Match[] = [];
  let unsaid = 0;
  return {
    accept(event) {
      const forwarded = readForwarded(event);
      const own = readAddress(event);
      if (forwarded === null && own !== null) unsaid += 1;
      if (forwarded === null || forwarded.length === 0) return;
      // Whatever came from a published address itself is told as that.
      if (own !== null && find(own).length > 0) return;
      const hits = forwarded.map((hop) => ({ ...hop, found: find(hop.address) }));
      const hit = hits.find(({ found }) => found.length > 0);
      if (hit !== undefined) matches.push(toMatch(event, hit));
    },
    finish: () => matches,
    remarks: () => (unsaid === 0 ? [] : [sayUnsaid(unsaid)]),
  };
}

function sayUnsaid(count: number): string {
  const events = formatCount(count, 'event does', 'events do');
  return `${events} not say through which addresses they came (request.ipChain)`;
}

interface Hit {
  readonly found: readonly Indicator[];
  readonly isTrustedProxy: boolean;
}

/** A finding is one indicator seen with one person; as a trusted proxy it is everybody's, and a finding by itself. */
function toMatch(event: LogEvent, { found, isTrustedProxy }: Hit): Match {
  const strongest = found.find(({ strength }) => strength === 'strong') ?? found[0];
  const who = keyOf(readActor(event)) ?? readAddress(event) ?? '';
  const concerned = nameParty(readTargetUser(event));
  return {
    events: [event],
    anchor: event,
    group: [strongest?.value ?? '', isTrustedProxy ? 'trusted-proxy' : who],
    facts: {
      indicators: found.map(({ value }) => value),
      strength: strongest?.strength ?? 'weak',
      publishedBy: [...new Set(found.map(({ source }) => source))],
      placeInChain: isTrustedProxy
        ? 'a proxy that your network zones trust'
        : 'said by the client or a proxy before it',
      ...(concerned === null ? {} : { concerned }),
    },
    circumstances: [],
    attribution: null,
  };
}
