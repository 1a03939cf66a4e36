import { isRecord, type RawEvent } from '../../../model/log-event.ts';

/**
 * What stores and tools write where Okta has null: Splunk and LogScale `null`, Python `None` and `nan`, spreadsheets `N/A`, access
 * logs a dash.
 * Source: https://library.humio.com/data-analysis-1.106/functions-parsejson.html
 */
const FILLER =
  /^\s*(?:null|none|nil|nan|n\/a|undefined|-+|\((?:null|none)\)|<(?:null|none|nil)>)\s*$/i;
/** Of a place or a browser it says as little; elsewhere it is a word of Okta's own. */
const UNKNOWN = /^\s*unknown\s*$/i;

/** Most texts are longer or begin otherwise, and each costs time here. */
const LONGEST_FILLER = 12;
const FIRST_LETTERS = 'nNuU-(< \t';

/** Names at which a filler would be taken for a value, with those inside of them. */
type Places = readonly (readonly [name: string, inside: Places])[];

const NETWORK = toPlaces('asNumber', 'asOrg', 'isp', 'domain');
const BROWSER = toPlaces('rawUserAgent');
const PLACE = toPlaces('city', 'state', 'country', 'postalCode', 'geolocation');
const PARTY = toPlaces('id', 'type', 'detailEntry', 'changeDetails');
const TOKEN = 'requestApiTokenId';
const PLACES: Places = [
  ['actor', PARTY],
  ['authenticationContext', toPlaces('externalSessionId', 'rootSessionId')],
  [
    'client',
    [...toPlaces('id', 'ipAddress'), ['userAgent', BROWSER], ['geographicalContext', PLACE]],
  ],
  ['debugContext', toPlaces('debugData')],
  ['outcome', toPlaces('result', 'reason')],
  ['securityContext', [...NETWORK, ...toPlaces('isProxy'), ['ipDetails', NETWORK]]],
  ['target', PARTY],
  ['transaction', [...toPlaces('type'), ['detail', toPlaces(TOKEN)]]],
];

/**
 * Gives a record with null where an export filled in a word that stands for it: no rule would know an event without a place or a
 * browser again, and two of nobody's networks would be one. Any other record is given back as it is.
 */
export function dropFillers(record: unknown): unknown {
  return isRecord(record) ? dropBelow(record, PLACES) : record;
}

function dropBelow(part: RawEvent, places: Places): RawEvent {
  let kept: RawEvent = part;
  const isUnknown = places === BROWSER || places === PLACE;
  for (const [name, inside] of places) {
    const value = part[name];
    if (value === undefined || value === null) continue;
    const whole = dropAt(value, inside, isUnknown);
    if (whole === value) continue;
    const { [name]: _, ...others } = kept;
    // Okta has no token at all where it has nothing to say of one.
    kept = name === TOKEN ? others : { ...others, [name]: whole };
  }
  return kept;
}

function dropAt(value: unknown, places: Places, isUnknown: boolean): unknown {
  if (typeof value === 'string') return isFiller(value, isUnknown) ? null : value;
  if (isRecord(value)) return dropBelow(value, places);
  if (!Array.isArray(value)) return value;
  const list = value.map((entry) => (isRecord(entry) ? dropBelow(entry, places) : entry));
  return list.some((entry, index) => entry !== value[index]) ? list : value;
}

function isFiller(text: string, isUnknown: boolean): boolean {
  if (text.length > LONGEST_FILLER || !FIRST_LETTERS.includes(text.charAt(0))) return false;
  return FILLER.test(text) || (isUnknown && UNKNOWN.test(text));
}

function toPlaces(...names: readonly string[]): Places {
  return names.map((name) => [name, []]);
}
