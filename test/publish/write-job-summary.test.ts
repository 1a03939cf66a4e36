import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeJobSummary } from '../../src/publish/write-job-summary.ts';

const FALLBACK = 'See the report files.';

let root: string;
let path: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'okta-audit-'));
  path = join(root, 'summary.md');
  await writeFile(path, 'An earlier line\n');
});

afterEach(() => rm(root, { recursive: true }));

function write(markdown: string) {
  return writeJobSummary({ path, markdown, fallback: FALLBACK });
}

describe('writeJobSummary', () => {
  it('appends to what the step has already said', async () => {
    expect(await write('# Audit')).toEqual({ state: 'written' });
    expect(await readFile(path, 'utf8')).toBe('An earlier line\n# Audit\n');
  });

  it('says the short text where the long one would make GitHub drop all', async () => {
    expect(await write('é'.repeat(500_000))).toEqual({ state: 'shortened' });
    expect(await readFile(path, 'utf8')).toBe(`An earlier line\n${FALLBACK}\n`);
  });

  it('adds nothing to a summary that is full', async () => {
    await writeFile(path, 'x'.repeat(1024 * 1024));
    expect(await write('# Audit')).toMatchObject({ state: 'failed' });
    expect(await readFile(path, 'utf8')).toHaveLength(1024 * 1024);
  });

  it.each([null, ''])('does nothing where there is no summary (%j)', async (none) => {
    const summary = { path: none, markdown: '# Audit', fallback: FALLBACK };
    expect(await writeJobSummary(summary)).toEqual({ state: 'absent' });
  });

  it('reports a file that cannot be written and throws nothing', async () => {
    const summary = { path: join(root, 'none', 'x'), markdown: '# Audit', fallback: FALLBACK };
    expect(await writeJobSummary(summary)).toMatchObject({ state: 'failed' });
  });
});
