import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { findInList } from './find-in-list.ts';
import { holdsRawRecord, isJsonText, isRawRecord, readRawText } from './read-raw-record.ts';

/** Envelopes that are not known by name but hold Okta's record as it is, somewhere inside. */
export const NESTED_RECORD: ArchiveFormat = {
  id: 'nested-record',
  title: 'records inside another object',
  recognise: (value) => findRecords(value).length > 0,
  unwrap: findRecords,
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: true,
};

/** Says whether both keys of a record stand somewhere inside; then nothing else in the value may be taken for one. */
export function holdsRecordKeys(value: unknown): boolean {
  return hasKey(value, 'eventType') && hasKey(value, 'published');
}

/** The outermost records inside a value. */
export function findRecords(value: unknown): readonly unknown[] {
  if (isRawRecord(value)) return [value];
  if (Array.isArray(value)) {
    const list = value.map(readRecordText);
    return holdsSeveral(list) ? findInList(list, findRecords) : list.flatMap(findRecords);
  }
  return isRecord(value) ? Object.values(value).flatMap(findRecords) : [];
}

/** Some senders write what they send again as a text, in one list with the others. */
function readRecordText(element: unknown): unknown {
  return isJsonText(element) && holdsRawRecord(element) ? readRawText(element) : element;
}

/** What stands beside a single record is none: a line that names its keys once is told by its bytes alone. */
function holdsSeveral(list: readonly unknown[]): boolean {
  return list.filter(namesRecord).length > 1;
}

/** A text may be that of a record without its end. */
function namesRecord(inner: unknown): boolean {
  if (isJsonText(inner)) return inner.includes('"eventType"');
  return hasKey(inner, 'eventType') || hasKey(inner, 'published');
}

function hasKey(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((inner) => hasKey(inner, key));
  if (!isRecord(value)) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((inner) => hasKey(inner, key));
}
