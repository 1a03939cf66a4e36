/** What a token may do, as GitHub would decide it. */
export interface GitHubToken {
  readonly login: string;
  /** A workflow's own token is no user: GitHub refuses it `GET /user`. */
  readonly kind: 'actions' | 'personal';
  readonly issues: 'write' | 'read' | 'none';
  /** Without push or triage rights GitHub drops labels and assignees silently. */
  readonly mayLabel: boolean;
  readonly mayUseGraphql: boolean;
  /** `owner/name`; every other repository is not found. */
  readonly repositories: readonly string[] | 'all';
}

export const ACTIONS_LOGIN = 'github-actions[bot]';

/** The token of a workflow with `issues: write`. */
export const ACTIONS_TOKEN: GitHubToken = {
  login: ACTIONS_LOGIN,
  kind: 'actions',
  issues: 'write',
  mayLabel: true,
  mayUseGraphql: true,
  repositories: 'all',
};
