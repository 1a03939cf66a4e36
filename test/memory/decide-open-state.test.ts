import { expect, test } from 'vitest';
import { decideOpenState, type OpenStateQuestion } from '../../src/memory/decide-open-state.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { CoverageState } from '../../src/model/verdict.ts';

type Row = Pick<Finding, 'role' | 'status' | 'severity'>;

const WAITING: Row = { role: 'review', status: 'open', severity: 'medium' };

function decide(changes: Partial<OpenStateQuestion>): 'open' | 'closed' {
  return decideOpenState({
    isRolling: true,
    issue: 'open',
    coverage: 'complete',
    findings: [],
    minimumSeverity: 'low',
    hasNews: false,
    ...changes,
  });
}

/** nightly | issue before | coverage | something waits | news | issue after */
const TABLE: readonly [
  boolean,
  OpenStateQuestion['issue'],
  CoverageState,
  boolean,
  boolean,
  'open' | 'closed',
][] = [
  [true, 'none', 'complete', false, false, 'closed'],
  [true, 'none', 'complete', true, false, 'open'],
  [true, 'none', 'partial', false, false, 'open'],
  [true, 'none', 'none', false, false, 'open'],
  [true, 'none', 'partial', true, false, 'open'],
  [true, 'open', 'complete', false, false, 'closed'],
  [true, 'open', 'complete', false, true, 'closed'],
  [true, 'open', 'complete', true, false, 'open'],
  [true, 'open', 'complete', true, true, 'open'],
  [true, 'open', 'partial', false, false, 'open'],
  [true, 'open', 'partial', false, true, 'open'],
  [true, 'open', 'none', false, false, 'open'],
  [true, 'open', 'none', true, true, 'open'],
  [true, 'closed', 'complete', false, false, 'closed'],
  [true, 'closed', 'complete', false, true, 'closed'],
  [true, 'closed', 'complete', true, false, 'open'],
  [true, 'closed', 'complete', true, true, 'open'],
  [true, 'closed', 'partial', false, false, 'closed'],
  [true, 'closed', 'partial', false, true, 'open'],
  [true, 'closed', 'none', false, false, 'closed'],
  [true, 'closed', 'none', false, true, 'open'],
  [true, 'closed', 'partial', true, false, 'open'],
  [true, 'closed', 'partial', true, true, 'open'],
  [false, 'none', 'complete', false, false, 'open'],
  [false, 'none', 'none', false, false, 'open'],
  [false, 'none', 'complete', true, false, 'open'],
  [false, 'open', 'complete', false, false, 'open'],
  [false, 'open', 'complete', false, true, 'open'],
  [false, 'open', 'partial', true, true, 'open'],
  [false, 'closed', 'complete', false, false, 'closed'],
  [false, 'closed', 'complete', true, false, 'open'],
  [false, 'closed', 'complete', false, true, 'open'],
  [false, 'closed', 'none', true, true, 'open'],
];

test.each(TABLE)(
  'nightly %s, issue %s, coverage %s, something waits %s, news %s: %s',
  (isRolling, issue, coverage, waits, hasNews, after) => {
    const findings = waits ? [WAITING] : [];
    expect(decide({ isRolling, issue, coverage, findings, hasNews })).toBe(after);
  },
);

test.each<[string, Partial<Row>, 'open' | 'closed']>([
  ['is new', { status: 'new' }, 'open'],
  ['is evidence', { role: 'evidence' }, 'open'],
  ['is context', { role: 'context' }, 'closed'],
  ['was acknowledged', { status: 'acknowledged' }, 'closed'],
  ['is suppressed', { status: 'suppressed' }, 'closed'],
  ['is the lowest that is listed', { severity: 'low' }, 'open'],
  ['is below what is listed', { severity: 'informational' }, 'closed'],
])('a finding that %s leaves the nightly issue as it should', (_title, changes, after) => {
  expect(decide({ findings: [{ ...WAITING, ...changes }] })).toBe(after);
});
