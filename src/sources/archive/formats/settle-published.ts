import { isRecord } from '../../../model/log-event.ts';
import { readPath } from './read-raw-record.ts';

/** An instant in other words that name its zone at the end: `Sun, 16 Jan 2022 10:00:00 GMT`. */
const ZONED = /\d:\d\d.*(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)(\s*\(.*\))?$/;
/**
 * Not fewer digits, because `20220116` is a day. Snowflake writes the zone's minutes behind it, which do not move the instant, and
 * BigQuery `1.642327200E9`.
 */
const EPOCH = /^(\d{10,19}(\.\d+)?( \d{1,4})?|\d\.\d+E9)$/;
/** Of any case: a store that lowers all texts lowers the T and the Z as well. */
const INSTANT =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;
const UTC = /^(?:Z|UTC)$/i;

/** As programs of .NET write one: `/Date(1642327200000)/`, with a zone that does not move it. */
const OF_DOTNET = /^\/Date\((\d{12,13})(?:[+-]\d{4})?\)\/$/;

/** Two numbers in front of which either may be the month: `05/01/2022`. */
const EITHER_FIRST = /^(0?[1-9]|1[0-2])[-./](0?[1-9]|1[0-2])[-./]/;
/** Who writes the month first writes so behind the time, and who writes the day first does it small or not at all. */
const AMERICAN = /\d\s[AP]M\b/;
/** A day that not every month has. */
const LATE_DAY = /^\d{4}-\d\d-(29|3\d)/;

/**
 * Gives a record whose `published` is an instant, as Okta writes it.
 * Exports lose the zone (Panther, Splunk), count nanoseconds or give epoch numbers: without a zone it is UTC, as Okta's is.
 * A time in the words of some country or screen, without a zone, can be any: it is left out, and this machine's zone never guessed.
 * A record that is right already is given back as it is.
 */
export function settlePublished(record: unknown): unknown {
  if (!isRecord(record)) return record;
  const published = toInstant(unwrapDate(record['published']));
  return published === record['published'] ? record : { ...record, published };
}

const MOST_SHOWN = 40;

/** How what `describeUntoldTime` says begins. */
export const UNTOLD_TIME = 'its time cannot be told from';

/** Says why a record is no event where its time alone is at fault; else null. */
export function describeUntoldTime(record: unknown): string | null {
  if (!isRecord(record) || typeof record['eventType'] !== 'string') return null;
  const { published } = record;
  if (published === undefined || published === null) return null;
  const isTold = typeof toInstant(unwrapDate(published)) === 'string';
  return isTold ? null : `${UNTOLD_TIME} ${showTime(published)}`;
}

function showTime(published: unknown): string {
  return typeof published === 'string'
    ? JSON.stringify(published.slice(0, MOST_SHOWN))
    : JSON.stringify(published).slice(0, MOST_SHOWN);
}

/** MongoDB's exports write `{"$date": "2022-01-16T10:00:00Z"}`, or milliseconds there, or those as a text below `$numberLong`. */
function unwrapDate(value: unknown): unknown {
  const date = readPath(value, '$date');
  const long = readPath(date, '$numberLong');
  return typeof long === 'string' ? Number(long) : (date ?? value);
}

/** `2022-01-16T10:00:00.000Z` of any form that exports use; null for a text that may be any of several instants. */
function toInstant(value: unknown): unknown {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return value;
  if (isBeyondMonth(value)) return null;
  if (isAsOktaWrites(value)) return value;
  if (EPOCH.test(value)) return fromEpoch(Number.parseFloat(value));
  const parts = INSTANT.exec(value.trim());
  if (parts === null) return readInWords(value);
  const [, day, time, fraction = '', zone] = parts;
  if (zone === 'Z' && value.charAt(10) === 'T' && fraction.length <= 3) return value;
  const offset = zone === undefined || UTC.test(zone) ? 'Z' : zone;
  return fromText(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
}

function readInWords(text: string): unknown {
  const [, millis] = OF_DOTNET.exec(text) ?? [];
  if (millis !== undefined) return fromEpoch(Number(millis));
  return isToldInWords(text) ? fromText(text) : null;
}

/** A parser of times takes the first of two numbers for the month. */
function isToldInWords(text: string): boolean {
  return ZONED.test(text) && (!EITHER_FIRST.test(text) || AMERICAN.test(text));
}

function fromText(text: string): string | null {
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** By its length and three letters: what has them and is no instant would come back as it is too. */
function isAsOktaWrites(text: string): boolean {
  return text.length === 24 && text[10] === 'T' && text[19] === '.' && text[23] === 'Z';
}

/** A parser of times takes the 30th of February for the second of March. */
function isBeyondMonth(text: string): boolean {
  const [day, dayOfMonth] = LATE_DAY.exec(text) ?? [];
  return day !== undefined && new Date(day).getUTCDate() !== Number(dayOfMonth);
}

/** In September 2001 no company had Okta. What is less counts something else, as Excel counts days and others write `20220116`. */
const EARLIEST_SECOND = 1e9;

/** Seconds, or thousandths, millionths or billionths of one, told apart by size. */
function fromEpoch(value: number): unknown {
  if (value < EARLIEST_SECOND) return null;
  let millis = value < 1e11 ? value * 1000 : value;
  while (millis >= 1e14) millis /= 1000;
  const instant = new Date(Math.round(millis));
  return Number.isNaN(instant.getTime()) ? value : instant.toISOString();
}
