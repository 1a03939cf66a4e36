import type { LogEvent } from '../../model/log-event.ts';
import { readAsn } from '../read-origin.ts';
import { describeHiddenWay, type HiddenWay, listOperators } from './describe-hidden-way.ts';

export const HIDDEN_SIGN_IN_TYPE = 'user.session.start';

/** The way of a sign-in that was hidden, through a service or, where Okta names none, from a network; null for what can be no habit. */
export function describeHiddenSignIn(event: LogEvent): HiddenWay | null {
  if (event.eventType !== HIDDEN_SIGN_IN_TYPE) return null;
  const operators = listOperators(event);
  const services = operators.length === 0 ? listNetwork(event) : operators;
  const way = describeHiddenWay(event, services);
  return way === null ? null : { way, alike: services };
}

function listNetwork(event: LogEvent): string[] {
  const asn = readAsn(event);
  return asn === null ? [] : [`AS${asn}`];
}
