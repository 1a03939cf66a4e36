const LONGEST_QUOTE = 200;
/** Longer than any word of a message and than any name of a scope or parameter: a key, a token, a hash. */
const LIKE_A_SECRET = /[A-Za-z0-9_\-+=]{32,}(\.[A-Za-z0-9_\-+=]+)*/g;

/** Words of a server as they may stand in a message: one line, not endless, and nothing in them that looks like a secret sent back. */
export function quoteWords(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(LIKE_A_SECRET, '***');
  return line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE)}...`;
}
