/** Written as escapes, so that showing the file on a terminal or in an editor plays no tricks. Controls below U+0020 JSON escapes itself. */
const INVISIBLE = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

/** ASCII, Latin letters and signs, and the punctuation of English: nothing of it is invisible. */
const PLAIN = /^[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;

/** The same JSON with every invisible or direction-changing character of its strings as `\uXXXX`. */
export function escapeInvisibleJson(json: string): string {
  if (PLAIN.test(json)) return json;
  return json.replace(INVISIBLE, toEscape);
}

function toEscape(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
