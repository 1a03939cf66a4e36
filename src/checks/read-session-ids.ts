import { type LogEvent, readText } from '../model/log-event.ts';

/** The sessions that an event belongs to, each once; Okta's literal "unknown" names none. */
export function readSessionIds(event: LogEvent): readonly string[] {
  const external = readSessionId(event, 'authenticationContext.externalSessionId');
  const root = readSessionId(event, 'authenticationContext.rootSessionId');
  if (external === null) return root === null ? [] : [root];
  return root === null || root === external ? [external] : [external, root];
}

function readSessionId(event: LogEvent, path: string): string | null {
  const id = readText(event, path);
  return id === null || id === '' || id === 'unknown' || id === 'null' ? null : id;
}
