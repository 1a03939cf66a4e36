import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** No memory is larger; a body that claims to be one is not unpacked. */
export const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;
const CHECKSUM_LENGTH = 8;

/**
 * Compresses a text to letters, digits, `_` and `.`, with a checksum in front.
 * It is base64url with `.` for `-`, so that no two hyphens can ever end an HTML comment.
 */
export function packText(text: string): string {
  const packed = deflateRawSync(Buffer.from(text, 'utf8'), { level: 9 });
  const letters = packed.toString('base64url').replaceAll('-', '.');
  return `${checksum(letters)}${letters}`;
}

/** The text that was packed, or null where this is not what `packText` wrote. */
export function unpackText(packed: string): string | null {
  const letters = packed.slice(CHECKSUM_LENGTH);
  if (packed.slice(0, CHECKSUM_LENGTH) !== checksum(letters)) return null;
  try {
    const bytes = inflateRawSync(Buffer.from(letters.replaceAll('.', '-'), 'base64url'), {
      maxOutputLength: MOST_UNPACKED_BYTES,
    });
    return bytes.toString('utf8');
  } catch {
    return null;
  }
}

function checksum(letters: string): string {
  return createHash('sha256').update(letters).digest('hex').slice(0, CHECKSUM_LENGTH);
}
