import type { Focus } from '../../model/audit-plan.ts';
import type { ActivityRow, Investigation } from '../../model/judged-audit.ts';
import {
  type LogEvent,
  type Party,
  readActor,
  readTargets,
  readText,
} from '../../model/log-event.ts';
import { createAddressMatcher } from '../address-matcher.ts';
import { isUnidentified, readCaller } from '../name-party.ts';
import { namePlace, readAddress, readOrigin } from '../read-origin.ts';
import { readSessionIds } from '../read-session-ids.ts';
import { type ShareText, shareIfAny } from '../share-text.ts';

/** Beyond this only counts grow: nobody reads longer, and one busy network must not fill the memory. */
const MAX_ROWS = 5_000;

/** One user, session or network under investigation. */
export interface Subject {
  readonly focus: Focus;
  /** Whether an event belongs to it. */
  concerns(event: LogEvent): boolean;
  accept(event: LogEvent): void;
  /** The earliest rows, at most 5,000; the counts are of all events. */
  finish(): Investigation;
}

interface Tally {
  /** A second reading repeats what the first one gave. */
  readonly seen: Set<string>;
  readonly ids: Set<string>;
  firstSeenMs: number | null;
  lastSeenMs: number | null;
  rows: ActivityRow[];
  readonly counts: Map<string, number>;
  readonly addresses: Set<string>;
  readonly places: Set<string>;
  readonly userAgents: Set<string>;
  readonly actors: Set<string>;
}

export function beginSubject(focus: Focus, share: ShareText): Subject {
  const concerns = createConcern(focus);
  const tally: Tally = {
    seen: new Set(),
    ids: new Set(),
    firstSeenMs: null,
    lastSeenMs: null,
    rows: [],
    counts: new Map(),
    addresses: new Set(),
    places: new Set(),
    userAgents: new Set(),
    actors: new Set(),
  };
  return {
    focus,
    concerns,
    accept(event) {
      if (!concerns(event) || tally.seen.has(event.uuid)) return;
      tally.seen.add(event.uuid);
      for (const id of listIds(event, focus)) tally.ids.add(id);
      count(tally, event, share);
    },
    finish: () => toInvestigation(focus, tally),
  };
}

/** Whether an event belongs to the subject: a user as actor or target, a session by its ids, a network by the client. */
function createConcern({ kind, value }: Focus): (event: LogEvent) => boolean {
  if (kind === 'session') return (event) => readSessionIds(event).includes(value);
  if (kind === 'ip') {
    const matcher = createAddressMatcher([value]);
    return (event) => {
      const address = readAddress(event);
      return address !== null && matcher.find(address) !== null;
    };
  }
  const name = value.toLowerCase();
  return (event) => listUsers(event).some((party) => isNamed(party, name));
}

/** The ids under which an event names the user that was asked about by login. */
function listIds(event: LogEvent, { kind, value }: Focus): string[] {
  if (kind !== 'user') return [];
  const name = value.toLowerCase();
  return listUsers(event).flatMap((party) =>
    isUnidentified(party) || party.login?.toLowerCase() !== name ? [] : (party.id ?? []),
  );
}

/** Whoever acted, and every user that it happened to: some events name two. */
function listUsers(event: LogEvent): Party[] {
  const users = readTargets(event).filter(({ type }) => type === 'User');
  return [readActor(event) ?? [], users].flat();
}

function isNamed({ login, id }: Party, name: string): boolean {
  return login?.toLowerCase() === name || id?.toLowerCase() === name;
}

function count(tally: Tally, event: LogEvent, share: ShareText): void {
  const row = toRow(event, share);
  tally.firstSeenMs = Math.min(tally.firstSeenMs ?? row.atMs, row.atMs);
  tally.lastSeenMs = Math.max(tally.lastSeenMs ?? row.atMs, row.atMs);
  tally.counts.set(row.eventType, (tally.counts.get(row.eventType) ?? 0) + 1);
  addIfAny(tally.addresses, row.address);
  addIfAny(tally.places, row.place);
  addIfAny(tally.userAgents, row.userAgent);
  addIfAny(tally.actors, row.actor);
  tally.rows.push(row);
  if (tally.rows.length >= 2 * MAX_ROWS) tally.rows = keepEarliest(tally.rows);
}

function toRow(event: LogEvent, share: ShareText): ActivityRow {
  const origin = readOrigin(event);
  return {
    atMs: event.publishedMs,
    eventType: share(event.eventType),
    outcome: shareIfAny(readText(event, 'outcome.result'), share),
    actor: shareIfAny(readCaller(event), share),
    address: shareIfAny(origin.address, share),
    place: shareIfAny(namePlace(origin), share),
    userAgent: shareIfAny(origin.userAgent, share),
  };
}

function toInvestigation({ kind, value }: Focus, tally: Tally): Investigation {
  const byName = [...tally.counts].sort(
    ([one, oneCount], [other, otherCount]) => otherCount - oneCount || (one < other ? -1 : 1),
  );
  return {
    subject: `${kind}:${value}`,
    ...(tally.ids.size > 0 && { ids: [...tally.ids].sort() }),
    firstSeenMs: tally.firstSeenMs,
    lastSeenMs: tally.lastSeenMs,
    countsByEventType: Object.fromEntries(byName),
    addresses: [...tally.addresses].sort(),
    places: [...tally.places].sort(),
    actors: [...tally.actors].sort(),
    userAgents: [...tally.userAgents].sort(),
    timeline: keepEarliest(tally.rows),
  };
}

function keepEarliest(rows: readonly ActivityRow[]): ActivityRow[] {
  return rows.toSorted((one, other) => one.atMs - other.atMs).slice(0, MAX_ROWS);
}

function addIfAny(set: Set<string>, text: string | null): void {
  if (text !== null) set.add(text);
}
