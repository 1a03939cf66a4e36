import { writeFileSync } from 'node:fs';
import { compileToModule, WASM_PROGRAMS } from './compile-wasm.ts';

for (const program of WASM_PROGRAMS) writeFileSync(program.module, await compileToModule(program));
