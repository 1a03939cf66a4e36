import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath, readRawText } from '../formats/read-raw-record.ts';
import { CUT_SHORT, FOREIGN } from './file-reading.ts';
import { INNER_OBJECTS, RECORD_PARTS } from './kept-parts.ts';

/** Where a record, or the row around it, has objects and lists, be it as their text. */
const STRUCTURES: readonly (readonly string[])[] = [
  '_raw',
  '@rawstring',
  'request',
  ...RECORD_PARTS,
].flatMap((part) => [[part], ...(INNER_OBJECTS[part] ?? []).map((name) => [part, name])]);
const OKTA_CODE = /^E\d{7}$/;
const JSON_FRONT = /^\s*\[?\s*\{\s*"/;

/**
 * Gives the path of a structure whose text begins as JSON and is none: Sentinel ends texts at 32 KB, Splunk at 10,000 characters,
 * Excel at 32,767, and nobody finds what was in them. Null where the record has no such place.
 */
export function findTornPart(record: RawEvent): string | null {
  const torn = STRUCTURES.find((path) => isTorn(readPath(record, ...path)));
  return torn?.join('.') ?? null;
}

/** Says why something is no event: for want of its end, because Okta refused to give any, or because it never was one. */
export function describeForeign(value: unknown): string {
  const code = readPath(value, 'errorCode');
  if (typeof code === 'string' && OKTA_CODE.test(code)) {
    return `the Okta API answered the error ${code} instead`;
  }
  const texts = isRecord(value) ? Object.values(value) : [value];
  return texts.some(isTorn) ? `its text ${CUT_SHORT}` : FOREIGN;
}

function isTorn(value: unknown): boolean {
  return (
    typeof value === 'string' && JSON_FRONT.test(value) && typeof readRawText(value) === 'string'
  );
}
