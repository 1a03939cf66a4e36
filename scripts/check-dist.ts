import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the bundle into a second directory and complains where the committed one differs. */
const root = join(import.meta.dirname, '..');
const fresh = 'node_modules/.cache/dist';

const build = spawnSync(process.execPath, ['scripts/build.ts', fresh], {
  cwd: root,
  stdio: 'inherit',
});
if (build.status !== 0) process.exit(1);

const names = new Set([...listFiles('dist'), ...listFiles(fresh)]);
const stale = [...names].filter((name) => readOrNull('dist', name) !== readOrNull(fresh, name));
if (stale.length > 0) {
  console.error(`dist is stale (${stale.join(', ')}): run npm run build and commit it`);
  process.exit(1);
}
console.log('dist is what src builds');

function listFiles(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, directory).length + 1));
}

function readOrNull(directory: string, name: string): string | null {
  try {
    return readFileSync(join(root, directory, name), 'latin1');
  } catch {
    return null;
  }
}
