import ipaddr from 'ipaddr.js';
import { DEFANGED_REMEDY, isDefanged } from '../model/is-defanged.ts';
import { isInQuotes } from '../model/is-in-quotes.ts';
import type { IndicatorKind } from '../model/scope.ts';

/**
 * Says why a value would be looked for in silence and never be met, or be met by almost everybody; null where it may be one.
 * Advisories break addresses so that nobody clicks on them, lists have several in one line, and pages leave signs around a name
 * that nobody sees: what is meant is not guessed.
 */
export function findIndicatorMistake(kind: IndicatorKind, value: string): string | null {
  if (value === '') return 'must not be empty';
  if (kind !== 'user-agent' && isDefanged(value)) return `"${value}" ${DEFANGED_REMEDY}`;
  const mistake = MISTAKES[kind].find(([sign]) => sign.test(value))?.[1];
  if (mistake !== undefined) return `"${value}" ${mistake}`;
  const flaw = kind === 'address' ? findAddressFlaw(value) : findTextFlaw(kind, value);
  return flaw === null ? null : `"${value}" ${flaw}`;
}

type Mistake = readonly [sign: RegExp, remedy: string];

const NOTHING: Mistake = [
  /^(?:unknown|null)$/i,
  'is what Okta writes where it knows nothing; it would tell nobody from anybody else',
];

const INVISIBLE: Mistake = [
  /\p{Cf}|[^\S ]/u,
  'holds a character that nobody sees; write it by hand',
];

/** What only patterns have: `^`, `$`, `(?i)`, `\d`, `/…/`; and what stands for a part that was left out. */
const PATTERN: Mistake = [
  /^\^|\$$|\(\?|\\|^\/.*\/$|(?:\.\.\.|…)$/,
  'is a pattern or a part; write the whole signature as browsers send it',
];

/**
 * No browser's signature begins with these: they stand behind `Mozilla/5.0 (…)`. What a program of Apple's loads by itself is
 * signed with its name and `CFNetwork`, which is whole.
 */
const PART_OF_AGENT: Mistake = [
  /^(?!.* CFNetwork\/)(?:AppleWebKit|Chrome|CriOS|Edg|Edge|Firefox|FxiOS|Gecko|HeadlessChrome|KHTML|OPR|Safari|Version)(?:\/|$)/i,
  'is a part of a signature; write the whole of it, from Mozilla/5.0 on',
];

const STAR: Mistake = [/\*/, 'holds a *, which stands for nothing else here; write all of it'];

/** A login with something around it, as `Dana <dana@acme.example>`, or several in one line. */
const AROUND_LOGIN: Mistake = [
  /^@|@$|[<,;:\s].*[^\s<,;:]+@[^\s<>,;:]|[^\s<,;:]@[^\s<>,;:]+.*[>,;\s]|@.*\.$/,
  'is no login; write one by itself, as dana@acme.example or what stands before its @',
];

const MISTAKES: Readonly<Record<IndicatorKind, readonly Mistake[]>> = {
  address: [INVISIBLE],
  asn: [],
  'user-agent': [
    STAR,
    INVISIBLE,
    NOTHING,
    PATTERN,
    PART_OF_AGENT,
    [/^User-Agent:/i, 'begins with the name of its header; write what stands behind it'],
  ],
  account: [STAR, INVISIBLE, NOTHING, AROUND_LOGIN],
  url: [
    STAR,
    INVISIBLE,
    [
      /^[a-z][a-z+.-]*:\/\//i,
      'begins with a host, which no event has; write its path, as /admin/users',
    ],
    [/^\^|\$$|\(\?|\\/, 'is a pattern; write a part of the path as it is'],
    [/^.{0,2}$/, 'is in almost every path; write more of it'],
  ],
};

function findTextFlaw(kind: IndicatorKind, value: string): string | null {
  if (kind === 'asn') {
    return isAsn(value) ? null : 'is no number of a network; write it as 64496 or AS64496';
  }
  return isInQuotes(value) ? 'is in quotes that are a part of it; write it without them' : null;
}

/** Source: RFC 6793, four bytes. */
const LAST_ASN = 4_294_967_295;

function isAsn(value: string): boolean {
  const [, digits] = /^(?:AS)?(\d{1,10})$/i.exec(value) ?? [];
  return digits !== undefined && Number(digits) > 0 && Number(digits) <= LAST_ASN;
}

/** Nobody was ever given more: IANA gives out IPv4 in /8 and IPv6 in parts of 2000::/3 that are smaller than /11. */
const LEAST_PREFIX = { ipv4: 8, ipv6: 11 } as const;

const MAPPED_PREFIX = 96;

function findAddressFlaw(value: string): string | null {
  const [address = '', prefix] = value.split('/');
  if (!isAddress(address) || (prefix !== undefined && !ipaddr.isValidCIDR(value))) {
    return 'is no address; write one by itself, as 192.0.2.7 or 2001:db8::7, or a range, as 192.0.2.0/24';
  }
  if (prefix === undefined) return null;
  const isMapped = ipaddr.parse(address).kind() !== ipaddr.process(address).kind();
  if (isMapped && Number(prefix) < MAPPED_PREFIX) {
    return 'counts its bits as IPv6 does and so holds no address of IPv4; write the range as IPv4, as 192.0.2.0/24';
  }
  const bits = isMapped ? Number(prefix) - MAPPED_PREFIX : Number(prefix);
  return bits < LEAST_PREFIX[ipaddr.process(address).kind()]
    ? 'is wider than the network of anybody, and would be met by almost everybody; write the ranges that were published'
    : null;
}

/** Only the usual forms: `010.0.0.1` or `127.1` mean different things to different programs, and no event has `%eth0`. */
function isAddress(value: string): boolean {
  return value.includes(':')
    ? ipaddr.IPv6.isValid(value) && !value.includes('%')
    : ipaddr.IPv4.isValidFourPartDecimal(value);
}
