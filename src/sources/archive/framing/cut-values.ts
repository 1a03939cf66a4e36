/** One JSON value of a file that is an array, a sequence of values, or both. */
export interface CutValue {
  readonly bytes: Buffer;
  /** Where it starts in the decompressed file. */
  readonly offset: number;
  /** False where the file ends, or the value grows too large, before it is closed; nothing after it was read. */
  readonly isWhole: boolean;
  /** Why it is not whole. */
  readonly reason: string;
}

/** Why the last record of a file that was cut off is none. */
export const ENDS_EARLY = 'the file ends before its last record does';

interface Cursor {
  bytes: Buffer;
  /** Where `bytes` starts in the decompressed file. */
  offset: number;
  at: number;
  /** Where the current value starts in `bytes`; -1 between values. */
  start: number;
  /** Brackets open inside the current value. */
  depth: number;
  isQuoted: boolean;
  /** Arrays open around the current value. */
  lists: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Stands in front of each value of a JSON text sequence, as `jq --seq` writes it. */
const RECORD_SEPARATOR = 0x1e;

/**
 * Cuts a file into its values: the elements of arrays, also of arrays of arrays, and values that follow one another.
 * It only finds where values end; whether they are JSON is for the parser to say.
 */
export async function* cutValues(
  chunks: AsyncIterable<Buffer>,
  maximumBytes: number,
): AsyncGenerator<CutValue> {
  const cursor = startCursor();
  for await (const chunk of chunks) {
    addChunk(cursor, chunk);
    yield* takeValues(cursor);
    if (cursor.start >= 0 && cursor.bytes.length - cursor.start > maximumBytes) {
      const reason = `a value of more than ${maximumBytes >> 20} MB is no record`;
      yield { ...closeValue(cursor), isWhole: false, reason };
      return;
    }
  }
  const isText = cursor.depth === 0 && cursor.lists === 0;
  if (cursor.start >= 0 || cursor.lists > 0) yield { ...closeValue(cursor), isWhole: isText };
}

/** Cuts text that is no JSON value into the values that stand in a row there; null where it does not end with one. */
export function splitValues(bytes: Buffer): readonly CutValue[] | null {
  const cursor = startCursor();
  addChunk(cursor, bytes);
  const values = [...takeValues(cursor)];
  return cursor.start < 0 && cursor.lists === 0 ? values : null;
}

/** Cuts the first values out of the front of a file, at most so many. */
export function cutFront(bytes: Buffer, most: number): readonly CutValue[] {
  const cursor = startCursor();
  addChunk(cursor, bytes);
  const values: CutValue[] = [];
  for (const value of takeValues(cursor)) if (values.push(value) === most) break;
  return values;
}

function startCursor(): Cursor {
  return {
    bytes: Buffer.alloc(0),
    offset: 0,
    at: 0,
    start: -1,
    depth: 0,
    isQuoted: false,
    lists: 0,
  };
}

function* takeValues(cursor: Cursor): Generator<CutValue> {
  while (cursor.at < cursor.bytes.length) {
    const value = cursor.start < 0 ? stepBetween(cursor) : stepInside(cursor);
    if (value !== null) yield value;
  }
}

function addChunk(cursor: Cursor, chunk: Buffer): void {
  const keptFrom = cursor.start < 0 ? cursor.bytes.length : cursor.start;
  const kept = cursor.bytes.subarray(keptFrom);
  cursor.offset += keptFrom;
  cursor.at -= keptFrom;
  if (cursor.start >= 0) cursor.start = 0;
  cursor.bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
}

/** Skips what separates values and opens and closes the arrays around them. */
function stepBetween(cursor: Cursor): CutValue | null {
  const byte = cursor.bytes[cursor.at];
  if (byte === OPEN_LIST) cursor.lists += 1;
  else if (byte === CLOSE_LIST && cursor.lists > 0) cursor.lists -= 1;
  else if (byte !== COMMA && !isSpace(byte)) {
    cursor.start = cursor.at;
    return null;
  }
  cursor.at += 1;
  return null;
}

/** Moves on to the end of the value and gives it, or to the end of what is there. */
function stepInside(cursor: Cursor): CutValue | null {
  const { bytes, start } = cursor;
  let { at, depth, isQuoted } = cursor;
  let isClosed = false;
  for (; at < bytes.length && !isClosed; at += 1) {
    const byte = bytes[at];
    if (isQuoted) {
      // What a backslash stands in front of ends no string, be it the first byte of the next chunk.
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isQuoted = false;
    } else if (byte === QUOTE) isQuoted = true;
    else if (depth === 0 && at > start && endsBareValue(byte)) break;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && depth > 0) {
      depth -= 1;
      isClosed = depth === 0;
    }
  }
  const isOver = isClosed || at < bytes.length;
  Object.assign(cursor, { at, depth, isQuoted });
  return isOver ? closeValue(cursor) : null;
}

function closeValue(cursor: Cursor): CutValue {
  const start = cursor.start < 0 ? cursor.at : cursor.start;
  const value = {
    bytes: cursor.bytes.subarray(start, cursor.at),
    offset: cursor.offset + start,
    isWhole: true,
    reason: ENDS_EARLY,
  };
  cursor.start = -1;
  return value;
}

/** A number, a word or stray text has no closing bracket: the next structure or line ends it. */
function endsBareValue(byte: number | undefined): boolean {
  return (
    byte === COMMA ||
    byte === 0x0a ||
    byte === OPEN_OBJECT ||
    byte === OPEN_LIST ||
    byte === CLOSE_LIST
  );
}

function isSpace(byte: number | undefined): boolean {
  return (
    byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === RECORD_SEPARATOR
  );
}
