import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDirectory } from '../../src/files/make-directory.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'okta-audit-'));
});

afterEach(() => rmSync(root, { recursive: true }));

test('makes a directory with those above it, and leaves one that is there', () => {
  const path = join(root, 'a', 'b', 'c');
  makeDirectory(path);
  makeDirectory(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test('refuses where a file stands in its way', () => {
  writeFileSync(join(root, 'taken'), '');
  expect(() => makeDirectory(join(root, 'taken'))).toThrow('EEXIST');
  expect(() => makeDirectory(join(root, 'taken', 'a'))).toThrow('ENOTDIR');
});

test.runIf(process.platform === 'linux')('ends where no directory can be made', () => {
  expect(() => makeDirectory('/proc/okta-audit/report')).toThrow('ENOENT');
});
