import ipaddr from 'ipaddr.js';
import { RE2JS } from 're2js';
import { compilePattern, foldCase, type TextTest } from '../expression/compile-pattern.ts';
import type { LeafTest } from '../expression/detection-expression.ts';
import { plainTextOf } from '../expression/string-pattern.ts';
import { compareNumbers, toNumber } from './compare-numbers.ts';
import { readTimeUnit } from './read-time-unit.ts';

/** One test that any of the given ones would pass; plain texts are looked up together. */
export function compileLeafTests(tests: readonly LeafTest[]): TextTest {
  const exact = new Set<string>();
  const folded = new Set<string>();
  const others: TextTest[] = [];
  for (const test of tests) {
    const text = test.kind === 'pattern' ? plainTextOf(test.pattern) : null;
    if (text === null || test.kind !== 'pattern') others.push(compileLeafTest(test));
    else if (test.cased) exact.add(text);
    else folded.add(foldCase(text));
  }
  const all = [...others];
  if (folded.size > 0) all.unshift(isOneOfIgnoringCase(folded));
  if (exact.size > 0) all.unshift(isOneOf(exact));
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  return (leaf) => all.some((test) => test(leaf));
}

function isOneOf(texts: ReadonlySet<string>): TextTest {
  const [only] = texts;
  return texts.size === 1 ? (leaf) => leaf === only : (leaf) => texts.has(leaf);
}

/**
 * Folding a leaf's case is the dearest part of most rules, and length alone tells most leaves apart: text whose folded
 * form is ASCII has the length of that form.
 */
function isOneOfIgnoringCase(folded: ReadonlySet<string>): TextTest {
  const [only = ''] = folded;
  if (![...folded].every(isAscii)) return (leaf) => folded.has(leaf.toLowerCase());
  if (folded.size === 1) {
    return (leaf) => leaf.length === only.length && leaf.toLowerCase() === only;
  }
  const lengths = new Set([...folded].map((text) => text.length));
  return (leaf) => lengths.has(leaf.length) && folded.has(leaf.toLowerCase());
}

function isAscii(text: string): boolean {
  return !/\P{ASCII}/u.test(text);
}

function compileLeafTest(test: LeafTest): TextTest {
  switch (test.kind) {
    case 'pattern':
      return compilePattern(test.pattern, { cased: test.cased });
    case 'regex':
      return compileRegex(test.source, test.flags);
    case 'cidr':
      return compileRange(test.range);
    case 'number':
      return (leaf) => {
        const number = toNumber(leaf);
        return number !== null && compareNumbers(number, test.comparison, test.bound);
      };
    case 'time':
      return (leaf) => {
        const number = readTimeUnit(leaf, test.unit);
        return number !== null && compareNumbers(number, test.comparison, test.bound);
      };
  }
}

const REGEX_FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

function compileRegex(source: string, flags: string): TextTest {
  let bits = 0;
  for (const flag of flags) bits |= REGEX_FLAGS[flag] ?? 0;
  const regex = RE2JS.compile(source, bits);
  return (leaf) => regex.test(leaf);
}

function compileRange(range: string): TextTest {
  const [network, bits] = ipaddr.parseCIDR(range);
  return (leaf) => {
    const address = readAddress(leaf);
    return address !== null && address.kind() === network.kind() && address.match(network, bits);
  };
}

/** Reads an address; an IPv4 address written as IPv6 is taken for what it is. */
function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : null;
}
