import { collectTexts, type LogEvent, readText } from '../model/log-event.ts';
import { readIsProxy } from './read-origin.ts';

const RELAY = 'ICLOUD_RELAY_PROXY';
/** In the text of `tunnels`: every tunnel is one of the relay. */
const RELAY_TUNNELS = /^\s*\[(?:\s*\{[^{}]*ICLOUD_RELAY_PROXY[^{}]*\}\s*,?)+\s*\]\s*$/;
/** What a relay is not. */
const OTHER_KIND = /\b(?:tor|vpn|residential)\b/i;

/**
 * True where Apple's private relay, and no other service beside it, stood between somebody and Okta. Its exits are of
 * three companies in turn, and always in the country where the person is.
 * Source: https://support.apple.com/en-me/HT212614
 */
export function isThroughPrivateRelay(event: LogEvent): boolean {
  if (!readIsProxy(event)) return false;
  const kinds = new Set<string>();
  collectTexts(event, 'debugContext.debugData.proxyType', kinds);
  collectTexts(event, 'securityContext.ipDetails.ipServiceCategories.type', kinds);
  if ([...kinds].some((kind) => OTHER_KIND.test(kind))) return false;
  const operators = new Set<string>();
  collectTexts(event, 'securityContext.ipDetails.ipServiceCategories.operator', operators);
  const tunnels = readText(event, 'debugContext.debugData.tunnels') ?? '';
  const isRelayAlone = [...operators].every((operator) => operator.includes(RELAY));
  return tunnels === ''
    ? operators.size > 0 && isRelayAlone
    : RELAY_TUNNELS.test(tunnels) && isRelayAlone;
}
