import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ncc from '@vercel/ncc';
import { transform } from 'esbuild';
import { saveReportPage } from './build-report-page.ts';

/** Bundles both faces into a directory, `dist` unless the command line names another. */
const root = join(import.meta.dirname, '..');
const output = join(root, process.argv[2] ?? 'dist');
const FACES = ['index', 'cli'] as const;

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
for (const face of FACES) {
  const bundle = await bundleFace(face);
  save(`${face}.js`, bundle.code);
  for (const [name, asset] of Object.entries(bundle.assets))
    save(name, await shrink(name, asset.source));
}
await saveReportPage(output);
console.log(`built ${readdirSync(output).join(', ')}`);

/** A failure is told by its message: its trace would print the whole of the bundler, which is one line. */
async function bundleFace(face: (typeof FACES)[number]) {
  const entry = face === 'index' ? 'action' : face;
  try {
    return await ncc(join(root, `src/${entry}.ts`), {
      filename: `${face}.js`,
      minify: true,
      cache: false,
      quiet: true,
      license: face === 'index' ? 'licenses.txt' : undefined,
    });
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    return process.exit(1);
  }
}

/** The bundler minifies the entry alone, not what is loaded later. */
async function shrink(name: string, source: string | Buffer): Promise<string | Buffer> {
  if (!name.endsWith('.js')) return source;
  const { code } = await transform(source.toString(), { minify: true, legalComments: 'none' });
  return code;
}

function save(name: string, content: string | Buffer): void {
  const path = join(output, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
