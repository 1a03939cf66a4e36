import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from './read-raw-record.ts';
import { overlay } from './restore-record.ts';

/** What Okta writes as `{New Device=POSITIVE, Velocity=NEGATIVE}`. */
const PAIRS: ReadonlySet<string> = new Set(['behaviors', 'risk']);

/**
 * Gives a record whose `debugData` holds texts alone, as Okta writes it: Elastic and Panther take some of them apart, and rules
 * look for what stands in the text. A record that is right already is given back as it is.
 */
export function foldDebugData(record: unknown): unknown {
  const debugData = readPath(record, 'debugContext', 'debugData');
  if (!isRecord(debugData) || !Object.values(debugData).some(isApart)) return record;
  return overlay(record, { debugContext: { debugData: foldTexts(debugData) } });
}

/** The same `debugData` with everything that was taken apart as its text. */
export function foldTexts(debugData: RawEvent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(debugData).map(([name, value]) => [
      name,
      isApart(value) ? fold(name, value) : value,
    ]),
  );
}

function isApart(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function fold(name: string, value: object): string {
  if (!PAIRS.has(name) || !isRecord(value)) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${key}=${inner}`);
  return `{${pairs.join(', ')}}`;
}
