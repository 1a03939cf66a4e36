import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileScanner, SCANNER_MODULE } from '../../scripts/compile-scanner.ts';

it('the compiled scanner is what its source compiles to; else run `npm run build:scanner`', async () => {
  expect(readFileSync(SCANNER_MODULE, 'utf8')).toBe(await compileScanner());
});
