/** A UUID in four numbers of 32 bits, whose order is that of its text. */
export const WORDS_IN_A_UUID = 4;

const TEXT_LENGTH = 36;
const DASHES = [8, 13, 18, 23];
const DASH = 0x2d;
const DIGITS_IN_A_WORD = 8;
/** Where four digits in a row begin that are half a word, two of them a word. */
const HALVES = [0, 4, 9, 14, 19, 24, 28, 32];

/** Reads a UUID in its usual spelling, in lower case; gives false for any other text, which the words could not give back. */
export function readUuidWords(text: string, words: Uint32Array): boolean {
  if (text.length !== TEXT_LENGTH) return false;
  for (const place of DASHES) if (text.charCodeAt(place) !== DASH) return false;
  for (let word = 0; word < WORDS_IN_A_UUID; word += 1) {
    const high = readHalf(text, HALVES[2 * word] ?? 0);
    const low = readHalf(text, HALVES[2 * word + 1] ?? 0);
    if (high < 0 || low < 0) return false;
    words[word] = (high << 16) | low;
  }
  return true;
}

/** Below 0 where one of them is no digit. */
function readHalf(text: string, at: number): number {
  return (
    (digitOf(text.charCodeAt(at)) << 12) |
    (digitOf(text.charCodeAt(at + 1)) << 8) |
    (digitOf(text.charCodeAt(at + 2)) << 4) |
    digitOf(text.charCodeAt(at + 3))
  );
}

/** The text of four words. */
export function writeUuid(words: readonly number[]): string {
  const digits = words.map((word) => word.toString(16).padStart(DIGITS_IN_A_WORD, '0')).join('');
  return [
    ...[digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16)],
    ...[digits.slice(16, 20), digits.slice(20)],
  ].join('-');
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}
