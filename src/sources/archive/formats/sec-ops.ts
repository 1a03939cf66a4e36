import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { decodeText } from './decode-text.ts';
import { dropHeader } from './drop-header.ts';
import { findInList } from './find-in-list.ts';
import { holdsRecordKeys } from './nested-record.ts';
import { readJoinedRecords } from './read-joined-records.ts';
import { isJsonText, isRawRecord, readRawText } from './read-raw-record.ts';

/**
 * Raw logs as Google SecOps exports them: the record's text, also as bytes. Log shippers and warehouses keep it under any name,
 * CloudWatch and Sumo Logic in lists, and the text may be that of an envelope in turn, or of a page of records as browsers save answers.
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

/** What the texts inside hold. Those of one object are mostly copies of one event, and a copy counts once. */
function findTexts(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return findInList(value, findTexts);
  if (!isRecord(value)) return [];
  const held = readTexts(value);
  return held.length === 0 ? Object.values(value).flatMap(findTexts) : held;
}

function readTexts(value: RawEvent): readonly unknown[] {
  const values = Object.values(value);
  const texts = values.filter((text) => typeof text === 'string');
  const encoded = values.flatMap((inner) => decodeText(inner) ?? []);
  const pages = [...texts, ...encoded].flatMap((text) => {
    const inner = readHeld(text);
    return holdsRecordKeys(inner) || findTexts(inner).length > 0 ? [[inner].flat()] : [];
  });
  return pages.length < 2 ? pages.flat() : dropCopies(pages);
}

/** What a text holds as JSON, also behind the words that syslog and runtimes of containers write in front, or several in a row. */
function readHeld(text: string): unknown {
  const value = isJsonText(text) ? readRawText(text) : text;
  if (typeof value !== 'string' || !value.includes('"eventType"')) return value;
  return readJoinedRecords(value) ?? readRawText(dropHeader(value));
}

/** What a text holds and none before it. */
function dropCopies(pages: readonly (readonly unknown[])[]): readonly unknown[] {
  const known = new Set<string>();
  return pages.flatMap((page) => {
    const others = page.filter((held) => !known.has(nameCopy(held)));
    for (const held of others) known.add(nameCopy(held));
    return others;
  });
}

/** The same for copies of one event. */
function nameCopy(held: unknown): string {
  if (!isRawRecord(held) || typeof held['uuid'] !== 'string') return JSON.stringify(held);
  return JSON.stringify([held['eventType'], held['published'], held['uuid']]);
}
