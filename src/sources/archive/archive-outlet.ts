import type { LogEvent } from '../../model/log-event.ts';
import type { EventNamer } from './event-namer.ts';

/** Few, because events that wait survive the collector's first rounds, and its room for them would grow with the archive. */
const BATCH_EVENTS = 8;

/** Hands events on in batches, each uuid once. */
export interface ArchiveOutlet {
  accept(event: LogEvent): void;
  /** Hands on what waits, be it nothing. */
  flush(): void;
  countDuplicates(): number;
}

export function openOutlet(
  deliver: (events: readonly LogEvent[]) => void,
  nameOf: EventNamer,
): ArchiveOutlet {
  const seen = new Set<string>();
  let duplicates = 0;
  let batch: LogEvent[] = [];
  const flush = (): void => {
    deliver(batch);
    batch = [];
  };
  return {
    accept: (event) => {
      const uuid = nameOf(event);
      if (seen.has(uuid)) {
        duplicates += 1;
        return;
      }
      seen.add(uuid);
      batch.push(uuid === event.uuid ? event : { ...event, uuid });
      if (batch.length >= BATCH_EVENTS) flush();
    },
    flush,
    countDuplicates: () => duplicates,
  };
}
