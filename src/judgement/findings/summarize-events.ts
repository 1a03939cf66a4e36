import { formatCount } from '../../model/format-count.ts';
import { formatList } from '../../model/format-list.ts';
import { formatNumber } from '../../model/format-number.ts';
import { groupByKey } from '../../model/group-by-key.ts';
import {
  isAttempt,
  type LogEvent,
  readActor,
  readTargetUser,
  readText,
} from '../../model/log-event.ts';
import type { Attribution } from '../../model/match.ts';
import { isUnknownParty } from '../../model/printable-party.ts';
import { formatUtcClock, isSameUtcDay } from '../../model/time-window.ts';
import { formatZonedMinute } from '../format-time.ts';
import { keyParty, listNames, nameParty, toOneLine } from '../name-party.ts';
import { collectActors, collectTargetThings, collectTargetUsers } from './collect-parties.ts';
import { findVerb } from './event-verbs.ts';

const MOST_PHRASES = 3;

/** How the note says by what means a change was made, where that is not the plain case. */
const MEANS: Readonly<Partial<Record<Attribution, string>>> = {
  'api-token': ', with an API token',
  'oauth-app': ', through an OAuth app',
  'support-tool': ", in the way of Okta's support tool",
  'support-impersonation': ', inside an Okta Support session',
};

/**
 * One sentence of plain text: who did what to whom, when (UTC) and from where.
 * Names come from the log and are not escaped; what an unknown person typed as login is only counted.
 * @param events in the order of `compareEvents`, at least one.
 */
export function summarizeEvents({
  events,
  attribution,
}: {
  events: readonly LogEvent[];
  attribution: Attribution | null;
}): string {
  const means = attribution === null ? '' : (MEANS[attribution] ?? '');
  return `${beginSentence(describeDeeds(events))} ${describeTime(events)}${describePlaces(events)}${means}.`;
}

/** What an unknown person typed stands in parentheses, which begin no sentence. */
function beginSentence(who: string): string {
  return who.startsWith('(') ? `Somebody ${who}` : who.replace(/^somebody\b/, 'Somebody');
}

/**
 * "dana reset the password of lee and tried to sign in"; where not everybody did everything, "dana reset the password
 * of lee and lee signed in".
 */
function describeDeeds(events: readonly LogEvent[]): string {
  const who = listActors(events);
  const deeds = [...groupByKey(events, toDeed).values()];
  const actors = deeds.map(listActors);
  const isShared = actors.every((names) => names === who);
  const phrases = deeds.map((deed, index) =>
    isShared ? describeDeed(deed) : `${actors[index]} ${describeDeed(deed)}`,
  );
  const rest = phrases.length - MOST_PHRASES;
  const told =
    rest > 0
      ? formatList([
          ...phrases.slice(0, MOST_PHRASES),
          `caused ${formatCount(rest, 'other kind')} of event`,
        ])
      : listNames(phrases);
  return isShared ? `${who} ${told}` : told;
}

/** Names that Okta does not know are one unknown somebody to the log, and only counted. */
function listActors(events: readonly LogEvent[]): string {
  const actors = collectActors(events);
  const typed = new Set(
    events.flatMap((event) => {
      const actor = readActor(event);
      return actor !== null && isUnknownParty(actor) ? [actor.login] : [];
    }),
  );
  const names = actors.map((actor) =>
    isUnknownParty(actor) && typed.size > 1
      ? `somebody with ${typed.size} unknown logins`
      : nameParty(actor),
  );
  return listNames([...new Set(names)]) || 'somebody';
}

function toDeed(event: LogEvent): string {
  return `${event.eventType} ${isAttempt(event)} ${isOnThemself(event)}`;
}

function describeDeed(events: readonly LogEvent[]): string {
  const [first] = events;
  if (first === undefined) return 'did something';
  const wording = chooseWording(first);
  const isOnceEach =
    wording.includes('{user}') && collectTargetUsers(events).length === events.length;
  const times = events.length === 1 || isOnceEach ? '' : ` (${formatNumber(events.length)} times)`;
  return `${fillIn(wording, events)}${times}`;
}

function chooseWording(event: LogEvent): string {
  const verb = findVerb(event.eventType);
  if (verb === null) return describeUnlisted(event);
  const isOwn = isOnThemself(event);
  const { did, toDo } = isOwn ? (verb.own ?? verb) : verb;
  return isAttempt(event) ? (verb.failed ?? `tried to ${toDo}`) : did;
}

/** Okta's own words for a type that has none of ours. Braces are dropped, so that log text is never a template. */
function describeUnlisted(event: LogEvent): string {
  const message = readText(event, 'displayMessage');
  const name = isAttempt(event) ? 'tried, without success,' : 'caused';
  const said = message === null ? '' : ` ("${toOneLine(message).replace(/[{}]/g, '')}")`;
  const on = collectTargetUsers([event]).length > 0 ? ' on {user}' : ' on {thing}';
  return `${name} ${toOneLine(event.eventType).replace(/[{}]/g, '')}${said}${hasTarget(event) ? on : ''}`;
}

function fillIn(wording: string, events: readonly LogEvent[]): string {
  return suitNumber(wording, events).replace(SLOT, (whole, lead: string, slot: string) => {
    const filling = fill(slot, events);
    return filling === '' ? '' : `${lead}${filling}${whole.endsWith(')') ? ')' : ''}`;
  });
}

/** More names than these are counted. */
const MOST_NAMED = 3;

/** `the user a`, `the users a and b`, `5 users (a, b, c and 2 more)`. */
function suitNumber(wording: string, events: readonly LogEvent[]): string {
  const count = collectTargetUsers(events).length;
  if (count < 2) return wording;
  return wording.replace('the user {user}', count > MOST_NAMED ? '{user}' : 'the users {user}');
}

const SLOT = /((?: \(?)?)\{(user|thing|privilege|rule|policy)\}\)?/g;

function fill(slot: string, events: readonly LogEvent[]): string {
  if (slot === 'privilege') return listPrivileges(events);
  if (slot === 'thing') return listNames(collectTargetThings(events).map(nameParty));
  if (slot === 'rule') return listThings(events, 'PolicyRule') || fill('thing', events);
  if (slot === 'policy') {
    return listThings(events, 'PolicyRule') === '' ? '' : listThings(events, 'PolicyEntity');
  }
  const users = collectTargetUsers(events).map(nameParty);
  if (users.length === 0) return 'somebody';
  return users.length > MOST_NAMED
    ? `${formatNumber(users.length)} users (${listNames(users)})`
    : listNames(users);
}

function listThings(events: readonly LogEvent[], type: string): string {
  const things = collectTargetThings(events).filter((thing) => thing.type === type);
  return listNames(things.map(nameParty));
}

function listPrivileges(events: readonly LogEvent[]): string {
  const granted = events.flatMap(
    (event) => readText(event, 'debugContext.debugData.privilegeGranted') ?? [],
  );
  const names = [...new Set(granted.map(toOneLine))].filter((name) => name !== '');
  return names.length === 0 ? 'administrator rights' : listNames(names);
}

function describeTime(events: readonly LogEvent[]): string {
  const firstMs = events[0]?.publishedMs ?? 0;
  const lastMs = events.at(-1)?.publishedMs ?? firstMs;
  if (formatZonedMinute(firstMs) === formatZonedMinute(lastMs)) {
    return `on ${formatZonedMinute(firstMs).replace(' ', ' at ')}`;
  }
  return isSameUtcDay(firstMs, lastMs)
    ? `on ${formatZonedMinute(firstMs).replace(' ', ' from ').replace(' UTC', '')} to ${formatUtcClock(lastMs)} UTC`
    : `from ${formatZonedMinute(firstMs)} to ${formatZonedMinute(lastMs)}`;
}

/** Address and place where there is one, a number of addresses where there are several. */
function describePlaces(events: readonly LogEvent[]): string {
  const places = new Map<string, string>();
  for (const event of events) {
    const address = readText(event, 'client.ipAddress');
    if (address !== null && !places.has(address)) places.set(address, describePlace(event));
  }
  const [only] = places;
  if (only === undefined) return '';
  if (places.size > 1) {
    return `, from ${places.size} addresses (${listNames([...places.keys()].map(toOneLine))})`;
  }
  const [address, place] = only;
  return `, from ${toOneLine(address)}${place === '' ? '' : ` (${place})`}`;
}

function describePlace(event: LogEvent): string {
  return ['city', 'country']
    .flatMap((part) => readText(event, `client.geographicalContext.${part}`) ?? [])
    .filter((text) => text !== '')
    .map(toOneLine)
    .join(', ');
}

function isOnThemself(event: LogEvent): boolean {
  const actor = readActor(event);
  const target = readTargetUser(event);
  return actor !== null && target !== null && keyParty(actor) === keyParty(target);
}

function hasTarget(event: LogEvent): boolean {
  return collectTargetUsers([event]).length + collectTargetThings([event]).length > 0;
}
