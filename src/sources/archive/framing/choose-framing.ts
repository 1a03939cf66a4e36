import { dropHeader } from '../formats/drop-header.ts';
import { findCsvDelimiter } from './find-csv-delimiter.ts';

/** How records follow one another: one a line, as JSON values in arrays or in a row, as rows under a header, or in columns. */
export type Framing =
  | { readonly kind: 'lines' }
  | { readonly kind: 'values' }
  | { readonly kind: 'csv'; readonly delimiter: string }
  | { readonly kind: 'parquet' };

const LINE_FEED = 0x0a;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
const PARQUET_MARK = Buffer.from('PAR1');

/**
 * Tells from the front of a file how its records are framed.
 * Lines are preferred wherever one line alone is a JSON object, because one broken line then costs one record.
 */
export function chooseFraming(head: Buffer, isWholeFile: boolean): Framing {
  if (head.subarray(0, PARQUET_MARK.length).equals(PARQUET_MARK)) return { kind: 'parquet' };
  const begin = head.findIndex((byte) => byte > 0x20);
  const first = head[begin];
  if (first === OPEN_LIST) return { kind: beginsWithWords(head, begin) ? 'lines' : 'values' };
  if (first !== OPEN_OBJECT) {
    const delimiter = findCsvDelimiter(head);
    return delimiter === null ? { kind: 'lines' } : { kind: 'csv', delimiter };
  }
  let start = 0;
  while (start < head.length) {
    const feed = head.indexOf(LINE_FEED, start);
    if (feed < 0 && !isWholeFile) break;
    const end = feed < 0 ? head.length : feed;
    const isRecord = head[start] === OPEN_OBJECT && isJsonObject(head.toString('utf8', start, end));
    // One object may stand around records of which each has a line.
    const isInside = isRecord && start > 0 && isWholeFile && isJsonObject(head.toString('utf8'));
    if (isRecord) return { kind: isInside ? 'values' : 'lines' };
    start = end + 1;
  }
  return { kind: 'values' };
}

/** Says whether the brackets in which a file begins hold a time or a name, and no list. */
function beginsWithWords(head: Buffer, begin: number): boolean {
  const feed = head.indexOf(LINE_FEED, begin);
  return dropHeader(head.toString('utf8', begin, feed < 0 ? head.length : feed)) !== null;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  } catch {
    return false;
  }
}
