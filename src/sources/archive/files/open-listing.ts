import * as nodeFs from 'node:fs';
import { basename, resolve } from 'node:path';
import type { GlobOptions } from 'tinyglobby';

type ListingFs = NonNullable<GlobOptions['fs']>;

export interface Listing {
  /** To be given to the glob. */
  readonly fs: ListingFs;
  /** Folders and links that could not be followed. */
  readonly failures: readonly { readonly path: string; readonly error: Error }[];
  /** Folders that were closed to it. */
  readonly closed: readonly string[];
}

/**
 * The file system as a glob sees it, which takes note of what the glob would pass over in silence. Folders of the closed names
 * seem empty to it: they may hold a hundred thousand files.
 */
export function openListing(closedNames: readonly string[] = []): Listing {
  const failures: { path: string; error: Error }[] = [];
  const closed: string[] = [];
  const broken = new Map<string, Error>();
  const note = (path: string, error: Error | null): void => {
    if (error !== null) failures.push({ path, error });
  };
  const fs: ListingFs = {
    readdir: ((path: string, options: { withFileTypes: true }, done: ReaddirDone) => {
      if (closedNames.includes(basename(path))) {
        closed.push(path);
        done(null, []);
        return;
      }
      const failure = broken.get(resolve(path));
      if (failure !== undefined) {
        note(path, failure);
        done(null, []);
        return;
      }
      nodeFs.readdir(path, options, (error, entries) => {
        if (error?.code !== 'ENOENT') note(path, error);
        done(error, entries);
      });
    }) as typeof nodeFs.readdir,
    // Asked of every link, also of those that the glob does not lead to: where one is broken, only looking into it is a failure.
    realpath: ((path: string, done: (error: Error | null, resolved: string) => void) => {
      nodeFs.realpath(path, (error, resolved) => {
        if (error !== null) broken.set(resolve(path), error);
        done(null, error === null ? resolved : path);
      });
    }) as typeof nodeFs.realpath,
    stat: ((path: string, done: (error: Error | null, stats: nodeFs.Stats) => void) => {
      nodeFs.stat(broken.has(resolve(path)) ? '/' : path, done);
    }) as typeof nodeFs.stat,
  };
  return { fs, failures, closed };
}

type ReaddirDone = (error: Error | null, entries: nodeFs.Dirent[]) => void;
