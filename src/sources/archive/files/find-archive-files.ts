import { createReadStream, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AuditError } from '../../../errors.ts';
import type { ArchiveFile } from './archive-member.ts';
import { IGNORED } from './is-left-out.ts';
import { openListing } from './open-listing.ts';
import { spoolInput } from './spool-input.ts';
import { unreadable } from './unreadable.ts';

/**
 * Resolves paths, folders and globs to files, each once, sorted by path.
 * An existing path is taken literally, whatever brackets its name has; a folder, also one that a glob matches, means every file below it.
 * What is hidden, and what tools leave beside their files (`IGNORED`), is no archive. A pipe is read into a file.
 * Throws `archive-not-found` with every pattern that leads nowhere, and `archive-unreadable` where a folder or a link cannot be
 * followed: nothing may shrink the archive silently.
 */
export async function findArchiveFiles({
  patterns,
  workingDirectory,
}: {
  readonly patterns: readonly string[];
  readonly workingDirectory: string;
}): Promise<ArchiveFile[]> {
  const found = new Map<string, ArchiveFile>();
  const lost: string[] = [];
  for (const pattern of patterns) {
    const paths = await resolvePattern(pattern, workingDirectory);
    if (paths.length === 0) lost.push(pattern);
    for (const path of paths) {
      found.set(realpathSync(path), await toFile(path, workingDirectory));
    }
  }
  if (lost.length > 0 || found.size === 0) throw notFound(lost);
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Gives a path relative to the working directory where it lies inside it. */
export function nameFrom(workingDirectory: string, path: string): string {
  const inside = relative(workingDirectory, path);
  const name = inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  return name.replaceAll(sep, '/');
}

async function toFile(path: string, workingDirectory: string): Promise<ArchiveFile> {
  const name = nameFrom(workingDirectory, path);
  const status = statSync(path);
  if (status.isFile()) return { path, name, bytes: status.size };
  return { ...(await spoolInput(createReadStream(path))), name };
}

async function resolvePattern(pattern: string, workingDirectory: string): Promise<string[]> {
  const literal = resolve(workingDirectory, pattern);
  const kind = readKind(literal);
  if (kind === 'file') return [literal];
  const { glob } = await import('tinyglobby');
  const listing = openListing();
  const paths = await glob(kind === 'folder' ? '**/*' : withFolders(pattern), {
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    ignore: IGNORED.flatMap((name) => [`**/${name}`, `**/${name}/**`]),
    cwd: kind === 'folder' ? literal : workingDirectory,
    fs: listing.fs,
  });
  const [failure] = listing.failures;
  if (failure !== undefined) {
    throw unreadable(nameFrom(workingDirectory, resolve(failure.path)), failure.error);
  }
  return paths.map(toNative);
}

/** A folder that a glob matches means every file below it too: to a shell, and to whoever names it alone, it does. */
function withFolders(pattern: string): string[] {
  const glob = pattern.replaceAll('\\', '/').replace(/\/+$/, '');
  return [glob, `${glob}/**/*`];
}

function readKind(path: string): 'file' | 'folder' | null {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}

function toNative(path: string): string {
  return resolve(path);
}

function notFound(patterns: readonly string[]): AuditError {
  return new AuditError({
    code: 'archive-not-found',
    message: `No file matches the archive ${patterns.map((pattern) => `"${pattern}"`).join(', ')}.`,
    hint: 'Check the input `archive`: one path, folder or glob a line, relative to the workspace. Is the export downloaded before this step?',
  });
}
