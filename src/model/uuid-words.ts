/** A UUID in four numbers of 32 bits, whose order is that of its text. */
export const WORDS_IN_A_UUID = 4;

const TEXT_LENGTH = 36;
const DASH = 0x2d;
const DIGITS_IN_A_WORD = 8;

/** Reads a UUID in its usual spelling, in lower case; gives false for any other text, which the words could not give back. */
export function readUuidWords(text: string, words: Uint32Array): boolean {
  if (text.length !== TEXT_LENGTH) return false;
  let word = 0;
  let digits = 0;
  for (let index = 0; index < TEXT_LENGTH; index += 1) {
    const code = text.charCodeAt(index);
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (code !== DASH) return false;
      continue;
    }
    const digit = digitOf(code);
    if (digit < 0) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % DIGITS_IN_A_WORD === 0) words[digits / DIGITS_IN_A_WORD - 1] = word;
  }
  return true;
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
