import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const { path, bytes, drop } = await spool(input);
  process.once('exit', drop);
  return { path, name: 'standard input', bytes };
}

/** Copies bytes to a file that only this user can read. */
export async function spool(input: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  const folder = mkdtempSync(join(tmpdir(), 'okta-audit-'));
  const path = join(folder, 'spooled');
  const drop = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const { pipeline } = await import('node:stream/promises');
    await pipeline(input, createWriteStream(path, { mode: 0o600 }));
    return { path, bytes: statSync(path).size, drop };
  } catch (thrown) {
    drop();
    throw thrown;
  }
}
