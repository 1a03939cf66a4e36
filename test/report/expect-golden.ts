import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

/** Compares a text with the file that was reviewed; `UPDATE_GOLDEN=1 npx vitest run test/report` writes it anew. */
export function expectGolden(relativePath: string, actual: string): void {
  const file = path.resolve(import.meta.dirname, '..', '..', relativePath);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(actual, `${relativePath} differs; look at it, then run with UPDATE_GOLDEN=1`).toBe(
    expected,
  );
}
