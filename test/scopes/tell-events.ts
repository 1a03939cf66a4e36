import type { RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, HOUR_MS } from '../../src/model/time-window.ts';
import { factorEvent, impersonationEvent, person, signIn } from '../simulators/okta/build-event.ts';
import { LATER_MS } from './ask-audit.ts';

export const DANA = person('dana.reyes@example.com');
export const FINN = person('finn.okoro@example.com');
export const HARPER = person('harper.help@example.com');
export const ENGINEER = person('support.engineer@vendor.example');

export function hoursAgo(hours: number): number {
  return LATER_MS - hours * HOUR_MS;
}

/** The nightly window begins at a midnight seven days ago. */
export function windowStart(): number {
  return Math.floor((LATER_MS - 7 * DAY_MS) / DAY_MS) * DAY_MS;
}

/** Access granted for a case, used half an hour later, and the session ended. */
export function supportVisit(atMs: number): RawEvent[] {
  const caseNumber = '00123456';
  const session = 'support visit';
  return [
    impersonationEvent('grant', { actor: DANA, at: atMs, caseNumber }),
    impersonationEvent('initiate', {
      actor: ENGINEER,
      at: atMs + HOUR_MS / 2,
      caseNumber,
      session,
    }),
    impersonationEvent('end', { actor: ENGINEER, at: atMs + HOUR_MS, caseNumber, session }),
  ];
}

/** Eight people a day, each known to the log and with a new factor within the hour; three weeks until now, or as told. */
export function helpDeskWeeks(
  sinceMs = windowStart() - 14 * DAY_MS,
  untilMs = sinceMs + 20 * DAY_MS,
): RawEvent[] {
  const count = Math.ceil((untilMs - sinceMs) / DAY_MS);
  const dayStarts = Array.from({ length: count }, (_, day) => sinceMs + day * DAY_MS);
  return dayStarts.flatMap((startMs) =>
    Array.from({ length: 8 }, (_, index) => {
      const target = person(`colleague.${index}.of.day.${startMs / DAY_MS}@example.com`);
      const atMs = startMs + (8 + index) * HOUR_MS;
      return [
        signIn({ user: target, at: atMs - 3 * DAY_MS }),
        factorEvent('reset_all', { actor: HARPER, target, at: atMs }),
        factorEvent('activate', { target, at: atMs + HOUR_MS / 3 }),
      ];
    }).flat(),
  );
}
