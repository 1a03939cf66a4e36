import { setTimeout } from 'node:timers/promises';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateChunks } from '../../src/sources/archive/files/inflate-chunks.ts';

const CHUNK_BYTES = 1 << 14;
/** Text that shrinks about as well as logs do. */
const TEXT = Buffer.from(
  Array.from({ length: 60_000 }, (_, line) => `line ${line} of ${line * 7919}\n`).join(''),
);
const hasZstd = typeof zlib.zstdCompressSync === 'function';

interface Codec {
  readonly compress: (bytes: Buffer) => Buffer;
  readonly createInflater: () => ReturnType<typeof zlib.createGunzip>;
  readonly mayRepeat: boolean;
  /** All that Node itself can read of cut data. */
  readonly salvage: (bytes: Buffer) => Buffer;
}

const CODECS: [string, Codec][] = [
  [
    'gzip',
    {
      compress: (bytes) => zlib.gzipSync(bytes),
      createInflater: () => zlib.createGunzip({ chunkSize: CHUNK_BYTES }),
      mayRepeat: false,
      salvage: (bytes) => zlib.gunzipSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH }),
    },
  ],
  [
    'Zstandard',
    {
      compress: (bytes) => zlib.zstdCompressSync(bytes),
      createInflater: () => zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES }),
      mayRepeat: true,
      salvage: (bytes) =>
        zlib.zstdDecompressSync(bytes, { finishFlush: zlib.constants.ZSTD_e_continue }),
    },
  ],
];

interface Caller {
  /** Does something with each chunk before it asks for the next one. */
  work(): Promise<unknown>;
  /** Leaves after so many chunks. */
  readonly most?: number;
  /** How much is read at once. */
  readonly readBytes?: number;
}

async function inflate(
  { createInflater, mayRepeat }: Codec,
  compressed: Buffer,
  { work, most = Number.POSITIVE_INFINITY, readBytes = 50_000 }: Caller,
): Promise<{ bytes: Buffer; damage: string | null; isClosed: boolean }> {
  let isClosed = false;
  async function* open(): AsyncGenerator<Buffer> {
    try {
      for (let at = 0; at < compressed.length; at += readBytes) {
        yield Buffer.from(compressed.subarray(at, at + readBytes));
      }
    } finally {
      isClosed = true;
    }
  }
  const inflation = inflateChunks({ open, createInflater, mayRepeat });
  const chunks: Buffer[] = [];
  for await (const chunk of inflation.chunks) {
    chunks.push(Buffer.from(chunk));
    await work();
    if (chunks.length === most) break;
  }
  return { bytes: Buffer.concat(chunks), damage: inflation.readDamage(), isClosed };
}

const CALLERS: [string, () => Promise<unknown>][] = [
  ['who is fast', async () => {}],
  ['who is slow', () => setTimeout(2)],
];

describe.each(CODECS.filter(([title]) => hasZstd || title !== 'Zstandard'))('%s', (_, codec) => {
  const whole = codec.compress(TEXT);
  const parts = Buffer.concat(
    Array.from({ length: 40 }, (_part, at) =>
      codec.compress(TEXT.subarray(at * 5000, at * 5000 + 5000)),
    ),
  );

  it.each(CALLERS)('gives every byte to a caller %s', async (_title, work) => {
    const { bytes, damage } = await inflate(codec, whole, { work });
    expect(damage).toBeNull();
    expect(bytes.equals(TEXT)).toBe(true);
  });

  it.each(CALLERS)(
    'gives all that can be read of cut data to a caller %s',
    async (_title, work) => {
      for (let lost = 20; lost < 60_000; lost += 9000) {
        const cut = whole.subarray(0, whole.length - lost);
        const { bytes, damage } = await inflate(codec, cut, { work });
        expect(damage).not.toBeNull();
        expect(bytes.equals(codec.salvage(cut))).toBe(true);
      }
    },
  );

  it.each(CALLERS)('gives all in front of what is broken to a caller %s', async (_title, work) => {
    const broken = Buffer.concat([
      whole.subarray(0, whole.length >> 1),
      Buffer.alloc(90_000, 0xff),
    ]);
    const { bytes, damage } = await inflate(codec, broken, { work });
    expect(damage).not.toBeNull();
    expect(bytes.length).toBeGreaterThan(TEXT.length / 2 - 200_000);
    const front = bytes.subarray(0, TEXT.length / 2 - 200_000);
    expect(front.equals(TEXT.subarray(0, front.length))).toBe(true);
  });

  it('gives as much of broken data where more is read at once', async () => {
    const broken = Buffer.from(whole).fill(0xff, whole.length - 20_000);
    const work = async (): Promise<void> => {};
    const { bytes } = await inflate(codec, broken, { work });
    const atOnce = await inflate(codec, broken, { work, readBytes: 1 << 17 });
    expect(atOnce.bytes.equals(bytes)).toBe(true);
  });

  it.each(CALLERS)(
    'gives all in front of what follows the data to a caller %s',
    async (_t, work) => {
      const followed = Buffer.concat([whole, Buffer.from('something else')]);
      const { bytes, damage } = await inflate(codec, followed, { work });
      expect(damage).not.toBeNull();
      expect(bytes.equals(TEXT)).toBe(true);
    },
  );

  it.each(CALLERS)(
    'gives every byte of what was packed in parts to a caller %s',
    async (_t, work) => {
      const { bytes, damage } = await inflate(codec, parts, { work });
      expect(damage).toBeNull();
      expect(bytes.equals(TEXT.subarray(0, 40 * 5000))).toBe(true);
    },
  );

  it.each([
    ['in one', whole],
    ['in parts', parts],
  ])('lets go of data that was packed %s where the caller leaves', async (_title, packed) => {
    const { bytes, isClosed } = await inflate(codec, packed, { work: async () => {}, most: 1 });
    expect(bytes.equals(TEXT.subarray(0, bytes.length))).toBe(true);
    expect(isClosed).toBe(true);
  });

  it('tells a caller who is busy elsewhere that the data cannot be had, and ends no process', async () => {
    async function* open(): AsyncGenerator<Buffer> {
      yield whole.subarray(0, 90_000);
      throw new Error('the disk is gone');
    }
    const unheard: unknown[] = [];
    const listen = (error: unknown): number => unheard.push(error);
    process.on('unhandledRejection', listen);
    const { chunks } = inflateChunks({ ...codec, open });
    const readAll = async (): Promise<void> => {
      for await (const _ of chunks) await setTimeout(2);
    };
    await expect(readAll()).rejects.toThrow('the disk is gone');
    process.off('unhandledRejection', listen);
    expect(unheard).toEqual([]);
  });
});
