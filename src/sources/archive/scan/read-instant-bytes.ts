const QUOTE = 0x22;
const DASH = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const CAPITAL_T = 0x54;
const CAPITAL_Z = 0x5a;

/**
 * Reads `2022-01-16T10:00:00Z`, also with a point and three digits of a second, up to its closing quote, in epoch milliseconds.
 * NaN for any other text, which is for the parser: other forms, days that a month does not have, years that no log has.
 */
export function readInstantBytes(area: Buffer, at: number): number {
  const year = readTwo(area, at) * 100 + readTwo(area, at + 2);
  const month = readTwo(area, at + 5);
  const day = readTwo(area, at + 8);
  const hour = readTwo(area, at + 11);
  const minute = readTwo(area, at + 14);
  const second = readTwo(area, at + 17);
  const isInRange =
    year >= 1970 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  const isTime =
    hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  const isMarked =
    area[at + 4] === DASH &&
    area[at + 7] === DASH &&
    area[at + 10] === CAPITAL_T &&
    area[at + 13] === COLON &&
    area[at + 16] === COLON;
  if (!isInRange || !isTime || !isMarked || day > daysInMonth(year, month)) return Number.NaN;
  let end = at + 19;
  let millisecond = 0;
  if (area[end] === POINT) {
    millisecond = readTwo(area, end + 1) * 10 + readDigit(area, end + 3);
    end += 4;
  }
  if (area[end] !== CAPITAL_Z || area[end + 1] !== QUOTE) return Number.NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

function readTwo(area: Buffer, at: number): number {
  return readDigit(area, at) * 10 + readDigit(area, at + 1);
}

/** NaN where there is no digit, which no range holds. */
function readDigit(area: Buffer, at: number): number {
  const digit = (area[at] ?? 0) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
