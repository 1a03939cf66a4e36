import type { EventTypeSet, EventTypeTerm, NarrowingField } from './event-type-set.ts';

/** What every sign-in and every opened application leaves behind: most of any log. */
const COMMON_TYPES = [
  'user.session.start',
  'user.session.end',
  'user.authentication.',
  'policy.evaluate_sign_on',
  'app.oauth2.as.authorize',
  'app.oauth2.as.evaluate',
  'app.oauth2.as.token.grant',
  'app.oauth2.authorize',
  'app.oauth2.signon',
  'app.oauth2.token.grant',
  'system.push.',
];

/** Every other narrowing leaves a few events of even the most common type; a failed sign-in is common as well. */
const WEAK_NARROWING: NarrowingField = 'outcome.result';

/** Says whether asking Okta for these events would mean reading most of the log. */
export function isTooCommon(eventTypes: EventTypeSet): boolean {
  return eventTypes.kind === 'all' || eventTypes.terms.some(isCommonTerm);
}

function isCommonTerm({ eventType, match, narrowings }: EventTypeTerm): boolean {
  if (narrowings.some(({ field }) => field !== WEAK_NARROWING)) return false;
  return COMMON_TYPES.some(
    (common) =>
      eventType.startsWith(common) || (match === 'prefix' && common.startsWith(eventType)),
  );
}
