/** How records follow one another: one a line, or as JSON values in arrays or in a row. */
export type Framing = 'lines' | 'values';

const LINE_FEED = 0x0a;
const OPEN_OBJECT = 0x7b;

/**
 * Tells from the front of a file how its records are framed.
 * Lines are preferred wherever one line alone is a JSON object, because one broken line then costs one record.
 */
export function chooseFraming(head: Buffer, isWholeFile: boolean): Framing {
  const first = head.find((byte) => byte > 0x20);
  if (first === 0x5b) return 'values';
  if (first !== OPEN_OBJECT) return 'lines';
  let start = 0;
  while (start < head.length) {
    const feed = head.indexOf(LINE_FEED, start);
    if (feed < 0 && !isWholeFile) break;
    const end = feed < 0 ? head.length : feed;
    if (head[start] === OPEN_OBJECT && isJsonObject(head.toString('utf8', start, end)))
      return 'lines';
    start = end + 1;
  }
  return 'values';
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  } catch {
    return false;
  }
}
