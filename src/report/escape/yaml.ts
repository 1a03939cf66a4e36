/** Words that YAML takes for a string whatever reads it: they begin with a letter and hold a sign that no keyword holds. */
const PLAIN = /^[A-Za-z][A-Za-z0-9]*(?:[-._@+][A-Za-z0-9]+)+$/;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const INVISIBLE =
  /\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029\u00A0]/gu;

/**
 * A YAML string on one line that parses to exactly this text: plain where that is safe, else double-quoted as in
 * JSON, with everything invisible, doubled spaces and uncomposed letters as escapes, so that no display or
 * copying changes it.
 */
export function yamlString(text: string): string {
  if (PLAIN.test(text)) return text;
  const json = JSON.stringify(text);
  const quoted = (PRINTABLE_ASCII.test(json) ? json : json.replace(INVISIBLE, toEscapes)).replace(
    / (?= )|^" | "$/g,
    (space) => space.replace(' ', '\\u0020'),
  );
  return text === text.normalize('NFC') ? quoted : quoted.replace(/[^\x20-\x7e]/g, toEscapes);
}

function toEscapes(characters: string): string {
  let escaped = '';
  for (let index = 0; index < characters.length; index += 1) {
    escaped += `\\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
