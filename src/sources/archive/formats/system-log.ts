import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { isRawRecord } from './read-raw-record.ts';

/**
 * The record as Okta's API gives it, alone or as an element of a page; Google SecOps and log streams to files keep it so.
 * Source: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
export const SYSTEM_LOG: ArchiveFormat = {
  id: 'system-log',
  title: 'System Log records',
  recognise: isRawRecord,
  unwrap: (value) => [value],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: true,
};
