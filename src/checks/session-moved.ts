import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../model/check.ts';
import { exactEventTypes } from '../model/event-type-set.ts';
import { compareEvents, type LogEvent, readActor } from '../model/log-event.ts';
import type { Match } from '../model/match.ts';
import type { FollowUp } from '../model/reading.ts';
import { DAY_MS, formatInstant, hullOf } from '../model/time-window.ts';
import type { Tuning } from '../model/tuning.ts';
import { type AddressMatcher, createAddressMatcher } from './address-matcher.ts';
import { keyOf, nameParty } from './name-party.ts';
import { readAppleBrowser } from './read-apple-browser.ts';
import { readPlain } from './read-origin.ts';
import {
  createShareUse,
  describeUse,
  isElsewhere,
  keyUse,
  readPower,
  readSessionUse,
  SESSION_USE_TYPES,
  type SessionUse,
} from './session-use.ts';

/** A session that moves more often than this tells nothing new. */
const MAX_MOVES = 20;

/**
 * Where a session was at home is told by its uses so long before: its owner may have been on holiday when it was taken.
 */
const HOME_MS = 7 * DAY_MS;

const PROFILE: CheckProfile = {
  id: 'session-moved',
  kind: 'analysis',
  title: 'One session, two networks and two browsers',
  description:
    'The same session was used from a network and by a browser that it had not been used from and by before. ' +
    'A session cookie belongs to one browser: seen in another, on another network, it was probably taken along, ' +
    'from a recording of web traffic, a proxy between user and Okta, or an infected computer. ' +
    'An iPad or iPhone that asks for the desktop site poses as a Mac: while version and country stay the same, and no ' +
    'power is used, it counts as one browser.',
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
  eventTypes: exactEventTypes(SESSION_USE_TYPES),
  lookBackMs: DAY_MS,
  lookAheadMs: 0,
  fields: [
    ...['actor.type', 'authenticationContext.externalSessionId'],
    ...['client.ipAddress', 'client.userAgent.rawUserAgent'],
  ],
  onlyInFullPull: true,
};

/** What is kept of a session in the first reading: little, because nearly all stay where they began, and there are very many. */
interface Outline {
  /** A few for all sessions of one person, who share them. */
  readonly use: SessionUse;
  otherUses: readonly SessionUse[];
  /** External ids beside the one that it goes by. */
  otherIds: readonly string[];
  /** In whole seconds, which take no room of their own. */
  sinceSeconds: number;
  untilSeconds: number;
}

const NONE: readonly never[] = [];
const SECOND_MS = 1000;

/** The earliest event of each use of one session, by network and browser. */
type Stays = Map<string, Stay>;

type Power = ReturnType<typeof readPower>;

interface Stay {
  readonly use: SessionUse;
  readonly event: LogEvent;
  readonly power: Power;
  readonly lastMs: number;
}

/**
 * Finds sessions that were used from a second network by a second browser, in two readings: the first names the few
 * sessions that may have moved, whatever the order of the events; only these are then read, and told in the order of time.
 */
export function createSessionMoved({ tuning }: { readonly tuning: Tuning }): Check {
  const ownNetworks = createAddressMatcher(tuning.ownNetworks);
  return { ...PROFILE, needs: NEEDS, begin: () => beginRun(ownNetworks) };
}

function beginRun(ownNetworks: AddressMatcher): CheckRun {
  const outlines = new Map<string, Outline>();
  const shareUse = createShareUse();
  let suspects: Map<string, Stays> | null = null;
  return {
    accept(event) {
      const id = readSteadySessionId(event);
      const externalId = readExternalId(event);
      const use = id === null || externalId === null ? null : readSessionUse(event, ownNetworks);
      if (id === null || externalId === null || use === null) return;
      if (suspects !== null) {
        const lastMs = event.publishedMs;
        noteStay(suspects.get(id), { use, event, lastMs, power: readPower(event) });
        return;
      }
      const seen = { use: shareUse(use), externalId, publishedMs: event.publishedMs };
      const outline = outlines.get(id) ?? beginOutline(seen);
      outlines.set(id, outline);
      noteUse({ id, outline, seen });
    },
    follow() {
      const found: [string, Outline][] = [];
      for (const entry of outlines) if (mayHaveMoved(entry[1])) found.push(entry);
      outlines.clear();
      suspects = new Map(found.map(([id]) => [id, new Map()]));
      return planFollowUps(found);
    },
    finish: () => [...(suspects ?? [])].flatMap(([id, stays]) => toMatch(id, stays) ?? []),
  };
}

/**
 * The root session where there is one: the external id may change while somebody signs in.
 * Records before 2023 have only the external one.
 */
function readSteadySessionId(event: LogEvent): string | null {
  return readPlain(event, 'authenticationContext.rootSessionId') ?? readExternalId(event);
}

/** Sources look for this one alone. */
function readExternalId(event: LogEvent): string | null {
  return readPlain(event, 'authenticationContext.externalSessionId');
}

interface SeenUse {
  readonly use: SessionUse;
  readonly externalId: string;
  readonly publishedMs: number;
}

function beginOutline({ use, publishedMs }: SeenUse): Outline {
  const seconds = toSeconds(publishedMs);
  return { use, otherUses: NONE, otherIds: NONE, sinceSeconds: seconds, untilSeconds: seconds };
}

function noteUse({
  id,
  outline,
  seen: { use, externalId, publishedMs },
}: {
  readonly id: string;
  readonly outline: Outline;
  readonly seen: SeenUse;
}): void {
  const { otherUses, otherIds, sinceSeconds, untilSeconds } = outline;
  const seconds = toSeconds(publishedMs);
  if (use !== outline.use && !otherUses.includes(use)) outline.otherUses = [...otherUses, use];
  if (externalId !== id && !otherIds.includes(externalId)) {
    outline.otherIds = [...otherIds, externalId];
  }
  outline.sinceSeconds = Math.min(sinceSeconds, seconds);
  outline.untilSeconds = Math.max(untilSeconds, seconds);
}

function toSeconds(instantMs: number): number {
  return Math.floor(instantMs / SECOND_MS);
}

/** What moves differs from where it began in both. */
function mayHaveMoved({ use, otherUses }: Outline): boolean {
  const uses = [use, ...otherUses];
  return uses.some((one, index) => uses.slice(index + 1).some((other) => isElsewhere(one, other)));
}

function planFollowUps(found: readonly (readonly [string, Outline])[]): FollowUp[] {
  const values = [...new Set(found.flatMap(([id, { otherIds }]) => [id, ...otherIds]))];
  const window = hullOf(
    found.map(([, { sinceSeconds, untilSeconds }]) => ({
      sinceMs: sinceSeconds * SECOND_MS,
      untilMs: (untilSeconds + 1) * SECOND_MS,
    })),
  );
  if (window === null) return [];
  return [
    {
      field: 'authenticationContext.externalSessionId',
      values,
      window: { ...window, sinceMs: window.sinceMs - HOME_MS },
      decidesSinceMs: window.sinceMs,
      eventTypes: NEEDS.eventTypes,
    },
  ];
}

function noteStay(stays: Stays | undefined, stay: Stay): void {
  const key = keyUse(stay.use);
  const known = stays?.get(key);
  const isFirst = known === undefined || compareEvents(stay.event, known.event) < 0;
  const power = strongerOf(stay.power, known?.power ?? null);
  const lastMs = Math.max(stay.lastMs, known?.lastMs ?? stay.lastMs);
  stays?.set(key, { ...(isFirst ? stay : known), lastMs, power });
}

function strongerOf(one: Power, other: Power): Power {
  return one === 'console' || other === null ? one : other;
}

/** A new network alone is a journey or a VPN, a new browser alone an update: both at once are a move. */
function findMoves(inOrder: readonly Stay[]): Stay[] {
  const networks = new Set<string>();
  const browsers = new Set<string>();
  const moves: Stay[] = [];
  for (const stay of inOrder) {
    const { use } = stay;
    if (!networks.has(use.network) && !browsers.has(use.browser)) moves.push(stay);
    networks.add(use.network);
    browsers.add(use.browser);
  }
  return moves.slice(1, MAX_MOVES + 1);
}

/**
 * Whoever took it changes networks and browsers as well: from the first move on, all that is neither place nor browser
 * of home.
 */
function listAway(inOrder: readonly Stay[], first: Stay): Stay[] {
  const start = inOrder.indexOf(first);
  const home = inOrder.slice(0, start);
  return inOrder.slice(start).filter(({ use }) => home.every((stay) => isElsewhere(stay.use, use)));
}

/**
 * An iPad in a small window, and a telephone that asks for the desktop site, change their name: one browser, while it
 * stays in its country and nothing is done that takes power.
 */
function joinAppleBrowsers(stays: readonly Stay[]): readonly Stay[] {
  if (stays.some(({ power }) => power !== null)) return stays;
  return stays.map((stay) => {
    const browser = readAppleBrowser(stay.event) ?? stay.use.browser;
    return { ...stay, use: { ...stay.use, browser } };
  });
}

function toMatch(id: string, stays: Stays): Match | null {
  const inOrder = joinAppleBrowsers(
    [...stays.values()].sort((one, other) => compareEvents(one.event, other.event)),
  );
  const home = inOrder[0]?.event;
  const moves = findMoves(inOrder);
  const [first] = moves;
  if (home === undefined || first === undefined) return null;
  const events = moves.map(({ event }) => event);
  const anchor = first.event;
  const away = listAway(inOrder, first);
  const who = nameParty(readActor(anchor)) ?? 'a user';
  const where = describeUse(home);
  const lastMs = away.reduce((latest, stay) => Math.max(latest, stay.lastMs), anchor.publishedMs);
  const power = away.map((stay) => stay.power).reduce(strongerOf, null);
  return {
    events,
    anchor,
    // It is asked about while it is used from there, under the day on which that began.
    span: { sinceMs: anchor.publishedMs, untilMs: lastMs + 1 },
    group: [keyOf(readActor(anchor)) ?? id],
    facts: {
      session: id,
      usedFirst: where,
      usedFirstAt: formatInstant(home.publishedMs),
      movedTo: events.map(describeUse),
    },
    circumstances: [],
    attribution: null,
    ...(power === null ? {} : { severity: 'critical' }),
    summary: `A session of ${who} that was used from ${where} was then used from ${describeUse(anchor)}${describePower(power)}.`,
  };
}

function describePower(power: Power): string {
  if (power === null) return '';
  return power === 'console' ? ', and opened the Admin Console' : ', and used administrator power';
}
