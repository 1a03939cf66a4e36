import type { Repository } from '../model/audit-plan.ts';

/** The repository whose workflow runs this program, or null outside of one. Source: https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function readWorkflowRepository(
  env: Readonly<Record<string, string | undefined>>,
): Repository | null {
  const [owner = '', name = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  return owner === '' || name === '' ? null : { owner, name };
}
