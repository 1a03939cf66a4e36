import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';

/**
 * The record as Okta's API gives it, alone or as an element of a page.
 * Source: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
export const SYSTEM_LOG: ArchiveFormat = {
  id: 'system-log',
  title: 'System Log records',
  recognise: (value) =>
    isRecord(value) && typeof value['eventType'] === 'string' && 'published' in value,
  unwrap: (value) => [value],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
};
