import { readWorkflowRepository } from '../connect/read-workflow-repository.ts';
import type { Repository } from '../model/audit-plan.ts';

/** What the runner says about the workflow run. Source: https://docs.github.com/actions/reference/workflows-and-actions/variables */
export interface WorkflowRun {
  readonly workspace: string;
  readonly apiUrl: string;
  /** The repository that the workflow runs in. */
  readonly repository: Repository | null;
  readonly run: { readonly url: string; readonly trigger: string } | null;
  readonly summaryPath: string | null;
}

export function readWorkflowRun(env: Readonly<Record<string, string | undefined>>): WorkflowRun {
  const repository = readWorkflowRepository(env);
  const runId = env['GITHUB_RUN_ID'] ?? '';
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  return {
    workspace: env['GITHUB_WORKSPACE'] ?? '.',
    apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    repository,
    run:
      repository === null || runId === ''
        ? null
        : {
            url: `${server}/${repository.owner}/${repository.name}/actions/runs/${runId}`,
            trigger: env['GITHUB_EVENT_NAME'] ?? 'unknown',
          },
    summaryPath: env['GITHUB_STEP_SUMMARY'] ?? null,
  };
}
