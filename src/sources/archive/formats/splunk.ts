import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { readJoinedRecords } from './read-joined-records.ts';
import {
  holdsRawRecord,
  isJsonText,
  isRawRecord,
  readPath,
  readRawText,
} from './read-raw-record.ts';
import { settlePublished } from './settle-published.ts';

/**
 * What goes into Splunk's HTTP Event Collector: the record as `event`.
 * Source: https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector
 */
export const SPLUNK_COLLECTOR: ArchiveFormat = {
  id: 'splunk-collector',
  title: 'Splunk HEC events',
  recognise: (value) => isRawRecord(value['event']),
  unwrap: (value) => [value['event']],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: true,
};

/** The same with the record's text as `event`. */
export const SPLUNK_COLLECTOR_TEXT: ArchiveFormat = {
  id: 'splunk-collector-text',
  title: 'Splunk HEC events as text',
  recognise: (value) => holdsRawRecord(value['event']),
  unwrap: (value) => [readRawText(value['event'])],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

/** What Splunk exports as JSON or CSV: rows whose `_raw` is the record's text. */
export const SPLUNK_EXPORT: ArchiveFormat = {
  id: 'splunk-export',
  title: 'Splunk exports',
  recognise: (value) => isJsonText(readRaw(value)),
  unwrap: (value) => readRecords(String(readRaw(value))),
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

/**
 * Rows of Splunk, LogScale and Loki with the fields that they found in the text, beside it or in an object there: the same event, of
 * which the text tells more.
 */
export const SPLUNK_FIELDS: ArchiveFormat = {
  ...SPLUNK_EXPORT,
  id: 'splunk-fields',
  recognise: (value) => readOwnText(value) !== null,
  unwrap: (value) => [readOwnText(value)],
};

/** The bytes of a line then tell of the text which event it is. */
function readOwnText(value: RawEvent): unknown {
  const row = isRecord(value['result']) ? value['result'] : value;
  const places = Object.values(row);
  for (const text of places) {
    if (!isJsonText(text) || !text.includes('"eventType"')) continue;
    const record = readRawText(text);
    if (!isRawRecord(record)) continue;
    if ([row, ...places.filter(isRecord)].some((fields) => isOfSame(fields, record))) return record;
  }
  return null;
}

/** Splunk finds a field twice where both indexing and searching look for it, and searches write times anew. */
function isOfSame(fields: RawEvent, record: RawEvent): boolean {
  if (!listCopies(fields['eventType']).includes(record['eventType'])) return false;
  const times = listCopies(fields['published']).map(toInstant);
  return times.some((time) => time === null || time === toInstant(record['published']));
}

/** A value, or the copies of it that a list has, or a cell a line each. */
function listCopies(value: unknown): readonly unknown[] {
  return [value].flat().flatMap((copy) => (typeof copy === 'string' ? copy.split('\n') : copy));
}

/** Null where nobody can tell it. */
function toInstant(published: unknown): unknown {
  return readPath(settlePublished({ published }), 'published');
}

/** A sender may put several records into one event. */
function readRecords(text: string): readonly unknown[] {
  const value = readRawText(text);
  return value === text ? (readJoinedRecords(text) ?? [text]) : [value].flat();
}

function readRaw(value: unknown): unknown {
  if (!isRecord(value)) return undefined;
  return isRecord(value['result']) ? value['result']['_raw'] : value['_raw'];
}
