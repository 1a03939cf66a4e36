import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findIncident, parseIncidentFile, readStandingScope } from '../catalogue/find-scope.ts';
import { AuditError } from '../errors.ts';
import type { DescribedScope } from '../scope/described-scope.ts';

/**
 * Finds what is asked: the standing question, an incident of the catalogue, or an incident file.
 * @throws AuditError `incident-unknown` or `scope-invalid`.
 */
export async function findScope(
  incident: string | null,
  workingDirectory: string,
): Promise<DescribedScope> {
  if (incident === null) return readStandingScope();
  if (!/\.ya?ml$/.test(incident)) return findIncident(incident);
  return parseIncidentFile({ path: incident, text: await readText(incident, workingDirectory) });
}

async function readText(path: string, workingDirectory: string): Promise<string> {
  try {
    return await readFile(resolve(workingDirectory, path), 'utf8');
  } catch (cause) {
    throw new AuditError({
      code: 'incident-unknown',
      message: `incident: the file ${path} cannot be read`,
      hint: 'Check the path; it is relative to the workspace. In a workflow, check the repository out first.',
      cause,
    });
  }
}
