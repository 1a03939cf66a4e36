import { AuditError } from '../errors.ts';
import type { Repository } from '../model/audit-plan.ts';
import type { GitHubClient } from './github-client.ts';
import type { GitHubPurpose } from './github-error.ts';
import { type IssueRecord, parseIssueRecord } from './issue-record.ts';

/** Where issues are written, by whom, and what a new one gets. */
export interface IssueSite {
  readonly client: GitHubClient;
  readonly repository: Repository;
  /** The token's own login; only its issues are ours. */
  readonly login: string;
  /** True where nobody told the login, so that the issue with our label and marker of any app may be ours. */
  readonly isLoginAssumed?: boolean;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** Reads the key of the marker at the very start of a body, or gives null. */
  readonly readMarkerKey: (body: string) => string | null;
  /** Reads since when a comment may have told the news that a body announced, or gives null where it announced none. */
  readonly readAnnouncedSince: (body: string) => string | null;
  /** Told what did not work but does not stop the audit. */
  readonly warn: (message: string) => void;
}

export interface IssueChange {
  readonly number: number;
  readonly task: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Says of what stands whether the change was done, where its answer was lost; without it the change is done again. */
  readonly isDone?: (standing: IssueRecord) => boolean;
}

export async function fetchIssue(site: IssueSite, number: number): Promise<IssueRecord> {
  return (await readIssue(site, number)).record;
}

/** What people did to the new text before the lost answer was missed must not be written over. */
export async function changeIssue(site: IssueSite, change: IssueChange): Promise<IssueRecord> {
  const { number, task, fields, isDone } = change;
  const answer = await site.client.send({
    route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
    parameters: { ...siteParameters(site), issue_number: number, ...fields },
    purpose: sitePurpose(site, `${task} #${number}`),
    ...(isDone !== undefined && {
      findDone: async () => {
        const standing = await readIssue(site, number);
        return isDone(standing.record) ? standing.answer : null;
      },
    }),
  });
  return parseOwnNumber(site, { number, answer });
}

async function readIssue(
  site: IssueSite,
  number: number,
): Promise<{ answer: unknown; record: IssueRecord }> {
  const answer = await site.client.send({
    route: 'GET /repos/{owner}/{repo}/issues/{issue_number}',
    parameters: { ...siteParameters(site), issue_number: number },
    purpose: sitePurpose(site, `read issue #${number}`),
  });
  return { answer, record: parseOwnNumber(site, { number, answer }) };
}

function parseOwnNumber(
  site: IssueSite,
  { number, answer }: { number: number; answer: unknown },
): IssueRecord {
  const record = parseIssueRecord(answer);
  if (record.number !== number) throw wasTransferred(site, number);
  return record;
}

/** Logins differ in case between GitHub's APIs, never in anything else; an app's alone ends as no person's can. */
export function isOwnLogin(site: IssueSite, login: string | null): boolean {
  if (login === null) return false;
  if (site.isLoginAssumed === true && login.endsWith('[bot]')) return true;
  return login.toLowerCase() === site.login.toLowerCase();
}

export function siteParameters({ repository }: IssueSite): { owner: string; repo: string } {
  return { owner: repository.owner, repo: repository.name };
}

export function sitePurpose({ repository }: IssueSite, task: string): GitHubPurpose {
  return {
    task,
    repository: `${repository.owner}/${repository.name}`,
    permission: 'issues: write',
  };
}

/** GitHub leads to where it is now, under a number that is somebody else's issue here. */
function wasTransferred({ repository }: IssueSite, number: number): AuditError {
  return new AuditError({
    code: 'github-not-found',
    message: `Issue #${number} of ${repository.owner}/${repository.name} was transferred to another repository.`,
    hint: 'Run the audit again: it then begins a new issue. To go on with the old one, transfer it back.',
  });
}
