import { deriveUuid, type LogEvent } from '../../model/log-event.ts';

/** Says by which uuid an event goes. */
export type EventNamer = (event: LogEvent) => string;

/** As Okta writes them, with a version and a variant, which zeros in the place of an id do not have. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * Gives the function that names the events of one archive, in all its readings alike. Where a text that is no uuid returns with
 * another type or second, it stands for one that was blanked out, and what the event tells of itself takes its place.
 */
export function createEventNamer(): EventNamer {
  const firstMoments = new Map<string, string>();
  return ({ uuid, eventType, publishedMs, raw }) => {
    if (UUID.test(uuid)) return uuid;
    const moment = `${Math.floor(publishedMs / 1000)} ${eventType}`;
    const first = firstMoments.get(uuid);
    if (first === undefined) firstMoments.set(uuid, moment);
    return first === undefined || first === moment ? uuid : deriveUuid(raw);
  };
}
