import type { RawEvent } from '../../../src/model/log-event.ts';

/** A point between two events of one order: just behind the event that it names. */
export interface Position {
  readonly key: number;
  readonly serial: number;
}

export interface StoredEvent extends Position {
  readonly raw: RawEvent;
  readonly publishedMs: number;
  readonly persistedMs: number;
}

/** Bounded queries walk by `published`, polling queries by the time of persistence. */
export type Order = 'published' | 'persisted';

export interface EventStore {
  /** Events are persisted at the instant they were published, or later if `persistedMs` says so. */
  add(events: readonly RawEvent[], persistedMs?: number): void;
  /** Events behind a position, ascending by the order's time. */
  after(order: Order, position: Position): Iterable<StoredEvent>;
  /** Events before a position, descending by the order's time. */
  before(order: Order, position: Position): Iterable<StoredEvent>;
  readonly size: number;
}

export function createEventStore(): EventStore {
  const sorted: Record<Order, StoredEvent[]> = { published: [], persisted: [] };
  let nextSerial = 0;
  return {
    get size() {
      return sorted.published.length;
    },
    add(events, persistedMs) {
      for (const raw of events) {
        const publishedMs = Date.parse(String(raw['published']));
        const atMs = Math.max(publishedMs, persistedMs ?? publishedMs);
        const common = { raw, publishedMs, persistedMs: atMs, serial: nextSerial++ };
        sorted.published.push({ ...common, key: publishedMs });
        sorted.persisted.push({ ...common, key: atMs });
      }
      sorted.published.sort(comparePositions);
      sorted.persisted.sort(comparePositions);
    },
    *after(order, position) {
      const events = sorted[order];
      for (let index = countUpTo(events, position); index < events.length; index++) {
        const event = events[index];
        if (event !== undefined) yield event;
      }
    },
    *before(order, position) {
      const events = sorted[order];
      for (let index = countUpTo(events, position) - 1; index >= 0; index--) {
        const event = events[index];
        if (event !== undefined && comparePositions(event, position) < 0) yield event;
      }
    },
  };
}

function comparePositions(one: Position, other: Position): number {
  return one.key - other.key || one.serial - other.serial;
}

/** How many events lie at or before a position, by binary search. */
function countUpTo(events: readonly StoredEvent[], position: Position): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    if (event !== undefined && comparePositions(event, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
