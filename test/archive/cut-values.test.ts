import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BracketMatcher,
  createWasmMatcher,
} from '../../src/sources/archive/framing/bracket-matcher.ts';
import {
  type CutValue,
  cutValues,
  splitValues,
} from '../../src/sources/archive/framing/cut-values.ts';

const MOST_BYTES = 1 << 20;
/** One for all, as files follow one another. */
const MATCHER = createWasmMatcher();

it('has a matcher on this machine', () => expect(MATCHER).not.toBeNull());

/** Gives a text in chunks of these lengths, over and over. */
async function* cutChunks(text: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, index = 0; at < text.length; index += 1) {
    const length = lengths[index % lengths.length] ?? 1;
    yield text.subarray(at, at + length);
    at += length;
  }
}

/** Cuts by both ways, which must give the same. */
async function cut(
  text: string,
  lengths: readonly number[] = [text.length + 1],
): Promise<CutValue[]> {
  const values = await cutWith(null, text, lengths);
  expect((await cutWith(MATCHER, text, lengths)).map(tellBytes)).toEqual(values.map(tellBytes));
  return values;
}

function tellBytes(value: CutValue): object {
  return { ...value, bytes: value.bytes.toString('latin1') };
}

async function cutWith(
  matcher: BracketMatcher | null,
  text: string,
  lengths: readonly number[],
): Promise<CutValue[]> {
  const values: CutValue[] = [];
  const task = { maximumBytes: MOST_BYTES, matcher };
  for await (const chunk of cutValues(cutChunks(Buffer.from(text), lengths), task))
    values.push(...chunk.values);
  return values;
}

/** What each value says and whether it is whole. */
async function tell(text: string): Promise<(readonly [string, boolean])[]> {
  return (await cut(text)).map(({ bytes, isWhole }) => [bytes.toString(), isWhole]);
}

/** Where brackets, quotes and backslashes stand in a text, they mean nothing. */
const words = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', 'é', '\n') });
/** Without backslashes: the V8 of Node 24 may read a name with an escape as another one of before that begins with a backslash. */
const names = words.map((text) => text.replaceAll('\\', '/'));
const inner = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    words,
    fc.constantFrom(null, true, -1.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const record = fc.dictionary(names, inner, { maxKeys: 3 });
const element = fc.oneof(record, words, fc.constantFrom(null, 42));
/** A few bytes, or about as many as are looked at together. */
const length = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(62, 63, 64, 65, 127, 128));
const lengths = fc.array(length, { minLength: 1, maxLength: 4 });

type Write = (values: readonly unknown[]) => string;
const toText = (indent: number | string) => (value: unknown) => JSON.stringify(value, null, indent);

describe('values come whole and with their place, however the bytes come', () => {
  it.each<[string, fc.Arbitrary<unknown>, Write]>([
    ['in a list', element, toText(0)],
    ['in a pretty list', element, toText('\t')],
    ['in lists of lists', element, (values) => JSON.stringify([values.map((value) => [value])])],
    [
      'in lists in a row',
      element,
      (values) => values.map((value) => `[ ${toText(1)([value])} ]`).join(''),
    ],
    ['in lines', element, (values) => values.map(toText(1)).join('\r\n')],
    ['in a row', record, (values) => values.map(toText(0)).join('')],
    [
      'in a row of lists behind marks',
      record,
      (values) => values.map((value) => `\ufeff[${toText(0)(value)}]`).join(' '),
    ],
  ])('%s', async (_, value, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(value), lengths, async (values, chunkLengths) => {
        const text = write(values);
        const found = (await cut(text, chunkLengths)).filter(
          ({ bytes }) => bytes.toString() !== '\ufeff',
        );
        expect(found.map(({ bytes }) => JSON.parse(bytes.toString()))).toEqual(values);
        for (const { bytes, offset, isWhole } of found) {
          expect(isWhole).toBe(true);
          expect(Buffer.from(text).subarray(offset, offset + bytes.length)).toEqual(bytes);
        }
      }),
    );
  });
});

describe('both ways find the same', () => {
  const bits = ['"', '\\', '\\\\', '{', '}', '[', ']', ',', '\n', 'word', 'x'.repeat(30)];
  const texts = fc.string({ unit: fc.constantFrom(...bits), minLength: 20, maxLength: 120 });

  it('wherever an escape and the end of its text stand', async () => {
    for (let before = 50; before < 70; before += 1) {
      for (let behind = 0; behind < 130; behind += 1) {
        const text = `{"a":"${'x'.repeat(before)}\\"${'x'.repeat(behind)}"}`;
        expect((await cut(`${text}${text}`)).map(({ offset }) => offset)).toEqual([0, text.length]);
      }
    }
  });

  it.each<[string, (text: string) => string]>([
    ['behind a bracket', (text) => `{${text}}`],
    ['behind a quote', (text) => `[{"a":"${text}"}]`],
    ['in a text, escaped', (text) => `[${JSON.stringify([text, text, { a: text }])}]`],
  ])('in whatever stands %s', async (_, write) => {
    await fc.assert(
      fc.asyncProperty(texts, lengths, async (text, chunkLengths) => {
        await cut(write(text), chunkLengths);
      }),
      { numRuns: 500 },
    );
  });
});

it('a list is not whole wherever it was cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(element), fc.nat(), async (values, place) => {
      const text = Buffer.from(JSON.stringify(values));
      const front = text.subarray(0, 1 + (place % (text.length - 1)));
      const found = await tell(front.toString('latin1'));
      expect(found.findIndex(([, isWhole]) => !isWhole)).toBe(found.length - 1);
    }),
  );
});

it.each<[string, readonly (readonly [string, boolean])[]]>([
  [
    '[{"a":1}},{"b":2}]',
    [
      ['{"a":1}', true],
      ['}', true],
      ['{"b":2}', true],
    ],
  ],
  [
    '{"a":1},{"b":2}]',
    [
      ['{"a":1}', true],
      ['{"b":2}', true],
      [']', true],
    ],
  ],
  [
    '{"a":1}\nKilled',
    [
      ['{"a":1}', true],
      ['Killed', true],
    ],
  ],
  [
    '[{"a":1},"Kil',
    [
      ['{"a":1}', true],
      ['"Kil', false],
    ],
  ],
  [
    'x{"a":1}y[{"b":2}]',
    [
      ['x', true],
      ['{"a":1}', true],
      ['y', true],
      ['{"b":2}', true],
    ],
  ],
])('what stands among values costs none of them: %s', async (text, values) => {
  expect(await tell(text)).toEqual(values);
});

it.each(['[{"a":1}', '{"a":1}{', '{"a":1}]', '[[1]'])(
  'what does not end with a value is no row of them: %s',
  (text) => {
    expect(splitValues(Buffer.from(text))).toBeNull();
  },
);

it('a value that grows too large is the last one, and not whole', async () => {
  const found = await cut(`[1,"${'x'.repeat(2 * MOST_BYTES)}",2]`, [1 << 16]);
  const told = found.map(({ offset, isWhole, reason }) => ({ offset, isWhole, reason }));
  expect(told).toMatchObject([
    { offset: 1, isWhole: true },
    { offset: 3, isWhole: false, reason: 'a value of more than 1 MB is no record' },
  ]);
});
