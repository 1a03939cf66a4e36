import { type LogEvent, readTarget, readText } from '../model/log-event.ts';

/**
 * True for a right password on Identity Engine, which logs it as a factor before it asks for another one: whoever has a stolen
 * password comes as far, and nobody is signed in yet. Where a password is enough, a session follows.
 * Exports without `debugData` still name the authenticator, and stores may write both small.
 * Source: https://developer.okta.com/docs/reference/api/event-types/
 */
export function isPasswordAlone(event: LogEvent): boolean {
  if (event.eventType !== 'user.authentication.auth_via_mfa') return false;
  const factor = readText(event, 'debugContext.debugData.factor');
  if (factor !== null) return factor.toUpperCase() === 'PASSWORD_AS_FACTOR';
  return readTarget(event, 'AuthenticatorEnrollment')?.name?.toLowerCase() === 'password';
}
