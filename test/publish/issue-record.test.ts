import { expect, test } from 'vitest';
import { toFoundIssue } from '../../src/publish/find-issue.ts';
import { parseIssueRecord } from '../../src/publish/issue-record.ts';
import type { IssueSite } from '../../src/publish/issue-site.ts';

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

test.each([
  ['a person', { login: 'ann', type: 'User' }, true],
  ['a program', { login: 'stale[bot]', type: 'Bot' }, false],
  ['a program that is the audit', { login: 'github-actions[bot]', type: 'Bot' }, false],
  ['an account whose token the audit uses', { login: 'Security-Robot', type: 'User' }, false],
  ['an account that is gone', null, false],
])('only a person has read what it closes: %s', (_title, closed_by, closedByPerson) => {
  const site = { login: 'security-robot', readMarkerKey: () => null } as unknown as IssueSite;
  const closed = parseIssueRecord({ ...ISSUE, closed_by });
  expect(toFoundIssue(site, closed).closedByPerson).toBe(closedByPerson);
  expect(toFoundIssue(site, { ...closed, isOpen: true }).closedByPerson).toBe(false);
});
