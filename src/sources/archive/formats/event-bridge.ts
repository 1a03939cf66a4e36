import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { isRawRecord } from './read-raw-record.ts';

/** `aws.partner/okta.com/acme/audit`: the subdomain of the org, and the name that somebody gave to the stream. */
const SUBDOMAIN = /^aws\.partner\/okta\.com\/([^/]+)\/./;

/**
 * A log stream to Amazon EventBridge: the record as `detail`. Its `detail-type` differs between sources and is not relied on.
 * Sources: https://help.okta.com/en-us/content/topics/reports/log-streaming/about-log-streams.htm,
 * https://help.okta.com/en-us/content/topics/reports/log-streaming/add-aws-eb-log-stream.htm
 */
export const EVENT_BRIDGE: ArchiveFormat = {
  id: 'event-bridge',
  title: 'EventBridge log streams',
  recognise: (value) =>
    isRawRecord(value['detail']) &&
    ('detail-type' in value || String(value['source']).startsWith('aws.partner/okta.com')),
  unwrap: (value) => [value['detail']],
  nameOrg: ({ source }) => SUBDOMAIN.exec(String(source))?.[1] ?? null,
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: true,
};
