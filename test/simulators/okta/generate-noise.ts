import type { RawEvent } from '../../../src/model/log-event.ts';
import {
  composeEvent,
  type EventParts,
  person,
  type Somebody,
  thing,
  toUuid,
} from './compose-event.ts';
import { BERLIN_OFFICE, LISBON_OFFICE, type Place } from './places.ts';

export interface NoiseRequest {
  readonly seed: number;
  /** ISO 8601 or epoch milliseconds; included. */
  readonly from: string | number;
  /** ISO 8601 or epoch milliseconds; excluded. */
  readonly to: string | number;
  readonly count: number;
}

interface Colleague {
  readonly person: Somebody;
  readonly places: readonly Place[];
}

interface NoiseKind {
  readonly eventType: string;
  /** How often among all, in parts of the sum. */
  readonly weight: number;
  readonly displayMessage: string;
  readonly target: 'app' | 'group' | 'policy';
  readonly results: readonly string[];
}

/** What fills a log on quiet days; none of it is a credential change, support access or a privilege. */
const NOISE_KINDS: readonly NoiseKind[] = [
  kind('user.authentication.sso', 40, 'User single sign on to app', 'app', ['SUCCESS']),
  kind('policy.evaluate_sign_on', 22, 'Evaluation of sign-on policy', 'policy', [
    'ALLOW',
    'ALLOW',
    'ALLOW',
    'CHALLENGE',
  ]),
  kind('user.authentication.auth_via_mfa', 12, 'Authentication of user via MFA', 'app', [
    ...Array.from({ length: 24 }, () => 'SUCCESS'),
    'FAILURE',
  ]),
  kind('user.session.start', 9, 'User login to Okta', 'app', [
    ...Array.from({ length: 29 }, () => 'SUCCESS'),
    'FAILURE',
  ]),
  kind('user.session.end', 5, 'User logout from Okta', 'app', ['SUCCESS']),
  kind('app.oauth2.as.token.grant.access_token', 6, 'OAuth2 access token is granted', 'app', [
    'SUCCESS',
  ]),
  kind('group.user_membership.add', 3, 'Add user to group membership', 'group', ['SUCCESS']),
  kind('application.user_membership.add', 2, 'Add user to application membership', 'app', [
    'SUCCESS',
  ]),
  kind('user.authentication.verify', 1, 'Verify user identity', 'app', ['SUCCESS']),
];

export const NOISE_EVENT_TYPES: readonly string[] = NOISE_KINDS.map((noise) => noise.eventType);

const FIRST_NAMES = ['ada', 'ben', 'cleo', 'dan', 'eva', 'finn', 'gina', 'hugo', 'ines', 'jon'];
const LAST_NAMES = ['abel', 'brandt', 'costa', 'diaz', 'ekman', 'faro', 'groen', 'hahn', 'ivers'];
const APPS = ['Mail', 'Wiki', 'Payroll', 'Source Control', 'Tickets', 'Chat', 'Okta Dashboard'];
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FULL_TURN = 2 ** 32;

/**
 * Gives routine events in ascending order, two to three kilobytes each as JSON, the same for the same seed.
 * Ninety people from two offices sign in and work, mostly on weekdays by day; each keeps to two networks.
 */
export function generateNoise(request: NoiseRequest): RawEvent[] {
  const random = startRandom(request.seed);
  const colleagues = hireColleagues();
  const times = drawTimes(request, random).sort((one, other) => one - other);
  return times.map((atMs) => composeEvent(inventEvent({ atMs, random, colleagues })));
}

function kind(
  eventType: string,
  weight: number,
  displayMessage: string,
  target: NoiseKind['target'],
  results: readonly string[],
): NoiseKind {
  return { eventType, weight, displayMessage, target, results };
}

function inventEvent({
  atMs,
  random,
  colleagues,
}: {
  readonly atMs: number;
  readonly random: () => number;
  readonly colleagues: readonly Colleague[];
}): EventParts {
  const colleague = pick(colleagues, random);
  const noise = pickByWeight(random);
  const result = pick(noise.results, random);
  return {
    eventType: noise.eventType,
    at: atMs,
    actor: colleague.person,
    place: pick(colleague.places, random),
    displayMessage: noise.displayMessage,
    result,
    reason: result === 'FAILURE' ? 'INVALID_CREDENTIALS' : null,
    severity: result === 'FAILURE' ? 'WARN' : 'INFO',
    targets: [inventTarget(noise, random), colleague.person],
    transactionId: randomHex(random, 32),
    uuid: toUuid(randomHex(random, 32)),
  };
}

const TARGETS = {
  app: APPS.map((name) => thing('AppInstance', name)),
  group: ['Everyone', 'Engineering', 'Finance'].map((name) => thing('UserGroup', name)),
  policy: ['Default Policy', 'Any two factors'].map((name) => thing('PolicyEntity', name)),
} as const;

function inventTarget(noise: NoiseKind, random: () => number): Somebody {
  return pick(TARGETS[noise.target], random);
}

function hireColleagues(): Colleague[] {
  return FIRST_NAMES.flatMap((first, firstIndex) =>
    LAST_NAMES.map((last, lastIndex) => {
      const office = firstIndex % 2 === 0 ? BERLIN_OFFICE : LISBON_OFFICE;
      const host = (100 + firstIndex * LAST_NAMES.length + lastIndex).toString(16);
      const home = { ...office, address: `2001:db8:${host}::1`, asNumber: 64500 + (lastIndex % 5) };
      return { person: person(`${first}.${last}@example.com`), places: [office, office, home] };
    }),
  );
}

function drawTimes({ from, to, count }: NoiseRequest, random: () => number): number[] {
  const fromMs = typeof from === 'number' ? from : Date.parse(from);
  const toMs = typeof to === 'number' ? to : Date.parse(to);
  const times: number[] = [];
  while (times.length < count) {
    const atMs = Math.floor(fromMs + random() * (toMs - fromMs));
    if (random() < howBusy(atMs)) times.push(atMs);
  }
  return times;
}

/** Between 0 and 1: a working day is busy, a night and a weekend are not silent. */
function howBusy(atMs: number): number {
  const day = new Date(atMs).getUTCDay();
  const hour = (atMs % DAY_MS) / HOUR_MS;
  const byHour = hour >= 7 && hour < 18 ? 1 : 0.12;
  return day === 0 || day === 6 ? byHour * 0.2 : byHour;
}

const WEIGHT_SUM = NOISE_KINDS.reduce((sum, noise) => sum + noise.weight, 0);

function pickByWeight(random: () => number): NoiseKind {
  let left = random() * WEIGHT_SUM;
  for (const noise of NOISE_KINDS) {
    left -= noise.weight;
    if (left < 0) return noise;
  }
  return pick(NOISE_KINDS, random);
}

function pick<T>(choices: readonly T[], random: () => number): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to pick from');
  return choice;
}

function randomHex(random: () => number, digits: number): string {
  let hex = '';
  while (hex.length < digits) {
    hex += Math.floor(random() * FULL_TURN)
      .toString(16)
      .padStart(8, '0');
  }
  return hex;
}

/** A small seeded generator (mulberry32), because Math.random cannot be repeated. */
function startRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / FULL_TURN;
  };
}
