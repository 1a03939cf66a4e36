const ENDING = '.partial';

/** The path under which a pull is saved until it has ended. */
export function toPartial(path: string): string {
  return path + ENDING;
}

/** Says whether a file is a pull that is being saved, or one that was broken off. */
export function isPartial(path: string): boolean {
  return /\.ndjson\.(?:zst|gz)$/.test(path.slice(0, -ENDING.length)) && path.endsWith(ENDING);
}
