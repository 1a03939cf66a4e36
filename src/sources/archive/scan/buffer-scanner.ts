import { DAY_MS } from '../../../model/time-window.ts';
import { type LineScanner, PLAIN_TEXT } from './line-scanner.ts';
import { startTypes } from './number-types.ts';
import { createInstantReader } from './read-instant-bytes.ts';
import { createRecordFronts } from './record-fronts.ts';
import { createRowWriter, type FoundLine } from './row-writer.ts';
import { createSearch, toNeedle } from './search-bytes.ts';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const TYPE_KEY = toNeedle('"eventType"', '"eventT');
const TIME_KEY = toNeedle('"published"', 'ublish');
const ESCAPE = Buffer.from('\\u00');
/** The end of a name, the backslash of a name inside a text, and the value. */
const ID_MEMBER = /(?:[Ii]d|ipAddress)(?:(\\)|"[ \t\r]*:[ \t\r]*"([^"]*))/g;
const FOR_PARSER = /[\\\x80-\xff]/;
/** `\u00` and two digits. */
const ESCAPE_LENGTH = 6;

/** Gives a scanner on Node's own buffers, for machines without WebAssembly and to check the other one against. */
export function createBufferScanner(ids: readonly string[]): LineScanner {
  let area = Buffer.alloc(0);
  const writer = createRowWriter();
  const types = startTypes();
  const readInstant = createInstantReader();
  const fronts = createRecordFronts();
  const wanted = new Set(ids);
  const typeKeys = createSearch(TYPE_KEY);
  const timeKeys = createSearch(TIME_KEY);

  function reserve(bytes: number): Buffer {
    if (area.length < bytes) {
      const larger = Buffer.alloc(bytes);
      area.copy(larger);
      area = larger;
    }
    return area;
  }

  function scan(from: number, to: number): { count: number; resumeAt: number } {
    typeKeys.start(area, from, to);
    timeKeys.start(area, from, to);
    const hasPlainEscape = startEscapes(area);
    const line: FoundLine = { start: 0, end: 0, mustParse: false, type: 0, day: 0, timeMs: 0 };
    writer.restart();
    for (let next = from; next < to; ) {
      if (writer.isFull()) return { count: writer.count(), resumeAt: next };
      line.start = next;
      line.end = area.indexOf(LINE_FEED, next);
      next = line.end + 1;
      trim(area, line);
      if (line.start === line.end) continue;
      const typeAt = findValue(area, typeKeys.findOnly(line.start, line.end));
      const timeAt = findValue(area, timeKeys.findOnly(line.start, line.end));
      line.type = typeAt < 0 ? -1 : types.number(area, typeAt);
      const instantMs = timeAt < 0 ? Number.NaN : readInstant(area, timeAt);
      line.day = Math.floor(instantMs / DAY_MS);
      line.timeMs = instantMs - line.day * DAY_MS;
      const isPlain = line.type >= 0 && !Number.isNaN(instantMs) && isObject(area, line);
      line.mustParse = !isPlain || hasPlainEscape(line) || fronts.isTorn(area, line.start, typeAt);
      writer.write(line);
    }
    return { count: writer.count(), resumeAt: to };
  }

  function mayHoldId(start: number, end: number): boolean {
    if (wanted.size === 0) return false;
    for (const [, backslash, value = ''] of area
      .toString('latin1', start, end)
      .matchAll(ID_MEMBER)) {
      if (backslash !== undefined || FOR_PARSER.test(value)) return true;
      if (wanted.has(value.toLowerCase())) return true;
    }
    return false;
  }

  const { rows, startFile, letJoin } = writer;
  return {
    reserve,
    scan,
    mayHoldId,
    readRows: () => rows,
    typeNames: types.names,
    startFile,
    letJoin,
  };
}

function trim(area: Buffer, line: FoundLine): void {
  while (line.start < line.end && isSpace(area[line.start])) line.start += 1;
  while (line.end > line.start && isSpace(area[line.end - 1])) line.end -= 1;
}

function isObject(area: Buffer, { start, end }: FoundLine): boolean {
  return area[start] === OPEN_OBJECT && area[end - 1] === CLOSE_OBJECT;
}

/** Behind a key: where the text of its value begins; -1 where none follows or there was no key. */
function findValue(area: Buffer, from: number): number {
  if (from < 0) return -1;
  let at = from;
  while (isSpace(area[at])) at += 1;
  if (area[at] !== COLON) return -1;
  at += 1;
  while (isSpace(area[at])) at += 1;
  return area[at] === QUOTE ? at + 1 : -1;
}

/** Says of lines in order which ones write a plain character as an escape; each escape of the area is found once. */
function startEscapes(area: Buffer): (line: FoundLine) => boolean {
  let at = -1;

  function advance(from: number): void {
    const found = area.indexOf(ESCAPE, from);
    at = found < 0 ? area.length : found;
  }

  return ({ start, end }) => {
    if (at < start) advance(start);
    for (; at < end; advance(at + 1)) {
      const digits = area.toString('latin1', at + ESCAPE.length, at + ESCAPE_LENGTH);
      if (PLAIN_TEXT.test(String.fromCharCode(Number.parseInt(digits, 16)))) return true;
    }
    return false;
  };
}

/** White space of JSON inside a line. */
function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}
