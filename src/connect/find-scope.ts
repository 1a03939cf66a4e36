import { findIncident, parseIncidentFile, readStandingScope } from '../catalogue/read-scopes.ts';
import type { DescribedScope } from '../scope/described-scope.ts';
import { readIncidentFile } from './read-incident-file.ts';

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
  return parseIncidentFile(await readIncidentFile(incident, workingDirectory));
}
