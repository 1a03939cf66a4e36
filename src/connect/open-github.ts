import { findMarker } from '../memory/issue-marker.ts';
import { readAnnouncedSince } from '../memory/read-announced-since.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import { decidePrivacy, type PrivacyDecision } from '../publish/decide-privacy.ts';
import { createGitHubClient } from '../publish/github-client.ts';
import { createIssueBoard, type IssueBoard } from '../publish/issue-board.ts';
import { readGitHubSituation, type VisibilityReading } from '../publish/read-visibility.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tell } from './tell.ts';

export interface GitHubConnection {
  readonly privacy: PrivacyDecision;
  /** Null where no token is at hand or the issue could be read by others. A dry run reads it and writes nothing. */
  readonly board: IssueBoard | null;
}

/** Opens the issue board and finds out who could read what is written there. */
export async function openGitHub({
  plan,
  surroundings,
  tell,
}: {
  plan: Pick<AuditPlan, 'allowPublicRepository' | 'publish' | 'issue'>;
  surroundings: Pick<Surroundings, 'githubApiUrl' | 'workflowRepository'>;
  tell: Tell;
}): Promise<GitHubConnection> {
  const { allowPublicRepository, publish, issue } = plan;
  if (issue === null) {
    const workflow = unknownVisibility(surroundings);
    const privacy = decidePrivacy({ workflow, issues: null, allowPublicRepository, publish });
    return { privacy: { ...privacy, mayPublish: false }, board: null };
  }
  const client = createGitHubClient({
    token: issue.token,
    apiUrl: surroundings.githubApiUrl,
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    nowMs: Date.now,
    onWait: tell.info,
  });
  const seen = await readGitHubSituation(client, {
    workflowRepository: surroundings.workflowRepository,
    issueRepository: issue.repository,
  });
  const privacy = decidePrivacy({ ...seen, allowPublicRepository, publish });
  if (!privacy.mayPrint) return { privacy, board: null };
  const board = createIssueBoard({
    client,
    ownLogin: seen.ownLogin,
    repository: issue.repository,
    labels: issue.labels,
    assignees: issue.assignees,
    readMarkerKey,
    readAnnouncedSince,
    warn: tell.warn,
  });
  return { privacy, board };
}

function readMarkerKey(body: string): string | null {
  const marker = findMarker(body);
  return marker.kind === 'none' ? null : marker.key;
}

/** A workflow without a token cannot tell who reads its log. */
function unknownVisibility({
  workflowRepository,
}: Pick<Surroundings, 'workflowRepository'>): VisibilityReading | null {
  if (workflowRepository === null) return null;
  const { owner, name } = workflowRepository;
  return { repository: `${owner}/${name}`, visibility: 'unknown', failure: null };
}
