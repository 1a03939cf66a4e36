import { createReadStream, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AuditError } from '../../../errors.ts';
import { formatSome } from '../../../model/format-some.ts';
import type { ArchiveFile } from './archive-member.ts';
import { findOwnFile, type LeftOut } from './find-own-file.ts';
import { IGNORED } from './is-left-out.ts';
import { openListing } from './open-listing.ts';
import { spoolInput } from './spool-input.ts';
import { unreadable } from './unreadable.ts';

const PACKAGES = 'node_modules';
/** Whoever names a folder of packages with something below it means that. */
const INSIDE_PACKAGES = /(?:^|[\\/])node_modules[\\/]./;
const MOST_NAMED = 3;

export interface FoundFiles {
  readonly files: readonly ArchiveFile[];
  /** Which a person may have meant all the same. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Resolves paths, folders and globs to files, each once, sorted by path.
 * An existing path is taken literally, whatever brackets its name has; a folder, also one that a glob matches, means every file
 * below it, but for what is hidden, what tools leave beside their files (`IGNORED`), packages, and what this program wrote itself
 * and is no log. A pipe is read into a file.
 * Throws `archive-not-found` with every pattern that leads nowhere, and `archive-unreadable` where a folder or a link cannot be
 * followed: nothing may shrink the archive silently.
 */
export async function findArchiveFiles({
  patterns,
  workingDirectory,
}: {
  readonly patterns: readonly string[];
  readonly workingDirectory: string;
}): Promise<FoundFiles> {
  const found = new Map<string, ArchiveFile>();
  const leftOut = new Map<string, LeftOut>();
  const lost: string[] = [];
  for (const pattern of patterns) {
    const resolved = await resolvePattern(pattern, workingDirectory);
    if (resolved.paths.length === 0 && resolved.leftOut.length === 0) lost.push(pattern);
    for (const { path, what } of resolved.leftOut) {
      leftOut.set(path, { path: nameFrom(workingDirectory, path), what });
    }
    for (const path of resolved.paths) {
      found.set(realpathSync(path), await toFile(path, workingDirectory));
    }
  }
  const passedOver = [...leftOut.values()];
  if (lost.length > 0) throw notFound(lost);
  if (found.size === 0) throw notFound(patterns, passedOver);
  const files = [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
  return { files, leftOut: passedOver };
}

/** `okta-audit-report (the report of an audit), node_modules (packages)` */
export function sayLeftOut(leftOut: readonly LeftOut[]): string {
  return formatSome(
    leftOut.map(({ path, what }) => `${path} (${what})`),
    MOST_NAMED,
  );
}

/** Gives a path relative to the working directory where it lies inside it. */
export function nameFrom(workingDirectory: string, path: string): string {
  const inside = relative(workingDirectory, resolve(workingDirectory, path));
  if (inside === '' && !isAbsolute(path)) return 'the working directory';
  const name = inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  return name.replaceAll(sep, '/');
}

async function toFile(path: string, workingDirectory: string): Promise<ArchiveFile> {
  const name = nameFrom(workingDirectory, path);
  const status = statSync(path);
  if (status.isFile()) return { path, name, bytes: status.size };
  return { ...(await spoolInput(createReadStream(path))), name };
}

interface Resolved {
  readonly paths: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

async function resolvePattern(pattern: string, workingDirectory: string): Promise<Resolved> {
  const literal = resolve(workingDirectory, pattern);
  const kind = readKind(literal);
  if (kind === 'file') return { paths: [literal], leftOut: [] };
  const { glob } = await import('tinyglobby');
  const listing = openListing(INSIDE_PACKAGES.test(pattern) ? [] : [PACKAGES]);
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
  const leftOut = listing.closed.map((path) => ({ path: resolve(path), what: 'packages' }));
  return setOwnFilesAside(paths.map(toNative), leftOut);
}

function setOwnFilesAside(paths: readonly string[], leftOut: readonly LeftOut[]): Resolved {
  const kept: string[] = [];
  const own: LeftOut[] = [];
  for (const path of paths) {
    const written = findOwnFile(path);
    if (written === null) kept.push(path);
    else own.push(written);
  }
  return { paths: kept, leftOut: [...leftOut, ...own] };
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

function notFound(patterns: readonly string[], leftOut: readonly LeftOut[] = []): AuditError {
  const beside = leftOut.length === 0 ? '' : ` but what is left out: ${sayLeftOut(leftOut)}`;
  return new AuditError({
    code: 'archive-not-found',
    message: `No file matches the archive ${patterns.map((pattern) => `"${pattern}"`).join(', ')}${beside}.`,
    hint: 'Check the input `archive`: one path, folder or glob a line, relative to the workspace. Is the export downloaded before this step?',
  });
}
