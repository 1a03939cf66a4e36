import { isRecord } from '../model/log-event.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a folder of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not let this program read it',
};

/** Why a file that was named could not be read, as it goes on behind a colon. */
export function sayFileFailure(cause: unknown): string {
  const code = isRecord(cause) ? cause['code'] : undefined;
  const words = typeof code === 'string' ? WORDS[code] : undefined;
  return words ?? (cause instanceof Error ? cause.message : String(cause));
}
