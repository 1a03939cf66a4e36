import type { RawEvent } from '../../../model/log-event.ts';
import { isFiller } from '../formats/drop-fillers.ts';
import { readPath } from '../formats/read-raw-record.ts';

/** Words of Okta's own that begin with a capital, also where it knows nothing: `Unknown`, `UNKNOWN`. */
const CAPITALISED: readonly (readonly string[])[] = [
  ['displayMessage'],
  ['client', 'device'],
  ['client', 'userAgent', 'os'],
  ['client', 'userAgent', 'browser'],
  ['client', 'geographicalContext', 'country'],
];
/** One may be an oddity of Okta's; of a browser that says its name itself, two. */
const ENOUGH = 3;
const CAPITAL = /\p{Lu}/u;
/** Scripts without capitals tell nothing, and neither does a word that stands for null. */
const SMALL = /\p{Ll}/u;

/** Says whether a store lowered the texts of a record: what tells capitals from small letters then finds nothing. */
export function isLowered(record: RawEvent): boolean {
  let small = 0;
  for (const path of CAPITALISED) {
    const text = readPath(record, ...path);
    if (typeof text !== 'string' || isFiller(text)) continue;
    if (CAPITAL.test(text)) return false;
    if (SMALL.test(text)) small += 1;
  }
  return small >= ENOUGH;
}
