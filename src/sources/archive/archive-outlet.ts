import { deriveUuid, type LogEvent } from '../../model/log-event.ts';

/** Few, because events that wait survive the collector's first rounds, and its room for them would grow with the archive. */
const BATCH_EVENTS = 8;

/** As Okta writes them, with a version and a variant, which zeros in the place of an id do not have. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Beyond any number of event types that Okta has. */
const MOST_TYPES = 100_000;

/**
 * Hands events on in batches, each uuid once. Where a text that is no uuid returns with another type or second, it stands
 * for one that was blanked out, and what the event tells of itself takes its place.
 */
export interface ArchiveOutlet {
  accept(event: LogEvent): void;
  /** Hands on what waits, be it nothing. */
  flush(): void;
  countDuplicates(): number;
}

export function openOutlet(deliver: (events: readonly LogEvent[]) => void): ArchiveOutlet {
  const seen = new Map<string, number>();
  const types = new Map<string, number>();
  let duplicates = 0;
  let batch: LogEvent[] = [];
  const flush = (): void => {
    deliver(batch);
    batch = [];
  };
  const momentOf = ({ eventType, publishedMs }: LogEvent): number => {
    const type = types.get(eventType) ?? types.size;
    types.set(eventType, type);
    return Math.floor(publishedMs / 1000) * MOST_TYPES + type;
  };
  const accept = (event: LogEvent): void => {
    const moment = momentOf(event);
    const known = seen.get(event.uuid);
    if (known === undefined) {
      seen.set(event.uuid, moment);
      batch.push(event);
      if (batch.length >= BATCH_EVENTS) flush();
      return;
    }
    const isCopy = known === moment || UUID.test(event.uuid);
    const uuid = isCopy ? event.uuid : deriveUuid(event.raw);
    if (uuid === event.uuid) duplicates += 1;
    else accept({ ...event, uuid });
  };
  return {
    accept,
    flush,
    countDuplicates: () => duplicates,
  };
}
