import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditError } from '../errors.ts';
import { makeDirectory } from '../files/make-directory.ts';

export interface ReportFile {
  /** A plain name such as `report.json`. */
  readonly name: string;
  /** The whole text, or its parts in order, which are never held together. */
  readonly content: string | Iterable<string>;
}

export interface WrittenFile {
  readonly name: string;
  /** Of the file as it is now, absolute where the directory is. */
  readonly path: string;
  /** Lower-case hexadecimal, over exactly the bytes written. */
  readonly sha256: string;
  readonly bytes: number;
}

const FLUSH_CHARACTERS = 1 << 20;

/**
 * Writes files into a directory, which is created if need be. Each appears whole or not at all, and none appears
 * before all are written; older files of the same names are replaced. Only this user can read them, as they hold what
 * people typed for their login. Throws AuditError `report-unwritable`.
 */
export async function writeReportFiles(
  directory: string,
  files: readonly ReportFile[],
): Promise<WrittenFile[]> {
  const drafts: { draftPath: string; written: WrittenFile }[] = [];
  try {
    makeDirectory(directory);
    for (const file of files) {
      const draftPath = join(directory, `.${file.name}.${randomUUID()}.part`);
      const path = join(directory, file.name);
      const written = { name: file.name, path, sha256: '', bytes: 0 };
      drafts.push({ draftPath, written });
      const hash = await writeDraft(draftPath, file.content);
      drafts[drafts.length - 1] = { draftPath, written: { ...written, ...hash } };
    }
    for (const { draftPath, written } of drafts) await rename(draftPath, written.path);
  } catch (cause) {
    await Promise.all(drafts.map(({ draftPath }) => rm(draftPath, { force: true })));
    throw toUnwritable(directory, cause);
  }
  return drafts.map(({ written }) => written);
}

async function writeDraft(
  path: string,
  content: ReportFile['content'],
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for (const block of toBlocks(content)) {
      hash.update(block);
      bytes += block.length;
      await writeAll(file, block);
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Evidence comes as many short lines; one write each would take longer than all the rest of a run. */
function* toBlocks(content: ReportFile['content']): Generator<Buffer> {
  if (typeof content === 'string') {
    yield Buffer.from(content, 'utf8');
    return;
  }
  let parts: string[] = [];
  let characters = 0;
  for (const part of content) {
    parts.push(part);
    characters += part.length;
    if (characters < FLUSH_CHARACTERS) continue;
    yield Buffer.from(parts.join(''), 'utf8');
    parts = [];
    characters = 0;
  }
  yield Buffer.from(parts.join(''), 'utf8');
}

async function writeAll(file: FileHandle, block: Buffer): Promise<void> {
  for (let offset = 0; offset < block.length; ) {
    const { bytesWritten } = await file.write(block, offset);
    offset += bytesWritten;
  }
}

/** What did not come from the file system, such as a fault of whoever makes the content, is passed on. */
function toUnwritable(directory: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('syscall' in cause)) return cause;
  return new AuditError({
    code: 'report-unwritable',
    message: `Could not write the report files into ${directory}: ${cause.message}.`,
    hint: 'Name a directory that exists or can be created, and that has space, as `report-directory`.',
    cause,
  });
}
