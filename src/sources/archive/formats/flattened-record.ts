import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { readCellAt } from './read-cell-at.ts';
import { isJsonText, isRawRecord } from './read-raw-record.ts';
import { nestKeys } from './restore-record.ts';

/** What Okta's record has as objects and lists; tables keep it as text or under dotted names. */
const STRUCTURES = new Set([
  ...['actor', 'authenticationContext', 'client', 'debugContext', 'device', 'outcome'],
  ...['request', 'securityContext', 'target', 'transaction'],
]);

/**
 * Records under Okta's own names whose structures are text or dotted names, as exports of tables write them.
 * What such a table left out is known only of rows that were parsed, so that its lines are not sifted.
 */
export const FLATTENED_RECORD: ArchiveFormat = {
  id: 'flattened-record',
  title: 'flattened records',
  recognise: (value) => isRawRecord(value) && hasFlatPart(value),
  unwrap: (value) => [restore(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

function hasFlatPart(record: RawEvent): boolean {
  return Object.keys(record).some((name) => {
    if (STRUCTURES.has(name)) return isJsonText(record[name]);
    const end = name.indexOf('.');
    return end !== -1 && STRUCTURES.has(name.slice(0, end));
  });
}

/** An empty cell under a dotted name is what Okta has as null, or has not at all. */
function restore(value: RawEvent): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const path = name.split('.');
    if (path.length > 1 && inner === '') return [];
    return [[path, STRUCTURES.has(path[0] ?? '') ? readCellAt(path, inner) : inner] as const];
  });
  return nestKeys(entries);
}
