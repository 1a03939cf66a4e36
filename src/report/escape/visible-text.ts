/** ASCII, and Latin letters and signs that are composed already. */
const PLAIN_LINE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff]*$/;
const EDGE_OR_DOUBLE_SPACE = /^ | $| {2}/;
const WHITESPACE = /[\s\u0085]+/gu;
const SPACE_OTHER_THAN_ONE = /[^\S ]|\u0085/gu;

/** Choose a glyph for the character before them and show nothing themselves. */
const VARIATION_SELECTORS = /[\uFE00-\uFE0F]/g;

/**
 * Controls, format and bidirectional characters, zero-width ones, private use, halves of a character, non-characters,
 * and two that are drawn as nothing although they are no space: the empty Braille cell and the empty note.
 */
const INVISIBLE =
  /\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Default_Ignorable_Code_Point}|[\u2800\u{1D159}\uFDD0-\uFDEF\uFFFE\uFFFF]/gu;

/** More marks on one letter than any script needs are there to cover the lines around them. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

const REPLACEMENT = '\uFFFD';

/**
 * One line of text that shows all it holds: NFC, white space collapsed to single spaces and trimmed,
 * and `\uFFFD` where a character would be invisible or change the direction of what follows.
 * What it leaves still means something in every format; the format's own module comes after it.
 */
export function toVisibleText(text: string): string {
  if (PLAIN_LINE.test(text) && !EDGE_OR_DOUBLE_SPACE.test(text)) return text;
  return toVisibleLine(text.replace(WHITESPACE, ' ').trim());
}

/** The same with plain spaces left as they are, for a line that is aligned. */
export function toVisibleLine(text: string): string {
  if (PLAIN_LINE.test(text)) return text;
  return text
    .replace(SPACE_OTHER_THAN_ONE, ' ')
    .normalize('NFC')
    .replace(VARIATION_SELECTORS, '')
    .replace(INVISIBLE, REPLACEMENT)
    .replace(PILED_MARKS, '$1');
}

/** Says how much it leaves out, so that nothing is cut in silence. Lengths are in code points. */
export function capLength(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const characters = [...text];
  if (characters.length <= maxLength) return text;
  const left = characters.length - maxLength;
  return `${characters.slice(0, maxLength).join('')}\u2026 (${left} more characters)`;
}
