import type { EventTypeSet } from '../../model/event-type-set.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { FollowUp } from '../../model/reading.ts';
import type { TimeWindow } from '../../model/time-window.ts';
import type { AskAgain } from './ask-again.ts';
import type { EventStore, KeptEvent } from './event-store.ts';
import type { GroupHits } from './run-correlation.ts';

/** The whole records behind the hits of one correlation: from the store, and from a second reading where they were let go. */
export interface HitRecords {
  /** Says once which hits there are. */
  want(groups: readonly GroupHits[]): void;
  /** What has to be read again. */
  follow(): FollowUp[];
  /** Takes what is wanted of the second reading. */
  accept(event: LogEvent): void;
  /**
   * Every record that is wanted.
   * @throws where one was let go and did not come again, as a hit without its events would be lost in silence.
   */
  restore(): ReadonlyMap<KeptEvent, LogEvent>;
}

export function createHitRecords(store: EventStore, eventTypes: EventTypeSet): HitRecords {
  const wanted = new Set<KeptEvent>();
  const letGo = new Map<string, KeptEvent>();
  const records = new Map<KeptEvent, LogEvent>();
  return {
    want: (groups) => {
      for (const { hits } of groups) {
        for (const { anchor, items } of hits) {
          wanted.add(anchor);
          for (const { event } of items) wanted.add(event);
        }
      }
      for (const kept of wanted) {
        if (isLetGo(store.recordOf(kept))) letGo.set(store.uuidOf(kept), kept);
      }
    },
    follow: () => planFollowUps(letGo.values(), { store, eventTypes }),
    accept: (event) => {
      const kept = letGo.get(event.uuid);
      if (kept !== undefined) records.set(kept, event);
    },
    restore: () => {
      store.visit(wanted, (kept, event) => records.set(kept, event));
      if (records.size < wanted.size) {
        const missing = wanted.size - records.size;
        throw new Error(
          `Events of a correlation that were read once did not come again: ${missing}.`,
        );
      }
      return records;
    },
  };
}

function isLetGo(record: ReturnType<EventStore['recordOf']>): record is AskAgain {
  return typeof record === 'object' && record !== null;
}

/** One reading for each field: all its values, from the first to the last event that is wanted by it. */
function planFollowUps(
  letGo: Iterable<KeptEvent>,
  { store, eventTypes }: { readonly store: EventStore; readonly eventTypes: EventTypeSet },
): FollowUp[] {
  const byField = new Map<FollowUp['field'], { values: Set<string>; window: TimeWindow }>();
  for (const kept of letGo) {
    const record = store.recordOf(kept);
    const publishedMs = store.timeOf(kept);
    if (!isLetGo(record)) continue;
    const asked = byField.get(record.field) ?? { values: new Set(), window: NO_TIME };
    asked.values.add(record.value);
    asked.window = {
      sinceMs: Math.min(asked.window.sinceMs, publishedMs),
      untilMs: Math.max(asked.window.untilMs, publishedMs + 1),
    };
    byField.set(record.field, asked);
  }
  return [...byField].map(([field, { values, window }]) => ({
    field,
    values: [...values],
    window,
    eventTypes,
  }));
}

const NO_TIME: TimeWindow = {
  sinceMs: Number.POSITIVE_INFINITY,
  untilMs: Number.NEGATIVE_INFINITY,
};
