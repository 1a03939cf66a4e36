import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AuditError } from '../../../errors.ts';
import type { ArchiveFile, ArchiveMember } from './archive-member.ts';
import { emptyFile } from './empty-file.ts';
import { isLeftOut } from './is-left-out.ts';

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
  if (entry.isEncrypted()) throw packedOtherwise(name, 'the entry is encrypted');
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw packedOtherwise(name, `the entry uses compression method ${compressionMethod}`);
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

/** The file is whole and may be read: only what packed it stands in the way. */
function packedOtherwise(name: string, reason: string): AuditError {
  return new AuditError({
    code: 'archive-unreadable',
    message: `The archive file ${name} cannot be read: ${reason}.`,
    hint: 'Unpack the zip file first, or make it anew without a password and with deflate.',
  });
}
