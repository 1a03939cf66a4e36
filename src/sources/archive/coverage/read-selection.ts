import { familyOf, listTypes } from './event-families.ts';
import { type EventTally, mayBeOfOne } from './tally-events.ts';

/** What speaks for somebody having picked among the events. */
export interface Selection {
  /** Every one of many records tells of an attempt that failed. */
  readonly holdsAttemptsAlone: boolean;
  /** Every one of many records has one and the same actor or target. */
  readonly isOfOne: boolean;
  /** The families that all events are of, where there are far too many events for so few; else none. */
  readonly onlyFamilies: readonly string[];
}

/** As many as are looked into at the front of a file: fewer may be the one attack, or the one person, that a quiet log begins with. */
const ENOUGH_RECORDS = 20;
/** So many events of at most so many families are no chance: a log in use has a dozen, and a search names a few. */
const FEW_FAMILIES = [
  { families: 1, events: ENOUGH_RECORDS },
  { families: 3, events: 1000 },
];

export function readSelection(tally: EventTally): Selection {
  return {
    holdsAttemptsAlone: tally.areAllAttempts && tally.lookedInto >= ENOUGH_RECORDS,
    isOfOne: mayBeOfOne(tally) && countEvents(tally) >= ENOUGH_RECORDS,
    onlyFamilies: listOnlyFamilies(tally),
  };
}

/** A selection as it is told from others. */
export interface NamedSelection {
  readonly name: string;
  /** `types` also where one family has events of one person alone, or failures: it may be a file among those of other types. */
  readonly by: 'types' | 'people or outcomes';
}

/** Null where nothing speaks for a selection. */
export function nameSelection(tally: EventTally): NamedSelection | null {
  const { holdsAttemptsAlone, isOfOne, onlyFamilies } = readSelection(tally);
  const by = onlyFamilies.length === 1 ? 'types' : 'people or outcomes';
  if (holdsAttemptsAlone) return { name: `attempts ${by}`, by };
  if (isOfOne) return { name: `${JSON.stringify(tally.namedByAll)} ${by}`, by };
  return onlyFamilies.length === 0 ? null : { name: onlyFamilies.join(','), by: 'types' };
}

function listOnlyFamilies(tally: EventTally): string[] {
  const families = new Set([...listTypes(tally.typesByDay)].map(familyOf));
  const few = FEW_FAMILIES.find((one) => families.size <= one.families);
  return few === undefined || countEvents(tally) < few.events ? [] : [...families].sort();
}

function countEvents({ hours }: EventTally): number {
  let events = 0;
  for (const hour of hours.values()) events += hour.events;
  return events;
}
