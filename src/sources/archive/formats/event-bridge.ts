import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { isRawRecord } from './read-raw-record.ts';

/**
 * A log stream to Amazon EventBridge: the record as `detail`. Its `detail-type` differs between sources and is not relied on.
 * Source: https://help.okta.com/en-us/content/topics/reports/log-streaming/about-log-streams.htm
 */
export const EVENT_BRIDGE: ArchiveFormat = {
  id: 'event-bridge',
  title: 'EventBridge log streams',
  recognise: (value) =>
    isRawRecord(value['detail']) &&
    ('detail-type' in value || String(value['source']).startsWith('aws.partner/okta.com')),
  unwrap: (value) => [value['detail']],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: true,
};
