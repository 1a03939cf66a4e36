import { expect, it } from 'vitest';
import { judgeExit } from '../../src/connect/judge-exit.ts';
import { AuditError } from '../../src/errors.ts';
import type { AuditPlan } from '../../src/model/audit-plan.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { CoverageState } from '../../src/model/verdict.ts';
import type { PrivacyDecision } from '../../src/publish/decide-privacy.ts';
import { sampleAudit, sampleFinding } from '../report/sample-audit.ts';

const OPEN: PrivacyDecision = { mayPublish: true, mayPrint: true, warning: null, error: null };
const NO_ISSUE = new AuditError({
  code: 'github-forbidden',
  message: 'Could not write the issue.',
  hint: 'Grant it.',
});
const IS_PUBLIC = new AuditError({
  code: 'repository-public',
  message: 'Nothing was published.',
  hint: 'Hide it.',
});

interface Exit {
  readonly failOn?: AuditPlan['failOn'];
  readonly failOnIncomplete?: boolean;
  readonly findings?: readonly Partial<Finding>[];
  readonly state?: CoverageState;
  readonly failure?: AuditError;
  readonly error?: AuditError;
}

function exit({ failOn = 'never', failOnIncomplete = false, ...answer }: Exit): string | null {
  const { findings = [], state = 'complete', failure = null, error = null } = answer;
  const judged = sampleAudit({
    verdict: 'needs-review',
    findings: findings.map(sampleFinding),
    coverage: { state, holes: [], sources: [] },
  });
  const privacy = { ...OPEN, error };
  return judgeExit(
    { failOn, failOnIncomplete },
    { judged, privacy, issue: null, report: null, failure },
  );
}

it.each<[string, Exit]>([
  ['a critical finding that nothing asks about', { findings: [{ severity: 'critical' }] }],
  ['a finding below the asked severity', { failOn: 'high', findings: [{ severity: 'medium' }] }],
  ['an acknowledged finding', { failOn: 'low', findings: [{ status: 'acknowledged' }] }],
  ['a suppressed finding', { failOn: 'low', findings: [{ status: 'suppressed' }] }],
  ['a finding for context', { failOn: 'low', findings: [{ role: 'context' }] }],
  ['lost coverage that nothing asks about', { state: 'none' }],
  ['a complete look', { failOnIncomplete: true }],
])('the step succeeds with %s', (_, answer) => {
  expect(exit(answer)).toBeNull();
});

it.each<[string, Exit, string]>([
  [
    'findings of the asked severity and above',
    {
      failOn: 'medium',
      findings: [{ severity: 'medium' }, { severity: 'critical', status: 'open' }],
    },
    'fail-on: 2 unreviewed of severity medium or above. Verdict: needs-review.',
  ],
  [
    'coverage that is not complete',
    { failOnIncomplete: true, state: 'partial' },
    'fail-on-incomplete: coverage is partial. Verdict: needs-review.',
  ],
  [
    'an issue that could not be kept',
    { failure: NO_ISSUE },
    'Could not write the issue.\nGrant it.\n[github-forbidden]',
  ],
  [
    'a repository that others can read, before all else',
    { error: IS_PUBLIC, failure: NO_ISSUE, failOnIncomplete: true, state: 'none' },
    'Nothing was published.\nHide it.\n[repository-public]',
  ],
])('the step fails for %s', (_, answer, words) => {
  expect(exit(answer)).toBe(words);
});

it('the step says both where findings and coverage fail it', () => {
  const both = exit({ failOn: 'high', findings: [{}], failOnIncomplete: true, state: 'none' });
  expect(both).toBe(
    'fail-on: 1 unreviewed of severity high or above.\nfail-on-incomplete: coverage is none. Verdict: needs-review.',
  );
});
