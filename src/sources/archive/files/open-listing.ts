import * as nodeFs from 'node:fs';
import { basename } from 'node:path';
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
      nodeFs.readdir(path, options, (error, entries) => {
        if (error?.code !== 'ENOENT') note(path, error);
        done(error, entries);
      });
    }) as typeof nodeFs.readdir,
    realpath: ((path: string, done: (error: Error | null, resolved: string) => void) => {
      nodeFs.realpath(path, (error, resolved) => {
        note(path, error);
        done(error, resolved);
      });
    }) as typeof nodeFs.realpath,
  };
  return { fs, failures, closed };
}

type ReaddirDone = (error: Error | null, entries: nodeFs.Dirent[]) => void;
