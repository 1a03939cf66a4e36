import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { isRawRecord, readPath } from './read-raw-record.ts';
import { dropEmpty, overlay } from './restore-record.ts';

/**
 * Datadog's archives and search results where Okta's own attributes were kept beside Datadog's.
 * Source: https://docs.datadoghq.com/integrations/okta/
 */
export const DATADOG_ATTRIBUTES: ArchiveFormat = {
  id: 'datadog-attributes',
  title: "Datadog logs with Okta's attributes",
  recognise: (value) => isDatadog(value) && isRawRecord(readAttributes(value)),
  unwrap: (value) => [readAttributes(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

/** Datadog's logs where only its standard attributes are left. */
export const DATADOG: ArchiveFormat = {
  id: 'datadog',
  title: 'Datadog logs',
  recognise: (value) =>
    isDatadog(value) && typeof readPath(readAttributes(value), 'evt', 'name') === 'string',
  unwrap: (value) => [restoreLog(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [
    'target',
    'transaction',
    'debugContext',
    'securityContext',
    'authenticationContext',
    'device',
    'request',
    'actor.type',
    'actor.detailEntry',
    'outcome.reason',
    'client.device',
    'client.id',
    'client.zone',
    'client.userAgent.browser',
    'client.userAgent.os',
    'client.geographicalContext',
    'legacyEventType',
    'severity',
    'version',
  ],
  isSelective: false,
  keepsBytes: false,
};

function isDatadog(log: RawEvent): boolean {
  const value = toLog(log);
  const source = value['source'] ?? readPath(value, 'attributes', 'source');
  const tags = value['tags'] ?? readPath(value, 'attributes', 'tags');
  const isTagged = Array.isArray(tags) && tags.includes('source:okta');
  return isRecord(value['attributes']) && (source === 'okta' || isTagged);
}

/**
 * The first version of the API has all but the id one level deeper.
 * Source: https://docs.datadoghq.com/api/v1/logs/#search-logs
 */
function toLog({ content, ...log }: RawEvent): RawEvent {
  return isRecord(content) ? { ...log, ...content } : log;
}

/** The second nests attributes twice, archives once. */
function readAttributes(log: RawEvent): unknown {
  const value = toLog(log);
  return readPath(value, 'attributes', 'attributes') ?? value['attributes'];
}

/**
 * What stands under `network.client.geoip` was looked up by Datadog for the address: where Okta's support tool acted, Okta names no
 * place. Attributes of Okta's own that are left say more than the standard ones, whose outcomes are of fewer kinds.
 * Source: https://docs.datadoghq.com/logs/log_configuration/processors/#geoip-parser
 */
function restoreLog(log: RawEvent): unknown {
  const value = toLog(log);
  const attributes = readAttributes(value);
  const time = value['date'] ?? value['timestamp'] ?? readPath(value, 'attributes', 'timestamp');
  const restored = dropEmpty({
    uuid: readPath(attributes, 'uuid') ?? value['_id'] ?? value['id'],
    eventType: readPath(attributes, 'evt', 'name'),
    published: time,
    displayMessage: value['message'] ?? readPath(value, 'attributes', 'message'),
    outcome: { result: String(readPath(attributes, 'evt', 'outcome') ?? '').toUpperCase() },
    actor: {
      id: readPath(attributes, 'usr', 'id'),
      alternateId: readPath(attributes, 'usr', 'email'),
      displayName: readPath(attributes, 'usr', 'name'),
    },
    client: {
      ipAddress: readPath(attributes, 'network', 'client', 'ip'),
      userAgent: { rawUserAgent: readPath(attributes, 'http', 'useragent') },
    },
  });
  return overlay(restored, attributes);
}
