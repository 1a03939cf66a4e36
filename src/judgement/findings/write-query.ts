import { type LogEvent, readText } from '../../model/log-event.ts';
import { formatInstant, HOUR_MS } from '../../model/time-window.ts';
import { collectActors, collectTargetUsers, onlyOne } from './collect-parties.ts';

/** More event types than this are not worth naming: the person's whole trail is. */
const MOST_EVENT_TYPES = 8;
const MOST_UUIDS = 5;

const ID = /^[\w.:@-]+$/;

/**
 * A System Log filter and the window it is meant for: `eventType eq "..." and target.id eq "..." · since ... until ...`.
 * Before the dot stands a valid filter expression, which knows no `published`; after it whole hours around the events.
 * Source: https://developer.okta.com/docs/reference/system-log-query/#expression-filter
 * @param events in the order of `compareEvents`.
 */
export function writeQuery(events: readonly LogEvent[]): string {
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined) return '';
  const sinceMs = Math.floor(first.publishedMs / HOUR_MS) * HOUR_MS;
  const untilMs = (Math.floor(last.publishedMs / HOUR_MS) + 1) * HOUR_MS;
  return `${writeFilter(events)} · since ${formatHour(sinceMs)} until ${formatHour(untilMs)}`;
}

function writeFilter(events: readonly LogEvent[]): string {
  const people = writePeople(events);
  if (people.length === 0 && isFindableByUuid(events)) {
    return writeAny(
      'uuid',
      events.map((event) => event.uuid),
    );
  }
  const types = [...new Set(events.map((event) => event.eventType))];
  const asked =
    types.length <= MOST_EVENT_TYPES || people.length === 0 ? [writeAny('eventType', types)] : [];
  return [...asked, ...people].join(' and ');
}

/** Who is the same in all events; ids only, because logins change and may be what somebody mistyped. */
function writePeople(events: readonly LogEvent[]): string[] {
  const actor = sharedBy(events, collectActors);
  const target = sharedBy(events, collectTargetUsers);
  const filters = [
    ...(actor === null ? [] : [`actor.id eq ${quote(actor)}`]),
    ...(target === null || target === actor ? [] : [`target.id eq ${quote(target)}`]),
  ];
  if (filters.length > 0) return filters;
  const session = sharedSession(events);
  if (session !== null) return [`authenticationContext.externalSessionId eq ${quote(session)}`];
  const person = findEverywhere(events);
  return person === null ? [] : [`(actor.id eq ${quote(person)} or target.id eq ${quote(person)})`];
}

/** Somebody who has a part in every event, be it as the one who acted or as the one it was done to. */
function findEverywhere([first, ...others]: readonly LogEvent[]): string | null {
  if (first === undefined) return null;
  const rest = others.map((event) => new Set(listPeople(event)));
  return listPeople(first).find((id) => rest.every((ids) => ids.has(id))) ?? null;
}

function listPeople(event: LogEvent): string[] {
  const people = [...collectTargetUsers([event]), ...collectActors([event])];
  return people.flatMap(({ id }) => known(id) ?? []);
}

function sharedBy(
  events: readonly LogEvent[],
  collect: (events: readonly LogEvent[]) => ReturnType<typeof collectActors>,
): string | null {
  if (!events.every((event) => collect([event]).length === 1)) return null;
  return known(onlyOne(collect(events))?.id ?? null);
}

function sharedSession(events: readonly LogEvent[]): string | null {
  const sessions = new Set(
    events.map((event) => known(readText(event, 'authenticationContext.externalSessionId'))),
  );
  const [session] = sessions;
  return sessions.size === 1 ? (session ?? null) : null;
}

function writeAny(field: string, values: readonly string[]): string {
  const terms = values.map((value) => `${field} eq ${quote(value)}`);
  return terms.length === 1 ? terms.join('') : `(${terms.join(' or ')})`;
}

/** A record that had no uuid is keyed by a hash that Okta does not know; a store may spell one in another way than Okta. */
function isFindableByUuid(events: readonly LogEvent[]): boolean {
  return (
    events.length <= MOST_UUIDS &&
    events.every((event) => (readText(event, 'uuid') ?? '') !== '' && ID.test(event.uuid))
  );
}

/** Filter strings are quoted as in JSON. Source: RFC 7644 section 3.4.2.2 */
function quote(text: string): string {
  return JSON.stringify(text);
}

/** Okta writes "unknown" where it knows no id; and what does not look like an id of Okta's finds nothing there. */
function known(id: string | null): string | null {
  return id === null || id === 'unknown' || !ID.test(id) ? null : id;
}

function formatHour(instantMs: number): string {
  return formatInstant(instantMs).replace('.000Z', 'Z');
}
