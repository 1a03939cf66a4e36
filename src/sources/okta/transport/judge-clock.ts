import { formatInstant, MINUTE_MS } from '../../../model/time-window.ts';
import type { HttpAnswer } from './attempt-http.ts';
import { makeFailure, type OktaFailure } from './okta-failure.ts';

const SECOND_MS = 1_000;
/** So much a clock may be wrong: a live window ends ten minutes before now anyway, for events that come late. */
const TOLERATED_MS = 10 * MINUTE_MS;

/**
 * Holds this machine's clock against the `Date` of an answer, RFC 9110 section 6.6.1; null where they agree. What a cache has kept
 * may be as old as its `Age` says, RFC 9111 section 5.1, and no older.
 * With a wrong clock the audit would ask about another time than it says, and take support access that is on for over.
 */
export function judgeClock(
  { headers }: Pick<HttpAnswer, 'headers'>,
  { host, nowMs }: { readonly host: string; readonly nowMs: number },
): OktaFailure | null {
  const dateMs = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(dateMs)) return null;
  const latestMs = dateMs + readAgeMs(headers.get('age'));
  if (nowMs >= dateMs - TOLERATED_MS && nowMs <= latestMs + TOLERATED_MS) return null;
  return makeFailure({
    code: 'clock-wrong',
    message: `The clock of this machine says ${formatInstant(nowMs)}, the one of ${host} ${formatInstant(dateMs)}.`,
    hint: 'Set the clock of the machine that the audit runs on, for instance from a time server, and run it again: every window is reckoned from now.',
  });
}

function readAgeMs(age: string | null): number {
  return age !== null && /^\d{1,9}$/.test(age) ? Number(age) * SECOND_MS : 0;
}
