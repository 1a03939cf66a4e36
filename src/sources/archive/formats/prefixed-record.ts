import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { FLATTENED_RECORD, restoreFlattened } from './flattened-record.ts';

const KEY = '.eventType';

/**
 * Flattened records whose names all begin with that of the object in which they stood: `Vendor.eventType` in LogScale,
 * `okta.eventType` elsewhere. What stands beside it is of the store.
 * Source: https://library.humio.com/integrations/integrations-okta-sso-parsers.html
 */
export const PREFIXED_RECORD: ArchiveFormat = {
  ...FLATTENED_RECORD,
  id: 'prefixed-record',
  title: 'flattened records inside another object',
  recognise: (value) => findPrefix(toRow(value)) !== null,
  unwrap: (value) => [restorePrefixed(toRow(value))],
};

/** Splunk has its rows in an object. */
function toRow(value: RawEvent): RawEvent {
  return isRecord(value['result']) ? value['result'] : value;
}

function restorePrefixed(row: RawEvent): RawEvent {
  const prefix = findPrefix(row) ?? '';
  const own = Object.entries(row)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, cell]) => [name.slice(prefix.length), cell] as const);
  return restoreFlattened(Object.fromEntries(own));
}

/** What stands in front of the type and the time of an event alike; null where nothing does. */
function findPrefix(row: RawEvent): string | null {
  const key = Object.keys(row).find((name) => name.endsWith(KEY) && typeof row[name] === 'string');
  if (key === undefined) return null;
  const prefix = key.slice(0, 1 - KEY.length);
  return `${prefix}published` in row ? prefix : null;
}
