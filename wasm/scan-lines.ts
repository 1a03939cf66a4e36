// The line scanner of archives, in AssemblyScript (https://www.assemblyscript.org), compiled by `npm run build:scanner`.
// It only locates: where lines begin and end, which event type and time each names, and which lines must be parsed.
// src/sources/archive/scan/buffer-scanner.ts does the same in plain JavaScript; both are held to the same tests.

/** Hash slots of the event types met so far: 4,096 numbers, each an id plus one, 0 where free. */
const TYPE_SLOTS: usize = 1024;
const TYPE_SLOT_MASK: u32 = 4095;
/** Where each type's text begins and how long it is: two numbers for each id. */
const TYPE_SPANS: usize = TYPE_SLOTS + 4096 * 4;
const MOST_TYPES: u32 = 3000;
const TYPE_TEXTS: usize = TYPE_SPANS + 3000 * 8;
const TYPE_TEXTS_END: usize = TYPE_TEXTS + 128 * 1024;
/** Hashes of the ids that are looked for: 65,536 slots, 0 where free. */
const ID_SLOTS: usize = TYPE_TEXTS_END;
const ID_SLOT_MASK: u32 = 65535;
/** What was found: six numbers for each line. */
const ROWS: usize = ID_SLOTS + 65536 * 4;
const MOST_ROWS: i32 = 32768;
const ROW_BYTES: usize = 24;
/** The bytes to scan, with room in front and behind for reads that look around. */
const AREA: usize = ROWS + 32768 * 24 + 64;

const LONGEST_TYPE: i32 = 120;

let typeCount: u32 = 0;
let typeTextEnd: usize = TYPE_TEXTS;
let resumePosition: i32 = 0;

// What is known of the current line.
let lineFlag: i32 = 0;
let lineType: i32 = -1;
let lineDay: i32 = 0;
let lineTime: i32 = 0;
let hasType: bool = false;
let hasTime: bool = false;

export function areaStart(): usize {
  return AREA;
}

export function rowsStart(): usize {
  return ROWS;
}

/** Where the last scan stopped: the end, or the line for which there was no row left. */
export function resumeAt(): i32 {
  return resumePosition;
}

export function countTypes(): u32 {
  return typeCount;
}

export function typeStart(id: u32): u32 {
  return load<u32>(TYPE_SPANS + (<usize>id << 3));
}

export function typeLength(id: u32): u32 {
  return load<u32>(TYPE_SPANS + (<usize>id << 3) + 4);
}

/** Adds the id that stands at the front of the area. A collision only makes more lines candidates. */
export function addId(length: i32): void {
  const hash = hashBytes(AREA, AREA + length);
  let slot = hash & ID_SLOT_MASK;
  while (true) {
    const at = ID_SLOTS + (<usize>slot << 2);
    const found = load<u32>(at);
    if (found === hash) return;
    if (found === 0) {
      store<u32>(at, hash);
      return;
    }
    slot = (slot + 1) & ID_SLOT_MASK;
  }
}

/** Scans whole lines of the area from `from` to `to` and gives the number of rows. The byte before `to` is a line feed. */
export function scan(from: i32, to: i32, wantsIds: bool): i32 {
  return wantsIds ? scanArea(from, to, true) : scanArea(from, to, false);
}

/** Looks at every place where a line feed or one of the pairs `Ty`, `sh`, `\u` and (for ids) `"i` and `nI` stands. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function scanArea(from: i32, to: i32, wantsIds: bool): i32 {
  const end = AREA + to;
  let lineStart = AREA + from;
  let rows: i32 = 0;
  let position = lineStart;
  startLine();
  while (position < end) {
    const first = findPairs(position, wantsIds);
    const second = findPairs(position + 16, wantsIds);
    const third = findPairs(position + 32, wantsIds);
    const fourth = findPairs(position + 48, wantsIds);
    const any = v128.or(v128.or(first, second), v128.or(third, fourth));
    if (!v128.any_true(any)) {
      position += 64;
      continue;
    }
    let found =
      <u64>i8x16.bitmask(first) |
      (<u64>i8x16.bitmask(second) << 16) |
      (<u64>i8x16.bitmask(third) << 32) |
      (<u64>i8x16.bitmask(fourth) << 48);
    while (found !== 0) {
      const at = position + <usize>ctz(found);
      found &= found - 1;
      if (at >= end) break;
      const byte = load<u8>(at);
      if (byte === 0x0a) {
        if (rows === MOST_ROWS) {
          resumePosition = <i32>(lineStart - AREA);
          return rows;
        }
        if (endLine(lineStart, at, rows)) rows += 1;
        lineStart = at + 1;
        startLine();
      } else if (byte === 0x54) readTypeKey(at);
      else if (byte === 0x73) readTimeKey(at);
      else if (byte === 0x5c) readEscape(at);
      else readIdKey(at, byte);
    }
    position += 64;
  }
  resumePosition = to;
  return rows;
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function findPairs(position: usize, wantsIds: bool): v128 {
  const here = v128.load(position);
  const next = v128.load(position, 1);
  const found = v128.or(
    v128.or(
      v128.and(i8x16.eq(here, i8x16.splat(0x54)), i8x16.eq(next, i8x16.splat(0x79))),
      v128.and(i8x16.eq(here, i8x16.splat(0x73)), i8x16.eq(next, i8x16.splat(0x68))),
    ),
    v128.or(
      v128.and(i8x16.eq(here, i8x16.splat(0x5c)), i8x16.eq(next, i8x16.splat(0x75))),
      i8x16.eq(here, i8x16.splat(0x0a)),
    ),
  );
  if (!wantsIds) return found;
  return v128.or(
    found,
    v128.or(
      v128.and(i8x16.eq(here, i8x16.splat(0x22)), i8x16.eq(next, i8x16.splat(0x69))),
      v128.and(i8x16.eq(here, i8x16.splat(0x6e)), i8x16.eq(next, i8x16.splat(0x49))),
    ),
  );
}

function startLine(): void {
  lineFlag = 0;
  lineType = -1;
  hasType = false;
  hasTime = false;
}

/** Writes the row of a line; false where the line is blank. */
function endLine(lineStart: usize, lineEnd: usize, row: i32): bool {
  let start = lineStart;
  let end = lineEnd;
  while (start < end && isSpace(load<u8>(start))) start += 1;
  while (end > start && isSpace(load<u8>(end - 1))) end -= 1;
  if (start === end) return false;
  const isObject = load<u8>(start) === 0x7b && load<u8>(end - 1) === 0x7d;
  const mustParse = lineFlag !== 0 || !isObject || !hasType || !hasTime;
  const at = ROWS + <usize>row * ROW_BYTES;
  store<i32>(at, <i32>(start - AREA));
  store<i32>(at + 4, <i32>(end - AREA));
  store<i32>(at + 8, mustParse ? 1 : 0);
  store<i32>(at + 12, lineType);
  store<i32>(at + 16, lineDay);
  store<i32>(at + 20, lineTime);
  return true;
}

/** At the T of `"eventType"`, or of something else. */
function readTypeKey(at: usize): void {
  // `"eventTy` and `pe"`
  if (load<u64>(at - 6) !== 0x7954746e65766522) return;
  if ((load<u32>(at + 2) & 0xffffff) !== 0x226570) return;
  const value = findString(at + 5);
  if (hasType || value === 0) {
    lineFlag = 1;
    return;
  }
  hasType = true;
  let end = value;
  let hash: u32 = 2166136261;
  while (true) {
    const byte = load<u8>(end);
    if (byte === 0x22) break;
    if (!isPlain(byte) || <i32>(end - value) >= LONGEST_TYPE) {
      lineFlag = 1;
      return;
    }
    hash = (hash ^ byte) * 16777619;
    end += 1;
  }
  lineType = internType(value, end, hash);
  if (lineType < 0) lineFlag = 1;
}

/** Gives the number of a type's text, compared byte by byte; -1 where there are too many. */
function internType(start: usize, end: usize, hash: u32): i32 {
  const length = <u32>(end - start);
  let slot = hash & TYPE_SLOT_MASK;
  while (true) {
    const at = TYPE_SLOTS + (<usize>slot << 2);
    const known = load<u32>(at);
    if (known === 0) {
      if (typeCount === MOST_TYPES || typeTextEnd + length > TYPE_TEXTS_END) return -1;
      memory.copy(typeTextEnd, start, length);
      store<u32>(TYPE_SPANS + (<usize>typeCount << 3), <u32>typeTextEnd);
      store<u32>(TYPE_SPANS + (<usize>typeCount << 3) + 4, length);
      typeTextEnd += length;
      typeCount += 1;
      store<u32>(at, typeCount);
      return typeCount - 1;
    }
    const id = known - 1;
    if (typeLength(id) === length && memory.compare(typeStart(id), start, length) === 0) return id;
    slot = (slot + 1) & TYPE_SLOT_MASK;
  }
}

/** At the s of `"published"`, or of something else. */
function readTimeKey(at: usize): void {
  // `"publish` and `ed"`
  if (load<u64>(at - 6) !== 0x6873696c62757022) return;
  if ((load<u32>(at + 2) & 0xffffff) !== 0x226465) return;
  const value = findString(at + 5);
  if (hasTime || value === 0 || !readInstant(value)) {
    lineFlag = 1;
    return;
  }
  hasTime = true;
}

/** Reads `2022-01-16T10:00:00Z` or with three digits behind a point; anything else is for the parser. */
function readInstant(at: usize): bool {
  const year = readTwo(at) * 100 + readTwo(at + 2);
  const month = readTwo(at + 5);
  const day = readTwo(at + 8);
  const hour = readTwo(at + 11);
  const minute = readTwo(at + 14);
  const second = readTwo(at + 17);
  if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  if (day > daysInMonth(year, month)) return false;
  if (load<u8>(at + 4) !== 0x2d || load<u8>(at + 7) !== 0x2d || load<u8>(at + 10) !== 0x54) return false;
  if (load<u8>(at + 13) !== 0x3a || load<u8>(at + 16) !== 0x3a) return false;
  let millisecond: i32 = 0;
  let end = at + 19;
  if (load<u8>(end) === 0x2e) {
    const tens = readTwo(end + 1);
    const last = <i32>load<u8>(end + 3) - 0x30;
    if (tens < 0 || last < 0 || last > 9) return false;
    millisecond = tens * 10 + last;
    end += 4;
  }
  if (load<u8>(end) !== 0x5a || load<u8>(end + 1) !== 0x22) return false;
  lineDay = countDays(year, month, day);
  lineTime = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  return true;
}

/** Two digits as a number; far below zero where they are none. */
function readTwo(at: usize): i32 {
  const tens = <i32>load<u8>(at) - 0x30;
  const ones = <i32>load<u8>(at + 1) - 0x30;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100000 : tens * 10 + ones;
}

function daysInMonth(year: i32, month: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01; a year is counted from March, so that the leap day comes last. */
function countDays(year: i32, month: i32, day: i32): i32 {
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719468;
}

/** At `\u`: a plain character that is written as an escape could hide a key or a value. */
function readEscape(at: usize): void {
  if (load<u16>(at + 2) !== 0x3030) return;
  const high = readHex(load<u8>(at + 4));
  const low = readHex(load<u8>(at + 5));
  if (high >= 0 && low >= 0 && isPlain(<u8>((high << 4) | low))) lineFlag = 1;
}

function readHex(byte: u8): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}

/** At `"i` or at the `nI` of `externalSessionId`: does the value of an id's key belong to the ids? */
function readIdKey(at: usize, byte: u8): void {
  let keyEnd: usize = 0;
  if (byte === 0x22) {
    // `"id"`, or `"ipAddre` and `ss"`
    if (load<u32>(at) === 0x22646922) keyEnd = at + 4;
    else if (load<u64>(at) === 0x6572646441706922 && (load<u32>(at + 8) & 0xffffff) === 0x227373) {
      keyEnd = at + 11;
    }
  } else if (
    // `"externa`, `lSessio` and `nId"`
    load<u64>(at - 15) === 0x616e726574786522 &&
    (load<u64>(at - 7) & 0xffffffffffffff) === 0x6f69737365536c &&
    load<u32>(at) === 0x2264496e
  ) {
    keyEnd = at + 4;
  }
  if (keyEnd === 0) return;
  const value = findString(keyEnd);
  if (value === 0) return;
  let end = value;
  while (isPlain(load<u8>(end))) end += 1;
  if (load<u8>(end) === 0x22 && hasId(hashBytes(value, end))) lineFlag = 1;
}

function hasId(hash: u32): bool {
  let slot = hash & ID_SLOT_MASK;
  while (true) {
    const found = load<u32>(ID_SLOTS + (<usize>slot << 2));
    if (found === hash) return true;
    if (found === 0) return false;
    slot = (slot + 1) & ID_SLOT_MASK;
  }
}

/** Never 0, which marks a free slot. */
function hashBytes(start: usize, end: usize): u32 {
  let hash: u32 = 2166136261;
  for (let at = start; at < end; at += 1) hash = (hash ^ load<u8>(at)) * 16777619;
  return hash === 0 ? 1 : hash;
}

/** Behind a key: where the text of its value begins, or 0 where none follows. */
function findString(at: usize): usize {
  let position = at;
  while (isSpace(load<u8>(position))) position += 1;
  if (load<u8>(position) !== 0x3a) return 0;
  position += 1;
  while (isSpace(load<u8>(position))) position += 1;
  return load<u8>(position) === 0x22 ? position + 1 : 0;
}

/** White space of JSON inside a line. */
function isSpace(byte: u8): bool {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

/** Letters, digits and `. _ - : @`: what event types and ids are made of. */
function isPlain(byte: u8): bool {
  const lower = byte | 0x20;
  return (
    (lower >= 0x61 && lower <= 0x7a) ||
    (byte >= 0x2d && byte <= 0x3a && byte !== 0x2f) ||
    byte === 0x5f ||
    byte === 0x40
  );
}
