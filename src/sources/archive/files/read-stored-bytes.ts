import { closeSync, openSync, readSync } from 'node:fs';
import type { ArchiveMember, StoredRange } from './archive-member.ts';
import { breatheAfter } from './breathe-after.ts';
import { BUFFER_BYTES } from './release-chunk.ts';
import { unreadable } from './unreadable.ts';

/** Room to see that a file has ended, or that it has grown. */
const END_BYTES = 4096;

/**
 * Begins the stored bytes of a member anew. Throws `archive-unreadable`.
 * Archives are thousands of small files more often than a large one: handing each read to another thread, as streams do, would
 * take longer than all else.
 */
export async function* readStoredBytes({
  name,
  range,
  bytes,
}: ArchiveMember): AsyncGenerator<Buffer> {
  try {
    for (const chunk of readRange(range, bytes)) {
      const breath = breatheAfter(chunk.length);
      if (breath !== null) await breath;
      yield chunk;
    }
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** Gives the first stored bytes of a member, at most so many. Throws `archive-unreadable`. */
export function readStoredFront({ name, range, bytes }: ArchiveMember, most: number): Buffer {
  const { path, start = 0, end = Number.POSITIVE_INFINITY } = range;
  const front = Buffer.allocUnsafeSlow(Math.min(most, bytes));
  try {
    const file = openSync(path, 'r');
    try {
      return front.subarray(
        0,
        readSync(file, front, 0, Math.min(front.length, end + 1 - start), start),
      );
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

function* readRange(
  { path, start = 0, end = Number.POSITIVE_INFINITY }: StoredRange,
  bytes: number,
): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    for (let at = start; at <= end; ) {
      const size = Math.min(BUFFER_BYTES, Math.max(start + bytes - at, END_BYTES));
      const chunk = Buffer.allocUnsafeSlow(size);
      const read = readSync(file, chunk, 0, Math.min(size, end + 1 - at), at);
      if (read === 0) return;
      yield chunk.subarray(0, read);
      at += read;
    }
  } finally {
    closeSync(file);
  }
}
