const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where one element of a list stands among the bytes, white space around it included. */
export interface ElementSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the elements of a JSON list without parsing them, so that a page of some megabytes never has to exist as a
 * thousand objects at once. Null for bytes that are no whole list; what stands inside an element is not looked at.
 */
export function splitJsonList(bytes: Buffer): ElementSpan[] | null {
  const first = skipSpace(bytes, 0);
  if (bytes[first] !== OPEN_LIST) return null;
  const spans: ElementSpan[] = [];
  let depth = 1;
  let start = first + 1;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = findStringEnd(bytes, at + 1);
      if (at < 0) return null;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth > 0) continue;
      const isEmpty = spans.length === 0 && skipSpace(bytes, start) === at;
      if (!isEmpty) spans.push({ start, end: at });
      return byte === CLOSE_LIST && skipSpace(bytes, at + 1) === bytes.length ? spans : null;
    } else if (byte === COMMA && depth === 1) {
      spans.push({ start, end: at });
      start = at + 1;
    }
  }
  return null;
}

/** The closing quote: the next one that an even number of backslashes precedes. */
function findStringEnd(bytes: Buffer, from: number): number {
  let end = bytes.indexOf(QUOTE, from);
  while (end >= 0 && isEscaped(bytes, end)) end = bytes.indexOf(QUOTE, end + 1);
  return end;
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let backslashes = 0;
  while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1;
  return at;
}
