import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { ArchiveFile, ArchiveMember } from './archive-member.ts';
import { emptyFile } from './empty-file.ts';
import { isLeftOut } from './is-left-out.ts';
import { unreadable } from './unreadable.ts';

/** The methods of zip entries that can be read here; every writer uses one of them unless told otherwise. */
const STORED = 0;
const DEFLATED = 8;

/** Gives the entries of a zip file in its order, without folders and what is no archive in a folder either. Throws `archive-unreadable` and `archive-empty`. */
export async function listZipEntries(file: ArchiveFile): Promise<ArchiveMember[]> {
  const zip = await openPromise(file.path, { autoClose: false });
  try {
    const members: ArchiveMember[] = [];
    for await (const entry of zip.eachEntry()) {
      if (!isLeftOut(entry.fileName)) members.push(await toMember({ file, zip, entry }));
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
  const { compressionMethod, compressedSize, uncompressedSize, crc32 } = entry;
  if (uncompressedSize === 0) throw emptyFile(name);
  if (entry.isEncrypted()) throw unreadable(name, new Error('the entry is encrypted'));
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw unreadable(name, new Error(`the entry uses compression method ${compressionMethod}`));
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const end = fileDataStart + compressedSize - 1;
  return {
    name,
    bytes: compressedSize,
    range: { path: file.path, start: fileDataStart, end },
    entry: { isDeflated: compressionMethod === DEFLATED, crc32 },
  };
}
