import { describe, expect, it } from 'vitest';
import type { AuditAnswer } from '../../src/connect/audit-answer.ts';
import { countAlone } from '../../src/connect/count-alone.ts';
import { toOutputs } from '../../src/connect/to-outputs.ts';
import { sampleAudit, sampleFinding } from '../report/sample-audit.ts';

const WORKSPACE = '/home/runner/work/security';

function outputsOf(changes: Partial<AuditAnswer> = {}) {
  const privacy = { mayPublish: true, mayPrint: true, warning: null, error: null };
  const judged = sampleAudit({ findings: [] });
  return toOutputs(
    { judged, privacy, issue: null, report: null, failure: null, ...changes },
    WORKSPACE,
  );
}

describe('where the report is', () => {
  it.each([
    ['below the workspace', `${WORKSPACE}/out/report`, 'out/report'],
    ['the workspace itself', WORKSPACE, '.'],
    ['beside the workspace', '/home/runner/work/other', '/home/runner/work/other'],
  ])('is named for the next step: %s', (_, directory, named) => {
    const report = {
      directory,
      jsonPath: `${directory}/report.json`,
      evidence: { file: 'evidence.ndjson', sha256: '' },
      summary: '',
    };
    const outputs = outputsOf({ report });
    expect(outputs['report-directory']).toBe(named);
    expect(outputs['report-json']).toBe(named === '.' ? 'report.json' : `${named}/report.json`);
  });

  it('is nowhere where none was written', () => {
    expect(outputsOf()).toMatchObject({ 'report-directory': '', 'report-json': '' });
  });
});

it('tells until when support access is open, and nothing where Okta tells none', () => {
  const accessOf = (expiresAtMs: number | null) =>
    outputsOf({
      judged: sampleAudit({
        supportAccess: { state: 'enabled', expiresAtMs, reason: null, cases: [] },
      }),
    });
  expect(accessOf(Date.UTC(2026, 10, 23, 8))).toMatchObject({
    'support-access': 'enabled',
    'support-access-expires-at': '2026-11-23T08:00:00.000Z',
  });
  expect(accessOf(null)).toMatchObject({ 'support-access-expires-at': '' });
});

it('names the issue, and what was done to it', () => {
  const issue = { number: 7, url: 'https://github.com/acme/security/issues/7', action: 'created' };
  expect(outputsOf({ issue: issue as AuditAnswer['issue'] })).toMatchObject({
    'issue-number': '7',
    'issue-url': issue.url,
    'issue-action': 'created',
  });
  expect(outputsOf()).toMatchObject({
    'issue-number': '',
    'issue-url': '',
    'issue-action': 'none',
  });
});

it('says where others can read it how much was found, and nothing of what', () => {
  const judged = sampleAudit({
    verdict: 'needs-review',
    findings: [
      sampleFinding({ id: 'F-1', role: 'review', status: 'new' }),
      sampleFinding({ id: 'F-2', role: 'review', status: 'acknowledged' }),
      sampleFinding({ id: 'F-3', role: 'review', status: 'suppressed' }),
      sampleFinding({ id: 'F-4', role: 'context', status: 'new' }),
      sampleFinding({ id: 'F-5', role: 'evidence', status: 'new' }),
    ],
  });
  expect(countAlone(outputsOf({ judged }))).toBe(
    `verdict: needs-review, coverage: ${judged.coverage.state}, finding-count: 3, new-finding-count: 2`,
  );
});
