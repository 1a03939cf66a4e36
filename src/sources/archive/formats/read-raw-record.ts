import { isRecord, type RawEvent } from '../../../model/log-event.ts';

/** Says whether a value has the form of Okta's own record. */
export function isRawRecord(value: unknown): value is RawEvent {
  return (
    isRecord(value) &&
    typeof value['eventType'] === 'string' &&
    value['eventType'] !== EVENT_HOOK_TYPE &&
    'published' in value
  );
}

/** Event hooks call their envelope by the same key. */
export const EVENT_HOOK_TYPE = 'com.okta.event_hook';

const JSON_TEXT = /^\s*[[{]/;

/** Gives the record that a text holds as JSON, or the text itself where it holds none. */
export function readRawText(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/** Says whether a value is the text of an object or a list. */
export function isJsonText(value: unknown): value is string {
  return typeof value === 'string' && JSON_TEXT.test(value);
}

/** The value of a table's cell: lists and objects come as their JSON text. */
export function readCell(cell: unknown): unknown {
  return isJsonText(cell) ? readRawText(cell) : cell;
}

/** Says whether a text, or a value, is one of Okta's own records. */
export function holdsRawRecord(value: unknown): boolean {
  return isRawRecord(readRawText(value));
}

/** The value at a path of keys, or undefined. */
export function readPath(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = isRecord(found) ? found[key] : undefined;
  return found;
}
