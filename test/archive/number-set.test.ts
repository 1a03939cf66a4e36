import { expect, test } from 'vitest';
import { createNumberSet } from '../../src/sources/archive/number-set.ts';

test('holds what was added and nothing beside it, however far apart', () => {
  const set = createNumberSet();
  const added = [0, 7, 8, 1_000, 8_191, 8_192, 100_003];
  for (const number of added) set.add(number);
  const beside = [1, 6, 9, 16, 999, 1_008, 8_190, 8_193, 8_200, 100_002, 100_004, 100_011, 1e9];
  expect(added.filter(set.has)).toEqual(added);
  expect(beside.filter(set.has)).toEqual([]);
  expect(createNumberSet().has(0)).toBe(false);
});
