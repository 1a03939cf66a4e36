import type { BracketMatcher } from './bracket-matcher.ts';

/** One JSON value of a file that is an array, a sequence of values, or both. */
export interface CutValue {
  readonly bytes: Buffer;
  /** Where it starts in the decompressed file. */
  readonly offset: number;
  readonly isOnOneLine: boolean;
  /** False where the file ends, or the value grows too large, before it is closed; nothing after it was read. */
  readonly isWhole: boolean;
  /** Why it is not whole. */
  readonly reason: string;
}

/** Why the last record of a file that was cut off is none. */
export const ENDS_EARLY = 'the file ends before its last record does';

interface Cursor {
  /** Finds closing brackets sooner than this program can; null where this machine has none. */
  readonly matcher: BracketMatcher | null;
  bytes: Buffer;
  hasFeed: boolean;
  /** Where `bytes` starts in the decompressed file. */
  offset: number;
  at: number;
  /** What earlier chunks have of the current value, and how much that is. */
  carried: Buffer[];
  carriedBytes: number;
  /** Where the current value starts or goes on in `bytes`; -1 between values. */
  start: number;
  /** Brackets open inside the current value. */
  depth: number;
  isQuoted: boolean;
  /** Arrays open around the current value. */
  lists: number;
}

const EMPTY = Buffer.alloc(0);
const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Stands in front of each value of a JSON text sequence, as `jq --seq` writes it. */
const RECORD_SEPARATOR = 0x1e;

/** The values that end in a chunk. */
export interface CutChunk {
  readonly values: readonly CutValue[];
  /** Nothing else is kept of it. */
  readonly chunk: Buffer;
}

export interface CutTask {
  /** What takes more is no record. */
  readonly maximumBytes: number;
  readonly matcher: BracketMatcher | null;
}

/**
 * Cuts a file into its values: the elements of arrays, also of arrays of arrays, and values that follow one another.
 * It only finds where values end; whether they are JSON is for the parser to say. Gives those of each chunk together.
 */
export async function* cutValues(
  chunks: AsyncIterable<Buffer>,
  { maximumBytes, matcher }: CutTask,
): AsyncGenerator<CutChunk> {
  const cursor = startCursor(matcher);
  for await (const chunk of chunks) {
    addChunk(cursor, chunk);
    const values = takeValues(cursor);
    endChunk(cursor);
    yield { values, chunk };
    if (cursor.start >= 0 && cursor.carriedBytes > maximumBytes) {
      const reason = `a value of more than ${maximumBytes >> 20} MB is no record`;
      yield { values: [{ ...closeValue(cursor), isWhole: false, reason }], chunk: EMPTY };
      return;
    }
  }
  const isText = cursor.depth === 0 && cursor.lists === 0;
  if (cursor.start < 0 && cursor.lists === 0) return;
  yield { values: [{ ...closeValue(cursor), isWhole: isText }], chunk: EMPTY };
}

/** Cuts text that is no JSON value into the values that stand in a row there; null where it does not end with one. */
export function splitValues(bytes: Buffer): readonly CutValue[] | null {
  const cursor = startCursor();
  addChunk(cursor, bytes);
  const values = takeValues(cursor);
  return cursor.start < 0 && cursor.lists === 0 ? values : null;
}

/** Cuts the first values out of the front of a file, at most so many. */
export function cutFront(bytes: Buffer, most: number): readonly CutValue[] {
  const cursor = startCursor();
  addChunk(cursor, bytes);
  return takeValues(cursor, most);
}

function startCursor(matcher: BracketMatcher | null = null): Cursor {
  return {
    matcher,
    bytes: EMPTY,
    hasFeed: false,
    offset: 0,
    at: 0,
    carried: [],
    carriedBytes: 0,
    start: -1,
    depth: 0,
    isQuoted: false,
    lists: 0,
  };
}

function takeValues(cursor: Cursor, most = Number.POSITIVE_INFINITY): CutValue[] {
  const values: CutValue[] = [];
  while (cursor.at < cursor.bytes.length && values.length < most) {
    const value = cursor.start < 0 ? stepBetween(cursor) : takeInside(cursor);
    if (value !== null) values.push(value);
  }
  return values;
}

function addChunk(cursor: Cursor, chunk: Buffer): void {
  cursor.bytes = chunk;
  cursor.hasFeed = chunk.includes(LINE_FEED);
  cursor.matcher?.load(chunk);
}

/** Keeps nothing of the chunk but a copy of what it has of a value that goes on in the next. */
function endChunk(cursor: Cursor): void {
  const { bytes, start, carried } = cursor;
  if (start >= 0) {
    const piece = Buffer.from(bytes.subarray(start));
    carried.push(piece);
    cursor.carriedBytes += piece.length;
    cursor.start = 0;
  }
  cursor.offset += bytes.length;
  cursor.at -= bytes.length;
  cursor.bytes = EMPTY;
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
function takeInside(cursor: Cursor): CutValue | null {
  const { matcher, bytes, start, carried } = cursor;
  const first = carried[0]?.[0] ?? bytes[start];
  return matcher !== null && opensBrackets(first)
    ? matchBrackets(cursor, matcher)
    : stepInside(cursor);
}

function matchBrackets(cursor: Cursor, matcher: BracketMatcher): CutValue | null {
  if (cursor.carried.length === 0) matcher.startValue();
  const end = matcher.findEnd(cursor.at);
  cursor.at = end < 0 ? cursor.bytes.length : end;
  cursor.depth = end < 0 ? 1 : 0;
  return end < 0 ? null : closeValue(cursor);
}

/** The same byte by byte, and also for values without brackets. */
function stepInside(cursor: Cursor): CutValue | null {
  const { bytes, start, carried } = cursor;
  let { at, depth, isQuoted } = cursor;
  let isClosed = false;
  for (; at < bytes.length && !isClosed; at += 1) {
    const byte = bytes[at];
    if (isQuoted) {
      // What a backslash stands in front of ends no string, be it the first byte of the next chunk.
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isQuoted = false;
    } else if (byte === QUOTE) isQuoted = true;
    else if (depth === 0 && at + carried.length > start && endsBareValue(byte)) break;
    else if (opensBrackets(byte)) depth += 1;
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
  const { carried, carriedBytes } = cursor;
  const start = cursor.start < 0 ? cursor.at : cursor.start;
  const here = cursor.bytes.subarray(start, cursor.at);
  const bytes = carried.length === 0 ? here : Buffer.concat([...carried, here]);
  const mayHoldFeed = cursor.hasFeed || carried.length > 0;
  Object.assign(cursor, { start: -1, carried: [], carriedBytes: 0 });
  return {
    bytes,
    offset: cursor.offset + start - carriedBytes,
    isOnOneLine: !mayHoldFeed || !bytes.includes(LINE_FEED),
    isWhole: true,
    reason: ENDS_EARLY,
  };
}

/** A number, a word or stray text has no closing bracket: the next structure or line ends it. */
function endsBareValue(byte: number | undefined): boolean {
  return byte === COMMA || byte === LINE_FEED || byte === CLOSE_LIST || opensBrackets(byte);
}

function opensBrackets(byte: number | undefined): boolean {
  return byte === OPEN_OBJECT || byte === OPEN_LIST;
}

function isSpace(byte: number | undefined): boolean {
  return (
    byte === 0x20 ||
    byte === LINE_FEED ||
    byte === 0x0d ||
    byte === 0x09 ||
    byte === RECORD_SEPARATOR
  );
}
