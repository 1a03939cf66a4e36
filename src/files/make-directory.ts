import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it, where there are none. Node's own `recursive` never ends where the directory
 * above is there and refuses with ENOENT, as `/proc` does. Throws the error of the file system.
 */
export function makeDirectory(path: string): void {
  const failure = tryToMake(path);
  if (failure === null) return;
  const parent = dirname(path);
  if (failure.code !== 'ENOENT' || parent === path) throw failure;
  makeDirectory(parent);
  const again = tryToMake(path);
  if (again !== null) throw again;
}

/** Null where it is there afterwards, whoever made it. */
function tryToMake(path: string): NodeJS.ErrnoException | null {
  try {
    mkdirSync(path);
    return null;
  } catch (thrown) {
    return isDirectory(path) ? null : (thrown as NodeJS.ErrnoException);
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
