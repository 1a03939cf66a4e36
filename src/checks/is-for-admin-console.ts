import { type LogEvent, readTargets } from '../model/log-event.ts';

/** In small letters, as some stores write all texts. */
const CONSOLE_NAMES: readonly string[] = ['okta admin console', 'okta administration'];

/** Says whether somebody signs in, or is asked to sign in, to the Admin Console. */
export function isForAdminConsole(event: LogEvent): boolean {
  return readTargets(event).some(
    ({ type, name }) => type === 'AppInstance' && CONSOLE_NAMES.includes(name?.toLowerCase() ?? ''),
  );
}
