import { holdsRecordKeys } from './nested-record.ts';
import { readRawText } from './read-raw-record.ts';

/** JSON itself has a comma there. Where it stands in a text inside of a record, what it cuts apart is no JSON any more. */
const SEAM = /(?<=\})\s*(?=\{"\w)/;

/** The records that a sender put into one text, in a row or on lines of their own; null where a text is anything else. */
export function readJoinedRecords(text: string): readonly unknown[] | null {
  const parts = text.split(SEAM);
  if (parts.length < 2) return null;
  const records: unknown[] = [];
  for (const part of parts) {
    const record = readRawText(part);
    // A hostile text may have a million of them.
    if (!holdsRecordKeys(record)) return null;
    records.push(record);
  }
  return records;
}
