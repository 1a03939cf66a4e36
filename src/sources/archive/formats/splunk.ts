import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { holdsRawRecord, isJsonText, isRawRecord, readRawText } from './read-raw-record.ts';

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
  unwrap: (value) => [readRawText(readRaw(value))],
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
    const isSame = (fields: RawEvent): boolean =>
      isRawRecord(record) &&
      record['eventType'] === fields['eventType'] &&
      record['published'] === fields['published'];
    if ([row, ...places.filter(isRecord)].some(isSame)) return record;
  }
  return null;
}

function readRaw(value: unknown): unknown {
  if (!isRecord(value)) return undefined;
  return isRecord(value['result']) ? value['result']['_raw'] : value['_raw'];
}
