import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where the compiled scanner lives in the source. */
export const SCANNER_MODULE = join(ROOT, 'src/sources/archive/scan/scanner-binary.ts');

/** Compiles `wasm/scan-lines.ts` and gives the module that holds it; the same text every time. */
export async function compileScanner(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'scanner-'));
  const output = join(folder, 'scan-lines.wasm');
  try {
    const { error, stderr } = await asc.main([
      join(ROOT, 'wasm/scan-lines.ts'),
      ...[
        '--runtime',
        'stub',
        '--noAssert',
        '--enable',
        'simd',
        '--enable',
        'relaxed-simd',
        '--initialMemory',
        '64',
      ],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--outFile', output],
    ]);
    if (error) throw new Error(`the scanner does not compile: ${stderr.toString()}`);
    return toModule(readFileSync(output));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toModule(binary: Buffer): string {
  return `/** WebAssembly in base64: \`wasm/scan-lines.ts\`, compiled by \`npm run build:scanner\`. Not to be edited. */
export const SCANNER_BINARY =
  '${binary.toString('base64')}';
`;
}
