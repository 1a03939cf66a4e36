import { type LogEvent, readActor } from '../../model/log-event.ts';
import { isForAdminConsole } from '../is-for-admin-console.ts';
import { keyOf } from '../name-party.ts';
import { readOrigin } from '../read-origin.ts';
import { describeHiddenWay, type HiddenWay, listOperators } from './describe-hidden-way.ts';

/** Somebody is in the Admin Console. */
export const CONSOLE_TYPE = 'user.session.access_admin_app';
/** Somebody is asked to sign in for an app. */
const ASKED_TYPE = 'policy.evaluate_sign_on';

/**
 * The way of somebody hidden into the Admin Console, or to the question before it; null for what can be no habit. More depends
 * on it than on a sign-in: the country of the exit has to be the same, and a network alone, behind which residential proxies hide as well, is no service.
 */
export function describeHiddenConsole(event: LogEvent): HiddenWay | null {
  if (event.eventType !== CONSOLE_TYPE && !isAskedForConsole(event)) return null;
  const { country } = readOrigin(event);
  const way = country === null ? null : describeHiddenWay(event, listOperators(event));
  const person = keyOf(readActor(event));
  if (way === null || person === null) return null;
  return { way: JSON.stringify(['console', country, way]), alike: [person] };
}

function isAskedForConsole(event: LogEvent): boolean {
  return event.eventType === ASKED_TYPE && isForAdminConsole(event);
}
