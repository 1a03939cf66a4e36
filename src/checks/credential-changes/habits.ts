import type { EventTypeSet } from '../../model/event-type-set.ts';
import {
  isAttempt,
  type LogEvent,
  readActor,
  readTargets,
  readText,
} from '../../model/log-event.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { keyOf } from '../name-party.ts';
import { OWN_NETWORK, readPlace } from '../read-place.ts';
import { readProgram } from '../read-program.ts';
import { createDayHistory } from './day-history.ts';
import { CONSOLE_TYPE, describeHiddenConsole } from './describe-hidden-console.ts';
import { describeHiddenSignIn, HIDDEN_SIGN_IN_TYPE } from './describe-hidden-sign-in.ts';
import { readGrantedRole } from './privilege-memory.ts';

/**
 * What is rolled out again and again where it is kept as code or where customers sign in, and a role that a system lends
 * for some hours a day.
 */
const ROUTINE_TYPES: readonly string[] = [
  'system.custom_signin.update',
  'user.account.privilege.grant',
  'user.account.privilege.revoke',
];

/** Whoever administers through a service that hides them does so every day; being asked to sign in makes no habit. */
export const HABIT_TYPES: readonly string[] = [...ROUTINE_TYPES, CONSOLE_TYPE];

/** Some sign in through a commercial VPN every day. Only proxies are asked for, and of a whole log alone. */
export const HIDDEN_SIGN_INS: EventTypeSet = {
  kind: 'some',
  terms: [
    {
      match: 'exact',
      eventType: HIDDEN_SIGN_IN_TYPE,
      narrowings: [
        { field: 'outcome.result', values: ['SUCCESS'] },
        { field: 'securityContext.isProxy', values: ['true'] },
      ],
    },
  ],
};

/** On so many of the days before it was done, or it is no habit. */
const FEWEST_DAYS = 3;
/** Whoever lends roles every day lends them to one today and to another tomorrow: to this one before is enough. */
const FEWEST_DAYS_OF_A_LOAN = 1;

export interface Habits {
  accept(event: LogEvent): void;
  /** Whether the same actor did the same to the same things, by such a program from that network, on days before. */
  isHabit(event: LogEvent): boolean;
  /** Whether one of those days lies after a moment: whoever was asked since then was asked about the first of them. */
  isKnownSince(event: LogEvent, sinceMs: number): boolean;
  /** Values of what is alike whomever it was done to, and by whomever where many do it by themselves. */
  listAlike(event: LogEvent): readonly string[];
}

interface Act {
  /** The same text for acts that are alike, whomever or whatever they were done to. */
  readonly way: string;
  readonly things: string;
  /** What is one question to one person, however many people it was done to or did it. */
  readonly alike: readonly string[];
}

export function beginHabits(ownNetworks: AddressMatcher): Habits {
  const history = createDayHistory();
  return {
    accept(event) {
      const isHeard = HABIT_TYPES.includes(event.eventType);
      if (!isHeard && event.eventType !== HIDDEN_SIGN_IN_TYPE) return;
      const act = describeAct(event, ownNetworks);
      if (act === null) return;
      history.add(act.way, event.publishedMs);
      history.add(nameAct(act), event.publishedMs);
    },
    isHabit(event) {
      const act = describeAct(event, ownNetworks);
      if (act === null) return false;
      const days = history.countDaysBefore(act.way, event.publishedMs);
      const sameDays = history.countDaysBefore(nameAct(act), event.publishedMs);
      return (
        days >= FEWEST_DAYS && sameDays >= (isLoan(event) ? FEWEST_DAYS_OF_A_LOAN : FEWEST_DAYS)
      );
    },
    isKnownSince(event, sinceMs) {
      const act = describeAct(event, ownNetworks);
      return act !== null && history.countDaysBefore(nameAct(act), event.publishedMs, sinceMs) > 0;
    },
    listAlike: (event) => describeAct(event, ownNetworks)?.alike ?? [],
  };
}

function nameAct({ way, things }: Act): string {
  return `${way} ${things}`;
}

/** Null for what can be no habit: where an export left the role out, that of a super administrator looks like any other. */
function describeAct(event: LogEvent, ownNetworks: AddressMatcher): Act | null {
  if (isAttempt(event)) return null;
  const place = readPlace(event, ownNetworks);
  const hidden = describeHiddenSignIn(event) ?? describeHiddenConsole(event);
  // Nobody is asked about the organisation's own exits of a service, so that they make no habit of its other ones.
  if (hidden !== null) return place?.network === OWN_NETWORK ? null : { ...hidden, things: '' };
  if (!ROUTINE_TYPES.includes(event.eventType)) return null;
  const actor = keyOf(readActor(event));
  if (actor === null || place === null) return null;
  const things = readTargets(event).map(({ id, login, name }) => id ?? login ?? name);
  if (isLoan(event) && (readGrantedRole(event) === null || things.length === 0)) return null;
  const { network, country } = place;
  const way = [
    event.eventType,
    actor,
    network,
    country,
    readProgram(event),
    readGrantedRole(event),
    readText(event, 'debugContext.debugData.privilegeRevoked'),
  ];
  return { way: JSON.stringify(way), things: JSON.stringify(things.sort()), alike: [actor] };
}

function isLoan({ eventType }: LogEvent): boolean {
  return eventType === 'user.account.privilege.grant';
}
