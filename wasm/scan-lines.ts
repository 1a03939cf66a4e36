// The line scanner of archives, in AssemblyScript (https://www.assemblyscript.org), compiled by `npm run build:wasm`.
// It only locates: where lines begin and end, which event type and time each names, which lines must be parsed or may hold an id.
// src/sources/archive/scan/buffer-scanner.ts does the same in plain JavaScript; both are held to the same tests.

import { joinMasks } from './join-masks';

/** The compiler puts the bytes of `memory.data` from 1024 on; all of them must lie below this. */
const TABLES: usize = 4096;
/** Hash slots of the event types met so far: 4,096 numbers, each an id plus one, 0 where free. */
const TYPE_SLOTS: usize = TABLES;
const TYPE_SLOT_MASK: u32 = 4095;
/**
 * Four numbers for each id of a type: where its text begins and how long it is, its mark, -1 where lines of it may not join others,
 * and the day on which one of those that may had a row of its own, at first -1.
 */
const TYPES: usize = TYPE_SLOTS + 4096 * 4;
const TYPE_MARK: usize = 8;
const TYPE_DAY: usize = 12;
const MOST_TYPES: u32 = 3000;
const TYPE_TEXTS: usize = TYPES + 3000 * 16;
const TYPE_TEXTS_END: usize = TYPE_TEXTS + 128 * 1024;
/** Hashes of the ids that are looked for: 65,536 slots, 0 where free. */
const ID_SLOTS: usize = TYPE_TEXTS_END;
const ID_SLOT_MASK: u32 = 65535;
const MOST_IDS: u32 = 32768;
/** One byte for every two bytes that a text may begin with: 0 where no id, and nothing that may be one, begins like that. */
const ID_FRONTS: usize = ID_SLOTS + 65536 * 4;
/** What was found, as src/sources/archive/scan/line-scanner.ts has the fields of a row. */
const ROWS: usize = ID_FRONTS + 65536;
const MOST_ROWS: i32 = 8192;
const ROW_BYTES: usize = 60;
const ROW_END: usize = 4;
const ROW_LAST_TIME: usize = 24;
const ROW_LINES: usize = 28;
const ROW_MARKS: usize = 32;
const ROW_SLOTS: usize = 36;
const HOUR_MS: i32 = 3600000;
const SLOT_MS: i32 = 20000;
const SLOTS_OF_NUMBER: i32 = 30;
/** The bytes to scan, with room in front and behind for reads that look around. */
const AREA: usize = ROWS + 8192 * 60 + 64;

const LONGEST_TYPE: u32 = 120;
const LONGEST_ID: usize = 240;

let typeCount: u32 = 0;
let typeTextEnd: usize = TYPE_TEXTS;
let idCount: u32 = 0;
let resumePosition: i32 = 0;

// What is known of the current line.
let lineFlag: i32 = 0;
let lineType: i32 = -1;
let lineDay: i32 = 0;
let lineTime: i32 = 0;
let hasType: bool = false;
let hasTime: bool = false;

// What a line must be of to join the last row: nothing is where the hour ends before it begins.
let rowDay: i32 = 0;
let rowLastTime: i32 = 0;
let rowHourEnd: i32 = 0;

// The hour of the event before, as text and as a number: most events have the same. At first `1970-01-01T00`.
let hourFront: u64 = 0x2d31302d30373931;
let hourBack: u64 = 0x30305431302d3130;
let hourDay: i32 = 0;
let hourOfDay: i32 = 0;

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
  return load<u32>(typeAt(id));
}

export function typeLength(id: u32): u32 {
  return load<u32>(typeAt(id), 4);
}

function typeAt(id: u32): usize {
  return TYPES + (<usize>id << 4);
}

/** Lets no line join another one. */
export function startFile(): void {
  for (let id: u32 = 0; id < typeCount; id += 1) keepApart(typeAt(id));
}

function keepApart(type: usize): void {
  store<i32>(type, -1, TYPE_MARK);
  store<i32>(type, -1, TYPE_DAY);
}

export function letJoin(id: u32, mark: i32): void {
  store<i32>(typeAt(id), mark, TYPE_MARK);
}

/** Adds the id at the front of the area, with a quote behind it. A collision, or too many ids, only make more lines candidates. */
export function addId(): void {
  if (idCount === 0) startIds();
  if (idCount === MOST_IDS) return;
  const hash = hashId(AREA);
  let slot = hash & ID_SLOT_MASK;
  while (load<u32>(ID_SLOTS + (<usize>slot << 2)) !== 0) slot = (slot + 1) & ID_SLOT_MASK;
  store<u32>(ID_SLOTS + (<usize>slot << 2), hash);
  store<u8>(ID_FRONTS + foldFront(AREA), 1);
  idCount += 1;
}

/** Texts that are empty, or that have a backslash or bytes beyond ASCII in front, are never left out by their front. */
function startIds(): void {
  for (let front: usize = 0; front < 65536; front += 1) {
    const low = front & 0xff;
    const high = front >> 8;
    const isOdd = low > 0x7f || high > 0x7f || low === 0x7c || high === 0x7c || low === 0x22;
    if (isOdd) store<u8>(ID_FRONTS + front, 1);
  }
}

/**
 * The bytes that are looked for, to be spread over vectors. They stand in memory because V8 builds a constant vector anew
 * at each use, which takes longer than the comparison; what is loaded stays in a register.
 */
const SOUGHT: usize = memory.data<u8>([0x2c, 0x7c, 0x54, 0x75, 0x0a, 0x20, 0x69, 0x22, 0x5c, 0x41, 0x70]);
/** By how much each of the sixteen characters from `p` on opens curly brackets. */
const DEPTHS: usize = memory.data<i8>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0]);
/** From 64 - n on, n bytes that clear and behind them others that keep. */
const SUFFIX_MASK: usize = memory.data(128);
memory.fill(SUFFIX_MASK + 64, 0xff, 64);

// @ts-ignore: a decorator of AssemblyScript
@inline
function spread(index: usize): v128 {
  return v128.load_splat<u8>(SOUGHT + index);
}

// What `passQuiet` found: which of 64 bytes are to be looked at, and by how much the line up to behind them opens curly brackets.
let found: u64 = 0;
let depths: v128 = i64x2.splat(0);

/**
 * Scans whole lines of the area from `from` to `to` and gives the number of rows. The byte before `to` is a line feed.
 * Looks at every place where a line feed or one of the pairs `tT`, `pu` and `\\u` stands.
 */
export function scan(from: i32, to: i32): i32 {
  const end = AREA + to;
  let rows: i32 = 0;
  let lineStart = AREA + from;
  rowHourEnd = 0;
  while (lineStart < end && rows < MOST_ROWS) {
    const lineEnd = scanLine(lineStart);
    rows = endLine(lineStart, lineEnd, rows);
    lineStart = lineEnd + 1;
  }
  resumePosition = <i32>(lineStart - AREA);
  return rows;
}

/** Takes note of what a line holds and gives where its line feed stands. */
function scanLine(lineStart: usize): usize {
  startLine();
  let block = passQuiet(lineStart);
  while (true) {
    for (let left = found; left !== 0; left &= left - 1) {
      const at = block + <usize>ctz(left);
      const byte = load<u8>(at);
      if (byte === 0x74) readTypeKey(at);
      else if (byte === 0x70) readTimeKey(at);
      else if (byte === 0x5c) readEscape(at);
      else if (byte === 0x0a) {
        // They do not pair where a record was torn and another one written behind it; texts with such brackets are parsed too.
        if (!isPaired(block, at)) lineFlag = 1;
        return at;
      }
    }
    block = passQuiet(block + 64);
  }
}

/** Passes blocks of 64 bytes in which there is nothing to look at; gives where the next other one begins. */
function passQuiet(from: usize): usize {
  const blur = spread(0);
  const blurred = spread(1);
  const capitalT = spread(2);
  const u = spread(3);
  const feed = spread(4);
  const p = spread(10);
  const weights = v128.load(DEPTHS);
  let sum = depths;
  let at = from;
  while (true) {
    const bytes1 = v128.load(at);
    sum = i8x16.add(sum, weigh(bytes1, p, weights));
    const first = findPairs(bytes1, at, blur, blurred, capitalT, u, feed);
    const bytes2 = v128.load(at, 16);
    sum = i8x16.add(sum, weigh(bytes2, p, weights));
    const second = findPairs(bytes2, at + 16, blur, blurred, capitalT, u, feed);
    const bytes3 = v128.load(at, 32);
    sum = i8x16.add(sum, weigh(bytes3, p, weights));
    const third = findPairs(bytes3, at + 32, blur, blurred, capitalT, u, feed);
    const bytes4 = v128.load(at, 48);
    sum = i8x16.add(sum, weigh(bytes4, p, weights));
    const fourth = findPairs(bytes4, at + 48, blur, blurred, capitalT, u, feed);
    const any = v128.or(v128.or(first, second), v128.or(third, fourth));
    if (i8x16.bitmask(any) !== 0) {
      found = joinMasks(first, second, third, fourth);
      depths = sum;
      return at;
    }
    at += 64;
  }
}

/**
 * One for each opening curly bracket, minus one for each closing one. The subtraction gives the characters of `DEPTHS` their index
 * and everything else, because it saturates, a number below zero, for which the relaxed selection too always gives 0.
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
function weigh(bytes: v128, p: v128, weights: v128): v128 {
  return i8x16.relaxed_swizzle(weights, i8x16.sub_sat_s(bytes, p));
}

/** Whether the line, which ends at `at` in the block, closes as many curly brackets as it opens, or 256 more or less. */
function isPaired(block: usize, at: usize): bool {
  const mask = SUFFIX_MASK + 64 - (at - block);
  const p = spread(10);
  const weights = v128.load(DEPTHS);
  const behind = i8x16.add(
    i8x16.add(
      v128.and(weigh(v128.load(block), p, weights), v128.load(mask)),
      v128.and(weigh(v128.load(block, 16), p, weights), v128.load(mask, 16)),
    ),
    i8x16.add(
      v128.and(weigh(v128.load(block, 32), p, weights), v128.load(mask, 32)),
      v128.and(weigh(v128.load(block, 48), p, weights), v128.load(mask, 48)),
    ),
  );
  const lanes = i8x16.sub(depths, behind);
  return ((sumBytes(i64x2.extract_lane(lanes, 0)) + sumBytes(i64x2.extract_lane(lanes, 1))) & 0xff) === 0;
}

function sumBytes(bytes: u64): u64 {
  const pairs = (bytes & 0x00ff00ff00ff00ff) + ((bytes >> 8) & 0x00ff00ff00ff00ff);
  return (pairs * 0x0001000100010001) >> 48;
}

/**
 * Line feeds, and `T` or `u` behind one of `P T X \\ p t x |`: these differ in the blurred bits alone, so that one comparison
 * finds them all. `tT` is in `"eventType"`, `pu` in `"published"`, `\\u` begins an escape; the other pairs are rare.
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
function findPairs(here: v128, at: usize, blur: v128, blurred: v128, capitalT: v128, u: v128, feed: v128): v128 {
  const next = v128.load(at, 1);
  return v128.or(
    i8x16.eq(here, feed),
    v128.and(
      i8x16.eq(v128.or(here, blur), blurred),
      v128.or(i8x16.eq(next, capitalT), i8x16.eq(next, u)),
    ),
  );
}

function startLine(): void {
  depths = i64x2.splat(0);
  lineFlag = 0;
  lineType = -1;
  hasType = false;
  hasTime = false;
}

/** Writes a line to a row of its own or to the one before it and gives how many rows there are then. */
function endLine(lineStart: usize, lineEnd: usize, rows: i32): i32 {
  let start = lineStart;
  let end = lineEnd;
  // Nearly every line has no white space around it.
  if (!isObject(start, end)) {
    while (start < end && isSpace(load<u8>(start))) start += 1;
    while (end > start && isSpace(load<u8>(end - 1))) end -= 1;
    if (start === end) return rows;
  }
  const mustParse = lineFlag !== 0 || !isObject(start, end) || !hasType || !hasTime;
  if (!mustParse && mayJoin()) {
    joinLine(ROWS + <usize>(rows - 1) * ROW_BYTES, end);
    return rows;
  }
  const at = ROWS + <usize>rows * ROW_BYTES;
  store<i32>(at, <i32>(start - AREA));
  store<i32>(at, <i32>(end - AREA), ROW_END);
  store<i32>(at + 8, mustParse ? 1 : 0);
  rowHourEnd = 0;
  if (!mustParse) startRow(at);
  return rows + 1;
}

function mayJoin(): bool {
  if (lineTime >= rowHourEnd || lineTime < rowLastTime || lineDay !== rowDay) return false;
  return load<i32>(typeAt(lineType), TYPE_DAY) === lineDay;
}

function joinLine(at: usize, end: usize): void {
  rowLastTime = lineTime;
  store<i32>(at, <i32>(end - AREA), ROW_END);
  store<i32>(at, lineTime, ROW_LAST_TIME);
  store<i32>(at, load<i32>(at, ROW_LINES) + 1, ROW_LINES);
  store<i32>(at, load<i32>(at, ROW_MARKS) | load<i32>(typeAt(lineType), TYPE_MARK), ROW_MARKS);
  markSlot(at, lineTime - rowHourEnd + HOUR_MS);
}

function startRow(at: usize): void {
  const type = typeAt(lineType);
  const mark = load<i32>(type, TYPE_MARK);
  store<i32>(at + 12, lineType);
  store<i32>(at + 16, lineDay);
  store<i32>(at + 20, lineTime);
  store<i32>(at, lineTime, ROW_LAST_TIME);
  store<i32>(at, 1, ROW_LINES);
  store<i32>(at, mark < 0 ? 0 : mark, ROW_MARKS);
  v128.store(at, i64x2.splat(0), ROW_SLOTS);
  store<u64>(at, 0, ROW_SLOTS + 16);
  markSlot(at, lineTime % HOUR_MS);
  if (mark < 0) return;
  store<i32>(type, lineDay, TYPE_DAY);
  rowDay = lineDay;
  rowLastTime = lineTime;
  rowHourEnd = lineTime - (lineTime % HOUR_MS) + HOUR_MS;
}

/** Marks in which slot of the hour a time is. */
function markSlot(row: usize, time: i32): void {
  const slot = time / SLOT_MS;
  const at = row + ROW_SLOTS + (<usize>(slot / SLOTS_OF_NUMBER) << 2);
  store<i32>(at, load<i32>(at) | (1 << (slot % SLOTS_OF_NUMBER)));
}

function isObject(start: usize, end: usize): bool {
  return load<u8>(start) === 0x7b && load<u8>(end - 1) === 0x7d;
}

/** At the `tT` of `"eventType"`, or of something else. */
function readTypeKey(at: usize): void {
  // `"eventTy` and `pe"`
  if (load<u64>(at - 5) !== 0x7954746e65766522) return;
  if ((load<u32>(at + 3) & 0xffffff) !== 0x226570) return;
  const value = findString(at + 6);
  if (hasType || value === 0) {
    lineFlag = 1;
    return;
  }
  hasType = true;
  lineType = readType(value);
  if (lineType < 0) lineFlag = 1;
}

/** Gives the number of the type whose text begins here; -1 where it is none of plain characters, or there are too many. */
function readType(start: usize): i32 {
  const length = measureText(start);
  if (length === 0 || length > LONGEST_TYPE) return -1;
  let slot = hashEnds(start, length) & TYPE_SLOT_MASK;
  while (true) {
    const at = TYPE_SLOTS + (<usize>slot << 2);
    const known = load<u32>(at);
    if (known === 0) return addType(start, length, at);
    const id = known - 1;
    if (typeLength(id) === length && isSame(typeStart(id), start, length)) return id;
    slot = (slot + 1) & TYPE_SLOT_MASK;
  }
}

function addType(start: usize, length: u32, slotAt: usize): i32 {
  if (typeCount === MOST_TYPES || typeTextEnd + length > TYPE_TEXTS_END) return -1;
  for (let at = start; at < start + length; at += 1) if (!isPlain(load<u8>(at))) return -1;
  memory.copy(typeTextEnd, start, length);
  store<u32>(typeAt(typeCount), <u32>typeTextEnd);
  store<u32>(typeAt(typeCount), length, 4);
  keepApart(typeAt(typeCount));
  typeTextEnd += length;
  typeCount += 1;
  store<u32>(slotAt, typeCount);
  return typeCount - 1;
}

/** A bit for each of 64 bytes that is this one. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function findQuotes(at: usize): u64 {
  const quote = spread(7);
  return joinMasks(
    i8x16.eq(v128.load(at), quote),
    i8x16.eq(v128.load(at, 16), quote),
    i8x16.eq(v128.load(at, 32), quote),
    i8x16.eq(v128.load(at, 48), quote),
  );
}

/** How many bytes stand before the next quote; more than the longest type where there are too many. */
function measureText(start: usize): u32 {
  let length: u32 = 0;
  while (length <= LONGEST_TYPE) {
    const quotes = findQuotes(start + length);
    if (quotes !== 0) return length + <u32>ctz(quotes);
    length += 64;
  }
  return length;
}

/** Mixes the first and the last eight bytes, by which event types differ. */
function hashEnds(start: usize, length: u32): u32 {
  let front = load<u64>(start);
  let back: u64 = 0;
  if (length >= 8) back = load<u64>(start + length - 8);
  else front &= (<u64>1 << (length << 3)) - 1;
  const mixed = (front ^ rotl(back, 23) ^ length) * 0x9e3779b97f4a7c15;
  return <u32>(mixed >> 40);
}

function isSame(one: usize, other: usize, length: u32): bool {
  for (let done: u32 = 0; done < length; done += 64) {
    const equal = joinMasks(
      i8x16.eq(v128.load(one + done), v128.load(other + done)),
      i8x16.eq(v128.load(one + done, 16), v128.load(other + done, 16)),
      i8x16.eq(v128.load(one + done, 32), v128.load(other + done, 32)),
      i8x16.eq(v128.load(one + done, 48), v128.load(other + done, 48)),
    );
    if (done + <u32>ctz(~equal) < length && ~equal !== 0) return false;
  }
  return true;
}

/** At the `pu` of `"published"`, or of something else. */
function readTimeKey(at: usize): void {
  // `"publish` and `ed"`
  if (load<u64>(at - 1) !== 0x6873696c62757022) return;
  if ((load<u32>(at + 7) & 0xffffff) !== 0x226465) return;
  const value = findString(at + 10);
  if (hasTime || value === 0 || !readInstant(value)) {
    lineFlag = 1;
    return;
  }
  hasTime = true;
}

/** Reads `2022-01-16T10:00:00Z` or with three digits behind a point; anything else is for the parser. */
function readInstant(at: usize): bool {
  const isSameHour = load<u64>(at) === hourFront && load<u64>(at + 5) === hourBack;
  if (!isSameHour && !readHour(at)) return false;
  // `:00:00` from the lowest byte on: what is no digit, then tens up to 5 and ones up to 9.
  const clock = load<u64>(at + 13);
  if ((clock & 0xf0f0fff0f0ff) !== 0x30303a30303a) return false;
  if ((((clock & 0x0f0f000f0f00) + 0x060a00060a00) & 0xf0f000f0f000) !== 0) return false;
  const minute = readDigits(clock >> 8);
  const second = readDigits(clock >> 32);
  let millisecond: i32 = 0;
  // `Z"`, or `.000Z"`
  const rest = load<u64>(at + 19);
  if ((rest & 0xffff) !== 0x225a) {
    if ((rest & 0xfffff0f0f0ff) !== 0x225a3030302e) return false;
    if ((((rest & 0x0f0f0f00) + 0x06060600) & 0xf0f0f000) !== 0) return false;
    millisecond = readDigits(rest >> 8) * 10 + <i32>((rest >> 24) & 0x0f);
  }
  lineDay = hourDay;
  lineTime = ((hourOfDay * 60 + minute) * 60 + second) * 1000 + millisecond;
  return true;
}

/** What the two lowest bytes, digits, say in this order. */
function readDigits(bytes: u64): i32 {
  return <i32>(bytes & 0x0f) * 10 + <i32>((bytes >> 8) & 0x0f);
}

/** Reads `2022-01-16T10`; false, and nothing is kept, where something else stands here. */
function readHour(at: usize): bool {
  const year = readTwo(at) * 100 + readTwo(at + 2);
  const month = readTwo(at + 5);
  const day = readTwo(at + 8);
  const hour = readTwo(at + 11);
  if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  if (hour < 0 || hour > 23 || day > daysInMonth(year, month)) return false;
  if (load<u8>(at + 4) !== 0x2d || load<u8>(at + 7) !== 0x2d || load<u8>(at + 10) !== 0x54) return false;
  hourFront = load<u64>(at);
  hourBack = load<u64>(at + 5);
  hourDay = countDays(year, month, day);
  hourOfDay = hour;
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

/** Says whether one of the ids may be the value of a key in a line that needs no parsing otherwise. */
export function mayHoldId(from: i32, to: i32): bool {
  if (idCount === MOST_IDS) return true;
  const end = AREA + to;
  const lower = spread(5);
  const i = spread(6);
  const quote = spread(7);
  const backslash = spread(8);
  const capitalA = spread(9);
  for (let position = AREA + from; position < end; position += 64) {
    const first = findIdKeys(position, lower, i, quote, backslash, capitalA);
    const second = findIdKeys(position + 16, lower, i, quote, backslash, capitalA);
    const third = findIdKeys(position + 32, lower, i, quote, backslash, capitalA);
    const fourth = findIdKeys(position + 48, lower, i, quote, backslash, capitalA);
    if (!v128.any_true(v128.or(v128.or(first, second), v128.or(third, fourth)))) continue;
    let found = joinMasks(first, second, third, fourth);
    while (found !== 0) {
      const at = position + <usize>ctz(found);
      found &= found - 1;
      if (at < end && isIdAt(at)) return true;
    }
  }
  return false;
}

/** `i` or `I`, and behind the next byte a quote, a backslash or an `A`: as in `id"`, `alternateId"` and `ipAddress"`. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function findIdKeys(at: usize, lower: v128, i: v128, quote: v128, backslash: v128, capitalA: v128): v128 {
  const behind = v128.load(at, 2);
  return v128.and(
    i8x16.eq(v128.or(v128.load(at), lower), i),
    v128.or(v128.or(i8x16.eq(behind, quote), i8x16.eq(behind, backslash)), i8x16.eq(behind, capitalA)),
  );
}

/** At the `i` of a key that ends in `id`, `Id` or `ipAddress`, or of something else. */
function isIdAt(at: usize): bool {
  let nameEnd: usize;
  if (load<u8>(at + 1) === 0x64) nameEnd = at + 2;
  // `pAddress`
  else if (load<u64>(at + 1) === 0x7373657264644170) nameEnd = at + 9;
  else return false;
  // A key inside a text has its quotes escaped; its value is for the parser.
  if (load<u8>(nameEnd) === 0x5c) return true;
  if (load<u8>(nameEnd) !== 0x22) return false;
  const value = findString(nameEnd + 1);
  return value !== 0 && load<u8>(ID_FRONTS + foldFront(value)) !== 0 && hasId(hashId(value));
}

function foldFront(start: usize): usize {
  return load<u16>(start) | 0x2020;
}

/** 0 is no hash, because only a parser may say which text that is; it is found in every free slot. */
function hasId(hash: u32): bool {
  let slot = hash & ID_SLOT_MASK;
  while (true) {
    const found = load<u32>(ID_SLOTS + (<usize>slot << 2));
    if (found === hash) return true;
    if (found === 0) return false;
    slot = (slot + 1) & ID_SLOT_MASK;
  }
}

/** The hash of a text up to its quote, upper and lower case alike; 0 where it is long, holds a backslash or is not in ASCII. */
function hashId(start: usize): u32 {
  let hash: u64 = 0;
  for (let at = start; at < start + LONGEST_ID; at += 16) {
    const text = v128.load(at);
    const odd = i8x16.bitmask(v128.or(text, i8x16.eq(text, i8x16.splat(0x5c))));
    const quotes = i8x16.bitmask(i8x16.eq(text, i8x16.splat(0x22)));
    const length = ctz(quotes | 0x10000);
    if ((odd & ((1 << length) - 1)) !== 0) return 0;
    const folded = v128.and(
      v128.or(text, i8x16.splat(0x20)),
      v128.load(PREFIX_MASK + 16 - <usize>length),
    );
    hash = rotl(hash ^ i64x2.extract_lane(folded, 0), 29) * 0x9e3779b97f4a7c15;
    hash = rotl(hash ^ i64x2.extract_lane(folded, 1), 29) * 0x9e3779b97f4a7c15;
    if (quotes !== 0) return <u32>(hash >> 32) | 1;
  }
  return 0;
}

/** From 16 - n on, a vector of n bytes that keep and others that clear. */
const PREFIX_MASK: usize = memory.data<u64>([~0, ~0, 0, 0]);

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
