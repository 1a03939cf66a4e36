import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import type { ArchiveMember } from '../../src/sources/archive/files/archive-member.ts';
import { areThreadsWorthwhile } from '../../src/sources/archive/threads/are-threads-worthwhile.ts';
import { days, makeNoise, toLines } from './archive-workbench.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'threads-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const LINES = toLines(makeNoise(days('2022-01-01', '2022-01-02')));
const [plain, packed, parsed] = [
  writeFile('plain', LINES),
  writeFile('packed', gzipSync(LINES)),
  writeFile(
    'parsed',
    JSON.stringify(
      LINES.trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ),
  ),
];

function writeFile(name: string, content: string | Buffer): string {
  const path = join(FOLDER, name);
  writeFileSync(path, content);
  return path;
}

/** Members of which only the front is there. */
function claim(...files: readonly (readonly [path: string, megabytes: number])[]): ArchiveMember[] {
  return files.map(([path, megabytes]) => ({
    name: path,
    bytes: megabytes << 20,
    range: { path },
  }));
}

it.each([
  ['little of anything', claim([packed, 60], [parsed, 3]), false, false],
  ['a packed file', claim([packed, 64]), false, true],
  ['many packed files', claim([packed, 20], [packed, 20], [packed, 24]), false, true],
  ['a file that is parsed as a whole', claim([parsed, 64]), false, true],
  ['lines that are sifted', claim([plain, 64], [plain, 447]), false, false],
  ['many lines that are sifted', claim([plain, 64], [plain, 448]), false, true],
  ['lines that are all parsed', claim([plain, 64]), true, true],
  ['little that is all parsed', claim([plain, 63]), true, false],
  ['mostly packed files', claim([plain, 30], [packed, 34]), false, true],
  ['mostly lines that are sifted', claim([packed, 30], [plain, 40], [packed, 3]), false, false],
  ['nothing', [], false, false],
])('%s is worth threads or not', async (_, members, isStrict, expected) => {
  expect(await areThreadsWorthwhile(members, isStrict)).toBe(expected);
});
