import { isAttempt, type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import { DAY_MS } from '../../model/time-window.ts';
import { keyOf } from '../name-party.ts';
import { createTimesByKey } from '../times-by-key.ts';

const CREATION = 'user.lifecycle.create';
/** Okta logs it of an account that was closed and is opened again as well. */
const ACTIVATION = 'user.lifecycle.activate';
const CLOSING = 'user.lifecycle.deactivate';

export const NEWCOMER_TYPES: readonly string[] = [CREATION, ACTIVATION, CLOSING];

/** So long after their account was made everything that people do is new. */
const NEW_MS = 14 * DAY_MS;

export interface Newcomers {
  accept(event: LogEvent): void;
  /**
   * Whether the account that did something was made in the 14 days before, or activated without having been closed before
   * in what was read: who left and is let in again is nobody new.
   */
  isByNewcomer(event: LogEvent): boolean;
}

/** Remembers whose account is young. */
export function beginNewcomers(): Newcomers {
  const creations = createTimesByKey();
  const activations = createTimesByKey();
  const closings = createTimesByKey();
  const timesByType = new Map([
    [CREATION, creations],
    [ACTIVATION, activations],
    [CLOSING, closings],
  ]);
  return {
    accept(event) {
      const times = timesByType.get(event.eventType);
      if (times === undefined || isAttempt(event)) return;
      const person = keyOf(readTargetUser(event));
      if (person !== null) times.add(person, event.publishedMs);
    },
    isByNewcomer(event) {
      const person = keyOf(readActor(event));
      if (person === null) return false;
      const untilMs = event.publishedMs;
      const sinceMs = untilMs - NEW_MS;
      if (creations.findFirst(person, sinceMs, untilMs) !== null) return true;
      const activatedMs = activations.findFirst(person, sinceMs, untilMs);
      const closedMs = closings.findFirst(person, Number.NEGATIVE_INFINITY, untilMs);
      return activatedMs !== null && (closedMs === null || closedMs > activatedMs);
    },
  };
}
