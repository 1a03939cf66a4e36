import { AuditError } from '../errors.ts';
import type { Repository } from '../model/audit-plan.ts';
import { openGitHub } from './open-github.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tell } from './tell.ts';

export interface ExposureQuestion {
  readonly surroundings: Pick<Surroundings, 'githubApiUrl' | 'workflowRepository'>;
  /** With which the workflow's repository may be seen; null for none. */
  readonly token: string | null;
  readonly allowPublicRepository: boolean;
  readonly tell: Tell;
}

/**
 * Lets nobody print what the log holds where others can read it, as an audit does not either.
 * @throws AuditError `repository-public`, or why nobody could tell.
 */
export async function refuseExposedLog({
  surroundings,
  token,
  allowPublicRepository,
  tell,
}: ExposureQuestion): Promise<void> {
  const { workflowRepository } = surroundings;
  if (workflowRepository === null) return;
  const lists = { labels: [], assignees: [], mentions: [] };
  const issue = token === null ? null : { token, repository: workflowRepository, ...lists };
  const { privacy } = await openGitHub({
    plan: { allowPublicRepository, publish: 'issue', issue },
    surroundings,
    tell,
  });
  if (privacy.error?.code === 'repository-public') throw sayExposed(workflowRepository);
  if (privacy.error !== null) throw privacy.error;
  if (privacy.warning !== null) tell.warn(privacy.warning);
}

function sayExposed({ owner, name }: Repository): AuditError {
  return new AuditError({
    code: 'repository-public',
    message: `Nothing was looked up: ${owner}/${name} is public, or nothing tells that it is not, and others can read what its workflows print.`,
    hint: 'Look it up on a terminal, or in a private repository whose workflow gives `GITHUB_TOKEN`, by which that is seen. `--allow-public-repository true` prints it all the same.',
  });
}
