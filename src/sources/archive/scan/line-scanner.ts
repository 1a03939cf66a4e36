/**
 * Numbers of one row: a line that is not blank, and the lines right behind it that joined it. A line joins the row before it where
 * neither need be parsed and lines of both types may join, it is of the same hour and not earlier, and a line of its type had a row
 * of its own on that day.
 */
export const ROW_FIELDS = 15;
/** Where its lines begin and end in the area, without white space around them. */
export const ROW_START = 0;
export const ROW_END = 1;
/** 1 where only a parser may say what the line is; the fields below then mean nothing. */
export const ROW_MUST_PARSE = 2;
/** Of the first line: an index into `typeNames`. */
export const ROW_TYPE = 3;
/** Days since the epoch, and milliseconds of that day in the first and in the last line. */
export const ROW_DAY = 4;
export const ROW_TIME = 5;
export const ROW_LAST_TIME = 6;
/** How many lines. */
export const ROW_LINES = 7;
/** The marks of all types that may join and are in it, in one. */
export const ROW_MARKS = 8;
/** In which slots of the hour there were lines: `BusySlots`. */
export const ROW_SLOTS = 9;

/**
 * Finds, by bytes alone, which lines certainly hold one record with one event type and one time, which ones those are, and in
 * which of them none of some ids is.
 *
 * A line need not be parsed only if all of this holds:
 * it begins with `{` and ends with `}`;
 * the bytes `"eventType"` occur once, as a key whose value is a text of plain characters;
 * the bytes `"published"` occur once, as a key whose value is `YYYY-MM-DDTHH:MM:SSZ`, or so with three digits of a second;
 * and no plain character is written as an escape (`\u0065`).
 *
 * Why that is exact: a parser that finds an event type or a time in such a line has decoded a key to that name. Plain characters
 * can be written only as themselves or as `\u00HH`, of which there is none, so the key stands there literally, and there is one.
 * Text inside strings has its quotes escaped, and so can add occurrences but never hide one.
 * What this cannot see is a line that has all of it and is broken elsewhere. A scanner may leave more to the parser, and both leave
 * most records that were torn and have another one behind them: the one in WebAssembly where curly brackets do not pair, the one on
 * buffers where a record begins anew in front of the event type.
 *
 * Such a line holds none of the ids if no name in it that ends in `id`, `Id` or `ipAddress` has one of them as its value. Every
 * field by which somebody is followed ends so, also under a dotted name. A value stands there literally unless it has a backslash;
 * that, bytes beyond ASCII (which may be a letter in another case) and names inside texts are always for the parser.
 */
export interface LineScanner {
  /** Gives room for at least so many bytes; what was there stays. The view is good until the next call. */
  reserve(bytes: number): Buffer;
  /**
   * Scans whole lines of the area, the last byte being a line feed.
   * Gives how many rows there are and where to go on: at `to`, or before it where the rows did not suffice.
   */
  scan(from: number, to: number): { readonly count: number; readonly resumeAt: number };
  /** Says whether a line that need not be parsed may hold one of the ids, in whatever case: the line's row tells where it lies. */
  mayHoldId(start: number, end: number): boolean;
  /** The rows of the last scan, one behind the other. */
  readRows(): Int32Array;
  /** Event types met so far, by the number that rows give them. */
  readonly typeNames: readonly string[];
  /** Lets no line join another one, as at the start: to be called where a file begins. */
  startFile(): void;
  /** Lets lines of a type join others: of whatever time they are, nobody wants one of them. The mark is not below zero. */
  letJoin(type: number, mark: number): void;
}

/** Letters, digits and `. _ - : @`: event types are made of these, and the names of keys. */
export const PLAIN_TEXT = /^[A-Za-z0-9._:@-]+$/;
export const LONGEST_TYPE = 120;
