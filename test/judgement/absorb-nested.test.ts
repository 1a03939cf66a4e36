import { expect, test } from 'vitest';
import { absorbNested } from '../../src/judgement/coverage/absorb-nested.ts';
import type { CoverageHole } from '../../src/model/judged-audit.ts';
import { span } from './judgement-case.ts';

const DAY: CoverageHole = {
  window: span('2022-01-18T12:00', '2022-01-19T12:30'),
  reason: 'the archive ends',
  remedy: 'give an archive that covers 2022-01-18 to 2022-01-19',
  checks: ['b'],
  decides: true,
};
const HALF_HOUR: CoverageHole = {
  ...DAY,
  window: span('2022-01-18T12:00', '2022-01-18T12:30'),
  remedy: 'give an archive that ends after 2022-01-18 12:30 UTC',
  checks: ['a', 'b'],
};

test.each([
  ['begin', HALF_HOUR.window],
  ['end', span('2022-01-19T12:00', '2022-01-19T12:30')],
])(
  'of holes of one reason the widest speaks for those at its %s, with the checks of all',
  (_, window) => {
    const part = { ...HALF_HOUR, window };
    const whole = { ...DAY, checks: ['a', 'b'] };
    expect(absorbNested([part, DAY])).toEqual([whole]);
    expect(absorbNested([DAY, part])).toEqual([whole]);
  },
);

test.each<[string, Partial<CoverageHole>]>([
  ['has another reason', { reason: 'a page was lost' }],
  ['decides nothing', { decides: false }],
  ['needs more than another reading', { isLasting: true }],
  ['concerns no check', { checks: [] }],
  ['reaches beyond it', { window: span('2022-01-18T11:00', '2022-01-18T12:30') }],
  ['is of the same time, with another remedy', { window: DAY.window }],
])('one that %s stays', (_, changes) => {
  expect(absorbNested([DAY, { ...HALF_HOUR, ...changes }])).toHaveLength(2);
});
