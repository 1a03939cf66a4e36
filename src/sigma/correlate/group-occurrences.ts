import type { RawEvent } from '../../model/log-event.ts';
import { foldCase } from '../expression/compile-pattern.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { uniqueValues } from '../match/rule-facts.ts';
import { leavesOf, onlyLeafAt } from '../match/walk-event.ts';
import type { KeptEvent } from './event-store.ts';
import type { Occurrence } from './occurrence.ts';

/**
 * What happened in one group, in no order yet, column by column: nearly all of it never becomes part of a hit, and an
 * object for each occurrence would cost more than everything else.
 */
export interface OccurrenceGroup {
  /** One value per `group-by` field, as the first event writes it. */
  readonly values: readonly string[];
  readonly events: KeptEvent[];
  /** Only where an event counts from another one. */
  anchors: (KeptEvent | undefined)[];
  /** Empty where the correlation has one rule. */
  readonly rules: number[];
  /** Empty where nothing is counted; a single value stands bare. */
  counted: Counted[];
}

/** Sorts events into groups as they come, while they are fresh, and keeps what a correlation asks of them. */
export interface OccurrenceGrouper {
  /** Gives whether the event is in any group. */
  place(moment: PlacedMoment, raw: RawEvent): boolean;
  /** For a moment whose group is known. */
  placeInGroup(moment: PlacedMoment, values: readonly string[]): void;
  /** Drops the groups of which the test is false. */
  retain(test: (group: OccurrenceGroup, key: string) => boolean): void;
  has(key: string): boolean;
  readonly groups: () => Iterable<OccurrenceGroup>;
}

/** Counts the events that had no value for a `group-by` field; they are in no group. */
export interface LeftOut {
  /** One event given several times in a row, as by correlations in each other, is one. */
  note(event: KeptEvent): void;
  readonly events: () => number;
}

export function createLeftOut(): LeftOut {
  let events = 0;
  let last: KeptEvent | null = null;
  return {
    note: (event) => {
      if (last !== event) events += 1;
      last = event;
    },
    events: () => events,
  };
}

type PlacedMoment = Pick<Occurrence, 'event' | 'anchor' | 'rule'>;

/** The fields to group by and to count, each list by the place of the rule. */
export interface CorrelationFields {
  readonly groupFields: readonly (readonly FieldPath[])[];
  readonly valueFields: readonly (readonly FieldPath[])[];
}

export function createGrouper(fields: CorrelationFields, leftOut: LeftOut): OccurrenceGrouper {
  const groups = new Map<string, OccurrenceGroup>();
  /** By the one text as events write it, so that its case is folded once and not for every event. */
  const groupsByText = new Map<string, OccurrenceGroup>();
  const known = new Map<string, string>();
  const hasManyRules = fields.groupFields.length > 1;
  /** Most groups end as they begin, and an array that grows from nothing takes room for seventeen at once. */
  const begin = (
    values: readonly string[],
    { event, anchor, rule }: PlacedMoment,
    counted: Counted | null,
  ): OccurrenceGroup => ({
    values,
    events: [event],
    anchors: anchor === event ? NOTHING : [anchor],
    rules: hasManyRules ? [rule] : NOTHING,
    counted: counted === null ? NOTHING : [share(counted, known)],
  });
  const add = (
    group: OccurrenceGroup,
    { event, anchor, rule }: PlacedMoment,
    counted: Counted | null,
  ): void => {
    if (anchor !== event) {
      if (group.anchors === NOTHING) group.anchors = [];
      group.anchors[group.events.length] = anchor;
    }
    group.events.push(event);
    if (hasManyRules) group.rules.push(rule);
    if (counted !== null) group.counted = append(group.counted, share(counted, known));
  };
  const placeIn = (
    values: readonly string[],
    moment: PlacedMoment,
    counted: Counted | null,
  ): OccurrenceGroup => {
    const key = keyText(values);
    const group = groups.get(key);
    if (group !== undefined) {
      add(group, moment, counted);
      return group;
    }
    const begun = begin(values, moment, counted);
    groups.set(key, begun);
    return begun;
  };
  return {
    place: (moment, raw) => {
      const counted = countedValues(raw, fields.valueFields[moment.rule]);
      const groupFields = fields.groupFields[moment.rule] ?? [];
      const text = onlyTextAt(raw, groupFields);
      if (text !== null) {
        const group = groupsByText.get(text);
        if (group === undefined) groupsByText.set(text, placeIn([text], moment, counted));
        else add(group, moment, counted);
        return true;
      }
      const keys = combineValues(raw, groupFields);
      for (const values of keys) placeIn(values, moment, counted);
      if (keys.length > 0) return true;
      leftOut.note(moment.event);
      return false;
    },
    placeInGroup: (moment, values) => {
      placeIn(values, moment, null);
    },
    retain: (test) => {
      for (const [key, group] of groups) if (!test(group, key)) groups.delete(key);
      groupsByText.clear();
    },
    has: (key) => groups.has(key),
    groups: () => groups.values(),
  };
}

/** Of every group that lacks a column, so that it costs nothing; never written to. */
const NOTHING: never[] = [];

function append<Cell>(column: Cell[], cell: Cell): Cell[] {
  if (column === NOTHING) return [cell];
  column.push(cell);
  return column;
}

/** What an event brings to be counted. */
type Counted = string | readonly string[];

/** A million events count the same few values: the first copy of each is enough. */
function share(counted: Counted, known: Map<string, string>): Counted {
  if (typeof counted !== 'string') return counted;
  const first = known.get(counted);
  if (first !== undefined) return first;
  known.set(counted, counted);
  return counted;
}

/** The columns of a group as one object for each occurrence. */
export function listOccurrences(group: OccurrenceGroup): Occurrence[] {
  const { events, anchors, rules, counted } = group;
  return events.map((event, index) => ({
    event,
    anchor: anchors[index] ?? event,
    rule: rules[index] ?? 0,
    values: toList(counted[index]),
  }));
}

const NO_VALUES: readonly string[] = [];

export function toList(values: Counted | undefined): readonly string[] {
  if (values === undefined) return NO_VALUES;
  return typeof values === 'string' ? [values] : values;
}

/** What nearly every correlation groups by: one field with one text. */
function onlyTextAt(event: RawEvent, fields: readonly FieldPath[]): string | null {
  const [only] = fields;
  return fields.length === 1 && only !== undefined ? onlyLeafAt(event, only) : null;
}

/** Every combination of the fields' different values; none where a field has no value. */
function combineValues(
  event: RawEvent,
  fields: readonly FieldPath[],
): readonly (readonly string[])[] {
  let combinations: readonly (readonly string[])[] = [NO_VALUES];
  for (const field of fields) {
    const different = differentLeaves(event, field);
    combinations = combinations.flatMap((start) => different.map((value) => [...start, value]));
  }
  return combinations;
}

function differentLeaves(event: RawEvent, field: FieldPath): readonly string[] {
  const leaves = leavesOf(event, field);
  return leaves.length > 1 ? uniqueValues(leaves) : leaves;
}

/** Null where nothing is counted. */
function countedValues(event: RawEvent, fields: readonly FieldPath[] | undefined): Counted | null {
  const [only] = fields ?? [];
  if (fields === undefined || only === undefined) return null;
  if (fields.length > 1)
    return combineValues(event, fields).map((values) => JSON.stringify(values));
  return onlyLeafAt(event, only) ?? onlyOf(leavesOf(event, only));
}

function onlyOf(leaves: readonly string[]): Counted {
  const [only] = leaves;
  return leaves.length === 1 && only !== undefined ? only : leaves;
}

function keyText(values: readonly string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return foldCase(only);
  return JSON.stringify(values.map(foldCase));
}
