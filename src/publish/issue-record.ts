import { z } from 'zod';
import { AuditError } from '../errors.ts';

/** An issue as GitHub's REST API gives it, with the fields that matter here. */
export interface IssueRecord {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** With line feeds alone, whatever the editor of the last person made of them. */
  readonly body: string;
  readonly isOpen: boolean;
  /** Null where the account is gone. */
  readonly author: string | null;
  /** Null where the account is gone, and where this answer does not say, as lists may not. */
  readonly closedBy: { readonly login: string; readonly isPerson: boolean } | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly updatedAt: string;
  readonly commentCount: number;
  readonly isPullRequest: boolean;
}

const Account = z.object({ login: z.string(), type: z.string().optional() });

const IssueAnswer = z.object({
  number: z.number().int(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  user: Account.nullish(),
  closed_by: Account.nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  assignees: z.array(Account).nullish(),
  updated_at: z.string(),
  comments: z.number().optional(),
  pull_request: z.unknown().optional(),
});

/** Source: https://docs.github.com/rest/issues/issues. Throws AuditError `github-unexpected-response`. */
export function parseIssueRecord(answer: unknown): IssueRecord {
  const parsed = IssueAnswer.safeParse(answer);
  if (!parsed.success) {
    throw new AuditError({
      code: 'github-unexpected-response',
      message: `GitHub answered with something that is no issue: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}.`,
      hint: 'Check `GITHUB_API_URL` and any proxy between the runner and GitHub. If both are right, please report this with the version.',
    });
  }
  const issue = parsed.data;
  return {
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: withLineFeeds(issue.body ?? ''),
    isOpen: issue.state === 'open',
    author: issue.user?.login ?? null,
    closedBy: toCloser(issue.closed_by),
    labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    assignees: (issue.assignees ?? []).map((account) => account.login),
    updatedAt: issue.updated_at,
    commentCount: issue.comments ?? 0,
    isPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
  };
}

export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function toCloser(account: z.infer<typeof Account> | null | undefined): IssueRecord['closedBy'] {
  if (account === null || account === undefined) return null;
  return { login: account.login, isPerson: account.type !== 'Bot' };
}
