import { expect, test } from 'vitest';
import { parseIssueRecord } from '../../src/publish/issue-record.ts';

const ISSUE = {
  number: 1,
  html_url: 'https://github.com/acme/security/issues/1',
  title: 'Okta audit',
  state: 'closed',
  labels: [],
  updated_at: '2026-11-23T02:17:00Z',
};

test.each([
  ['a person', { login: 'ann', type: 'User' }, { login: 'ann', isPerson: true }],
  [
    'a program, which has read nothing',
    { login: 'stale[bot]', type: 'Bot' },
    { login: 'stale[bot]', isPerson: false },
  ],
  ['an account that is gone', null, null],
])('an issue tells that it was closed by %s', (_title, closed_by, closedBy) => {
  expect(parseIssueRecord({ ...ISSUE, closed_by }).closedBy).toEqual(closedBy);
});
