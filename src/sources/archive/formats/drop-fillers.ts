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

/** A name at which a filler would be taken for a value, with those inside of it. */
interface Place {
  readonly name: string;
  readonly inside: readonly Place[];
  /** Whether "unknown" stands for null there as well. */
  readonly mayBeUnknown: boolean;
  /** Whether nothing between the quotes does so. */
  readonly mayBeEmpty: boolean;
}

const NETWORK = toPlaces('asNumber', 'asOrg', 'isp', 'domain');
const BROWSER = toPlaces('rawUserAgent').map(letBeUnknown);
const GEOGRAPHY = toPlaces('city', 'state', 'country', 'postalCode', 'geolocation').map(
  letBeUnknown,
);
const PARTY = toPlaces('id', 'type', 'detailEntry', 'changeDetails');
const TOKEN = 'requestApiTokenId';
const CLIENT = [toPlace('userAgent', BROWSER), toPlace('geographicalContext', GEOGRAPHY)];
const PLACES = [
  toPlace('actor', PARTY),
  toPlace('authenticationContext', toPlaces('externalSessionId', 'rootSessionId')),
  toPlace('client', [...toPlaces('id', 'ipAddress'), ...CLIENT]),
  toPlace('debugContext', toPlaces('debugData')),
  toPlace('outcome', toPlaces('result', 'reason')),
  toPlace('securityContext', [...NETWORK, ...toPlaces('isProxy'), toPlace('ipDetails', NETWORK)]),
  toPlace('target', PARTY),
  toPlace('transaction', [
    ...toPlaces('type'),
    toPlace('detail', [{ ...toPlace(TOKEN, []), mayBeEmpty: true }]),
  ]),
];

/**
 * Gives a record with null where an export filled in a word that stands for it: no rule would know an event without a place or a
 * browser again, and two of nobody's networks would be one. Any other record is given back as it is: nearly all, so that it is
 * first looked whether there is any such word.
 */
export function dropFillers(record: unknown): unknown {
  return isRecord(record) && holdsFiller(record, PLACES) ? dropBelow(record, PLACES) : record;
}

function holdsFiller(part: RawEvent, places: readonly Place[]): boolean {
  for (const place of places) {
    const value = part[place.name];
    if (typeof value === 'string') {
      if (isFillerAt(value, place)) return true;
    } else if (place.inside.length > 0 && holdsFillerInside(value, place.inside)) return true;
  }
  return false;
}

function holdsFillerInside(value: unknown, places: readonly Place[]): boolean {
  if (!Array.isArray(value)) return isRecord(value) && holdsFiller(value, places);
  for (const entry of value) if (isRecord(entry) && holdsFiller(entry, places)) return true;
  return false;
}

function dropBelow(part: RawEvent, places: readonly Place[]): RawEvent {
  const kept = { ...part };
  for (const place of places) {
    const { name } = place;
    if (!(name in kept)) continue;
    kept[name] = dropAt(kept[name], place);
    // Okta has no token at all where it has nothing to say of one.
    if (name === TOKEN && kept[name] === null) delete kept[name];
  }
  return kept;
}

function dropAt(value: unknown, place: Place): unknown {
  if (typeof value === 'string') return isFillerAt(value, place) ? null : value;
  const { inside } = place;
  if (Array.isArray(value)) {
    return value.map((entry) => (isRecord(entry) ? dropBelow(entry, inside) : entry));
  }
  return isRecord(value) ? dropBelow(value, inside) : value;
}

function isFillerAt(text: string, { mayBeUnknown, mayBeEmpty }: Place): boolean {
  if (text === '') return mayBeEmpty;
  return isShort(text) && (FILLER.test(text) || (mayBeUnknown && UNKNOWN.test(text)));
}

/** Says whether a value is a word that stands for null wherever it is. */
export function isFiller(value: unknown): boolean {
  return typeof value === 'string' && isShort(value) && FILLER.test(value);
}

function isShort(text: string): boolean {
  return text.length <= LONGEST_FILLER && FIRST_LETTERS.includes(text.charAt(0));
}

function toPlaces(...names: readonly string[]): readonly Place[] {
  return names.map((name) => toPlace(name, []));
}

function toPlace(name: string, inside: readonly Place[]): Place {
  return { name, inside, mayBeUnknown: false, mayBeEmpty: false };
}

function letBeUnknown(place: Place): Place {
  return { ...place, mayBeUnknown: true };
}
