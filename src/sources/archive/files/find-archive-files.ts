import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AuditError } from '../../../errors.ts';

export interface ArchiveFile {
  readonly path: string;
  /** The path as a person would write it from the working directory. */
  readonly name: string;
  readonly bytes: number;
}

/**
 * Resolves paths, folders and globs to files, each once, sorted by path.
 * An existing path is taken literally, whatever brackets its name has; a folder means every file below it.
 * The checksums that are saved beside archives are no archive.
 * Throws `archive-not-found` with every pattern that leads nowhere: a misspelt one must not shrink the archive silently.
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
      found.set(await realpath(path), {
        path,
        name: nameFrom(workingDirectory, path),
        bytes: (await stat(path)).size,
      });
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

async function resolvePattern(pattern: string, workingDirectory: string): Promise<string[]> {
  const literal = resolve(workingDirectory, pattern);
  const kind = await readKind(literal);
  if (kind === 'file') return [literal];
  const { glob } = await import('tinyglobby');
  const options = {
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    ignore: ['**/SHA256SUMS'],
  };
  if (kind === 'folder') return (await glob('**/*', { ...options, cwd: literal })).map(toNative);
  const paths = await glob(pattern.replaceAll('\\', '/'), { ...options, cwd: workingDirectory });
  return paths.map(toNative);
}

async function readKind(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
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
