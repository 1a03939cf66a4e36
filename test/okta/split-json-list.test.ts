import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitJsonList } from '../../src/sources/okta/log/split-json-list.ts';

function split(text: string): string[] | null {
  const bytes = Buffer.from(text);
  const spans = splitJsonList(bytes);
  return spans === null ? null : spans.map(({ start, end }) => bytes.toString('utf8', start, end));
}

describe('the elements of a JSON list', () => {
  test('are those that JSON.parse finds, whatever they hold and however they are spaced', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (list, space) => {
        const parts = split(` ${JSON.stringify(list, null, space)}\n`);
        expect(parts?.map((part) => JSON.parse(part))).toEqual(
          list.map((value) => JSON.parse(JSON.stringify(value))),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('are not found in half a list, wherever it was cut', () => {
    const text = JSON.stringify([{ a: 'b\\"]', c: [1, { d: '}' }] }, 'x', []]);
    for (let length = 0; length < text.length; length++) {
      expect(split(text.slice(0, length))).toBeNull();
    }
  });

  test.each(['', '{}', 'null', '"[]"', '<html>', '[1] [2]', '[1]]', '[1}', '{"a":[]}'])(
    'are not found in %j',
    (text) => {
      expect(split(text)).toBeNull();
    },
  );
});
