import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { readCellAt } from './read-cell-at.ts';
import { holdsRawRecord, readPath, readRawText } from './read-raw-record.ts';
import { dropEmpty, nestKeys, overlay } from './restore-record.ts';

const TITLE = 'OCSF events';
/** Mappings differ: `Okta`, `Okta, Inc.` */
const VENDOR = /^okta\b/i;

/**
 * OCSF events that kept the record's text as `raw_data`.
 * Source: https://github.com/ocsf/examples/tree/main/mappings/markdown/Okta
 */
export const OCSF_RAW: ArchiveFormat = {
  id: 'ocsf-raw',
  title: `${TITLE} with raw data`,
  recognise: (value) => isOkta(value) && holdsRawRecord(value['raw_data']),
  unwrap: (value) => [readRawText(value['raw_data'])],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

/** OCSF events as Security Lake has them: some of the record renamed, some of it under `unmapped`, the rest gone. */
export const OCSF: ArchiveFormat = {
  id: 'ocsf',
  title: TITLE,
  recognise: (value) =>
    isOkta(value) && typeof readPath(value, 'metadata', 'event_code') === 'string',
  unwrap: (value) => [restoreEvent(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [
    'target',
    'transaction.detail',
    'debugContext.debugData',
    'device',
    'client.id',
    'legacyEventType',
    'severity',
  ],
  isSelective: false,
  keepsBytes: false,
};

function isOkta(value: RawEvent): boolean {
  return (
    VENDOR.test(String(readPath(value, 'metadata', 'product', 'vendor_name'))) &&
    (typeof value['class_uid'] === 'number' || typeof value['class_uid'] === 'bigint')
  );
}

function restoreEvent(value: RawEvent): unknown {
  const source = value['src_endpoint'] ?? readFirst(value['evidences'], 'src_endpoint');
  const place = readPath(source, 'location');
  const user = readPath(value, 'actor', 'user');
  const restored = dropEmpty({
    uuid: readPath(value, 'metadata', 'uid'),
    eventType: readPath(value, 'metadata', 'event_code'),
    published: value['time_dt'] ?? value['time'],
    version: readPath(value, 'metadata', 'product', 'version'),
    displayMessage: value['message'],
    outcome: { result: readResult(value), reason: readReason(value) },
    actor: {
      id: readPath(user, 'uid'),
      type: readPath(user, 'type'),
      alternateId: readPath(user, 'email_addr'),
      displayName: readPath(user, 'name'),
    },
    authenticationContext: {
      externalSessionId: readPath(value, 'actor', 'session', 'uid'),
      issuer: { id: readPath(value, 'actor', 'session', 'issuer') },
    },
    client: {
      ipAddress: readPath(source, 'ip'),
      device: readPath(source, 'type'),
      userAgent: {
        rawUserAgent: readPath(value, 'http_request', 'user_agent'),
        os: readPath(source, 'os', 'name'),
      },
      geographicalContext: {
        city: readPath(place, 'city'),
        country: readPath(place, 'country'),
        postalCode: readPath(place, 'postal_code'),
        geolocation: { lat: readPath(place, 'lat'), lon: readPath(place, 'long') },
      },
    },
    securityContext: {
      asNumber: readPath(source, 'autonomous_system', 'number'),
      asOrg: readPath(source, 'autonomous_system', 'name'),
      isp: readPath(place, 'isp'),
      domain: readPath(source, 'domain'),
    },
  });
  return overlay(restored, readUnmapped(value['unmapped']));
}

/** Tables of Parquet keep it as a map of texts, with the names of what is in an object joined by dots. */
function readUnmapped(value: unknown): unknown {
  const unmapped = readRawText(value);
  if (!isRecord(unmapped)) return undefined;
  const cells = Object.entries(unmapped)
    .map(([name, cell]) => ({ path: name.split('.'), cell }))
    .filter(({ cell }) => cell !== '');
  return nestKeys(cells.map(({ path, cell }) => [path, readCellAt(path, cell)]));
}

/** Words of the schema that Okta has too; others, such as `Other`, stand for several of Okta's and tell none. */
const SHARED_RESULT = /^(?:success|failure)$/i;

/** Findings say what was done about them, other events how they ended. What the schema has no word for it keeps as Okta has it. */
function readResult(value: RawEvent): string | null {
  if (value['action'] === 'Denied') return 'DENY';
  if (value['action'] === 'Allowed') return 'ALLOW';
  const status = String(value['status'] ?? '');
  const result = status.toUpperCase();
  return status === result || SHARED_RESULT.test(status) ? result : null;
}

/** As Okta writes why a sign-in failed; mappings have words of their own for it, too, which no rule knows. */
const REASON = /^[A-Z][A-Z_]+$/;

function readReason({ status_detail: reason }: RawEvent): unknown {
  return typeof reason === 'string' && REASON.test(reason) ? reason : null;
}

function readFirst(list: unknown, key: string): unknown {
  return Array.isArray(list) ? readPath(list[0], key) : undefined;
}
