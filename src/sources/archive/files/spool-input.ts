import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArchiveFile } from './find-archive-files.ts';

/** How the standard input is written among the patterns. */
export const STANDARD_INPUT = '-';

/** Copies the standard input to a file of its own, because an archive is looked at more than once; it goes with the program. */
export async function spoolInput(input: AsyncIterable<Uint8Array>): Promise<ArchiveFile> {
  const folder = mkdtempSync(join(tmpdir(), 'okta-audit-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'standard-input');
  await pipeline(input, createWriteStream(path, { mode: 0o600 }));
  return { path, name: 'standard input', bytes: (await stat(path)).size };
}
