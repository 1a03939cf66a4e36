import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdTable } from '../../src/sources/archive/id-table.ts';

/** Few of them, so that they return, in their own spelling and in others that are another text. */
const uuid = fc
  .tuple(
    fc.constantFrom('00000000', '0000000f'),
    fc.constantFrom('0000', 'f000'),
    fc.constantFrom('1000', '11ec'),
    fc.constantFrom('8000', '8c43'),
    fc.constantFrom('000000000000', 'ffffffffffff'),
  )
  .map((parts) => parts.join('-'));
const id = fc.oneof(
  { weight: 4, arbitrary: uuid },
  uuid.map((text) => text.toUpperCase()),
  uuid.map((text) => text.replaceAll('-', '')),
  uuid.map((text) => ` ${text}`),
  uuid.map((text) => text.replace('-', '0')),
  fc.string({ maxLength: 3 }),
);

test('numbers ids as a map would, whatever they look like', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 60 }), (ids) => {
      const table = createIdTable();
      const known = new Map<string, number>();
      for (const one of [...ids, ...ids]) {
        const number = known.get(one) ?? known.size;
        known.set(one, number);
        expect(table.numberOf(one)).toBe(number);
      }
    }),
  );
});

test('knows every id after it has grown', () => {
  const table = createIdTable();
  const nameNumber = (index: number): string => {
    const digits = (index * 1_000_003).toString(16).padStart(12, '0');
    if (index % 3 === 0) return `record ${index}`;
    return index % 3 === 1
      ? `${digits.slice(-8)}-4a7b-11ec-8c43-44aac30a278c`
      : `2796c04c-4a7b-11ec-8c43-${digits}`;
  };
  const ids = Array.from({ length: 20_000 }, (_, index) => nameNumber(index));
  const numbers = ids.map((_, index) => index);
  expect(ids.map(table.numberOf)).toEqual(numbers);
  expect(ids.map(table.numberOf)).toEqual(numbers);
});
