import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests and the programs that they run leave in the system's folder goes with the last of them. */
const folder = mkdtempSync(join(tmpdir(), 'okta-audit-tests-'));

export function setup(): void {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
