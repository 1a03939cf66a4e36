import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import type { ArchiveMember } from '../../src/sources/archive/files/archive-member.ts';
import { chooseSpread } from '../../src/sources/archive/threads/choose-spread.ts';
import { days, makeNoise, toLines } from './archive-workbench.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'spread-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const LINES = toLines(makeNoise(days('2022-01-01', '2022-01-02')));
const LIST = `[${LINES.trim().split('\n').join()}]`;
const [plain, packed, parsed, packedList] = [
  writeFile('plain', LINES),
  writeFile('packed', gzipSync(LINES)),
  writeFile('parsed', LIST),
  writeFile('packed-list', gzipSync(LIST)),
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
    bytes: megabytes * (1 << 20),
    range: { path },
  }));
}

it.each([
  ['less than a megabyte', claim([packed, 0.5], [parsed, 0.4]), false, 'in-turn'],
  ['little that is mostly parsed', claim([packed, 3], [parsed, 60]), false, 'in-turn'],
  ['a packed file', claim([packed, 640]), false, 'in-turn'],
  ['two packed files', claim([packed, 1], [packed, 1]), false, 'at-once'],
  ['many packed files', claim([packed, 200], [packed, 200], [packed, 240]), false, 'at-once'],
  ['packed files that are all parsed', claim([packed, 40], [packed, 24]), true, 'on-threads'],
  ['packed files that are parsed as a whole', claim([packedList, 64]), false, 'on-threads'],
  ['a file that is parsed as a whole', claim([parsed, 64]), false, 'on-threads'],
  ['lines that are sifted', claim([plain, 64], [plain, 447]), false, 'in-turn'],
  ['many lines that are sifted', claim([plain, 64], [plain, 448]), false, 'on-threads'],
  ['lines that are all parsed', claim([plain, 64]), true, 'on-threads'],
  ['little that is all parsed', claim([plain, 63]), true, 'in-turn'],
  ['mostly packed files', claim([plain, 30], [packed, 34]), false, 'at-once'],
  ['mostly lines that are sifted', claim([packed, 30], [plain, 40]), false, 'in-turn'],
  ['nothing', [], false, 'in-turn'],
])('%s: how they are read', async (_, members, isStrict, expected) => {
  expect(await chooseSpread(members, isStrict)).toBe(expected);
});
