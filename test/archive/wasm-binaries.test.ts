import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileToModule, WASM_PROGRAMS } from '../../scripts/compile-wasm.ts';

it.each(WASM_PROGRAMS)(
  'what $source was compiled to is what it compiles to; else run `npm run build:wasm`',
  async (program) => {
    expect(readFileSync(program.module, 'utf8')).toBe(await compileToModule(program));
  },
);
