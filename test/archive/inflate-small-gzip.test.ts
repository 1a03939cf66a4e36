import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inflateChunks } from '../../src/sources/archive/files/inflate-chunks.ts';
import { inflateSmallGzip } from '../../src/sources/archive/files/inflate-small-gzip.ts';

const text = fc.string({ maxLength: 300 }).map((words) => Buffer.from(words.repeat(3)));
const ZERO = Buffer.alloc(1);
const damaged = fc
  .record({
    members: fc.array(text, { minLength: 1, maxLength: 3 }),
    rest: fc.constantFrom(
      Buffer.alloc(0),
      Buffer.from('more'),
      Buffer.alloc(9),
      Buffer.concat([ZERO, Buffer.from('more')]),
      Buffer.concat([ZERO, zlib.gzipSync('more')]),
      zlib.gzipSync('more').subarray(0, 7),
    ),
    cutBytes: fc.oneof(fc.constant(0), fc.nat(20)),
    flipAt: fc.option(fc.nat(200)),
  })
  .map(({ members, rest, cutBytes, flipAt }) => {
    const data = Buffer.concat([...members.map((member) => zlib.gzipSync(member)), rest]);
    if (flipAt !== null && flipAt < data.length)
      data.writeUInt8((data[flipAt] ?? 0) ^ 0x10, flipAt);
    return data.subarray(0, data.length - cutBytes);
  });

async function stream(data: Buffer): Promise<{ text: Buffer; damage: string | null }> {
  const inflation = inflateChunks({
    open: async function* () {
      yield Buffer.from(data);
    },
    createInflater: () => zlib.createGunzip(),
    mayRepeat: false,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of inflation.chunks) chunks.push(Buffer.from(chunk));
  return { text: Buffer.concat(chunks), damage: inflation.readDamage() };
}

test('gives what a stream gives, and nothing where the stream tells of a damage', async () => {
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(damaged, async (data) => {
      const atOnce = inflateSmallGzip(data);
      if (atOnce === null) return;
      whole += 1;
      expect({ text: atOnce, damage: null }).toEqual(await stream(data));
    }),
    { numRuns: 500 },
  );
  expect(whole).toBeGreaterThan(20);
});

test('leaves what is packed very tightly to the stream, which takes it piece by piece', () => {
  expect(inflateSmallGzip(zlib.gzipSync(Buffer.alloc(1 << 25)))).toBeNull();
});
