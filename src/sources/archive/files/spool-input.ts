import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearUpAtEnd } from '../../../files/clear-up-at-end.ts';
import type { ArchiveFile } from './archive-member.ts';

/** How the standard input is written among the patterns. */
export const STANDARD_INPUT = '-';

/** Bytes in a file of their own, because they must be looked at more than once or from the end. */
export interface SpooledFile {
  readonly path: string;
  readonly bytes: number;
  drop(): void;
}

/** Copies the standard input to a file of its own; it goes with the program. */
export async function spoolInput(input: AsyncIterable<Uint8Array>): Promise<ArchiveFile> {
  const { path, bytes } = await spool(input);
  return { path, name: 'standard input', bytes };
}

/** Copies bytes to a file that only this user can read; it goes with the program, where nobody drops it before. */
export async function spool(input: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  const folder = makeFolder();
  const path = join(folder, 'spooled');
  const drop = (): void => dropFolder(folder);
  try {
    const { pipeline } = await import('node:stream/promises');
    await pipeline(input, createWriteStream(path, { mode: 0o600 }));
    return { path, bytes: statSync(path).size, drop };
  } catch (thrown) {
    drop();
    throw thrown;
  }
}

/** The folders that there are, which hold what a tenant keeps to itself. */
const folders = new Set<string>();
let callOff = (): void => {};

function makeFolder(): string {
  if (folders.size === 0) callOff = clearUpAtEnd(() => [...folders].forEach(dropFolder));
  const folder = mkdtempSync(join(tmpdir(), 'okta-audit-'));
  folders.add(folder);
  return folder;
}

function dropFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size === 0) callOff();
}
