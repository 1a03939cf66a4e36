import { holdsAt } from './search-bytes.ts';

const QUOTE = 0x22;
const DASH = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const CAPITAL_T = 0x54;
const CAPITAL_Z = 0x5a;
/** `2022-01-16T10` */
const HOUR_LENGTH = 13;

/** Gives the epoch milliseconds of a text in the area, or NaN where only a parser may say what it is. */
export type InstantReader = (area: Buffer, at: number) => number;

/**
 * Reads `2022-01-16T10:00:00Z`, also with a point and three digits of a second, up to its closing quote.
 * NaN for any other text: other forms, days that a month does not have, years that no log has.
 * The hour is read anew only where it is another than that of the event before.
 */
export function createInstantReader(): InstantReader {
  const hour = Buffer.alloc(HOUR_LENGTH);
  let hourMs = Number.NaN;
  return (area, at) => {
    if (!holdsAt(area, at, hour)) {
      const read = readHour(area, at);
      if (Number.isNaN(read)) return read;
      hourMs = read;
      area.copy(hour, 0, at, at + HOUR_LENGTH);
    }
    return hourMs + readWithinHour(area, at + HOUR_LENGTH);
  };
}

function readHour(area: Buffer, at: number): number {
  const year = readTwo(area, at) * 100 + readTwo(area, at + 2);
  const month = readTwo(area, at + 5);
  const day = readTwo(area, at + 8);
  const hour = readTwo(area, at + 11);
  const isInRange = year >= 1970 && year <= 2199 && month >= 1 && month <= 12 && day >= 1;
  const isMarked = area[at + 4] === DASH && area[at + 7] === DASH && area[at + 10] === CAPITAL_T;
  if (!isInRange || !isMarked || !(hour <= 23) || !(day <= daysInMonth(year, month))) {
    return Number.NaN;
  }
  return Date.UTC(year, month - 1, day, hour);
}

/** Reads `:00:00Z"` or `:00:00.000Z"`. */
function readWithinHour(area: Buffer, at: number): number {
  const minute = readTwo(area, at + 1);
  const second = readTwo(area, at + 4);
  let end = at + 6;
  let millisecond = 0;
  if (area[end] === POINT) {
    millisecond = readTwo(area, end + 1) * 10 + readDigit(area, end + 3);
    end += 4;
  }
  const isMarked = area[at] === COLON && area[at + 3] === COLON;
  const isEnded = area[end] === CAPITAL_Z && area[end + 1] === QUOTE;
  if (!isMarked || !isEnded || !(minute <= 59) || !(second <= 59)) return Number.NaN;
  return (minute * 60 + second) * 1000 + millisecond;
}

function readTwo(area: Buffer, at: number): number {
  return readDigit(area, at) * 10 + readDigit(area, at + 1);
}

/** NaN where there is no digit, which no comparison holds for. */
function readDigit(area: Buffer, at: number): number {
  const digit = (area[at] ?? 0) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
