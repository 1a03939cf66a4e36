import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AuditError } from '../../../errors.ts';
import type { ArchiveMember } from './archive-member.ts';
import type { ArchiveFile } from './find-archive-files.ts';
import { unreadable } from './unreadable.ts';

const CHUNK_BYTES = 1 << 20;
const ZIP_MARK = Buffer.from('504b0304', 'hex');

/**
 * Gives what is to be read of a file: the file itself, or the entries of a zip file in its order.
 * Throws `archive-unreadable`.
 */
export async function listMembers(file: ArchiveFile): Promise<ArchiveMember[]> {
  const { name, path, bytes } = file;
  try {
    if (!(await isZip(path))) {
      return [{ name, bytes, range: { path }, isDeflated: false }];
    }
    const { listZipEntries } = await import('./list-zip-entries.ts');
    return await listZipEntries(file);
  } catch (cause) {
    throw cause instanceof AuditError ? cause : unreadable(file.name, cause);
  }
}

async function isZip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(ZIP_MARK.length), 0);
    return bytesRead === ZIP_MARK.length && buffer.equals(ZIP_MARK);
  } finally {
    await handle.close();
  }
}

/** Begins the stored bytes of a member anew. Throws `archive-unreadable`. */
export async function* readStoredBytes({ name, range }: ArchiveMember): AsyncGenerator<Buffer> {
  if (range === null) return;
  const { path, ...span } = range;
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES, ...span });
  } catch (cause) {
    throw unreadable(name, cause);
  }
}
