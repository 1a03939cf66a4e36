import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from './read-raw-record.ts';

/** Names of kinds that stand around a value as the only key of an object, with what the value is then. */
const TAKE_OUT: Readonly<Record<string, (value: unknown) => unknown>> = {
  ...fromNames(['string', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'S', 'BOOL']),
  ...fromNames(['array', 'map', 'record', 'L', 'M']),
  ...fromNames(['$oid', '$uuid']),
  N: Number,
  NULL: () => null,
  $date: drop,
  $numberInt: Number,
  $numberLong: Number,
  $numberDouble: Number,
  $numberDecimal: Number,
};
/** Avro calls a record by its own name: `com.okta.Actor`, or `__s_0` in exports of BigQuery. No name of Okta's begins so. */
const RECORD_NAME = /^[A-Z]|\.|^__s_\d+$/;

/**
 * Gives a record without the kinds that stand around its values: `{"string": "x"}` in the JSON of Avro, where a value may be null,
 * `{"S": "x"}` in that of DynamoDB, and `{"$numberInt": "7"}` in that of MongoDB. A record that has none is given back as it is.
 * Sources: https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/,
 * https://avro.apache.org/docs/1.12.0/specification/#json-encoding,
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export function dropTypes(record: unknown): unknown {
  return isRecord(record) && isTypedRecord(record) ? dropInside(record) : record;
}

/** Says whether kinds stand around the values of a record. */
export function isTypedRecord(record: RawEvent): boolean {
  const { eventType, uuid, actor, outcome, securityContext } = record;
  return (
    (isRecord(securityContext) && isTyped(securityContext['asNumber'])) ||
    isTyped(eventType) ||
    isTyped(uuid) ||
    isTyped(actor) ||
    isTyped(outcome) ||
    (isRecord(actor) && isTyped(actor['id'])) ||
    (isRecord(outcome) && isTyped(outcome['result']))
  );
}

function isTyped(value: unknown): boolean {
  const kind = readKind(value);
  return kind !== null && (Object.hasOwn(TAKE_OUT, kind) || isNameOf(kind, value));
}

function isNameOf(kind: string, value: unknown): boolean {
  return RECORD_NAME.test(kind) && isRecord(readPath(value, kind));
}

/** The only key of an object; null where there is none, or another beside it. */
function readKind(value: unknown): string | null {
  if (!isRecord(value)) return null;
  let kind: string | null = null;
  for (const key in value) {
    if (kind !== null) return null;
    kind = key;
  }
  return kind;
}

function drop(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(drop);
  if (!isRecord(value)) return value;
  const kind = readKind(value);
  if (kind === null || !isTyped(value)) return dropInside(value);
  const takeOut = Object.hasOwn(TAKE_OUT, kind) ? TAKE_OUT[kind] : undefined;
  const inner = value[kind];
  return dropBelow(takeOut === undefined ? inner : takeOut(inner));
}

/** What was in an object or a list of some kind has kinds of its own. */
function dropBelow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(drop);
  return isRecord(value) ? dropInside(value) : value;
}

function dropInside(record: RawEvent): RawEvent {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, drop(value)]));
}

function fromNames(names: readonly string[]): Record<string, (value: unknown) => unknown> {
  return Object.fromEntries(names.map((name) => [name, (value: unknown) => value]));
}
