import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../src/sigma/expression/compile-pattern.ts';
import { parseStringPattern } from '../../src/sigma/expression/string-pattern.ts';

function matches(written: string, text: string): boolean {
  const pattern = parseStringPattern(written, { placeholders: false });
  return compilePattern(pattern, { cased: true })(text);
}

/** Table of "Escaping" in the Sigma rules specification, with each value as it stands between single quotes. */
describe('the escaping table of the specification', () => {
  test.each([
    ['a plain backslash, written once', String.raw`a\b`, String.raw`a\b`, 'ab'],
    ['a plain backslash, written twice', String.raw`a\\b`, String.raw`a\b`, String.raw`a\\b`],
    ['an escaped star', String.raw`a\*`, 'a*', 'ab'],
    ['an escaped question mark', String.raw`a\?`, 'a?', 'ab'],
    ['a backslash before a wildcard', String.raw`a\\*`, String.raw`a\bc`, 'abc'],
    ['a backslash and a star, both plain', String.raw`a\\\*`, String.raw`a\*`, String.raw`a\b`],
    ['three backslashes', String.raw`a\\\b`, String.raw`a\\b`, String.raw`a\b`],
    ['four backslashes', String.raw`a\\\\b`, String.raw`a\\b`, String.raw`a\\\b`],
    ['a backslash at the end', 'a\\', 'a\\', 'a'],
    ['a backslash before a plain character', String.raw`\%a`, String.raw`\%a`, '%a'],
  ])('%s', (_, written, hit, miss) => {
    expect([matches(written, hit), matches(written, miss)]).toEqual([true, false]);
  });
});

test.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['?', '', false],
  ['?', 'a', true],
  ['?', '\u{1F600}', true],
  ['a?c', 'a\u{1F600}c', true],
  ['*?c', '\u{1F600}c', true],
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['*b*', 'abc', true],
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*c', 'ab', false],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'acb', false],
  ['*a*b', 'bab', true],
  ['*ab*ab', 'ab', false],
  ['a**c', 'abc', true],
  ['*x?z*', 'axyxyz', true],
  ['', '', true],
  ['', 'a', false],
])('%s against %j is %s', (written, text, expected) => {
  expect(matches(written, text)).toBe(expected);
});

test('wildcards agree with regular expressions on random texts', () => {
  const letters = fc.stringMatching(/^[ab*?]{0,8}$/);
  fc.assert(
    fc.property(letters, fc.stringMatching(/^[ab]{0,10}$/), (written, text) => {
      const regex = new RegExp(`^${written.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
      expect(matches(written, text)).toBe(regex.test(text));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern that backtracking engines choke on is answered', () => {
  expect(matches(`${'*a'.repeat(200)}*b`, 'a'.repeat(5000))).toBe(false);
});
