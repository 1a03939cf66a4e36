import { isRecord } from '../../../model/log-event.ts';
import { holdsRecordKeys } from './nested-record.ts';
import { readRawText } from './read-raw-record.ts';

/** JSON itself has a comma there. Where it stands in a text inside of a record, what it cuts apart is no JSON any more. */
const SEAM = /(?<=\})\s*(?=\{"\w)/;

/**
 * What a sender put into one text, in a row or on lines of their own, where some of it are records; null where a text is anything
 * else, or ends within one.
 */
export function readJoinedRecords(text: string): readonly unknown[] | null {
  const parts = text.split(SEAM);
  if (parts.length < 2) return null;
  const values: unknown[] = [];
  for (const part of parts) {
    const value = readRawText(part);
    // A hostile text may have a million of them.
    if (!isRecord(value)) return null;
    values.push(value);
  }
  return values.some(holdsRecordKeys) ? values : null;
}
