import type { LogEvent } from '../model/log-event.ts';
import { readPlain } from './read-origin.ts';

/** The sessions that an event belongs to, each once; Okta's literal "unknown" names none. */
export function readSessionIds(event: LogEvent): readonly string[] {
  const external = readPlain(event, 'authenticationContext.externalSessionId');
  const root = readPlain(event, 'authenticationContext.rootSessionId');
  if (external === null) return root === null ? [] : [root];
  return root === null || root === external ? [external] : [external, root];
}
