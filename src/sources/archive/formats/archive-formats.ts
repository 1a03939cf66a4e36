import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { CONSOLE_CSV } from './console-csv.ts';
import { DATADOG, DATADOG_ATTRIBUTES } from './datadog.ts';
import { ELASTIC_FIELDS, ELASTIC_ORIGINAL, ELASTIC_PICKED_FIELDS } from './elastic.ts';
import { EVENT_BRIDGE } from './event-bridge.ts';
import { EVENT_HOOK } from './event-hook.ts';
import { FLATTENED_RECORD } from './flattened-record.ts';
import { holdsRecordKeys, NESTED_RECORD } from './nested-record.ts';
import { OCSF, OCSF_RAW } from './ocsf.ts';
import { PANTHER } from './panther.ts';
import { PREFIXED_RECORD } from './prefixed-record.ts';
import { SEC_OPS_RAW } from './sec-ops.ts';
import { SENTINEL, SENTINEL_V2 } from './sentinel.ts';
import { SNAKE_RECORD } from './snake-record.ts';
import { SPLUNK_COLLECTOR, SPLUNK_COLLECTOR_TEXT, SPLUNK_EXPORT, SPLUNK_FIELDS } from './splunk.ts';
import { SYSTEM_LOG } from './system-log.ts';
import { TYPED_RECORD } from './typed-record.ts';

/** Formats in which Okta's record stands as an object, or its type and time beside its text; the more telling come first. */
const OBJECT_FORMATS: readonly ArchiveFormat[] = [
  SPLUNK_FIELDS,
  FLATTENED_RECORD,
  TYPED_RECORD,
  SYSTEM_LOG,
  EVENT_HOOK,
  EVENT_BRIDGE,
  SPLUNK_COLLECTOR,
  DATADOG_ATTRIBUTES,
  NESTED_RECORD,
];

/** Formats that keep the record as text, or rename its fields. */
const OTHER_FORMATS: readonly ArchiveFormat[] = [
  PANTHER,
  SPLUNK_COLLECTOR_TEXT,
  SPLUNK_EXPORT,
  ELASTIC_ORIGINAL,
  ELASTIC_FIELDS,
  ELASTIC_PICKED_FIELDS,
  SENTINEL,
  SENTINEL_V2,
  OCSF_RAW,
  OCSF,
  DATADOG,
  SEC_OPS_RAW,
  PREFIXED_RECORD,
  CONSOLE_CSV,
  SNAKE_RECORD,
];

/** Every format that archives are read in. */
export const ARCHIVE_FORMATS: readonly ArchiveFormat[] = [...OBJECT_FORMATS, ...OTHER_FORMATS];

export interface RecognisedRecord {
  readonly format: ArchiveFormat;
  readonly value: RawEvent;
}

/**
 * Finds the format of a parsed value by what it holds; null where none knows it.
 * Where the keys of a record stand in the value, only that record is taken: the bytes of a line then tell which event it is.
 */
export function recogniseFormat(value: unknown): RecognisedRecord | null {
  if (!isRecord(value)) return null;
  const formats = holdsRecordKeys(value) ? OBJECT_FORMATS : OTHER_FORMATS;
  const format = formats.find((candidate) => candidate.recognise(value));
  return format === undefined ? null : { format, value };
}

/** Columns by which the header of a CSV export is known. */
export const CSV_COLUMNS: readonly string[] = [
  'event_type',
  'EVENT_TYPE',
  'eventtype',
  'EVENTTYPE',
  'eventType_s',
  'EventOriginalType',
  '_raw',
  'event.original',
  'okta.event_type',
];
