import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';

/** What the error of a file carries as its code whose bytes are no UTF-8. */
export const NO_UTF8 = 'NO_UTF8';

/**
 * Reads a file that a person wrote.
 * @throws Error with a code: of the system, or `NO_UTF8`. Read all the same, a login that an old editor saved would be met by
 * nobody, in silence.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  // UTF-16 of plain letters is UTF-8 with a zero beside each.
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString('utf8');
  throw Object.assign(new Error('it is not written in UTF-8; save it as UTF-8'), { code: NO_UTF8 });
}
