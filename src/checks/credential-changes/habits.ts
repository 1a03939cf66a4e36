import {
  isAttempt,
  type LogEvent,
  readActor,
  readTargets,
  readText,
} from '../../model/log-event.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { keyOf } from '../name-party.ts';
import { readPlace } from '../read-place.ts';
import { readProgram } from '../read-program.ts';
import { createDayHistory } from './day-history.ts';

/**
 * What is rolled out again and again where it is kept as code or where customers sign in, and a role that a system lends
 * for some hours a day.
 */
export const HABIT_TYPES: readonly string[] = [
  'system.custom_signin.update',
  'user.account.privilege.revoke',
];

/** On so many of the days before it was done, or it is no habit. */
const FEWEST_DAYS = 3;

export interface Habits {
  accept(event: LogEvent): void;
  /** Whether the same actor did the same to the same things, by such a program from that network, on days before. */
  isHabit(event: LogEvent): boolean;
}

export function beginHabits(ownNetworks: AddressMatcher): Habits {
  const history = createDayHistory();
  return {
    accept(event) {
      const act = describeAct(event, ownNetworks);
      if (act !== null) history.add(act, event.publishedMs);
    },
    isHabit(event) {
      const act = describeAct(event, ownNetworks);
      return act !== null && history.countDaysBefore(act, event.publishedMs) >= FEWEST_DAYS;
    },
  };
}

/** The same text for acts that are alike; null for what can be no habit. */
function describeAct(event: LogEvent, ownNetworks: AddressMatcher): string | null {
  if (!HABIT_TYPES.includes(event.eventType) || isAttempt(event)) return null;
  const actor = keyOf(readActor(event));
  const place = readPlace(event, ownNetworks);
  if (actor === null || place === null) return null;
  const things = readTargets(event).map(({ id, name }) => id ?? name);
  const { network, country } = place;
  return JSON.stringify([
    event.eventType,
    actor,
    things.sort(),
    network,
    country,
    readProgram(event),
    readText(event, 'debugContext.debugData.privilegeRevoked'),
  ]);
}
