import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ConfigFile, DEFAULT_CONFIG_PATH } from '../config/plan-audit.ts';
import { AuditError } from '../errors.ts';
import { isRecord } from '../model/log-event.ts';
import { sayFileFailure } from './say-file-failure.ts';

/**
 * Reads the tuning file that was named, or the one at the usual place, which may be missing.
 * @throws AuditError `config-invalid` where a named file cannot be read.
 */
export async function readConfigFile({
  given,
  directory,
}: {
  given: string | null;
  directory: string;
}): Promise<ConfigFile | null> {
  const path = given ?? DEFAULT_CONFIG_PATH;
  try {
    const text = await readFile(resolve(directory, path), 'utf8');
    return { path, text, sha256: createHash('sha256').update(text).digest('hex') };
  } catch (cause) {
    if (given === null && isRecord(cause) && cause['code'] === 'ENOENT') return null;
    throw new AuditError({
      code: 'config-invalid',
      message: `config: the file ${path} cannot be read: ${sayFileFailure(cause)}`,
      hint: 'Check the path; it is relative to the workspace. In a workflow, check the repository out first.',
      cause,
    });
  }
}
