import { expect, it } from 'vitest';
import { findNearest } from '../../src/yaml/find-nearest.ts';

it.each([
  ['helpdesk', ['own-domains', 'help-desk'], 'help-desk'],
  ['Rules', ['rules'], 'rules'],
  ['cats', ['bats', 'cat', 'rats'], 'bats'],
  ['cats', ['bad', 'cat'], 'cat'],
  ['ab', ['abc', 'xyz'], 'abc'],
  ['ab', ['cd'], null],
  ['abcdef', ['abxyef', 'abxyzf'], 'abxyef'],
  ['abcdef', ['abxyzf'], null],
  ['abcdefghijklmno', ['abcdefghijklxyz'], 'abcdefghijklxyz'],
  ['abcdefghijklmno', ['abcdefghijkwxyz'], null],
  ['x', [], null],
])('%s among %j is %j', (written, known, nearest) => {
  expect(findNearest(written, known)).toBe(nearest);
});
