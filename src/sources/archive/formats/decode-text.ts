import { gunzipSync } from 'node:zlib';

/** Text in base64 that begins with a bracket, as JSON does, or with the mark of gzip. */
const BASE64 = /^(?:e[wy]|W[3wy]|H4sI)[A-Za-z0-9+/]+={0,2}$/;
/** The same by digits, as databases write bytes. */
const DIGITS = /^(?:\\x|0x)?((?:7b|5b|1f8b)(?:[\da-f]{2})+)$/i;
const FIRST_BYTES: readonly unknown[] = [0x7b, 0x5b, 0x1f];
const GZIP_MARK = Buffer.from([0x1f, 0x8b]);
const FEWEST_BYTES = 20;
/** No event is larger, and a page of a thousand neither. */
const MOST_BYTES = 64 << 20;

/**
 * Gives the text of JSON that stands in a value as bytes: in base64, in digits, or as a list of numbers, as Node and journald write
 * it, and packed with gzip or not; null where there is none.
 * Sources: https://systemd.io/JOURNAL_EXPORT_FORMATS/, https://nodejs.org/api/buffer.html#buftojson,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export function decodeText(value: unknown): string | null {
  const bytes = readBytes(value);
  if (bytes === null) return null;
  return bytes.subarray(0, GZIP_MARK.length).equals(GZIP_MARK)
    ? inflate(bytes)
    : bytes.toString('utf8');
}

function readBytes(value: unknown): Buffer | null {
  if (Array.isArray(value)) return isListOfBytes(value) ? Buffer.from(value) : null;
  if (typeof value !== 'string') return null;
  if (BASE64.test(value)) return Buffer.from(value, 'base64');
  const [, digits] = DIGITS.exec(value) ?? [];
  return digits === undefined ? null : Buffer.from(digits, 'hex');
}

function isListOfBytes(value: readonly unknown[]): value is readonly number[] {
  const [first] = value;
  return value.length >= FEWEST_BYTES && FIRST_BYTES.includes(first) && value.every(isByte);
}

function isByte(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xff;
}

function inflate(bytes: Buffer): string | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    return null;
  }
}
