import { isRecord } from '../model/log-event.ts';
import { NO_UTF8 } from './read-text.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a folder of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not let this program read it',
  [NO_UTF8]: 'it is not written in UTF-8',
};

/** Why a file that was named could not be read, as it goes on behind a colon, and what to change. */
export function wordFileFailure(cause: unknown): {
  readonly reason: string;
  readonly hint: string;
} {
  const code = isRecord(cause) ? cause['code'] : undefined;
  const reason = typeof code === 'string' ? REASONS[code] : undefined;
  return {
    reason: reason ?? (cause instanceof Error ? cause.message : String(cause)),
    hint:
      code === NO_UTF8
        ? 'Save it as UTF-8: read in any other way, what it names would be met by nothing, in silence.'
        : 'Check the path; it is relative to the workspace. In a workflow, check the repository out first.',
  };
}
