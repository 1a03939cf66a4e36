// Finds the brackets that close JSON values, in AssemblyScript (https://www.assemblyscript.org), compiled by `npm run build:wasm`.
// src/sources/archive/framing/cut-values.ts does the same in plain JavaScript; both are held to the same tests.

import { joinMasks } from './join-masks';

/** The bytes to look at, with room behind for reads that look around. */
const AREA: usize = 4096;

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
/** `{` and `[` become this one with the bit of lower case, `}` and `]` the other. */
const OPENING: u8 = 0x7b;
const CLOSING: u8 = 0x7d;
const LOWER: u8 = 0x20;

/** As in the scanner: the bytes that are looked for stand in memory, because V8 builds a constant vector anew at each use. */
const SOUGHT: usize = memory.data<u8>([QUOTE, BACKSLASH, LOWER, OPENING, CLOSING]);

// How the value stands that was begun.
let depth: i32 = 0;
let isQuoted: bool = false;
/** Whether the byte in front was a backslash inside a text. */
let isEscaped: bool = false;

export function areaStart(): usize {
  return AREA;
}

/** Begins a value whose first byte opens a bracket. */
export function startValue(): void {
  depth = 0;
  isQuoted = false;
  isEscaped = false;
}

/** Goes on with the value from `from` to `to` and gives where it ends: behind its last bracket, or -1 where that is not there yet. */
export function findEnd(from: i32, to: i32): i32 {
  const quote = v128.load_splat<u8>(SOUGHT);
  const backslash = v128.load_splat<u8>(SOUGHT + 1);
  const lower = v128.load_splat<u8>(SOUGHT + 2);
  const opening = v128.load_splat<u8>(SOUGHT + 3);
  const closing = v128.load_splat<u8>(SOUGHT + 4);
  const end = AREA + to;
  let at = AREA + from;
  while (at + 64 <= end) {
    const bytes1 = v128.load(at);
    const bytes2 = v128.load(at, 16);
    const bytes3 = v128.load(at, 32);
    const bytes4 = v128.load(at, 48);
    const backslashes = joinMasks(
      i8x16.eq(bytes1, backslash),
      i8x16.eq(bytes2, backslash),
      i8x16.eq(bytes3, backslash),
      i8x16.eq(bytes4, backslash),
    );
    const quotes = joinMasks(
      i8x16.eq(bytes1, quote),
      i8x16.eq(bytes2, quote),
      i8x16.eq(bytes3, quote),
      i8x16.eq(bytes4, quote),
    );
    const wasEscaped = isEscaped;
    const marks = markTexts(quotes & ~markEscaped(backslashes));
    if ((backslashes & ~marks) !== 0) {
      // A backslash outside texts, where no JSON has one, stands for itself.
      isEscaped = wasEscaped;
      const found = stepThrough(at, at + 64);
      if (found !== 0) return <i32>(found - AREA);
      at += 64;
      continue;
    }
    const lowered1 = v128.or(bytes1, lower);
    const lowered2 = v128.or(bytes2, lower);
    const lowered3 = v128.or(bytes3, lower);
    const lowered4 = v128.or(bytes4, lower);
    const outside = ~marks;
    const opened =
      outside &
      joinMasks(
        i8x16.eq(lowered1, opening),
        i8x16.eq(lowered2, opening),
        i8x16.eq(lowered3, opening),
        i8x16.eq(lowered4, opening),
      );
    const closed =
      outside &
      joinMasks(
        i8x16.eq(lowered1, closing),
        i8x16.eq(lowered2, closing),
        i8x16.eq(lowered3, closing),
        i8x16.eq(lowered4, closing),
      );
    const closings = <i32>popcnt(closed);
    if (depth > closings) depth += <i32>popcnt(opened) - closings;
    else {
      for (let left = opened | closed; left !== 0; left &= left - 1) {
        depth += (opened & left & -left) !== 0 ? 1 : -1;
        if (depth === 0) return <i32>(at - AREA) + <i32>ctz(left) + 1;
      }
    }
    isQuoted = <i64>outside >= 0;
    at += 64;
  }
  const found = stepThrough(at, end);
  return found === 0 ? -1 : <i32>(found - AREA);
}

/** Which bytes of a block a backslash stands in front of that is not escaped itself; sets whether the byte behind the block is. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function markEscaped(backslashes: u64): u64 {
  let escaped: u64 = isEscaped ? 1 : 0;
  if (backslashes === 0) {
    isEscaped = false;
    return escaped;
  }
  let left = backslashes & ~escaped;
  while (left !== 0) {
    const next = (left & -left) << 1;
    escaped |= next;
    left &= left - 1;
    left &= ~next;
  }
  isEscaped = <i64>(backslashes & ~escaped) < 0;
  return escaped;
}

/** Which bytes of a block stand inside texts: from an opening quote up to in front of the closing one. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function markTexts(quotes: u64): u64 {
  let marks = quotes;
  marks ^= marks << 1;
  marks ^= marks << 2;
  marks ^= marks << 4;
  marks ^= marks << 8;
  marks ^= marks << 16;
  marks ^= marks << 32;
  return isQuoted ? ~marks : marks;
}

/** Goes byte by byte; 0 where the value does not end. */
function stepThrough(from: usize, end: usize): usize {
  for (let at = from; at < end; at += 1) {
    const byte = load<u8>(at);
    if (isEscaped) isEscaped = false;
    else if (isQuoted) {
      if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) isQuoted = false;
    } else if (byte === QUOTE) isQuoted = true;
    else if ((byte | LOWER) === OPENING) depth += 1;
    else if ((byte | LOWER) === CLOSING) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return 0;
}
