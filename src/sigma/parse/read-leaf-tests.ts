import ipaddr from 'ipaddr.js';
import { RE2JS } from 're2js';
import type { LeafTest, TextPlace, TimeUnit } from '../expression/detection-expression.ts';
import {
  normalizePattern,
  type PatternPart,
  parseStringPattern,
  plainTextOf,
  type StringPattern,
} from '../expression/string-pattern.ts';
import { encodePattern } from './encode-pattern.ts';
import { fillPlaceholders, type Placeholders } from './fill-placeholders.ts';
import type { Modifiers } from './parse-modifiers.ts';

export type LeafTests =
  | {
      readonly ok: true;
      /** Empty where a placeholder has no values, or is missing. */
      readonly tests: readonly LeafTest[];
      readonly missingPlaceholders: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** Instructions of the compiled expression: matching takes at most this many steps for each character. */
const MAX_REGEX_SIZE = 5_000;

/** The numbers that a time modifier can compare with. Source: "Time Modifiers" of the Sigma modifiers appendix 2.1.0. */
const TIME_RANGES: Readonly<Record<TimeUnit, readonly [number, number]>> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [1970, 9999],
};

/** Reads one value of a field into the tests that a leaf may satisfy, any one of them. */
export function readLeafTests(options: {
  readonly value: unknown;
  readonly modifiers: Modifiers;
  readonly placeholders: Placeholders;
}): LeafTests {
  const { value, modifiers } = options;
  if (modifiers.kind === 'number' || modifiers.kind === 'time')
    return readNumberTest(value, modifiers);
  const text = toText(value);
  if (!text.ok) return text;
  if (modifiers.kind === 'regex') return readRegex(text.text, modifiers);
  const written = parseStringPattern(text.text, { placeholders: modifiers.expand });
  const filled = modifiers.expand
    ? fillPlaceholders(written, options.placeholders)
    : { ok: true as const, patterns: [written] };
  if (!filled.ok) {
    if ('message' in filled) return { ok: false, message: filled.message };
    return { ok: true, tests: [], missingPlaceholders: filled.missing };
  }
  return modifiers.kind === 'cidr'
    ? joinTests(filled.patterns.map(readRange))
    : joinTests(filled.patterns.map((pattern) => readText(pattern, modifiers)));
}

function toText(value: unknown): { ok: true; text: string } | { ok: false; message: string } {
  if (typeof value === 'string') return { ok: true, text: value };
  if (typeof value === 'boolean') return { ok: true, text: String(value) };
  if (typeof value === 'number') {
    const isExact =
      Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    if (isExact) return { ok: true, text: String(value) };
    return { ok: false, message: 'the number cannot be held exactly; put it in quotes.' };
  }
  return {
    ok: false,
    message: 'a value is a text, a number, true, false or null; write nested fields with dots.',
  };
}

function joinTests(parts: readonly LeafTests[]): LeafTests {
  const tests: LeafTest[] = [];
  for (const part of parts) {
    if (!part.ok) return part;
    tests.push(...part.tests);
  }
  return { ok: true, tests, missingPlaceholders: [] };
}

function oneTest(test: LeafTest): LeafTests {
  return { ok: true, tests: [test], missingPlaceholders: [] };
}

function readNumberTest(value: unknown, modifiers: Modifiers): LeafTests {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return { ok: false, message: 'the modifier takes a number.' };
  }
  const { comparison } = modifiers;
  if (modifiers.kind === 'number') return oneTest({ kind: 'number', comparison, bound: value });
  const unit = modifiers.timeUnit;
  const [lowest, highest] = TIME_RANGES[unit];
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    return { ok: false, message: `${unit} takes a whole number from ${lowest} to ${highest}.` };
  }
  return oneTest({ kind: 'time', unit, comparison, bound: value });
}

function readRegex(source: string, modifiers: Modifiers): LeafTests {
  let size: number;
  try {
    size = RE2JS.compile(source).programSize();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      message: `the regular expression cannot be used: ${reason}. The engine is RE2, which has no look-around and no back-references.`,
    };
  }
  return size > MAX_REGEX_SIZE
    ? {
        ok: false,
        message: 'the regular expression is too large; repeat fewer times, or list fewer words.',
      }
    : oneTest({ kind: 'regex', source, flags: modifiers.regexFlags });
}

function readRange(pattern: StringPattern): LeafTests {
  const text = plainTextOf(pattern);
  const range = text === null ? null : toRange(text);
  if (range === null) {
    return { ok: false, message: 'cidr takes an address range, as 192.0.2.0/24 or 2001:db8::/32.' };
  }
  return oneTest({ kind: 'cidr', range });
}

function toRange(text: string): string | null {
  const [address = '', bits] = text.split('/');
  const isVersion4 = ipaddr.IPv4.isValidFourPartDecimal(address);
  const isVersion6 = address.includes(':') && ipaddr.IPv6.isValid(address);
  if (!isVersion4 && !isVersion6) return null;
  if (bits === undefined) return unmapRange(`${address}/${isVersion4 ? 32 : 128}`);
  return ipaddr.isValidCIDR(text) ? unmapRange(text) : null;
}

const MAPPED_BITS = 96;

/** IPv4 written as IPv6 is a range of IPv4, as an address of an event so written is one of IPv4. */
function unmapRange(range: string): string {
  const [network, bits] = ipaddr.parseCIDR(range);
  const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress();
  return isMapped && bits >= MAPPED_BITS
    ? `${network.toIPv4Address()}/${bits - MAPPED_BITS}`
    : range;
}

function readText(pattern: StringPattern, modifiers: Modifiers): LeafTests {
  const { place, cased } = modifiers;
  const encoded = encodePattern(pattern, modifiers.encodings);
  if (!encoded.ok) return encoded;
  const tests = encoded.patterns.map(
    (one): LeafTest => ({ kind: 'pattern', pattern: placePattern(one, place), cased }),
  );
  return { ok: true, tests, missingPlaceholders: [] };
}

const ANY: PatternPart = { kind: 'any' };

function placePattern(pattern: StringPattern, place: TextPlace): StringPattern {
  const start = place === 'end' || place === 'anywhere' ? [ANY] : [];
  const end = place === 'start' || place === 'anywhere' ? [ANY] : [];
  return normalizePattern([...start, ...pattern, ...end]);
}
