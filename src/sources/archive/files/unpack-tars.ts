import { AuditError } from '../../../errors.ts';
import type { ArchiveFile, ArchiveMember } from './archive-member.ts';
import { emptyFile } from './empty-file.ts';
import { isLeftOut } from './is-left-out.ts';
import { isTar } from './is-tar.ts';
import { openInflated } from './open-archive-bytes.ts';
import { closeChunks } from './peek-chunks.ts';
import { readStoredFront } from './read-stored-bytes.ts';
import { type SpooledFile, spool } from './spool-input.ts';
import { unreadable } from './unreadable.ts';

const FRONT_BYTES = 1024;
const GZIP_MARK = Buffer.from('1f8b', 'hex');
/** Where not even a part of what is compressed can be had without reading it as a whole. */
const PACKED_NAME = /\.tar\.\w+$/i;

/**
 * Gives the files of tar archives in the place of these, each in a file of its own that goes with the program; other files as
 * they are. Throws `archive-unreadable` where a tar archive is damaged: which files it has lost nobody can tell. Throws `archive-empty` where it holds none.
 */
export async function unpackTars(files: readonly ArchiveFile[]): Promise<ArchiveFile[]> {
  const spooled: SpooledFile[] = [];
  const unpacked: ArchiveFile[] = [];
  try {
    for (const file of files) {
      const entries = mayBeTar(file) ? await unpackTar(file, spooled) : null;
      unpacked.push(...(entries ?? [file]));
    }
  } catch (thrown) {
    dropAll(spooled);
    throw thrown;
  }
  return unpacked;
}

function dropAll(spooled: readonly SpooledFile[]): void {
  for (const { drop } of spooled) drop();
}

/** An archive may be a hundred thousand files, so that only their fronts are looked at. */
function mayBeTar(file: ArchiveFile): boolean {
  const front = readStoredFront(toMember(file), FRONT_BYTES);
  if (!front.subarray(0, GZIP_MARK.length).equals(GZIP_MARK)) {
    return isTar(front) || PACKED_NAME.test(file.name);
  }
  const { gunzipSync, constants } = process.getBuiltinModule('node:zlib');
  try {
    return isTar(gunzipSync(front, { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch {
    return false;
  }
}

/** Null where it is none after all. */
async function unpackTar(
  file: ArchiveFile,
  spooled: SpooledFile[],
): Promise<readonly ArchiveFile[] | null> {
  const { front, chunks, readDamage } = await openInflated(toMember(file), () => {});
  if (!isTar(front)) {
    await closeChunks(chunks);
    return null;
  }
  const { createTarDecoder } = await import('modern-tar');
  const entries: ArchiveFile[] = [];
  try {
    const decoder = createTarDecoder({ strict: true });
    for await (const { header, body } of ReadableStream.from(chunks).pipeThrough(decoder)) {
      if (header.type === 'directory' || isLeftOut(header.name)) {
        await body.cancel();
        continue;
      }
      if (header.type !== 'file') throw holdsLink(file.name, header);
      const copy = await spool(body);
      spooled.push(copy);
      entries.push({ path: copy.path, name: `${file.name}:${header.name}`, bytes: copy.bytes });
    }
  } catch (cause) {
    throw cause instanceof AuditError ? cause : unreadable(file.name, cause);
  }
  const damage = readDamage();
  if (damage !== null) throw unreadable(file.name, new Error(damage.reason));
  if (entries.length === 0) throw emptyFile(file.name);
  return entries;
}

interface TarEntry {
  readonly name: string;
  readonly type?: string;
}

/** What a link leads to lies elsewhere, or is another name for an entry before it. */
function holdsLink(name: string, entry: TarEntry): AuditError {
  return new AuditError({
    code: 'archive-unreadable',
    message: `The archive file ${name} cannot be read: ${entry.name} in it is a ${entry.type ?? 'link'}.`,
    hint: 'Pack it again with the files themselves, as `tar --dereference --hard-dereference` does, or unpack it and give the folder.',
  });
}

function toMember({ name, bytes, path }: ArchiveFile): ArchiveMember {
  return { name, bytes, range: { path } };
}
