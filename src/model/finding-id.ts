import { createHash } from 'node:crypto';
import { formatUtcDay } from './time-window.ts';

/** Crockford's base32: no letter that a person could mistake for a digit. Source: https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BATCH_ID_LENGTH = 8;
/** Compared within one finding alone. */
const EVENT_MARK_LENGTH = 6;

/** A finding's id, `F-7Q2K4M9X`, or the id of one check's findings of one day, `D-0M3ZB8TC`. */
export const TICKABLE_ID = /^[FD]-[0-9A-HJKMNP-TV-Z]{8,52}$/;

/** SHA-256 of the values, as Crockford base32: 52 characters, of which ids use the first few. */
export function digestToBase32(values: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(values)).digest();
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((buffer >> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET.charAt((buffer << (5 - bits)) & 31);
}

/** By it an event of a finding is known again. */
export function markEvent(uuid: string): string {
  return digestToBase32([uuid]).slice(0, EVENT_MARK_LENGTH);
}

/** The id that one checkbox for all findings of a check and UTC day is bound to; the day is that of `firstSeenMs`. */
export function deriveBatchId({
  check,
  firstSeenMs,
}: {
  check: string;
  firstSeenMs: number;
}): string {
  const digest = digestToBase32(['batch', check, formatUtcDay(firstSeenMs)]);
  return `D-${digest.slice(0, BATCH_ID_LENGTH)}`;
}
