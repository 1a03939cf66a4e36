import type { KeptIssue } from './audit-answer.ts';

/** What became of the issue, in a line for a log. */
export function describeIssue({ action, url }: KeptIssue): string {
  return `Issue ${action === 'none' ? 'not written' : action}: ${url}`;
}
