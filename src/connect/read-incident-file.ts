import { resolve } from 'node:path';
import { AuditError } from '../errors.ts';
import type { ScopeSource } from '../scope/parse-scope.ts';
import { readText } from './read-text.ts';
import { wordFileFailure } from './word-file-failure.ts';

/**
 * Reads a file in which a team wrote down an incident.
 * @throws AuditError `incident-unknown` where it cannot be read.
 */
export async function readIncidentFile(
  path: string,
  workingDirectory: string,
): Promise<Pick<ScopeSource, 'path' | 'text'>> {
  try {
    return { path, text: await readText(resolve(workingDirectory, path)) };
  } catch (cause) {
    const { reason, hint } = wordFileFailure(cause);
    throw new AuditError({
      code: 'incident-unknown',
      message: `incident: the file ${path} cannot be read: ${reason}`,
      hint,
      cause,
    });
  }
}
