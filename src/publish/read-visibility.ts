import { AuditError, toAuditError } from '../errors.ts';
import type { Repository } from '../model/audit-plan.ts';
import { isRecord } from '../model/log-event.ts';
import type { GitHubClient } from './github-client.ts';
import type { GitHubPurpose } from './github-error.ts';

export type Visibility = 'public' | 'private' | 'internal' | 'unknown';

export interface VisibilityReading {
  /** `owner/name` */
  readonly repository: string;
  readonly visibility: Visibility;
  /** Why it is unknown; else null. */
  readonly failure: AuditError | null;
}

/** The token's own login, whose issues are ours, or why GitHub did not tell it. */
export type OwnLogin =
  | {
      readonly login: string;
      readonly failure: null;
      /** Why it may be another one, so that none of its issues means nothing; else null. */
      readonly doubt: AuditError | null;
      /** True where GitHub refuses for good to tell it: a workflow's most likely, else that of another app. */
      readonly isAssumed?: boolean;
    }
  | { readonly login: null; readonly failure: AuditError };

/** Who speaks to GitHub and who can read what is written there. */
export interface GitHubSituation {
  readonly ownLogin: OwnLogin;
  readonly workflow: VisibilityReading | null;
  readonly issues: VisibilityReading;
}

export interface SituationQuestion {
  /** Null where the audit runs on a terminal. */
  readonly workflowRepository: Repository | null;
  readonly issueRepository: Repository;
}

/** GitHub's own login for the token of a workflow. */
const WORKFLOW_LOGIN = 'github-actions[bot]';

const QUERY = `query Situation(
  $workflowOwner: String!, $workflowName: String!, $issueOwner: String!, $issueName: String!
) {
  viewer { login }
  workflow: repository(owner: $workflowOwner, name: $workflowName) { visibility }
  issues: repository(owner: $issueOwner, name: $issueName) { visibility }
}`;

/**
 * Asks for login and visibility with one GraphQL query, and by REST for what it left open. Never throws:
 * what cannot be read is unknown, with the reason.
 */
export async function readGitHubSituation(
  client: GitHubClient,
  { workflowRepository, issueRepository }: SituationQuestion,
): Promise<GitHubSituation> {
  const asked = await askOnce(client, workflowRepository ?? issueRepository, issueRepository);
  const issues = asked.issues ?? (await readVisibility(client, issueRepository));
  const ownLogin: OwnLogin =
    asked.login === null
      ? await readLogin(client, asked.outage)
      : { login: asked.login, failure: null, doubt: null };
  if (workflowRepository === null) return { ownLogin, workflow: null, issues };
  if (isSame(workflowRepository, issueRepository)) return { ownLogin, workflow: issues, issues };
  const workflow = asked.workflow ?? (await readVisibility(client, workflowRepository));
  return { ownLogin, workflow, issues };
}

async function askOnce(client: GitHubClient, workflow: Repository, issues: Repository) {
  try {
    const data = await client.query({
      text: QUERY,
      variables: {
        workflowOwner: workflow.owner,
        workflowName: workflow.name,
        issueOwner: issues.owner,
        issueName: issues.name,
      },
      purpose: purposeOf(issues),
    });
    return {
      login: readText(data['viewer'], 'login'),
      workflow: toReading(workflow, data['workflow']),
      issues: toReading(issues, data['issues']),
      outage: null,
    };
  } catch (thrown) {
    // REST may still answer, and words the failure better if it does not.
    const failure = toAuditError(thrown);
    return {
      login: null,
      workflow: null,
      issues: null,
      outage: isRefusal(failure) ? null : failure,
    };
  }
}

async function readVisibility(
  client: GitHubClient,
  repository: Repository,
): Promise<VisibilityReading> {
  try {
    const answer = await client.send({
      route: 'GET /repos/{owner}/{repo}',
      parameters: { owner: repository.owner, repo: repository.name },
      purpose: purposeOf(repository),
    });
    const reading = toReading(repository, answer);
    if (reading === null) throw toldNothing(repository);
    return reading;
  } catch (thrown) {
    return {
      repository: nameOf(repository),
      visibility: 'unknown',
      failure: toAuditError(thrown),
    };
  }
}

function toldNothing(repository: Repository): AuditError {
  return new AuditError({
    code: 'github-unexpected-response',
    message: `The answer to who can see ${nameOf(repository)} does not say it.`,
    hint: 'Check `GITHUB_API_URL` and any proxy between the runner and GitHub. Nothing is published where nobody knows who can read it.',
  });
}

/**
 * A workflow's token is no user: GitHub refuses it this question, and by that tells it apart. The token of any other app
 * is refused as well, and its login is known to GraphQL alone.
 */
async function readLogin(client: GitHubClient, outage: AuditError | null): Promise<OwnLogin> {
  try {
    const user = await client.send({
      route: 'GET /user',
      parameters: {},
      purpose: {
        task: 'read the login of `github-token`',
        repository: 'GitHub',
        permission: 'metadata: read',
      },
    });
    return { login: readText(user, 'login') ?? WORKFLOW_LOGIN, failure: null, doubt: null };
  } catch (thrown) {
    const failure = toAuditError(thrown);
    if (!isRefusal(failure)) return { login: null, failure };
    const doubt = outage && doubtLogin(outage);
    return { login: WORKFLOW_LOGIN, failure: null, doubt, isAssumed: doubt === null };
  }
}

function isRefusal({ code }: AuditError): boolean {
  return code === 'github-forbidden' || code === 'github-not-found';
}

function doubtLogin({ code, message, hint }: AuditError): AuditError {
  return new AuditError({
    code,
    message: `${WORKFLOW_LOGIN} has no issue of this audit, and nothing tells whose \`github-token\` is: ${message}`,
    hint,
  });
}

function toReading(repository: Repository, answer: unknown): VisibilityReading | null {
  const visibility = readText(answer, 'visibility')?.toLowerCase();
  if (visibility !== 'public' && visibility !== 'private' && visibility !== 'internal') return null;
  return { repository: nameOf(repository), visibility, failure: null };
}

function readText(value: unknown, key: string): string | null {
  const text = isRecord(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : null;
}

function purposeOf(repository: Repository): GitHubPurpose {
  return {
    task: 'read who can see the repository',
    repository: nameOf(repository),
    permission: 'metadata: read',
  };
}

function isSame(one: Repository, other: Repository): boolean {
  return nameOf(one).toLowerCase() === nameOf(other).toLowerCase();
}

function nameOf({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}
