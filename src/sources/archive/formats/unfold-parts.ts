import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { STRUCTURES, type Structure } from './inner-structures.ts';
import { isJsonText, readRawText } from './read-raw-record.ts';

/** Gives a record with the structures inside of its parts that became texts of JSON. One that has none is given back as it is. */
export function unfoldParts(record: unknown): unknown {
  if (!isRecord(record)) return record;
  let unfolded: RawEvent = record;
  for (const { name, inside } of STRUCTURES) {
    const part = record[name];
    const whole = inside.length === 0 ? part : unfoldInside(part, inside);
    if (whole !== part) unfolded = { ...unfolded, [name]: whole };
  }
  return unfolded;
}

function unfoldInside(value: unknown, structures: readonly Structure[]): unknown {
  if (Array.isArray(value)) return unfoldEach(value, structures);
  if (!isRecord(value)) return value;
  let unfolded = value;
  for (const { name, inside } of structures) {
    const given = value[name];
    const read = isJsonText(given) ? readRawText(given) : given;
    const whole = inside.length === 0 ? read : unfoldInside(read, inside);
    if (whole !== given) unfolded = { ...unfolded, [name]: whole };
  }
  return unfolded;
}

function unfoldEach(
  list: readonly unknown[],
  structures: readonly Structure[],
): readonly unknown[] {
  const unfolded = list.map((entry) => unfoldInside(entry, structures));
  return unfolded.some((entry, index) => entry !== list[index]) ? unfolded : list;
}
