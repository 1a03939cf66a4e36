import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeReportFiles } from '../../src/publish/write-report-files.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'okta-audit-'));
});

afterEach(() => rm(root, { recursive: true }));

function* lines(count: number): Generator<string> {
  for (let i = 0; i < count; i += 1) yield `${i} — ${'é'.repeat(50)}\n`;
}

describe('writeReportFiles', () => {
  it('creates the directory and writes each file, with its hash and size', async () => {
    const directory = join(root, 'a', 'b');
    const [report, evidence] = await writeReportFiles(directory, [
      { name: 'report.md', content: 'Größe' },
      { name: 'evidence.ndjson', content: ['{"a":1}\n', '{"b":2}\n'] },
    ]);
    expect(report).toEqual({
      name: 'report.md',
      path: join(directory, 'report.md'),
      sha256: createHash('sha256').update('Größe').digest('hex'),
      bytes: 7,
    });
    expect(await readFile(evidence?.path ?? '', 'utf8')).toBe('{"a":1}\n{"b":2}\n');
    expect((await readdir(directory)).sort()).toEqual(['evidence.ndjson', 'report.md']);
  });

  it.skipIf(process.platform === 'win32')(
    'writes what no other user of the machine can read, also over what they could',
    async () => {
      await writeFile(join(root, 'evidence.ndjson'), 'old', { mode: 0o644 });
      await writeReportFiles(root, [{ name: 'evidence.ndjson', content: 'new' }]);
      expect((await stat(join(root, 'evidence.ndjson'))).mode & 0o777).toBe(0o600);
    },
  );

  it('hashes exactly what it wrote, also over many blocks', async () => {
    const [written] = await writeReportFiles(root, [
      { name: 'evidence.ndjson', content: lines(60_000) },
    ]);
    const bytes = await readFile(join(root, 'evidence.ndjson'));
    expect(bytes.toString('utf8')).toBe([...lines(60_000)].join(''));
    expect(written?.bytes).toBe(bytes.length);
    expect(written?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('writes an empty file for nothing', async () => {
    const [written] = await writeReportFiles(root, [{ name: 'evidence.ndjson', content: [] }]);
    expect(written?.bytes).toBe(0);
    expect(await readFile(join(root, 'evidence.ndjson'), 'utf8')).toBe('');
  });

  it('replaces the files of an earlier run', async () => {
    await writeReportFiles(root, [{ name: 'report.md', content: 'a long first text' }]);
    await writeReportFiles(root, [{ name: 'report.md', content: 'second' }]);
    expect(await readFile(join(root, 'report.md'), 'utf8')).toBe('second');
    expect(await readdir(root)).toEqual(['report.md']);
  });

  it('leaves everything as it was where one file cannot be made', async () => {
    await writeFile(join(root, 'report.md'), 'old');
    const broken = {
      *[Symbol.iterator]() {
        yield 'half';
        throw new RangeError('broken content');
      },
    };
    const writing = writeReportFiles(root, [
      { name: 'report.md', content: 'new' },
      { name: 'evidence.ndjson', content: broken },
    ]);
    await expect(writing).rejects.toThrow('broken content');
    expect(await readdir(root)).toEqual(['report.md']);
    expect(await readFile(join(root, 'report.md'), 'utf8')).toBe('old');
  });

  it('names the input where the directory is a file', async () => {
    await writeFile(join(root, 'taken'), 'x');
    const writing = writeReportFiles(join(root, 'taken'), [{ name: 'report.md', content: 'x' }]);
    await expect(writing).rejects.toMatchObject({
      code: 'report-unwritable',
      message: expect.stringContaining(join(root, 'taken')),
      hint: expect.stringContaining('`report-directory`'),
    });
  });

  // Two folders deep: none of them can be made.
  it.runIf(process.platform === 'linux')(
    'ends where the file system can make no directory',
    async () => {
      const writing = writeReportFiles('/proc/okta-audit/report', [
        { name: 'report.md', content: 'x' },
      ]);
      await expect(writing).rejects.toMatchObject({ code: 'report-unwritable' });
    },
  );
});
