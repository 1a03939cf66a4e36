import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ARCHIVE = join(ROOT, 'src/sources/archive');

/** A program in WebAssembly, and the module of the source that holds it compiled. */
export interface WasmProgram {
  /** Inside `wasm/`. */
  readonly source: string;
  readonly module: string;
  readonly constant: string;
  /** Pages of 64 KB. */
  readonly memory: number;
}

export const WASM_PROGRAMS: readonly WasmProgram[] = [
  {
    source: 'scan-lines.ts',
    module: join(ARCHIVE, 'scan/scanner-binary.ts'),
    constant: 'SCANNER_BINARY',
    memory: 64,
  },
  {
    source: 'match-brackets.ts',
    module: join(ARCHIVE, 'framing/matcher-binary.ts'),
    constant: 'MATCHER_BINARY',
    memory: 18,
  },
];

/** Compiles a program and gives the module that holds it; the same text every time. */
export async function compileToModule(program: WasmProgram): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-'));
  const output = join(folder, 'program.wasm');
  try {
    const { error, stderr } = await asc.main([
      join(ROOT, 'wasm', program.source),
      ...['--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'relaxed-simd'],
      ...['--initialMemory', String(program.memory)],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--outFile', output],
    ]);
    if (error) throw new Error(`${program.source} does not compile: ${stderr.toString()}`);
    return toModule(program, readFileSync(output));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toModule({ source, constant }: WasmProgram, binary: Buffer): string {
  return `/** WebAssembly in base64: \`wasm/${source}\`, compiled by \`npm run build:wasm\`. Not to be edited. */
export const ${constant} =
  '${binary.toString('base64')}';
`;
}
