import { toVisibleLine } from './visible-text.ts';

/** Words that YAML takes for a string whatever reads it: they begin with a letter and hold a sign that no keyword holds. */
const PLAIN = /^[A-Za-z][A-Za-z0-9]*(?:[-._@+][A-Za-z0-9]+)+$/;
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Default_Ignorable_Code_Point}|[^\S ]/gu;
const NOT_ASCII = /[^\x20-\x7e]/g;

/**
 * A YAML string on one line that parses to exactly this text: plain where that is safe, else double-quoted as in
 * JSON, with everything invisible, doubled spaces and all that a page would show otherwise as escapes, so that no
 * display or copying changes it.
 */
export function yamlString(text: string): string {
  if (PLAIN.test(text)) return text;
  const quoted = JSON.stringify(text)
    .replace(INVISIBLE, toEscapes)
    .replace(/ (?= )|^" | "$/g, (space) => space.replace(' ', '\\u0020'));
  return toVisibleLine(quoted) === quoted ? quoted : quoted.replace(NOT_ASCII, toEscapes);
}

function toEscapes(characters: string): string {
  let escaped = '';
  for (let index = 0; index < characters.length; index += 1) {
    escaped += `\\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
