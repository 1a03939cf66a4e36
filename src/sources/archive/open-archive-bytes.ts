import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { AuditError } from '../../errors.ts';
import type { ArchiveFile } from './find-archive-files.ts';
import { type Inflater, inflateChunks } from './inflate-chunks.ts';

/** Large chunks cost a third of the CPU that zlib's default of 16 KB costs. */
const CHUNK_BYTES = 1 << 20;
const GZIP_MARK = Buffer.from([0x1f, 0x8b]);

export interface OpenedArchive {
  readonly compression: 'none' | 'gzip';
  readonly chunks: AsyncIterable<Buffer>;
  /** Why the bytes end too early, or null. Meaningful after the last chunk. */
  readDamage(): string | null;
  /** How many bytes of the file itself were taken so far. */
  readTaken(): number;
}

/** Opens a file for reading, decompressed by what it holds and not by how it is called. Throws `archive-unreadable`. */
export async function openArchiveBytes(file: ArchiveFile): Promise<OpenedArchive> {
  let taken = 0;
  async function* open(): AsyncGenerator<Buffer> {
    let at = 0;
    try {
      for await (const chunk of createReadStream(file.path, { highWaterMark: CHUNK_BYTES })) {
        at += chunk.length;
        taken = Math.max(taken, at);
        yield chunk;
      }
    } catch (cause) {
      throw unreadable(file, cause);
    }
  }
  const readTaken = (): number => taken;
  if (!(await hasFront(open(), GZIP_MARK))) {
    return { compression: 'none', chunks: open(), readTaken, readDamage: () => null };
  }
  const createInflater = (): Inflater => createGunzip({ chunkSize: CHUNK_BYTES });
  return { compression: 'gzip', ...inflateChunks({ open, createInflater }), readTaken };
}

async function hasFront(chunks: AsyncGenerator<Buffer>, mark: Buffer): Promise<boolean> {
  for await (const chunk of chunks) return chunk.subarray(0, mark.length).equals(mark);
  return false;
}

function unreadable(file: ArchiveFile, cause: unknown): AuditError {
  return new AuditError({
    code: 'archive-unreadable',
    message: `The archive file ${file.name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'Check that the file exists on this runner and that its permissions let this step read it.',
    cause,
  });
}
