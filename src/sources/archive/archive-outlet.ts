import type { LogEvent } from '../../model/log-event.ts';
import type { EventNamer } from './event-namer.ts';
import { createNumberSet } from './number-set.ts';

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
  const seen = createNumberSet();
  let duplicates = 0;
  let batch: LogEvent[] = [];
  const flush = (): void => {
    deliver(batch);
    batch = [];
  };
  return {
    accept: (event) => {
      const { uuid, number } = nameOf(event);
      if (seen.has(number)) {
        duplicates += 1;
        return;
      }
      seen.add(number);
      batch.push(uuid === event.uuid ? event : { ...event, uuid });
      if (batch.length >= BATCH_EVENTS) flush();
    },
    flush,
    countDuplicates: () => duplicates,
  };
}
