import { expect, it } from 'vitest';
import { readTypedCell } from '../../src/sources/archive/framing/read-typed-cell.ts';

it.each([
  ['BOOLEAN', 'true', true],
  ['BOOL', 'false', false],
  ['INTEGER', '4711', 4711],
  ['INT64', '-1', -1],
  ['FLOAT', '0.5', 0.5],
  ['FLOAT64', '1e3', 1000],
  ['JSON', '{"a":["1"]}', { a: ['1'] }],
  ['STRING', '10200000000000000001', '10200000000000000001'],
  ['STRING', 'true', 'true'],
  ['TIMESTAMP', '1.6422E9', '1.6422E9'],
  ['INTEGER', null, null],
])('a cell of type %s that holds %j is %j', (type, cell, value) => {
  expect(readTypedCell(cell, { name: 'a', type })).toEqual(value);
});
