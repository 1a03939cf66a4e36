import { deriveUuid, isAttempt, type LogEvent, readText } from '../../model/log-event.ts';
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

const ATTEMPTED = ' attempted';

/**
 * Gives the function that names the events of one archive, in all its readings alike. Where a uuid returns with another type or
 * second, it stands for one that was blanked out, be it with a uuid, and what the event tells of itself takes its place.
 * So it does where one copy says that it failed and the other that it happened: the order of files must not choose.
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
  const momentOf = ({ eventType, publishedMs }: LogEvent, ending: string): number =>
    Math.floor(publishedMs / 1000) * TYPES_AT_MOST + numberOfType(`${eventType}${ending}`);
  return (event) => {
    const { uuid, raw } = event;
    const moment = momentOf(event, isAttempt(event) ? ATTEMPTED : '');
    const number = numberOf(uuid, moment);
    const first = moments.at(number);
    // A copy that lost its outcome says nothing new.
    const isPoorer = () =>
      readText(event, 'outcome.result') === null && isCopy(first, momentOf(event, ATTEMPTED));
    if (isCopy(first, moment) || isPoorer()) return { uuid, number };
    const derived = deriveUuid(raw);
    return { uuid: derived, number: numberOf(derived, moment) };
  };
}

/** Copies differ by a second where an export rounds. */
function isCopy(first: number, moment: number): boolean {
  const apart = Math.abs(first - moment);
  return apart === 0 || apart === TYPES_AT_MOST;
}
