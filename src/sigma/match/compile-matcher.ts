import ipaddr from 'ipaddr.js';
import { RE2JS } from 're2js';
import type { RawEvent } from '../../model/log-event.ts';
import { compilePattern, foldCase, type TextTest } from '../expression/compile-pattern.ts';
import type { Atom, Expression, LeafTest, TextPlace } from '../expression/detection-expression.ts';
import { plainTextOf } from '../expression/string-pattern.ts';
import { compareNumbers, toNumber } from './compare-numbers.ts';
import { readTimeUnit } from './read-time-unit.ts';
import { hasKey, hasValue, leavesOf, someLeaf, someLeafAnywhere } from './walk-event.ts';

export type EventMatcher = (event: RawEvent) => boolean;

/** Compiles a detection to a function of one event as its source gave it; the function never throws. */
export type MatcherCompiler = (expression: Expression) => EventMatcher;

/**
 * Gives a compiler whose detections share what is equal in them: an atom that several rules ask about one event, such as
 * the outcome, is evaluated once. A selection that a condition names many times is compiled once.
 */
export function createMatcherCompiler(): MatcherCompiler {
  const atoms = new Map<string, EventMatcher>();
  const numberOf = createEventNumbering();
  const compileSharedAtom = (atom: Atom): EventMatcher => {
    const key = JSON.stringify(atom);
    const known = atoms.get(key) ?? rememberLast(compileAtom(atom), numberOf);
    atoms.set(key, known);
    return known;
  };
  return (expression) => {
    const compiled = new Map<Expression, EventMatcher>();
    const compile = (part: Expression): EventMatcher => {
      const known = compiled.get(part) ?? compileExpression(part, { compile, compileSharedAtom });
      compiled.set(part, known);
      return known;
    };
    return compile(expression);
  };
}

/** Gives one number for an event while it is asked about it, and the next one for the next event. */
function createEventNumbering(): (event: RawEvent) => number {
  let current: RawEvent | null = null;
  let number = 0;
  return (event) => {
    if (event !== current) {
      current = event;
      number += 1;
    }
    return number;
  };
}

/**
 * Answers from memory while it is asked about one and the same event, which it knows by number: a hundred atoms that hold
 * on to events are a hundred places for the garbage collector to visit.
 */
function rememberLast(matches: EventMatcher, numberOf: (event: RawEvent) => number): EventMatcher {
  let lastNumber = 0;
  let answer = false;
  return (event) => {
    const number = numberOf(event);
    if (number !== lastNumber) {
      answer = matches(event);
      lastNumber = number;
    }
    return answer;
  };
}

function compileExpression(
  expression: Expression,
  {
    compile,
    compileSharedAtom,
  }: {
    readonly compile: MatcherCompiler;
    readonly compileSharedAtom: (atom: Atom) => EventMatcher;
  },
): EventMatcher {
  switch (expression.kind) {
    case 'atom':
      return compileSharedAtom(expression.atom);
    case 'not': {
      const part = compile(expression.part);
      return (event) => !part(event);
    }
    case 'and': {
      const parts = expression.parts.map(compile);
      return (event) => {
        for (const part of parts) if (!part(event)) return false;
        return true;
      };
    }
    case 'or': {
      const parts = expression.parts.map(compile);
      return (event) => {
        for (const part of parts) if (part(event)) return true;
        return false;
      };
    }
  }
}

function compileAtom(atom: Atom): EventMatcher {
  switch (atom.kind) {
    case 'leaf': {
      const { field } = atom;
      const test = compileLeafTests(atom.tests);
      return (event) => someLeaf(event, field, test);
    }
    case 'keyword': {
      const test = compileLeafTests(atom.tests);
      return (event) => someLeafAnywhere(event, test);
    }
    case 'null':
      return (event) => !hasValue(event, atom.field);
    case 'exists':
      return (event) => hasKey(event, atom.field);
    case 'fieldref':
      return compileFieldref(atom);
  }
}

function compileFieldref(atom: Atom & { readonly kind: 'fieldref' }): EventMatcher {
  const fold = atom.cased ? (text: string): string => text : foldCase;
  return (event) => {
    const own = leavesOf(event, atom.field);
    const others = leavesOf(event, atom.other).map(fold);
    if (own.length === 0 || others.length === 0) return false;
    const meets = own.some((leaf) => {
      const text = fold(leaf);
      return others.some((other) => standsIn({ text, other, place: atom.place }));
    });
    return meets !== atom.differs;
  };
}

function standsIn(options: { text: string; other: string; place: TextPlace }): boolean {
  const { text, other, place } = options;
  switch (place) {
    case 'whole':
      return text === other;
    case 'start':
      return text.startsWith(other);
    case 'end':
      return text.endsWith(other);
    case 'anywhere':
      return text.includes(other);
  }
}

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
