import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { foldTexts } from './fold-debug-data.ts';
import { holdsRawRecord, isJsonText, readCell, readPath, readRawText } from './read-raw-record.ts';
import { dropEmpty, nestKeys, overlay, renameKeys, toCamelCase } from './restore-record.ts';

/**
 * Documents of Elastic's Okta integration that kept the record's text.
 * Source: https://www.elastic.co/docs/reference/integrations/okta
 */
export const ELASTIC_ORIGINAL: ArchiveFormat = {
  id: 'elastic-original',
  title: 'Elastic documents with the original event',
  recognise: (value) => holdsRawRecord(readOriginal(toDocument(value))),
  unwrap: (value) => [readRawText(readOriginal(toDocument(value)))],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

/** Documents of the same integration without the original: the fields of `okta`, renamed back. */
export const ELASTIC_FIELDS: ArchiveFormat = {
  id: 'elastic-fields',
  title: 'Elastic documents without the original event',
  recognise: (value) => hasFields(value) && keepsDebugData(toDocument(value)),
  unwrap: (value) => [restoreDocument(toDocument(value))],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [
    'transaction.detail',
    'target.detailEntry',
    'actor.detailEntry',
    'authenticationContext.authenticatorContext',
    'authenticationContext.interface',
    'authenticationContext.rootSessionId',
    'client.geographicalContext.postalCode',
    'securityContext.botProtection',
    'securityContext.ipDetails',
    'securityContext.risk',
    'securityContext.userBehaviors',
    'device',
    'legacyEventType',
    'severity',
    'version',
  ],
  isSelective: false,
  keepsBytes: false,
};

/** What is in `debugData` beside the whole of it, and in every document before the middle of 2022 instead of it. */
const PICKED_DEBUG_DATA: ReadonlySet<string> = new Set([
  ...['client_secret', 'device_fingerprint', 'dt_hash', 'factor', 'grant_type', 'granted_scopes'],
  ...['request_id', 'request_uri', 'requested_scopes', 'risk_behaviors', 'risk_level'],
  ...['risk_reasons', 'suspicious_activity', 'threat_suspected', 'url'],
]);

/**
 * The same with no more of `debugData` than some fields, as the integration and Filebeat wrote them before the middle of 2022, and
 * Kibana still does where the rest is no column.
 * Source: https://github.com/elastic/integrations/pull/3362
 */
export const ELASTIC_PICKED_FIELDS: ArchiveFormat = {
  ...ELASTIC_FIELDS,
  id: 'elastic-picked-fields',
  recognise: hasFields,
  missingFields: [...ELASTIC_FIELDS.missingFields, 'debugContext.debugData'],
};

/**
 * What Kibana's alerts have: the event with the time of the alert, and its own under the second name, or the first in version 7.
 * Source: https://www.elastic.co/docs/reference/security/fields-and-object-schemas/alert-schema
 */
const TIMES_BEFORE_ALERT: readonly string[] = [
  'signal.original_time',
  'kibana.alert.original_time',
];
/** Where a document has objects whose own names are no columns. */
const LISTS: readonly string[] = ['okta.target', 'okta.request.ip_chain'];
const FLATTENED = 'okta.debug_context.debug_data.flattened';
/** What Kibana writes into a cell where the document has nothing, and what others do. */
const NOTHING: readonly unknown[] = ['-', ''];

function hasFields(value: RawEvent): boolean {
  return typeof readPath(toDocument(value), 'okta', 'event_type') === 'string';
}

function keepsDebugData(document: RawEvent): boolean {
  const debugData = readPath(document, 'okta', 'debug_context', 'debug_data');
  return isRecord(debugData) && Object.keys(debugData).some((name) => !PICKED_DEBUG_DATA.has(name));
}

/** Without the wrapper of a dump, and with dotted keys nested. */
function toDocument(value: RawEvent): RawEvent {
  const document = isRecord(value['_source']) ? value['_source'] : value;
  const isDotted = 'okta.event_type' in document || 'event.original' in document;
  if (!isDotted) return document;
  const cells = Object.entries(document).filter(([, cell]) => !NOTHING.includes(cell));
  return nestKeys(cells.map(([key, cell]) => [key.split('.'), readObjects(key, cell)]));
}

/** Kibana writes an object as its JSON, and several of them with commas between and without brackets. */
function readObjects(name: string, cell: unknown): unknown {
  if (name === FLATTENED) return readCell(cell);
  if (!LISTS.includes(name) || !isJsonText(cell)) return cell;
  const objects = readRawText(`[${cell}]`);
  return Array.isArray(objects) ? objects.flat() : cell;
}

function readOriginal(document: RawEvent): unknown {
  return readPath(document, 'event', 'original') ?? document['message'];
}

function restoreDocument(document: RawEvent): unknown {
  const okta = renameKeys(document['okta'], toCamelCase);
  const debugData = readPath(okta, 'debugContext', 'debugData');
  const flattened = readPath(document, 'okta', 'debug_context', 'debug_data', 'flattened');
  const system = readPath(okta, 'securityContext', 'as');
  // What stands under `source.geo` was looked up by Elastic: where Okta's support tool acted, Okta names no place.
  const geo = readPath(document, 'client', 'geo');
  const restored = {
    uuid: readPath(okta, 'uuid') ?? readPath(document, 'event', 'id'),
    published: readTime(document),
    client: {
      ipAddress: readPath(okta, 'client', 'ip'),
      geographicalContext: {
        city: readPath(geo, 'city_name'),
        state: readPath(geo, 'region_name'),
        country: readPath(geo, 'country_name'),
        geolocation: readPath(geo, 'location'),
      },
    },
    securityContext: {
      asNumber: readPath(system, 'number'),
      asOrg: readPath(system, 'organization', 'name'),
    },
    debugContext: { debugData: flattened ?? restoreBlanks(debugData) },
  };
  return overlay(okta, dropEmpty(restored));
}

function readTime(document: RawEvent): unknown {
  const before = TIMES_BEFORE_ALERT.map(
    (name) => document[name] ?? readPath(document, ...name.split('.')),
  );
  return before.find((time) => time !== undefined) ?? document['@timestamp'];
}

/** Where there is no flattened copy, what was text has underscores in its names, for blanks and for the one hyphen. */
function restoreBlanks(debugData: unknown): unknown {
  if (!isRecord(debugData)) return debugData;
  const restored = Object.entries(debugData).map(
    ([name, value]) => [name, renameKeys(value, restoreBlanksIn)] as const,
  );
  return foldTexts(Object.fromEntries(restored));
}

function restoreBlanksIn(name: string): string {
  return name.replaceAll('_', ' ').replace('Geo Location', 'Geo-Location');
}
