import type { RawEvent } from '../../model/log-event.ts';
import { foldCase } from '../expression/compile-pattern.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { uniqueValues } from '../match/rule-facts.ts';
import { leavesOf } from '../match/walk-event.ts';
import type { KeptEvent } from './event-store.ts';
import type { Occurrence } from './occurrence.ts';

/** The items of one group, in no order yet. */
export interface OccurrenceGroup {
  /** One value per `group-by` field, as the first event writes it. */
  readonly values: readonly string[];
  readonly items: Occurrence[];
}

/** Sorts events into groups as they come, while they are fresh, and keeps what a correlation asks of them. */
export interface OccurrenceGrouper {
  place(moment: PlacedMoment, raw: RawEvent): void;
  /** For a moment whose group is known. */
  placeInGroup(moment: PlacedMoment, values: readonly string[]): void;
  readonly groups: () => Iterable<OccurrenceGroup>;
  /** How many events had no value for a `group-by` field; they are in no group. */
  readonly eventsLeftOut: () => number;
}

type PlacedMoment = Pick<Occurrence, 'event' | 'anchor' | 'rule'>;

/** The fields to group by and to count, each list by the place of the rule. */
export interface CorrelationFields {
  readonly groupFields: readonly (readonly FieldPath[])[];
  readonly valueFields: readonly (readonly FieldPath[])[];
}

const NO_VALUES: readonly string[] = [];

export function createGrouper(fields: CorrelationFields): OccurrenceGrouper {
  const groups = new Map<string, OccurrenceGroup>();
  let eventsLeftOut = 0;
  let lastLeftOut: KeptEvent | null = null;
  const add = (values: readonly string[], item: Occurrence): void => {
    const key = keyText(values);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { values, items: [item] });
    else group.items.push(item);
  };
  return {
    place: ({ event, anchor, rule }, raw) => {
      const keys = combineValues(raw, fields.groupFields[rule] ?? []);
      if (keys.length === 0 && lastLeftOut !== event) {
        lastLeftOut = event;
        eventsLeftOut += 1;
      }
      for (const values of keys) {
        const counted = countedValues(raw, fields.valueFields[rule]);
        add(values, { event, anchor, rule, values: counted });
      }
    },
    placeInGroup: (moment, values) => add(values, { ...moment, values: NO_VALUES }),
    groups: () => groups.values(),
    eventsLeftOut: () => eventsLeftOut,
  };
}

/** Every combination of the fields' different values; none where a field has no value. */
function combineValues(
  event: RawEvent,
  fields: readonly FieldPath[],
): readonly (readonly string[])[] {
  const [only] = fields;
  if (only === undefined) return NO_FIELDS;
  const first = differentLeaves(event, only);
  if (fields.length === 1 && first.length <= 1) return first.length === 0 ? NO_KEYS : [first];
  let combinations: readonly (readonly string[])[] = first.map((value) => [value]);
  for (const field of fields.slice(1)) {
    const different = differentLeaves(event, field);
    combinations = combinations.flatMap((start) => different.map((value) => [...start, value]));
  }
  return combinations;
}

const NO_KEYS: readonly (readonly string[])[] = [];
const NO_FIELDS: readonly (readonly string[])[] = [NO_VALUES];

function differentLeaves(event: RawEvent, field: FieldPath): readonly string[] {
  const leaves = leavesOf(event, field);
  return leaves.length > 1 ? uniqueValues(leaves) : leaves;
}

function countedValues(
  event: RawEvent,
  fields: readonly FieldPath[] | undefined,
): readonly string[] {
  const [only] = fields ?? [];
  if (fields === undefined || only === undefined) return NO_VALUES;
  if (fields.length === 1) return leavesOf(event, only);
  return combineValues(event, fields).map((values) => JSON.stringify(values));
}

function keyText(values: readonly string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return foldCase(only);
  return JSON.stringify(values.map(foldCase));
}
