import { deriveUuid, type LogEvent } from '../../model/log-event.ts';

/** Says by which uuid an event goes. */
export type EventNamer = (event: LogEvent) => string;

/** More than Okta has types, so that a moment and a type make one number: an archive may have millions of events. */
const TYPES_AT_MOST = 8192;

/**
 * Gives the function that names the events of one archive, in all its readings alike. Where a uuid returns with another type or
 * second, it stands for one that was blanked out, be it with a uuid, and what the event tells of itself takes its place.
 */
export function createEventNamer(): EventNamer {
  const firstMoments = new Map<string, number>();
  const numbers = new Map<string, number>();
  const numberOf = (eventType: string): number => {
    const number = numbers.get(eventType) ?? numbers.size % TYPES_AT_MOST;
    numbers.set(eventType, number);
    return number;
  };
  return ({ uuid, eventType, publishedMs, raw }) => {
    const moment = Math.floor(publishedMs / 1000) * TYPES_AT_MOST + numberOf(eventType);
    const first = firstMoments.get(uuid);
    if (first === undefined) firstMoments.set(uuid, moment);
    return first === undefined || isCopy(first, moment) ? uuid : deriveUuid(raw);
  };
}

/** Copies differ by a second where an export rounds. */
function isCopy(first: number, moment: number): boolean {
  return [0, TYPES_AT_MOST].includes(Math.abs(first - moment));
}
