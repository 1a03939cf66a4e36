import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../model/check.ts';
import { exactEventTypes } from '../model/event-type-set.ts';
import {
  compareEvents,
  isAttempt,
  type LogEvent,
  readActor,
  readText,
} from '../model/log-event.ts';
import type { Match } from '../model/match.ts';
import { DAY_MS, formatInstant } from '../model/time-window.ts';
import type { Tuning } from '../model/tuning.ts';
import { type AddressMatcher, createAddressMatcher } from './address-matcher.ts';
import { keyOf, nameParty } from './name-party.ts';
import { type PackedEvent, packEvent, unpackEvent } from './pack-event.ts';
import { namePlace, readOrigin, readPlain } from './read-origin.ts';
import { readPlace } from './read-place.ts';

/**
 * Where a session is used by a browser. Factor events are left out: a push is answered by the telephone, whose own
 * address and browser they carry.
 */
const USE_TYPES = [
  'user.session.start',
  'user.session.access_admin_app',
  'user.authentication.sso',
  'policy.evaluate_sign_on',
];

/**
 * Okta's Admin Console, which calls other parts of Okta in the person's session from Okta's own network.
 * Source: https://github.com/panther-labs/panther-analysis/pull/1086
 */
const ADMIN_CONSOLE_CLIENT = 'okta.b58d5b75-07d4-5f25-bf59-368a1261a405';

/** A session that moves more often than this tells nothing new. */
const MAX_MOVES = 20;

const PROFILE: CheckProfile = {
  id: 'session-moved',
  kind: 'analysis',
  title: 'One session, two networks and two browsers',
  description:
    'The same session was used from a network and by a browser that it had not been used from and by before. ' +
    'A session cookie belongs to one browser: seen in another, on another network, it was probably taken along, ' +
    'from a recording of web traffic, a proxy between user and Okta, or an infected computer.',
  severity: 'high',
  confidence: 'medium',
  techniques: ['T1539', 'T1550.004'],
  references: ['https://sec.okta.com/harfiles'],
  falsePositives: [
    'A browser that changes its signature (mobile and desktop view) while the network changes.',
    'Security software that opens links with the session of the person.',
  ],
  nextSteps: [
    'List everything with this authenticationContext.externalSessionId, from its first event on.',
    'Ask the person in actor.alternateId whether they used both browsers at the time, and end the session if not.',
  ],
  ask: 'actor',
};

const NEEDS: CheckNeeds = {
  eventTypes: exactEventTypes(USE_TYPES),
  lookBackMs: DAY_MS,
  lookAheadMs: 0,
  fields: ['authenticationContext.externalSessionId', 'client.userAgent.rawUserAgent'],
  onlyInFullPull: true,
};

interface Use {
  readonly network: string;
  readonly browser: string;
}

/** Where and by what sessions begin: a few for each person, and one object for all sessions that share it. */
interface Home extends Use {
  readonly where: string;
}

interface Session {
  readonly home: Home;
  readonly startMs: number;
  /** Null while the session stays where it began, as nearly all do. */
  journey: Journey | null;
}

interface Journey {
  readonly networks: Set<string>;
  readonly browsers: Set<string>;
  /** The events with which it moved: of all that a session logs, the only ones kept. */
  readonly moves: PackedEvent[];
}

/**
 * Finds sessions that were used from a second network by a second browser.
 * It expects events about in the order of time, as sources give them: the first use that it hears of is the home.
 */
export function createSessionMoved({ tuning }: { readonly tuning: Tuning }): Check {
  const ownNetworks = createAddressMatcher(tuning.ownNetworks);
  return { ...PROFILE, needs: NEEDS, begin: () => beginRun(ownNetworks) };
}

function beginRun(ownNetworks: AddressMatcher): CheckRun {
  const sessions = new Map<string, Session>();
  const shareHome = createShareHome();
  return {
    accept(event) {
      const id = readSteadySessionId(event);
      const use = id === null ? null : readUse(event, ownNetworks);
      if (id === null || use === null) return;
      const session = sessions.get(id);
      if (session === undefined) sessions.set(id, beginSession(event, shareHome(use, event)));
      else noteUse(session, use, event);
    },
    finish: () => [...sessions].flatMap(([id, session]) => toMatch(id, session) ?? []),
  };
}

/**
 * The root session where there is one: the external id may change while somebody signs in.
 * Records before 2023 have only the external one.
 */
function readSteadySessionId(event: LogEvent): string | null {
  return (
    readPlain(event, 'authenticationContext.rootSessionId') ??
    readPlain(event, 'authenticationContext.externalSessionId')
  );
}

function readUse(event: LogEvent, ownNetworks: AddressMatcher): Use | null {
  if (isAttempt(event) || readActor(event)?.type !== 'User') return null;
  if (readText(event, 'client.id') === ADMIN_CONSOLE_CLIENT) return null;
  const place = readPlace(event, ownNetworks);
  const browser = readBrowser(event);
  return place === null || browser === null ? null : { network: place.network, browser };
}

/** System and browser as Okta names them, because versions change with every update; else the signature without numbers. */
function readBrowser(event: LogEvent): string | null {
  const raw = readPlain(event, 'client.userAgent.rawUserAgent');
  const os = readPlain(event, 'client.userAgent.os');
  const browser = readPlain(event, 'client.userAgent.browser');
  if (raw === null && (os === null || browser === null)) return null;
  const isNamed = os !== null && browser !== null && browser !== 'UNKNOWN' && os !== 'Unknown';
  return isNamed ? `${browser} on ${os}` : (raw ?? '').replaceAll(/\d+/g, '').slice(0, 120);
}

function createShareHome(): (use: Use, event: LogEvent) => Home {
  const homes = new Map<string, Home>();
  return (use, event) => {
    const where = describeUse(event);
    const key = `${use.network} ${where}`;
    const home = homes.get(key) ?? { ...use, where };
    homes.set(key, home);
    return home;
  };
}

function beginSession({ publishedMs }: LogEvent, home: Home): Session {
  return { home, startMs: publishedMs, journey: null };
}

/** A new network alone is a journey or a VPN, a new browser alone an update: both at once are a move. */
function noteUse(session: Session, use: Use, event: LogEvent): void {
  const { network, browser } = session.home;
  const isHome = use.network === network && use.browser === browser;
  if (isHome && session.journey === null) return;
  session.journey ??= {
    networks: new Set([network]),
    browsers: new Set([browser]),
    moves: [],
  };
  const { networks, browsers, moves } = session.journey;
  const isMove = !networks.has(use.network) && !browsers.has(use.browser);
  networks.add(use.network);
  browsers.add(use.browser);
  if (isMove && moves.length < MAX_MOVES) moves.push(packEvent(event));
}

function toMatch(id: string, { home, startMs, journey }: Session): Match | null {
  const events = (journey?.moves ?? []).map(unpackEvent).sort(compareEvents);
  const [anchor] = events;
  if (anchor === undefined) return null;
  const who = nameParty(readActor(anchor)) ?? 'a user';
  const { where } = home;
  const to = describeUse(anchor);
  return {
    events,
    anchor,
    group: [keyOf(readActor(anchor)) ?? id],
    facts: {
      session: id,
      usedFirst: where,
      usedFirstAt: formatInstant(startMs),
      movedTo: events.map(describeUse),
    },
    circumstances: [],
    attribution: null,
    summary: `A session of ${who} that was used from ${where} was then used from ${to}.`,
  };
}

function describeUse(event: LogEvent): string {
  const origin = readOrigin(event);
  const where = namePlace(origin) ?? 'no place known';
  return `${origin.address ?? 'no address'} (${where}, ${readBrowser(event) ?? 'no browser'})`;
}
