import {
  ANONYMIZER,
  BERLIN_OFFICE,
  type EventParts,
  LISBON_OFFICE,
  OKTA_SYSTEM,
  type Place,
  person,
  type Somebody,
  thing,
} from '../simulators/okta/build-event.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export const MONTH = {
  sinceMs: Date.parse('2024-03-01T00:00:00Z'),
  untilMs: Date.parse('2024-03-31T00:00:00Z'),
};
const PEOPLE = 5_000;
const HELPERS = 6;
const ADMINISTRATORS = 20;
const VPN_CHANGE_MS = MONTH.sinceMs + 14 * DAY_MS;

/** Whose account is taken over, in the middle of an ordinary help desk day. */
export const VICTIM = person('admin.3@example.com');
const TAKEOVER_MS = Date.parse('2024-03-20T14:00:00Z');
export const LISTED_CASE = '01234567';

export const HELP_DESK = Array.from({ length: HELPERS }, (_, index) =>
  person(`helper.${index}@example.com`),
);
export const COMPANY_ADMINISTRATORS = Array.from({ length: ADMINISTRATORS }, (_, index) =>
  person(`admin.${index}@example.com`),
);
const PERSONNEL = person('personnel.office@example.com');
const ENGINEER = person('engineer@support.example');

const VPN_ABROAD: Place = {
  ...BERLIN_OFFICE,
  address: '203.0.113.20',
  city: 'Amsterdam',
  state: 'North Holland',
  country: 'Netherlands',
  asNumber: 64_508,
};
const HOTEL: Place = {
  ...BERLIN_OFFICE,
  address: '203.0.113.40',
  city: 'Toronto',
  state: 'Ontario',
  country: 'Canada',
  asNumber: 64_509,
};

/**
 * A month of a company of 5,000 people, always the same, day by day but not in order within a day:
 * sign-ins from offices, homes, a new VPN and journeys; help desk and self-service; people who come and go; two
 * support tickets, one of them not listed; and one takeover.
 */
export function* tellCompanyMonth(): Generator<EventParts> {
  let serial = 0;
  for (const parts of tellEvents()) {
    serial += 1;
    yield number(parts, serial);
  }
}

/** Ids by counting: hashing them would take most of the time. */
function number(parts: EventParts, serial: number): EventParts {
  const day = new Date(parts.at).toISOString().slice(0, 10);
  const hex = serial.toString(16).padStart(12, '0');
  return {
    uuid: `00000000-0000-4000-8000-${hex}`,
    transactionId: `transaction-${serial}`,
    session: parts.actor.type === 'User' ? `${parts.actor.alternateId} ${day}` : 'unknown',
    ...parts,
  };
}

function* tellEvents(): Generator<EventParts> {
  const random = startRandom(20_240_301);
  for (let dayMs = MONTH.sinceMs; dayMs < MONTH.untilMs; dayMs += DAY_MS) {
    if (isWeekend(dayMs)) continue;
    yield* tellSignIns(dayMs, random);
    yield* tellHelpDesk(dayMs, random);
    yield* tellSelfService(dayMs, random);
    yield* tellComingAndGoing(dayMs, random);
    yield* tellAdministrators(dayMs, random);
  }
  yield* tellSupportTickets();
  yield* tellTakeover();
}

function* tellSignIns(dayMs: number, random: Random): Generator<EventParts> {
  for (let index = 0; index < PEOPLE; index += 1) {
    if (random() < 0.06) continue;
    const user = employee(index);
    const atMs = dayMs + (7 + 3 * random()) * HOUR_MS;
    const place = whereIs(index, atMs, random);
    if (random() < 0.02) {
      yield sign(user, atMs - MINUTE_MS, place, {
        result: 'FAILURE',
        reason: 'INVALID_CREDENTIALS',
      });
    }
    yield sign(user, atMs, place);
  }
  for (const administrator of [...COMPANY_ADMINISTRATORS, ...HELP_DESK]) {
    yield sign(administrator, dayMs + (7 + random()) * HOUR_MS, BERLIN_OFFICE);
  }
}

/** Eight passwords and three telephones a day and helper; nearly everybody enrols the new one within the hour. */
function* tellHelpDesk(dayMs: number, random: Random): Generator<EventParts> {
  for (const helper of HELP_DESK) {
    for (let call = 0; call < 11; call += 1) {
      const index = Math.floor(random() * PEOPLE);
      const target = employee(index);
      const atMs = dayMs + (8.5 + 8 * random()) * HOUR_MS;
      if (call < 8) {
        yield change('user.account.reset_password', { at: atMs, actor: helper, target });
        yield change('user.account.update_password', {
          at: atMs + 5 * MINUTE_MS,
          actor: target,
          target,
          place: whereIs(index, atMs, random),
        });
        continue;
      }
      yield change('user.mfa.factor.reset_all', { at: atMs, actor: helper, target });
      const waitMs = random() < 0.005 ? 20 * HOUR_MS : (5 + 55 * random()) * MINUTE_MS;
      const place = whereIs(index, atMs, random);
      yield change('user.mfa.factor.activate', { at: atMs + waitMs, actor: target, target, place });
      yield sign(target, atMs + waitMs + MINUTE_MS, place);
    }
  }
}

function* tellSelfService(dayMs: number, random: Random): Generator<EventParts> {
  for (let count = 0; count < 25; count += 1) {
    const index = Math.floor(random() * PEOPLE);
    const target = employee(index);
    const atMs = dayMs + (7 + 12 * random()) * HOUR_MS;
    const place = whereIs(index, atMs, random);
    if (count < 10) {
      yield change('user.account.reset_password', { at: atMs, actor: OKTA_SYSTEM, target, place });
      continue;
    }
    yield change('user.mfa.factor.activate', { at: atMs, actor: target, target, place });
    yield change('user.mfa.factor.deactivate', {
      at: atMs + MINUTE_MS,
      actor: target,
      target,
      place,
    });
  }
}

function* tellComingAndGoing(dayMs: number, random: Random): Generator<EventParts> {
  const day = Math.round((dayMs - MONTH.sinceMs) / DAY_MS);
  for (let count = 0; count < 4; count += 1) {
    const newcomer = person(`new.${day}.${count}@example.com`);
    const atMs = dayMs + (9 + random()) * HOUR_MS;
    yield change('user.lifecycle.create', { at: atMs, actor: PERSONNEL, target: newcomer });
    yield change('user.account.update_password', {
      at: atMs + MINUTE_MS,
      actor: PERSONNEL,
      target: newcomer,
    });
    yield change('user.mfa.factor.activate', {
      at: atMs + 2 * HOUR_MS,
      actor: newcomer,
      target: newcomer,
    });
    // At home they have another computer, and so another session.
    const session = `${newcomer.alternateId} at home`;
    yield sign(newcomer, atMs + 3 * HOUR_MS, home(count), { session });
  }
  for (let count = 0; count < 3; count += 1) {
    const leaver = employee(PEOPLE - 1 - day * 3 - count);
    const atMs = dayMs + (17 + random()) * HOUR_MS;
    yield change('user.lifecycle.deactivate', { at: atMs, actor: PERSONNEL, target: leaver });
    yield change('user.mfa.factor.reset_all', {
      at: atMs + 1_000,
      actor: PERSONNEL,
      target: leaver,
    });
  }
}

function* tellAdministrators(dayMs: number, random: Random): Generator<EventParts> {
  for (const administrator of COMPANY_ADMINISTRATORS) {
    yield {
      eventType: 'user.session.access_admin_app',
      at: dayMs + (9 + 7 * random()) * HOUR_MS,
      actor: administrator,
      targets: [thing('AppInstance', 'Okta Admin Console')],
    };
  }
  if (random() < 0.3) {
    yield {
      eventType: 'policy.rule.update',
      at: dayMs + 10 * HOUR_MS,
      actor: COMPANY_ADMINISTRATORS[0] ?? PERSONNEL,
      targets: [thing('PolicyRule', 'Default Rule')],
    };
  }
}

function* tellSupportTickets(): Generator<EventParts> {
  for (const [caseNumber, day] of [
    [LISTED_CASE, 6],
    ['07654321', 19],
  ] as const) {
    const atMs = MONTH.sinceMs + day * DAY_MS + 10 * HOUR_MS;
    const administrator = COMPANY_ADMINISTRATORS[0] ?? PERSONNEL;
    const session = `support-${caseNumber}`;
    const targets = [{ ...thing('CaseNumber', caseNumber), alternateId: 'unknown' }];
    const type = 'user.session.impersonation';
    yield { eventType: `${type}.grant`, at: atMs, actor: administrator, targets };
    yield { eventType: `${type}.initiate`, at: atMs + HOUR_MS, actor: ENGINEER, targets, session };
    yield { eventType: `${type}.end`, at: atMs + 2 * HOUR_MS, actor: ENGINEER, targets, session };
    yield { eventType: `${type}.revoke`, at: atMs + 3 * HOUR_MS, actor: administrator, targets };
  }
}

function* tellTakeover(): Generator<EventParts> {
  const helper = HELP_DESK[2] ?? PERSONNEL;
  const place = ANONYMIZER;
  const session = 'taken-over';
  const minute = (count: number) => TAKEOVER_MS + count * MINUTE_MS;
  yield change('user.mfa.factor.reset_all', { at: minute(0), actor: helper, target: VICTIM });
  yield change('user.account.reset_password', { at: minute(1), actor: helper, target: VICTIM });
  yield change('user.mfa.factor.activate', {
    at: minute(8),
    actor: VICTIM,
    target: VICTIM,
    place,
    session,
  });
  yield sign(VICTIM, minute(9), place, { session });
  yield {
    eventType: 'user.session.access_admin_app',
    at: minute(12),
    actor: VICTIM,
    targets: [thing('AppInstance', 'Okta Admin Console')],
    place,
    session,
  };
  yield {
    eventType: 'system.api_token.create',
    at: minute(20),
    actor: VICTIM,
    targets: [thing('Token', 'backup')],
    place,
    session,
  };
}

const employees = Array.from({ length: PEOPLE }, (_, index) =>
  person(`person.${index}@example.com`),
);

function employee(index: number): Somebody {
  return employees[index] ?? PERSONNEL;
}

/** Half the days in the office, else at home; one in twelve through the new VPN once it is there; some on a journey. */
function whereIs(index: number, atMs: number, random: Random): Place {
  const day = Math.floor((atMs - MONTH.sinceMs) / DAY_MS);
  const journey = index % 83 === 0 ? (index / 83) % 28 : -1;
  if (journey >= 0 && day >= journey && day < journey + 3) return HOTEL;
  if (index % 12 === 5 && atMs >= VPN_CHANGE_MS) return VPN_ABROAD;
  return random() < 0.5 ? (index % 2 === 0 ? BERLIN_OFFICE : LISBON_OFFICE) : home(index);
}

const homes = new Map<number, Place>();

function home(index: number): Place {
  const key = index % 200;
  const known = homes.get(key);
  if (known !== undefined) return known;
  const office = key % 2 === 0 ? BERLIN_OFFICE : LISBON_OFFICE;
  const place = {
    ...office,
    address: `2001:db8:${key.toString(16)}::1`,
    asNumber: 64_500 + (key % 5),
  };
  homes.set(key, place);
  return place;
}

function sign(
  user: Somebody,
  at: number,
  place: Place,
  details: Partial<EventParts> = {},
): EventParts {
  return {
    eventType: 'user.session.start',
    at: Math.floor(at),
    actor: user,
    place,
    targets: [thing('AppInstance', 'Okta Dashboard')],
    ...details,
  };
}

function change(
  eventType: string,
  {
    at,
    actor,
    target,
    ...details
  }: Partial<EventParts> & { at: number; actor: Somebody; target: Somebody },
): EventParts {
  return { eventType, at: Math.floor(at), actor, targets: [target], ...details };
}

function isWeekend(dayMs: number): boolean {
  const day = new Date(dayMs).getUTCDay();
  return day === 0 || day === 6;
}

type Random = () => number;

/** A small seeded generator (mulberry32), because Math.random cannot be repeated. */
function startRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
