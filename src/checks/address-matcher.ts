import ipaddr from 'ipaddr.js';
import { rememberAnswers } from '../model/remember-answers.ts';

type Address = ReturnType<typeof ipaddr.process>;
type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** A log repeats its addresses, and parsing one costs more than everything else about it. */
const MOST_REMEMBERED = 20_000;

export interface AddressMatcher {
  /** The listed address or range that holds an address, as it was listed; null for any other text. */
  find(address: string): string | null;
}

/**
 * Builds a matcher for IPv4 and IPv6 addresses and CIDR ranges, however they are written.
 * An IPv4 address inside IPv6 (`::ffff:192.0.2.1`) is that IPv4 address. What is neither is never matched.
 */
export function createAddressMatcher(listed: readonly string[]): AddressMatcher {
  const exact = new Map<string, string>();
  const ranges: { readonly range: Range; readonly text: string }[] = [];
  for (const text of listed) {
    const range = parseRange(text);
    const address = parseAddress(text);
    if (range !== null) ranges.push({ range, text });
    else if (address !== null) exact.set(address.toString(), text);
  }
  function search(text: string): string | null {
    const address = parseAddress(text);
    if (address === null) return null;
    const found = ranges.find(({ range }) => isInRange(address, range));
    return exact.get(address.toString()) ?? found?.text ?? null;
  }
  if (exact.size + ranges.length === 0) return { find: () => null };
  return { find: rememberAnswers(search, MOST_REMEMBERED) };
}

/** A range up to this size can be asked for address by address. */
const LARGEST_RANGE = 64;

/**
 * Every address of a small range, in each way in which a log may write it; null for a range of more than 64 addresses and
 * for other text.
 */
export function listAddresses(text: string): string[] | null {
  const single = parseAddress(text);
  if (single !== null) return spellAddress(single);
  const range = parseRange(text);
  if (range === null) return null;
  const [first, prefix] = range;
  const size = 2 ** (first.toByteArray().length * 8 - prefix);
  if (size > LARGEST_RANGE) return null;
  const bytes = first.toByteArray();
  const start = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const base = start - (start % BigInt(size));
  return Array.from({ length: size }, (_, index) =>
    toAddress(base + BigInt(index), bytes.length),
  ).flatMap(spellAddress);
}

function toAddress(value: bigint, byteCount: number): Address {
  const hex = value.toString(16).padStart(byteCount * 2, '0');
  return ipaddr.fromByteArray([...Buffer.from(hex, 'hex')]);
}

/** An IPv6 address is written with its zeros shortened or, as Java does, in full. */
function spellAddress(address: Address): string[] {
  return [...new Set([address.toString(), address.toNormalizedString()])];
}

/** Only the usual forms: `010.0.0.1` or `127.1` mean different things to different programs. */
function parseAddress(text: string): Address | null {
  const isUsual = text.includes(':')
    ? ipaddr.IPv6.isValid(text)
    : ipaddr.IPv4.isValidFourPartDecimal(text);
  return isUsual ? ipaddr.process(text) : null;
}

/** What stands before an IPv4 address inside IPv6, in bits. */
const MAPPED_PREFIX = 96;

function parseRange(text: string): Range | null {
  if (!text.includes('/') || !ipaddr.isValidCIDR(text)) return null;
  const range = ipaddr.parseCIDR(text);
  const [first, prefix] = range;
  const inner = ipaddr.process(first.toString());
  const isMapped = inner.kind() !== first.kind() && prefix >= MAPPED_PREFIX;
  return isMapped ? [inner, prefix - MAPPED_PREFIX] : range;
}

function isInRange(address: Address, range: Range): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}
