import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { holdsRawRecord, readCell } from './read-raw-record.ts';
import { restoreName } from './restore-name.ts';
import { renameKeys } from './restore-record.ts';

/**
 * Rows of Panther's data lake: Okta's fields beside its own, which begin with `p_`, and rows of any warehouse that lowers or raises names.
 * Source: https://docs.panther.com/data-onboarding/supported-logs/okta
 */
export const PANTHER: ArchiveFormat = {
  id: 'panther',
  title: 'rows of a data lake',
  recognise: (value) =>
    String(value['p_log_type'] ?? value['P_LOG_TYPE']).startsWith('Okta.') ||
    (typeof (value['eventtype'] ?? value['EVENTTYPE']) === 'string' &&
      ('published' in value || 'PUBLISHED' in value) &&
      // The text tells more than what was found in it.
      !holdsRawRecord(value['_raw'])),
  unwrap: (value) => [restoreRow(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

function restoreRow(row: RawEvent): Record<string, unknown> {
  const restored = Object.entries(row).flatMap(([key, value]) => {
    const name = restoreName(isUpperCase(key) ? key.toLowerCase() : key);
    if (name.startsWith('p_') && name !== 'p_log_type') return [];
    return [[name, renameKeys(readCell(value), restoreName)] as const];
  });
  return Object.fromEntries(restored);
}

/** Snowflake gives every name in capitals. */
function isUpperCase(key: string): boolean {
  return key === key.toUpperCase();
}
