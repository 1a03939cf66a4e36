import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
  /** The command that makes the file anew, for whoever reads the complaint. */
  readonly remedy: string;
}

/** Writes a generated file, or with `--check` on the command line complains where it is stale. */
export function settleFile({ path, text, remedy }: GeneratedFile): void {
  const isFresh = existsSync(path) && readFileSync(path, 'utf8') === text;
  if (isFresh) return;
  const name = relative(process.cwd(), path);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    console.log(`wrote ${name}`);
    return;
  }
  console.error(`${name} is stale: run ${remedy}`);
  process.exitCode = 1;
}

/** Replaces what stands between `<!-- begin: NAME -->` and `<!-- end: NAME -->`. */
export function replaceBetweenMarkers(text: string, name: string, content: string): string {
  const begin = `<!-- begin: ${name} -->`;
  const end = `<!-- end: ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`no markers for ${name}`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}
