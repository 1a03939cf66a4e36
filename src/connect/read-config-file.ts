import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ConfigFile, DEFAULT_CONFIG_PATH } from '../config/plan-audit.ts';
import { AuditError } from '../errors.ts';
import { isRecord } from '../model/log-event.ts';
import { readText } from './read-text.ts';
import { wordFileFailure } from './word-file-failure.ts';

/**
 * Reads the tuning file that was named, or the one at the usual place, which may be missing.
 * @throws AuditError `config-invalid` where a named file cannot be read, or the usual one is called `.yaml`.
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
    const text = await readText(resolve(directory, path));
    return { path, text, sha256: createHash('sha256').update(text).digest('hex') };
  } catch (cause) {
    if (given === null && isRecord(cause) && cause['code'] === 'ENOENT') {
      await refuseOtherEnding(directory);
      return null;
    }
    const { reason, hint } = wordFileFailure(cause);
    throw new AuditError({
      code: 'config-invalid',
      message: `config: the file ${path} cannot be read: ${reason}`,
      hint,
      cause,
    });
  }
}

/** Whoever wrote one believes that it counts: without its privileged users, say, less would be found, in silence. */
async function refuseOtherEnding(directory: string): Promise<void> {
  const path = DEFAULT_CONFIG_PATH.replace(/yml$/, 'yaml');
  const isThere = await access(resolve(directory, path)).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new AuditError({
    code: 'config-invalid',
    message: `config: the file ${path} is not read by itself`,
    hint: `Rename it to ${DEFAULT_CONFIG_PATH}, or give its path as config.`,
  });
}
