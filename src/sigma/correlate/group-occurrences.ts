import type { RawEvent } from '../../model/log-event.ts';
import { createNumberList } from '../../model/number-list.ts';
import { foldCase } from '../expression/compile-pattern.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { uniqueValues } from '../match/rule-facts.ts';
import { leavesOf, onlyLeafAt } from '../match/walk-event.ts';
import type { EventStore, KeptEvent } from './event-store.ts';
import type { Occurrence } from './occurrence.ts';

/** What happened in one group, in no order yet, column by column. */
export interface OccurrenceGroup {
  /** One value per `group-by` field, as the first event writes it. */
  readonly values: readonly string[];
  readonly events: readonly KeptEvent[];
  /** The event from which each counts. */
  readonly anchors: readonly KeptEvent[];
  readonly rules: readonly number[];
  /** A single value stands bare. */
  readonly counted: readonly Counted[];
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
  /** All of them, each put together when it is its turn. */
  readonly groups: () => Iterable<OccurrenceGroup>;
  /** Lets go of everything. */
  clear(): void;
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

/** Where a group is found again while events are sorted into it. */
interface GroupEnd {
  readonly values: Counted;
  /** The row of its latest occurrence. */
  lastRow: number;
}

export function createGrouper(fields: CorrelationFields, leftOut: LeftOut): OccurrenceGrouper {
  const groups = new Map<string, GroupEnd>();
  /** By the one text as events write it, so that its case is folded once and not for every event. */
  const groupsByText = new Map<string, GroupEnd>();
  let rows = createRows(fields);
  const add = (group: GroupEnd, moment: PlacedMoment, counted: Counted | null): void => {
    group.lastRow = rows.add({ moment, values: counted, previousRow: group.lastRow });
  };
  const placeIn = (
    values: readonly string[],
    moment: PlacedMoment,
    counted: Counted | null,
  ): GroupEnd => {
    const key = keyText(values);
    const group = groups.get(key) ?? { values: onlyOf(values), lastRow: NO_ROW };
    groups.set(key, group);
    add(group, moment, counted);
    return group;
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
      for (const [key, group] of groups) if (!test(rows.gather(group), key)) groups.delete(key);
      groupsByText.clear();
    },
    has: (key) => groups.has(key),
    *groups() {
      for (const group of groups.values()) yield rows.gather(group);
    },
    clear: () => {
      groups.clear();
      groupsByText.clear();
      rows = createRows(fields);
    },
  };
}

const NO_ROW = -1;
const NO_VALUES: readonly string[] = [];

interface Rows {
  /** Gives the number of the new row. */
  add(row: {
    readonly moment: PlacedMoment;
    readonly values: Counted | null;
    readonly previousRow: number;
  }): number;
  /** The rows of a group, in the order in which they came. */
  gather(group: GroupEnd): OccurrenceGroup;
}

/**
 * The occurrences of all groups in one table, in which each tells the one before it in its group: nearly all of them never
 * become part of a hit, most groups have few, and a list for each group takes more room than what it holds.
 */
function createRows({ groupFields, valueFields }: CorrelationFields): Rows {
  const hasManyRules = groupFields.length > 1;
  const hasValues = valueFields.some((own) => own.length > 0);
  const events = createNumberList((count) => new Int32Array(count));
  const previous = createNumberList((count) => new Int32Array(count));
  const rules = createNumberList((count) => new Uint16Array(count));
  /** By their place among the different ones: a million events count the same few values. */
  const counted = createNumberList((count) => new Int32Array(count));
  const different: Counted[] = [NO_VALUES];
  const places = new Map<string, number>();
  const placeOf = (values: Counted | null): number => {
    if (values === null) return 0;
    const known = typeof values === 'string' ? places.get(values) : undefined;
    if (known !== undefined) return known;
    const place = different.push(values) - 1;
    if (typeof values === 'string') places.set(values, place);
    return place;
  };
  /** Only where an event counts from another one. */
  const anchors = new Map<number, KeptEvent>();
  return {
    add: ({ moment: { event, anchor, rule }, values, previousRow }) => {
      const row = events.length();
      events.push(event);
      previous.push(previousRow);
      if (hasManyRules) rules.push(rule);
      if (hasValues) counted.push(placeOf(values));
      if (anchor !== event) anchors.set(row, anchor);
      return row;
    },
    gather: ({ values, lastRow }) => {
      const own: number[] = [];
      for (let row = lastRow; row !== NO_ROW; row = previous.at(row)) own.push(row);
      own.reverse();
      return {
        values: toList(values),
        events: own.map(events.at),
        anchors: own.map((row) => anchors.get(row) ?? events.at(row)),
        rules: own.map(rules.at),
        counted: own.map((row) => different[counted.at(row)] ?? NO_VALUES),
      };
    },
  };
}

/** What an event brings to be counted. */
type Counted = string | readonly string[];

/** The columns of a group as one object for each occurrence. */
export function listOccurrences(
  { events, anchors, rules, counted }: OccurrenceGroup,
  { timeOf }: Pick<EventStore, 'timeOf'>,
): Occurrence[] {
  return events.map((event, index) => {
    const anchor = anchors[index] ?? event;
    const rule = rules[index] ?? 0;
    return { event, anchor, atMs: timeOf(anchor), rule, values: toList(counted[index]) };
  });
}

function toList(values: Counted | undefined): readonly string[] {
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
