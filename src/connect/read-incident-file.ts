import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AuditError } from '../errors.ts';
import type { ScopeSource } from '../scope/parse-scope.ts';
import { sayFileFailure } from './say-file-failure.ts';

/**
 * Reads a file in which a team wrote down an incident.
 * @throws AuditError `incident-unknown` where there is no such file.
 */
export async function readIncidentFile(
  path: string,
  workingDirectory: string,
): Promise<Pick<ScopeSource, 'path' | 'text'>> {
  try {
    return { path, text: await readFile(resolve(workingDirectory, path), 'utf8') };
  } catch (cause) {
    throw new AuditError({
      code: 'incident-unknown',
      message: `incident: the file ${path} cannot be read: ${sayFileFailure(cause)}`,
      hint: 'Check the path; it is relative to the workspace. In a workflow, check the repository out first.',
      cause,
    });
  }
}
