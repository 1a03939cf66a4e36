import { AuditError } from '../../../errors.ts';
import type { ArchiveFile, ArchiveMember } from './archive-member.ts';
import { emptyFile } from './empty-file.ts';
import { readStoredFront } from './read-stored-bytes.ts';
import { unreadable } from './unreadable.ts';

const ZIP_MARK = Buffer.from('504b0304', 'hex');

/**
 * Gives what is to be read of a file: the file itself, or the entries of a zip file in its order.
 * Throws `archive-unreadable`, and `archive-empty` for a file or an entry without a byte, or without an entry: no export of nothing looks like that.
 */
export async function listMembers(file: ArchiveFile): Promise<ArchiveMember[]> {
  const { name, path, bytes } = file;
  if (bytes === 0) throw emptyFile(name);
  const whole: ArchiveMember = { name, bytes, range: { path } };
  if (!readStoredFront(whole, ZIP_MARK.length).equals(ZIP_MARK)) return [whole];
  const { listZipEntries } = await import('./list-zip-entries.ts');
  try {
    const entries = await listZipEntries(file);
    if (entries.length === 0) throw emptyFile(name);
    return entries;
  } catch (cause) {
    throw cause instanceof AuditError ? cause : unreadable(name, cause);
  }
}
