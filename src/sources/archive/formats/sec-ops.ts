import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { findInList } from './find-in-list.ts';
import { holdsRecordKeys } from './nested-record.ts';
import { readRawText } from './read-raw-record.ts';

/** Names under which text is also kept in base64. */
const ENCODED_NAMES = ['rawLog', 'raw_log', 'rawLogData', 'raw', 'log', 'body', 'data'];
const OBJECT_TEXT = /^\s*\{/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Raw logs as Google SecOps exports them: the record's text, also in base64. Log shippers and warehouses keep it under any name,
 * CloudWatch and Sumo Logic in lists, and the text may be that of an envelope in turn.
 * Source: https://cloud.google.com/chronicle/docs/reference/data-export-api
 */
export const SEC_OPS_RAW: ArchiveFormat = {
  id: 'sec-ops-raw',
  title: 'raw logs',
  recognise: (value) => findTexts(value).length > 0,
  unwrap: findTexts,
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

/** What the texts inside hold, one for each object: two in one are two copies. */
function findTexts(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return findInList(value, findTexts);
  if (!isRecord(value)) return [];
  const held = readTexts(value);
  return held === null ? Object.values(value).flatMap(findTexts) : [held];
}

function readTexts(value: RawEvent): unknown {
  const encoded = ENCODED_NAMES.map((name) => value[name])
    .filter((text) => typeof text === 'string' && BASE64.test(text))
    .map((text) => Buffer.from(String(text), 'base64').toString('utf8'));
  for (const text of [...Object.values(value), ...encoded]) {
    if (typeof text !== 'string' || !OBJECT_TEXT.test(text)) continue;
    const held = readRawText(text);
    if (holdsRecordKeys(held)) return held;
  }
  return null;
}
