import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AuditError } from '../../errors.ts';
import type { ArchiveMember } from './archive-member.ts';
import type { ArchiveFile } from './find-archive-files.ts';

const CHUNK_BYTES = 1 << 20;
const ZIP_MARK = Buffer.from('504b0304', 'hex');
/** The methods of zip entries that can be read here; every writer uses one of them unless told otherwise. */
const STORED = 0;
const DEFLATED = 8;

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
    return await listEntries(file);
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

async function listEntries(file: ArchiveFile): Promise<ArchiveMember[]> {
  const zip = await openPromise(file.path, { autoClose: false });
  try {
    const members: ArchiveMember[] = [];
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) members.push(await toMember({ file, zip, entry }));
    }
    return members;
  } finally {
    zip.close();
  }
}

async function toMember({
  file,
  zip,
  entry,
}: {
  readonly file: ArchiveFile;
  readonly zip: ZipFile;
  readonly entry: Entry;
}): Promise<ArchiveMember> {
  const name = `${file.name}:${entry.fileName}`;
  const { compressionMethod, compressedSize } = entry;
  if (entry.isEncrypted()) throw unreadable(name, new Error('the entry is encrypted'));
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw unreadable(name, new Error(`the entry uses compression method ${compressionMethod}`));
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const end = fileDataStart + compressedSize - 1;
  return {
    name,
    bytes: compressedSize,
    range: compressedSize === 0 ? null : { path: file.path, start: fileDataStart, end },
    isDeflated: compressionMethod === DEFLATED,
  };
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

function unreadable(name: string, cause: unknown): AuditError {
  return new AuditError({
    code: 'archive-unreadable',
    message: `The archive file ${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'Check that the file is whole and that its permissions let this step read it.',
    cause,
  });
}
