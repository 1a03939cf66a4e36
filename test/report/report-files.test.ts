import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { saveReport } from '../../src/connect/save-report.ts';
import { SAMPLE_IDENTITY, sampleAudit, sampleFinding } from './sample-audit.ts';
import { stranger } from './sample-events.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const [, REPORTS = ''] = /^## Reports$(.*?)^## /ms.exec(README) ?? [];
const TYPED = 'My-Secret-Pa55';

const directory = mkdtempSync(join(tmpdir(), 'report-files-'));
const readFile = (name: string): string => readFileSync(join(directory, name), 'utf8');

const GIVEN = {
  plan: { reportDirectory: directory, minimumSeverity: 'low' },
  identity: SAMPLE_IDENTITY,
  privacy: { mayPublish: true, mayPrint: true, warning: null, error: null },
  completeThroughMs: null,
  surroundings: {},
} as const;

beforeAll(async () => {
  const finding = sampleFinding({ actor: stranger(TYPED), summary: `${TYPED} tried to sign in.` });
  await saveReport({ ...GIVEN, judged: sampleAudit({ findings: [finding] }) });
});

describe('the report files', () => {
  it('are the ones that the README names', () => {
    const named = [...REPORTS.matchAll(/`([a-z.]+\.[a-z]+)`/g)].map(([, name]) => name);
    expect(readdirSync(directory).sort()).toEqual(named.sort());
  });

  it('name the hash of the evidence, by which anybody can see that it is untouched', () => {
    const sha256 = createHash('sha256').update(readFile('evidence.ndjson')).digest('hex');
    expect(JSON.parse(readFile('report.json'))).toMatchObject({
      evidence: { file: 'evidence.ndjson', sha256 },
    });
    expect(readFile('report.md')).toContain(sha256.slice(0, 12));
  });

  it('tell of every finding, and none but the evidence what a stranger typed as login', () => {
    const names = readdirSync(directory);
    const telling = names.filter((name) => readFile(name).includes(TYPED));
    expect(telling).toEqual(['evidence.ndjson']);
    const { id } = sampleFinding();
    expect(names.filter((name) => !readFile(name).includes(id))).toEqual(telling);
  });

  it('say what they leave out as too slight, and through when all was read', async () => {
    const reportDirectory = mkdtempSync(join(tmpdir(), 'report-files-'));
    const saved = await saveReport({
      ...GIVEN,
      plan: { reportDirectory, minimumSeverity: 'high' },
      judged: sampleAudit({
        findings: [sampleFinding({ severity: 'medium' })],
        coverage: { state: 'partial', holes: [], sources: [] },
      }),
      completeThroughMs: Date.parse('2026-11-20T02:07:00Z'),
    });
    const page = readFileSync(join(reportDirectory, 'report.md'), 'utf8');
    expect(page).toContain('1 finding below high is counted and not listed here');
    expect(page).toContain('read as far as possible through 2026-11-20 02:07 UTC');
    expect(saved?.summary).toBe(page);
  });
});
