const QUOTE = String.raw`["'\x60\u201c-\u201f\u2018-\u201b\xab\xbb\u2039\u203a]`;
const IN_QUOTES = new RegExp(`^${QUOTE}.*${QUOTE}$`, 's');

/**
 * Whether quotes around a text are a part of it. YAML and shells take none off but straight ones, and those once: what word
 * processors, chats and advisories make of them stays, and no login, case or browser has any.
 */
export function isInQuotes(text: string): boolean {
  return IN_QUOTES.test(text);
}
