import { type EventTypeTerm, termHoldsType } from '../../../model/event-type-set.ts';
import { DAY_MS, type TimeWindow } from '../../../model/time-window.ts';

/**
 * Families of event types that any tenant in use produces every week.
 * Impersonation is none of them: an export of nothing else must not look like one with sessions.
 */
export const ROUTINE_FAMILIES = [
  'user.session',
  'user.authentication',
  'user.account',
  'user.mfa',
] as const;
export type RoutineFamily = (typeof ROUTINE_FAMILIES)[number];

/** Types of which most of any tenant's log consists. */
export const EVERYDAY_TYPES: readonly string[] = [
  ...['user.session.start', 'user.session.end', 'user.authentication.sso'],
  ...['user.authentication.auth_via_mfa', 'user.authentication.verify', 'policy.evaluate_sign_on'],
];

/** `user.account` of `user.account.reset_password`; impersonation is a family of its own. */
export function familyOf(eventType: string): string {
  if (eventType.startsWith('user.session.impersonation.')) return 'user.session.impersonation';
  const first = eventType.indexOf('.');
  const second = first < 0 ? -1 : eventType.indexOf('.', first + 1);
  return second < 0 ? eventType : eventType.slice(0, second);
}

export function routineBit(family: string): number {
  const index = ROUTINE_FAMILIES.indexOf(family as RoutineFamily);
  return index < 0 ? 0 : 1 << index;
}

/** Event types that were seen, to the day. */
export function listTypes(
  typesByDay: ReadonlyMap<number, ReadonlySet<string>>,
  window?: TimeWindow,
): Set<string> {
  const seen = new Set<string>();
  for (const [day, types] of typesByDay) {
    const isOutside =
      window !== undefined &&
      ((day + 1) * DAY_MS <= window.sinceMs || day * DAY_MS >= window.untilMs);
    if (isOutside) continue;
    for (const eventType of types) seen.add(eventType);
  }
  return seen;
}

/** Says whether types that a term asks for were seen; of a prefix without a family that says nothing. */
export function wasSeen(term: EventTypeTerm, types: ReadonlySet<string>): boolean {
  if (term.match === 'exact') return types.has(term.eventType);
  if (!term.eventType.includes('.')) return false;
  return [...types].some((eventType) => termHoldsType(term, eventType));
}
