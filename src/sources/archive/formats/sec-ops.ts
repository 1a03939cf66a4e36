import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { holdsRawRecord, readRawText } from './read-raw-record.ts';

/** Names under which text is also kept in base64. */
const ENCODED_NAMES = ['rawLog', 'raw_log', 'rawLogData', 'raw', 'log', 'body', 'data'];
const OBJECT_TEXT = /^\s*\{/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Raw logs as Google SecOps exports them: the record's text, also in base64. Log shippers and warehouses keep it under any name.
 * Source: https://cloud.google.com/chronicle/docs/reference/data-export-api
 */
export const SEC_OPS_RAW: ArchiveFormat = {
  id: 'sec-ops-raw',
  title: 'raw logs',
  recognise: (value) => findRaw(value) !== undefined,
  unwrap: (value) => [findRaw(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

function findRaw(value: RawEvent): unknown {
  for (const text of Object.values(value)) {
    if (typeof text !== 'string' || !OBJECT_TEXT.test(text)) continue;
    if (holdsRawRecord(text)) return readRawText(text);
  }
  for (const name of ENCODED_NAMES) {
    const text = value[name];
    if (typeof text !== 'string' || !BASE64.test(text)) continue;
    const decoded = Buffer.from(text, 'base64').toString('utf8');
    if (holdsRawRecord(decoded)) return readRawText(decoded);
  }
  return undefined;
}
