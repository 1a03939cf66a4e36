import {
  isAttempt,
  type LogEvent,
  readActor,
  readTargets,
  readText,
} from '../../model/log-event.ts';
import { DAY_MS } from '../../model/time-window.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { keyOf } from '../name-party.ts';
import { readOrigin } from '../read-origin.ts';
import { readPlace } from '../read-place.ts';

/**
 * What is rolled out again and again where it is kept as code or where customers sign in, and a role that a system lends
 * for some hours a day.
 */
export const HABIT_TYPES: readonly string[] = [
  'system.custom_signin.update',
  'user.account.privilege.revoke',
];

/** How many days before a day are its history. */
const HISTORY_DAYS = 14;
/** On so many of them it was done, or it is no habit. */
const FEWEST_DAYS = 3;

export interface Habits {
  accept(event: LogEvent): void;
  /** Whether the same actor did the same to the same things, by such a program from that network, on days before. */
  isHabit(event: LogEvent): boolean;
}

export function beginHabits(ownNetworks: AddressMatcher): Habits {
  const daysByAct = new Map<string, Set<number>>();
  return {
    accept(event) {
      const act = describeAct(event, ownNetworks);
      if (act === null) return;
      const days = daysByAct.get(act) ?? new Set();
      daysByAct.set(act, days.add(dayOf(event)));
    },
    isHabit(event) {
      const act = describeAct(event, ownNetworks);
      const days = [...((act === null ? null : daysByAct.get(act)) ?? [])];
      const today = dayOf(event);
      const before = days.filter((day) => day < today && day >= today - HISTORY_DAYS);
      return before.length >= FEWEST_DAYS;
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

/** Without its versions, which change every week. */
function readProgram(event: LogEvent): string | null {
  return readOrigin(event).userAgent?.replace(/\d+/g, '') ?? null;
}

function dayOf({ publishedMs }: LogEvent): number {
  return Math.floor(publishedMs / DAY_MS);
}
