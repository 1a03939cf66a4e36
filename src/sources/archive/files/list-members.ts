import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AuditError } from '../../../errors.ts';
import type { ArchiveFile, ArchiveMember } from './archive-member.ts';
import { BUFFER_BYTES } from './release-chunk.ts';
import { unreadable } from './unreadable.ts';

const ZIP_MARK = Buffer.from('504b0304', 'hex');

/**
 * Gives what is to be read of a file: the file itself, or the entries of a zip file in its order.
 * Throws `archive-unreadable`, and `archive-empty` for a file without a byte: no export of nothing looks like that.
 */
export async function listMembers(file: ArchiveFile): Promise<ArchiveMember[]> {
  const { name, path, bytes } = file;
  if (bytes === 0) throw emptyFile(name);
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

function emptyFile(name: string): AuditError {
  return new AuditError({
    code: 'archive-empty',
    message: `The archive file ${name} is empty.`,
    hint: 'Export or copy it again: whatever should write it seems to have failed. If it is meant to hold nothing, leave it out.',
  });
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
    yield* createReadStream(path, { highWaterMark: BUFFER_BYTES, ...span });
  } catch (cause) {
    throw unreadable(name, cause);
  }
}
