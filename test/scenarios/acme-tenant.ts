import type { RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfUtcDay } from '../../src/model/time-window.ts';
import {
  ANONYMIZER,
  apiTokenCreation,
  BERLIN_OFFICE,
  factorEvent,
  generateNoise,
  impersonationEvent,
  OKTA_SYSTEM,
  passwordReset,
  person,
  privilegeGrant,
  signIn,
  supportToolReset,
} from '../simulators/okta/build-event.ts';

const DANA = person('dana.reyes@acme.example');
const FINANCE_DIRECTOR = person('finance.director@acme.example');
const HELP_DESK = person('helpdesk.lin@acme.example');
const TERRAFORM = person('svc-terraform@acme.example');
const ORTIZ = person('j.ortiz@acme.example');

/** What a busy week in a healthy tenant looks like: noise, the help desk at work, forgotten passwords, one token. */
export function firstNight({ nowMs, noise }: { nowMs: number; noise: number }): RawEvent[] {
  const todayMs = startOfUtcDay(nowMs);
  const fromMs = todayMs - 8 * DAY_MS;
  return [
    ...generateNoise({ seed: 7, from: fromMs, to: nowMs - HOUR_MS, count: noise }),
    ...helpDeskWeek(fromMs),
    ...forgottenPasswords(fromMs),
    impersonationEvent('grant', {
      actor: DANA,
      at: todayMs - 2 * DAY_MS + 14 * HOUR_MS,
      caseNumber: '02041234',
    }),
    apiTokenCreation({
      actor: DANA,
      at: todayMs - 2 * DAY_MS + 16.5 * HOUR_MS,
      token: 'ci-bootstrap',
      place: ANONYMIZER,
      // A sign-in of its own: seen in the session of the grant, it would be a session that moved.
      session: 'idxTravelling',
    }),
  ];
}

/** What is new a night later: a second super administrator, made with a token. */
export function secondNight({ nowMs }: { nowMs: number }): RawEvent[] {
  return [
    privilegeGrant({
      actor: TERRAFORM,
      target: ORTIZ,
      at: startOfUtcDay(nowMs) - 12 * MINUTE_MS,
      privilege: 'Super administrator',
      place: ANONYMIZER,
      apiTokenId: '00Tterraform',
    }),
    ...forgottenPasswords(startOfUtcDay(nowMs) - 2 * DAY_MS),
  ];
}

const JANUARY = Date.parse('2022-01-01T00:00:00Z');

/**
 * An export of December 2021 to March 2022 with what the January incident asks about: support access granted but
 * unused, one reset that looks like Okta's support tool among ordinary ones, one token. A day in March is missing.
 */
export function january2022Export({ noise }: { noise: number }): RawEvent[] {
  const events = [
    ...generateNoise({ seed: 22, from: '2021-11-15', to: '2022-03-25', count: noise }),
    ...eachWeek({ from: '2021-11-20', to: '2022-03-24' }).flatMap(helpDeskWeek),
    ...[0, 9, 18].flatMap((day) => forgottenPasswords(JANUARY + day * DAY_MS)),
    impersonationEvent('grant', { actor: DANA, at: '2022-01-18T14:05:00Z' }),
    supportToolReset({ target: FINANCE_DIRECTOR, at: '2022-01-21T10:14:07Z' }),
    signIn({ user: FINANCE_DIRECTOR, at: '2022-01-21T10:31:55Z', place: BERLIN_OFFICE }),
    apiTokenCreation({
      actor: DANA,
      at: '2022-01-21T16:40:00Z',
      token: 'ci-bootstrap',
      place: ANONYMIZER,
    }),
  ];
  const lostSince = Date.parse('2022-03-02T04:00:00Z');
  const lostUntil = Date.parse('2022-03-03T18:00:00Z');
  return events
    .filter((event) => {
      const atMs = publishedMs(event);
      return atMs < lostSince || atMs >= lostUntil;
    })
    .sort((one, other) => publishedMs(one) - publishedMs(other));
}

function eachWeek({ from, to }: { from: string; to: string }): number[] {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const weeks = Math.ceil((toMs - fromMs) / (7 * DAY_MS));
  return Array.from({ length: weeks }, (_, week) => fromMs + week * 7 * DAY_MS);
}

function helpDeskWeek(fromMs: number): RawEvent[] {
  return [1, 2, 3].flatMap((day) => {
    const target = person(`new.phone.${day}@acme.example`);
    const atMs = fromMs + day * DAY_MS + 9.5 * HOUR_MS;
    const before = [20, 13, 6, 2].map((days) =>
      signIn({ user: target, at: atMs - days * DAY_MS, place: BERLIN_OFFICE }),
    );
    return [
      ...before,
      factorEvent('reset_all', { actor: HELP_DESK, target, at: atMs, place: BERLIN_OFFICE }),
      factorEvent('activate', { target, at: atMs + 25 * MINUTE_MS, place: BERLIN_OFFICE }),
      passwordReset({
        actor: HELP_DESK,
        target: person(`locked.out.${day}@acme.example`),
        at: atMs + 2 * HOUR_MS,
        place: BERLIN_OFFICE,
      }),
    ];
  });
}

function forgottenPasswords(fromMs: number): RawEvent[] {
  return [1, 2].map((day) =>
    passwordReset({
      actor: OKTA_SYSTEM,
      target: person(`forgetful.${day}@acme.example`),
      at: fromMs + day * DAY_MS + 8 * HOUR_MS,
      place: BERLIN_OFFICE,
    }),
  );
}

function publishedMs(event: RawEvent): number {
  return Date.parse(String(event['published']));
}
