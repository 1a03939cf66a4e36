import { isAttempt, type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import { DAY_MS } from '../../model/time-window.ts';
import { keyOf } from '../name-party.ts';
import { createTimesByKey } from '../times-by-key.ts';

export const NEWCOMER_TYPES: readonly string[] = [
  'user.lifecycle.create',
  'user.lifecycle.activate',
];

/** So long after their account was made everything that people do is new. */
const NEW_MS = 14 * DAY_MS;

export interface Newcomers {
  accept(event: LogEvent): void;
  /** Whether the account that did something was made or activated in the 14 days before. */
  isByNewcomer(event: LogEvent): boolean;
}

/** Remembers whose account is young. */
export function beginNewcomers(): Newcomers {
  const arrivals = createTimesByKey();
  return {
    accept(event) {
      if (!NEWCOMER_TYPES.includes(event.eventType) || isAttempt(event)) return;
      const person = keyOf(readTargetUser(event));
      if (person !== null) arrivals.add(person, event.publishedMs);
    },
    isByNewcomer(event) {
      const person = keyOf(readActor(event));
      if (person === null) return false;
      return arrivals.findFirst(person, event.publishedMs - NEW_MS, event.publishedMs) !== null;
    },
  };
}
