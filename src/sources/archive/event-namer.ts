import { deriveUuid, type LogEvent } from '../../model/log-event.ts';
import { createNumberList } from '../../model/number-list.ts';
import { createIdTable } from './id-table.ts';

/** By which uuid an event goes, and the number of that uuid, the same in all readings. */
export interface EventName {
  readonly uuid: string;
  readonly number: number;
}

/** Says how an event is called. */
export type EventNamer = (event: LogEvent) => EventName;

/** More than Okta has types, so that a moment and a type make one number: an archive may have millions of events. */
const TYPES_AT_MOST = 8192;

/**
 * Gives the function that names the events of one archive, in all its readings alike. Where a uuid returns with another type or
 * second, it stands for one that was blanked out, be it with a uuid, and what the event tells of itself takes its place.
 */
export function createEventNamer(): EventNamer {
  const uuids = createIdTable();
  /** When and as what each uuid came first. */
  const moments = createNumberList((count) => new Float64Array(count));
  const types = new Map<string, number>();
  const numberOfType = (eventType: string): number => {
    const number = types.get(eventType) ?? types.size % TYPES_AT_MOST;
    types.set(eventType, number);
    return number;
  };
  const numberOf = (uuid: string, moment: number): number => {
    const number = uuids.numberOf(uuid);
    if (number === moments.length()) moments.push(moment);
    return number;
  };
  return ({ uuid, eventType, publishedMs, raw }) => {
    const moment = Math.floor(publishedMs / 1000) * TYPES_AT_MOST + numberOfType(eventType);
    const number = numberOf(uuid, moment);
    if (isCopy(moments.at(number), moment)) return { uuid, number };
    const derived = deriveUuid(raw);
    return { uuid: derived, number: numberOf(derived, moment) };
  };
}

/** Copies differ by a second where an export rounds. */
function isCopy(first: number, moment: number): boolean {
  const apart = Math.abs(first - moment);
  return apart === 0 || apart === TYPES_AT_MOST;
}
