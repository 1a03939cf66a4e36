import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const SOURCES = join(import.meta.dirname, '../../src/sources/archive/threads');
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Gives the file that worker threads start from, in JavaScript as in the built program. From TypeScript each of them would load
 * Node's compiler, which takes a second, and whose WebAssembly lets V8 abort the process at times where several threads have it.
 * Source: https://github.com/nodejs/node/issues/64500
 */
export async function bundleArchiveWorker(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'archive-worker-'));
  await build({
    stdin: {
      contents:
        "import { serveAsArchiveWorker } from './archive-worker.ts'; serveAsArchiveWorker();",
      resolveDir: SOURCES,
    },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    banner: { js: REQUIRE },
    logLevel: 'error',
  });
  return join(folder, 'stdin.mjs');
}
