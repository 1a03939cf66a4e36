import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { DAY_MS, type TimeWindow } from '../../../model/time-window.ts';
import { readPath } from '../formats/read-raw-record.ts';

/** The records of one day that lack a field which others of their export have. */
export interface ThinnedDay {
  readonly field: string;
  readonly eventTypes: Set<string>;
  /** From the first of them to the last. */
  window: TimeWindow;
}

/** By field and day. */
export type ThinnedDays = Map<string, ThinnedDay>;

/** Parts and fields that Okta gives with every event, and with every one that a person caused, be it as null. */
const OF_ALL = toFields('actor', 'outcome', 'outcome.result', 'transaction', 'transaction.id');
const OF_PEOPLE = [
  ...OF_ALL,
  ...toFields('actor.id', 'authenticationContext', 'client', 'client.ipAddress'),
];

/**
 * Okta logs its own jobs, and what its support tool does, without a client. An export that chose among fields may not have kept
 * a type either; of one whole part that it lost the other one has to tell.
 */
export function isByPersonAtWork({ actor, transaction }: RawEvent): boolean {
  if (isLost(transaction)) return isRecord(actor) && actor['type'] === 'User';
  if (isLost(actor)) return isRecord(transaction) && transaction['type'] === 'WEB';
  return mayBeOfType(actor, 'User') && mayBeOfType(transaction, 'WEB');
}

function isLost(part: unknown): boolean {
  return part === undefined || part === '';
}

/** What a store put around a type tells of none. */
function mayBeOfType(part: unknown, type: string): boolean {
  if (!isRecord(part)) return false;
  const told = part['type'];
  return told === type || told === undefined || isRecord(told);
}

/** Takes note of what a record lacks that every record like it has. A null is no lack: Okta's own log has the same there. */
export function noteThinned(
  days: ThinnedDays,
  { raw, publishedMs, eventType }: { raw: RawEvent; publishedMs: number; eventType: string },
): void {
  const window = { sinceMs: publishedMs, untilMs: publishedMs + 1 };
  for (const { field, path } of isByPersonAtWork(raw) ? OF_PEOPLE : OF_ALL) {
    if (isThere(readThroughNull(raw, path))) continue;
    addThinned(days, { field, window, eventTypes: new Set([eventType]) });
  }
}

export function mergeThinned(days: ThinnedDays, others: ThinnedDays): void {
  for (const day of others.values()) addThinned(days, day);
}

function addThinned(days: ThinnedDays, { field, window, eventTypes }: ThinnedDay): void {
  const key = `${field} ${Math.floor(window.sinceMs / DAY_MS)}`;
  const known = days.get(key);
  if (known === undefined) {
    days.set(key, { field, window, eventTypes: new Set(eventTypes) });
    return;
  }
  known.window = {
    sinceMs: Math.min(known.window.sinceMs, window.sinceMs),
    untilMs: Math.max(known.window.untilMs, window.untilMs),
  };
  for (const eventType of eventTypes) known.eventTypes.add(eventType);
}

function toFields(...fields: readonly string[]) {
  return fields.map((field) => ({ field, path: field.split('.') }));
}

/** The value at a path, or the null that Okta gave for a part before its end. */
export function readThroughNull(raw: RawEvent, path: readonly string[]): unknown {
  let found: unknown = raw;
  for (const key of path) found = found === null ? null : readPath(found, key);
  return found;
}

function isThere(value: unknown): boolean {
  if (!isRecord(value)) return value === null || (typeof value === 'string' && value !== '');
  for (const _ in value) return true;
  return false;
}
