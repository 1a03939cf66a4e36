import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { isJsonText, readRawText } from './read-raw-record.ts';

/**
 * Where Okta has objects or lists inside of parts; `debugData` and details have no fixed names, so that tables often keep their text.
 * Source: schema LogEvent, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
const INNER: readonly (readonly [part: string, names: readonly string[]])[] = [
  ['actor', ['detailEntry']],
  ['authenticationContext', ['issuer', 'authenticatorContext']],
  ['client', ['userAgent', 'geographicalContext']],
  ['debugContext', ['debugData']],
  ['request', ['ipChain']],
  ['securityContext', ['botProtection', 'ipDetails', 'risk', 'userBehaviors']],
  ['target', ['detailEntry', 'changeDetails']],
  ['transaction', ['detail']],
];

/** Gives a record with the structures inside of its parts that became texts of JSON. One that has none is given back as it is. */
export function unfoldParts(record: unknown): unknown {
  if (!isRecord(record)) return record;
  let unfolded: RawEvent = record;
  for (const [part, names] of INNER) {
    const value = record[part];
    const whole = Array.isArray(value)
      ? unfoldEach(value, names)
      : isRecord(value)
        ? unfold(value, names)
        : value;
    if (whole !== value) unfolded = { ...unfolded, [part]: whole };
  }
  return unfolded;
}

function unfoldEach(list: readonly unknown[], names: readonly string[]): readonly unknown[] {
  const unfolded = list.map((entry) => (isRecord(entry) ? unfold(entry, names) : entry));
  return unfolded.some((entry, index) => entry !== list[index]) ? unfolded : list;
}

function unfold(part: RawEvent, names: readonly string[]): RawEvent {
  let unfolded = part;
  for (const name of names) {
    const text = part[name];
    if (isJsonText(text)) unfolded = { ...unfolded, [name]: readRawText(text) };
  }
  return unfolded;
}
