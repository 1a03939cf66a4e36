import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPORT_FILES } from '../../src/model/report-files.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { saveWhileReading } from '../../src/sources/archive/saved/save-while-reading.ts';
import { days, layFiles, makeNoise, readArchive, SILENT, toLines } from './archive-workbench.ts';

const LINES = toLines(makeNoise(days('2022-01-10', '2022-01-17')));

/** What a run leaves in its report directory. */
const REPORT = Object.fromEntries(
  Object.values(REPORT_FILES).map((name) => [`okta-audit-report/${name}`, '{"findings": []}\n']),
);

async function readFolder(files: Record<string, string>, patterns: readonly string[]) {
  const told: string[] = [];
  const { reading } = await readArchive({
    files,
    patterns,
    options: { tell: (line) => told.push(line) },
  });
  return { events: reading.counts.eventsRead, told };
}

describe('an archive is named as somebody would say it', () => {
  it.each([
    ['.', 'the working directory'],
    ['./', 'the working directory'],
    ['/logs', '/logs'],
    ['/home/me', '/home/me'],
    ['/home/me/2022/../logs', 'logs'],
    ['./logs/*.ndjson', 'logs/*.ndjson'],
    ['../logs', '../logs'],
  ])('%s', (pattern, name) => {
    const progress = { start: () => {}, advance: () => {}, finish: () => {} };
    const options = { workingDirectory: resolve('/home/me'), progress };
    expect(createArchiveSource({ ...options, patterns: [pattern] }).name).toBe(name);
  });
});

describe('an archive that a folder or a glob names goes without what this program wrote', () => {
  const files = { 'logs/a.ndjson': LINES, ...REPORT };

  it.each([[['.']], [['*']], [['**/*']], [['logs', 'okta-audit-report']]])(
    '%j',
    async (patterns) => {
      expect(await readFolder(files, patterns)).toEqual({
        events: 168,
        told: ['Left out of the archive: okta-audit-report (the report of an audit).'],
      });
    },
  );

  it('but not without logs that lie beside a report', async () => {
    const { events } = await readFolder({ 'okta-audit-report/log.ndjson': LINES, ...REPORT }, [
      '.',
    ]);
    expect(events).toBe(168);
  });

  it('but not without a log that only has the name of such a file', async () => {
    const named = { 'case/evidence.ndjson': LINES, 'case/report.json': LINES };
    expect(await readFolder(named, ['.'])).toEqual({ events: 336, told: [] });
  });

  it('but not without a file that is named itself', async () => {
    const evidence = { ...REPORT, 'okta-audit-report/evidence.ndjson': LINES };
    expect(await readFolder(evidence, ['okta-audit-report/evidence.ndjson'])).toEqual({
      events: 168,
      told: [],
    });
  });

  it('and where nothing else is there, that is an error that says so', async () => {
    await expect(readFolder(REPORT, ['okta-audit-report'])).rejects.toMatchObject({
      code: 'archive-not-found',
      message:
        'No file matches the archive "okta-audit-report" but what is left out: okta-audit-report (the report of an audit).',
    });
  });
});

describe('an archive that a folder or a glob names goes without packages', () => {
  const files = { 'logs/a.ndjson': LINES, 'node_modules/x/package.json': '{"name": "x"}\n' };

  it.each(['.', '**/*', '*'])('%s', async (pattern) => {
    expect(await readFolder(files, [pattern])).toEqual({
      events: 168,
      told: ['Left out of the archive: node_modules (packages).'],
    });
  });

  it('and says nothing of those that it does not lead to', async () => {
    expect(await readFolder(files, ['logs'])).toEqual({ events: 168, told: [] });
    expect(await readFolder(files, ['logs/**/*.ndjson'])).toEqual({ events: 168, told: [] });
  });

  it('but not without what is named below them', async () => {
    const inside = { 'node_modules/x/logs/a.ndjson': LINES };
    for (const pattern of ['node_modules/x', 'node_modules/x/logs/*', 'node_modules/*/logs']) {
      expect(await readFolder(inside, [pattern])).toEqual({ events: 168, told: [] });
    }
  });
});

it('a pull may be saved into the folder that is read beside it', async () => {
  const workingDirectory = layFiles({
    'kept/a.ndjson': LINES,
    'kept/okta-20220110T000000Z-20220117T000000Z.ndjson.zst.partial': 'broken off',
  });
  const told: string[] = [];
  const window = days('2022-01-10', '2022-01-17');
  const archive = createArchiveSource({
    patterns: ['kept'],
    workingDirectory,
    progress: SILENT,
    tell: (line) => told.push(line),
  });
  const request = { window, needs: [], followUps: [], pull: 'full' } as const;
  const live = saveWhileReading(
    {
      ...archive,
      kind: 'okta',
      name: 'acme.okta.com',
      // Asks the archive at a time when its own pull is being saved there.
      read: async (asked, deliver) => ({ ...(await archive.read(asked, deliver)), kind: 'okta' }),
    },
    { directory: `${workingDirectory}/kept`, tell: () => {} },
  );
  const reading = await live.read(request, () => {});
  expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
  expect(told.join()).toContain('.partial (a pull that has not ended)');
});
