import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { dropTypes, isTypedRecord } from './drop-types.ts';
import { findInList } from './find-in-list.ts';
import { findRecords } from './nested-record.ts';
import { isRawRecord } from './read-raw-record.ts';

/**
 * Records around whose values stand the names of their kinds, as in the JSON of Avro and DynamoDB, be it inside of something else.
 * An id there has other bytes around it than Okta's own, so that lines are not sifted.
 */
export const TYPED_RECORD: ArchiveFormat = {
  id: 'typed-record',
  title: 'records whose values have kinds',
  recognise: (value) => {
    const records = findRecords(value);
    if (records.length === 0) return findTyped(value).length > 0;
    return records.some((record) => isRecord(record) && isTypedRecord(record));
  },
  unwrap: (value) => {
    const records = findRecords(value);
    return records.length === 0 ? findTyped(value) : records.map(dropTypes);
  },
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

/** The records of which also the type has a kind. */
function findTyped(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return findInList(value, findTyped);
  if (!isRecord(value)) return [];
  const record = readTyped(value);
  return record === null ? Object.values(value).flatMap(findTyped) : [record];
}

function readTyped(value: RawEvent): unknown {
  if (!isRecord(value['eventType']) || !('published' in value)) return null;
  const record = dropTypes(value);
  return isRawRecord(record) ? record : null;
}
