import { readWorkflowRepository } from '../connect/read-workflow-repository.ts';
import type { Repository } from '../model/audit-plan.ts';

/** The repository whose log others may read, where a workflow runs the program; on a terminal, whatever it is set to, nobody else does. */
export function readSurroundingWorkflow(env: NodeJS.ProcessEnv): Repository | null {
  return env['GITHUB_ACTIONS'] === 'true' ? readWorkflowRepository(env) : null;
}
