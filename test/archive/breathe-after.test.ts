import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fillFromFile } from '../../src/sources/archive/files/fill-area.ts';
import { inflateChunks } from '../../src/sources/archive/files/inflate-chunks.ts';
import { inflateSmallGzip } from '../../src/sources/archive/files/inflate-small-gzip.ts';
import { readStoredBytes } from '../../src/sources/archive/files/read-stored-bytes.ts';
import { releaseChunk } from '../../src/sources/archive/files/release-chunk.ts';
import { layFiles } from './archive-workbench.ts';

const MEGABYTE = 1 << 20;

/** True where the rest of the program had its turn meanwhile, as it must to hear a signal. */
async function lets(work: () => Promise<void>): Promise<boolean> {
  let hadTurn = false;
  const turn = setImmediate(() => {
    hadTurn = true;
  });
  await work();
  clearImmediate(turn);
  return hadTurn;
}

function layFile(content: Buffer): { path: string; bytes: number } {
  const path = join(layFiles({ 'log.json': content }), 'log.json');
  return { path, bytes: statSync(path).size };
}

async function readAll(content: Buffer): Promise<void> {
  const { path, bytes } = layFile(content);
  const member = { name: path, range: { path }, bytes };
  // Whoever takes a chunk gives its memory back.
  for await (const chunk of readStoredBytes(member)) releaseChunk(chunk);
}

it('lets the rest of the program have its turn while a large file is read', async () => {
  expect(await lets(() => readAll(Buffer.alloc(9 * MEGABYTE)))).toBe(true);
});

it('lets it have its turn while a large file is read in place', async () => {
  const { path } = layFile(Buffer.alloc(9 * MEGABYTE));
  const area = Buffer.alloc(MEGABYTE);
  expect(
    await lets(async () => {
      const { fill, close } = fillFromFile({ path }, () => {});
      while ((await fill(area, 0, area.length)) > 0);
      close();
    }),
  ).toBe(true);
});

it('lets it have its turn while many small files are read', async () => {
  expect(
    await lets(async () => {
      for (let count = 0; count < 9; count += 1) await readAll(Buffer.alloc(MEGABYTE));
    }),
  ).toBe(true);
});

it('lets it have its turn while many small files are inflated', async () => {
  const packed = gzipSync(Buffer.alloc(MEGABYTE));
  expect(
    await lets(async () => {
      for (let count = 0; count < 9; count += 1) {
        const { chunks } = inflateChunks({
          open: async function* () {
            yield packed;
          },
          createInflater: () => {
            throw new Error('inflated at once');
          },
          mayRepeat: false,
          inflateAtOnce: inflateSmallGzip,
        });
        for await (const chunk of chunks) expect(chunk).toHaveLength(MEGABYTE);
      }
    }),
  ).toBe(true);
});
