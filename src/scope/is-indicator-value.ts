import ipaddr from 'ipaddr.js';
import { isInQuotes } from '../model/is-in-quotes.ts';
import type { IndicatorKind } from '../model/scope.ts';

/**
 * Says whether a value can ever be met: a mistyped address, a star that was meant to stand for anything, or a name with an
 * invisible sign or the quotes that its page left in it, would be looked for in silence and never found.
 */
export function isIndicatorValue(kind: IndicatorKind, value: string): boolean {
  if (kind === 'address') return isAddress(value) || isRange(value);
  if (kind === 'asn') return /^(AS)?\d{1,10}$/i.test(value);
  return !/^$|\*|\p{Cf}|[^\S ]/u.test(value) && !isInQuotes(value);
}

/** Only the usual forms: `010.0.0.1` or `127.1` mean different things to different programs. */
function isAddress(value: string): boolean {
  return value.includes(':')
    ? ipaddr.IPv6.isValid(value)
    : ipaddr.IPv4.isValidFourPartDecimal(value);
}

function isRange(value: string): boolean {
  const [address = ''] = value.split('/');
  return isAddress(address) && ipaddr.isValidCIDR(value);
}
