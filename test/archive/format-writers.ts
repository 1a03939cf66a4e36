import { isRecord, type RawEvent } from '../../src/model/log-event.ts';
import { toLines } from './archive-workbench.ts';

/** How the tools behind a format write events down: as JSON values, or as the text of a table. */
type Writer =
  | { readonly toValue: (record: RawEvent) => unknown }
  | { readonly toText: (records: readonly RawEvent[]) => string };

/** A writer for each format, by its id. */
export const FORMAT_WRITERS: Readonly<Record<string, Writer>> = {
  'system-log': { toValue: (record) => record },
  'event-hook': {
    toValue: (record) => ({
      eventType: 'com.okta.event_hook',
      cloudEventsVersion: '0.1',
      source: 'https://acme.okta.example/api/v1/eventHooks/who1',
      data: { events: [record] },
    }),
  },
  'event-bridge': {
    toValue: (detail) => ({
      'detail-type': 'SystemLog',
      source: 'aws.partner/okta.com/acme/audit',
      time: detail['published'],
      detail,
    }),
  },
  'splunk-collector': {
    toValue: (event) => ({ time: 1, sourcetype: 'OktaIM2:log', event }),
  },
  'splunk-collector-text': {
    toValue: (record) => ({ sourcetype: 'OktaIM2:log', event: JSON.stringify(record) }),
  },
  'splunk-export': {
    toText: (records) =>
      toTable(records.map((record) => ({ _time: '1', _raw: JSON.stringify(record) }))),
  },
  'splunk-fields': {
    toValue: (record) => ({
      preview: false,
      result: {
        _raw: JSON.stringify(record),
        eventType: record['eventType'],
        published: record['published'],
        'actor.id': readPlace(record, 'actor', 'id'),
      },
    }),
  },
  'datadog-attributes': {
    toValue: (attributes) => ({
      _id: 'AQ',
      date: attributes['published'],
      source: 'okta',
      attributes,
    }),
  },
  datadog: { toValue: toDatadog },
  'nested-record': { toValue: (record) => ({ agent: 'x', okta: { log: record } }) },
  'flattened-record': {
    toValue: (record) =>
      Object.fromEntries(
        Object.entries(record).map(([name, value]) => [
          name,
          typeof value === 'object' ? JSON.stringify(value) : value,
        ]),
      ),
  },
  'typed-record': { toValue: (record) => toTyped(record) },
  'prefixed-record': {
    toValue: (record) => ({
      '#repo': 'okta',
      ...Object.fromEntries(
        Object.entries(record).map(([name, value]) => [
          `Vendor.${name}`,
          typeof value === 'object' ? JSON.stringify(value) : value,
        ]),
      ),
    }),
  },
  panther: {
    toValue: (record) => ({
      ...Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      published: String(record['published']).replace('T', ' ').replace('Z', '000000'),
    }),
  },
  'snake-record': {
    toValue: (record) =>
      Object.fromEntries(flatten(record).map(([path, value]) => [path.join('_'), value])),
  },
  'elastic-original': {
    toValue: (record) => ({
      '@timestamp': record['published'],
      event: { dataset: 'okta.system', original: JSON.stringify(record) },
      okta: { event_type: record['eventType'], uuid: record['uuid'] },
    }),
  },
  'elastic-fields': { toValue: toElastic },
  'elastic-picked-fields': { toValue: toOlderElastic },
  sentinel: { toValue: toSentinel },
  'sentinel-v2': { toValue: toSecondSentinel },
  'ocsf-raw': {
    toValue: (record) => ({ ...toOcsf(record), raw_data: JSON.stringify(record) }),
  },
  ocsf: { toValue: toOcsf },
  'sec-ops-raw': {
    toValue: (record) => ({
      logType: 'OKTA',
      data: Buffer.from(JSON.stringify(record)).toString('base64'),
    }),
  },
  'console-csv': { toText: (records) => toTable(records.map(toConsoleRow)) },
};

export type Framing = 'lines' | 'list' | 'pretty list' | 'joined';
export const FRAMINGS: readonly Framing[] = ['lines', 'list', 'pretty list', 'joined'];

/** The content of a file of one format. */
export function writeFormat(id: string, records: readonly RawEvent[], framing: Framing): string {
  const writer = FORMAT_WRITERS[id];
  if (writer === undefined) throw new Error(`No test writes the format ${id}: add a writer.`);
  if ('toText' in writer) return writer.toText(records);
  const values = records.map(writer.toValue);
  if (framing === 'lines') return toLines(values);
  if (framing === 'joined') return values.map((value) => JSON.stringify(value)).join('');
  return JSON.stringify(values, null, framing === 'list' ? 0 : 2);
}

function readPlace(record: unknown, ...path: readonly string[]): unknown {
  let place = record;
  for (const key of path) place = isRecord(place) ? place[key] : undefined;
  return place;
}

/** As Avro writes values that may be null in JSON. */
function toTyped(record: RawEvent): unknown {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, addType(value)]));
}

function addType(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return { array: value.map(addType) };
  if (isRecord(value)) return { record: toTyped(value) };
  return { [typeof value === 'number' ? 'double' : typeof value]: value };
}

function toTable(rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => row[column] ?? ''));
  return [columns, ...lines]
    .map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`)
    .join('');
}

function toConsoleRow(record: RawEvent): Record<string, string> {
  const read = (...path: string[]): string => String(readPlace(record, ...path) ?? '');
  const { target, request } = record;
  const targets = Array.isArray(target) && target.length > 0 ? target : [{}];
  const [hop] = Array.isArray(readPlace(request, 'ipChain'))
    ? (readPlace(request, 'ipChain') as unknown[])
    : [];
  return {
    severity: read('severity'),
    event_type: read('eventType'),
    display_message: read('displayMessage'),
    uuid: read('uuid'),
    version: read('version'),
    timestamp: read('published'),
    'outcome.result': read('outcome', 'result'),
    'outcome.reason': read('outcome', 'reason'),
    'actor.id': read('actor', 'id'),
    'actor.type': read('actor', 'type'),
    'actor.display_name': read('actor', 'displayName'),
    'actor.alternate_id': read('actor', 'alternateId'),
    'authentication_context.authentication_step': read(
      'authenticationContext',
      'authenticationStep',
    ),
    'authentication_context.authentication_provider': read(
      'authenticationContext',
      'authenticationProvider',
    ),
    'authentication_context.credential_provider': read(
      'authenticationContext',
      'credentialProvider',
    ),
    'authentication_context.credential_type': read('authenticationContext', 'credentialType'),
    'authentication_context.external_session_id': read(
      'authenticationContext',
      'externalSessionId',
    ),
    'client.zone': read('client', 'zone'),
    'client.ip_address': read('client', 'ipAddress'),
    'client.device': read('client', 'device'),
    'client.user_agent.raw_user_agent': read('client', 'userAgent', 'rawUserAgent'),
    'client.user_agent.os': read('client', 'userAgent', 'os'),
    'client.user_agent.browser': read('client', 'userAgent', 'browser'),
    'client.geographical_context.country': read('client', 'geographicalContext', 'country'),
    'client.geographical_context.city': read('client', 'geographicalContext', 'city'),
    'client.geographical_context.postal_code': read('client', 'geographicalContext', 'postalCode'),
    'client.geographical_context.geolocation.lon': read(
      ...['client', 'geographicalContext', 'geolocation', 'lon'],
    ),
    'client.geographical_context.geolocation.lat': read(
      ...['client', 'geographicalContext', 'geolocation', 'lat'],
    ),
    'transaction.id': read('transaction', 'id'),
    'transaction.type': read('transaction', 'type'),
    'debug_context.debug_data.request_uri': read('debugContext', 'debugData', 'requestUri'),
    legacy_event_type: read('legacyEventType'),
    ...Object.fromEntries(
      targets.flatMap((entry, index) =>
        [
          ['id', 'id'],
          ['type', 'type'],
          ['alternate_id', 'alternateId'],
          ['display_name', 'displayName'],
        ].map(([column, key = '']) => [
          `target${index}.${column}`,
          String(readPlace(entry, key) ?? ''),
        ]),
      ),
    ),
    'request.ip_chain.ip': String(readPlace(hop, 'ip') ?? ''),
    'request.ip_chain.version': String(readPlace(hop, 'version') ?? ''),
  };
}

/** As the pipeline of Elastic's integration renames fields, takes texts of `debugData` apart and drops what is empty. */
function toElastic(record: RawEvent): unknown {
  const read = (...path: string[]): unknown => readPlace(record, ...path);
  const place = (name: string): unknown => read('client', 'geographicalContext', name);
  const debugData = read('debugContext', 'debugData');
  const target = Array.isArray(record['target']) ? record['target'] : [];
  return dropNothing({
    '@timestamp': record['published'],
    event: { dataset: 'okta.system', action: record['eventType'], id: record['uuid'] },
    client: {
      geo: {
        city_name: place('city'),
        region_name: place('state'),
        country_name: place('country'),
        location: place('geolocation'),
      },
    },
    okta: {
      uuid: record['uuid'],
      event_type: record['eventType'],
      display_message: record['displayMessage'],
      actor: {
        id: read('actor', 'id'),
        type: read('actor', 'type'),
        alternate_id: read('actor', 'alternateId'),
        display_name: read('actor', 'displayName'),
      },
      client: {
        id: read('client', 'id'),
        ip: read('client', 'ipAddress'),
        zone: read('client', 'zone'),
        device: read('client', 'device'),
        user_agent: {
          raw_user_agent: read('client', 'userAgent', 'rawUserAgent'),
          os: read('client', 'userAgent', 'os'),
          browser: read('client', 'userAgent', 'browser'),
        },
      },
      outcome: record['outcome'],
      target: target.map((entry) => {
        const { alternateId, displayName, detailEntry: _, ...rest } = entry as RawEvent;
        return { ...rest, alternate_id: alternateId, display_name: displayName };
      }),
      transaction: { id: read('transaction', 'id'), type: read('transaction', 'type') },
      debug_context: {
        debug_data: {
          request_uri: readPlace(debugData, 'requestUri'),
          flattened: isRecord(debugData)
            ? {
                ...debugData,
                behaviors: takeApart(debugData['behaviors']),
                risk: takeApart(debugData['risk']),
                logOnlySecurityData: JSON.parse(String(debugData['logOnlySecurityData'])),
              }
            : null,
        },
      },
      authentication_context: {
        authentication_provider: read('authenticationContext', 'authenticationProvider'),
        authentication_step: read('authenticationContext', 'authenticationStep'),
        credential_provider: read('authenticationContext', 'credentialProvider'),
        credential_type: read('authenticationContext', 'credentialType'),
        external_session_id: read('authenticationContext', 'externalSessionId'),
        issuer: read('authenticationContext', 'issuer'),
      },
      security_context: {
        as: {
          number: read('securityContext', 'asNumber'),
          organization: { name: read('securityContext', 'asOrg') },
        },
        domain: read('securityContext', 'domain'),
        isp: read('securityContext', 'isp'),
        is_proxy: read('securityContext', 'isProxy'),
      },
      request: {
        ip_chain: (read('request', 'ipChain') as RawEvent[]).map(
          ({ geographicalContext, ...hop }) => ({
            ...hop,
            geographical_context: geographicalContext,
          }),
        ),
      },
    },
  });
}

/** As the pipeline was before it kept the whole of `debugData`. */
function toOlderElastic(record: RawEvent): unknown {
  const text = JSON.stringify(toElastic(record));
  return JSON.parse(text, (name, value) => (name === 'flattened' ? undefined : value));
}

/** `{New Device=NEGATIVE, Velocity=NEGATIVE}` as an object. */
function takeApart(text: unknown): unknown {
  const pairs = String(text).slice(1, -1).split(', ');
  return Object.fromEntries(pairs.map((pair) => pair.split('=')));
}

function dropNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropNothing);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, dropNothing(inner)] as const)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .filter(([, inner]) => !isRecord(inner) || Object.keys(inner).length > 0),
  );
}

/** As loaders of warehouses flatten objects and name what is in them; lists become text. */
function flatten(record: RawEvent): [path: string[], value: unknown][] {
  return Object.entries(record).flatMap(([key, value]): [string[], unknown][] => {
    const name = toSnakeCase(key);
    if (Array.isArray(value)) return [[[name], JSON.stringify(value)]];
    if (!isRecord(value)) return [[[name], value]];
    return flatten(value).map(([path, inner]) => [[name, ...path], inner]);
  });
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const SENTINEL_SUFFIX: Readonly<Record<string, string>> = {
  string: 's',
  number: 'd',
  boolean: 'b',
};

/** As Log Analytics flattens what it is sent: lists become text, and each name says its type. */
function toSentinel(record: RawEvent): unknown {
  const columns: [string, unknown][] = [];
  const add = (name: string, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) add(`${name}_${key}`, inner);
    } else if (Array.isArray(value)) columns.push([`${name}_s`, JSON.stringify(value)]);
    else columns.push([`${name}_${SENTINEL_SUFFIX[typeof value]}`, value]);
  };
  const { uuid, published, ...rest } = record;
  for (const [name, value] of Object.entries(rest)) add(name, value);
  return {
    TenantId: 't',
    TimeGenerated: published,
    published_t: published,
    uuid_g: uuid,
    ...Object.fromEntries(columns),
  };
}

function toSecondSentinel(record: RawEvent): unknown {
  const read = (...path: string[]): unknown => readPlace(record, ...path);
  const geo = (name: string): unknown => read('client', 'geographicalContext', name);
  const login = (name: string): string => text(read('authenticationContext', name));
  const issuer = (name: string): string => text(read('authenticationContext', 'issuer', name));
  const text = (value: unknown): string => String(value ?? '');
  return {
    TimeGenerated: record['published'],
    ActorDetailEntry: read('actor', 'detailEntry'),
    ActorDisplayName: text(read('actor', 'displayName')),
    OriginalUserId: text(read('actor', 'id')),
    OriginalActorAlternateId: text(read('actor', 'alternateId')),
    ActorUserType: 'Regular',
    OriginalUserType: text(read('actor', 'type')),
    AuthenticationContextAuthenticationProvider: login('authenticationProvider'),
    AuthenticationContextAuthenticationStep: read('authenticationContext', 'authenticationStep'),
    AuthenticationContextCredentialProvider: login('credentialProvider'),
    LogonMethod: login('credentialType'),
    ActorSessionId: login('externalSessionId'),
    AuthenticationContextInterface: login('interface'),
    AuthenticationContextIssuerId: issuer('id'),
    AuthenticationContextIssuerType: issuer('type'),
    OriginalClientDevice: text(read('client', 'device')),
    SrcGeoCity: text(geo('city')),
    SrcGeoCountry: text(geo('country')),
    SrcGeoLatitude: readPlace(geo('geolocation'), 'lat'),
    SrcGeoLongitude: readPlace(geo('geolocation'), 'lon'),
    SrcGeoPostalCode: text(geo('postalCode')),
    SrcGeoRegion: text(geo('state')),
    SrcDvcId: text(read('client', 'id')),
    SrcIpAddr: text(read('client', 'ipAddress')),
    ActingAppName: text(read('client', 'userAgent', 'browser')),
    SrcDvcOs: text(read('client', 'userAgent', 'os')),
    HttpUserAgent: text(read('client', 'userAgent', 'rawUserAgent')),
    SrcZone: text(read('client', 'zone')),
    DebugData: read('debugContext', 'debugData'),
    EventMessage: record['displayMessage'],
    EventOriginalType: record['eventType'],
    LegacyEventType: record['legacyEventType'],
    EventOriginalUid: record['uuid'],
    EventOriginalResultDetails: text(read('outcome', 'reason')),
    OriginalOutcomeResult: text(read('outcome', 'result')),
    Request: record['request'],
    SecurityContextAsNumber: read('securityContext', 'asNumber'),
    SecurityContextAsOrg: text(read('securityContext', 'asOrg')),
    SecurityContextDomain: text(read('securityContext', 'domain')),
    SrcIsp: text(read('securityContext', 'isp')),
    SecurityContextIsProxy: read('securityContext', 'isProxy'),
    OriginalSeverity: record['severity'],
    OriginalTarget: JSON.stringify(record['target']),
    Version: record['version'],
    TransactionType: text(read('transaction', 'type')),
    TransactionId: text(read('transaction', 'id')),
    TransactionDetail: JSON.stringify(read('transaction', 'detail')),
  };
}

/** As in OCSF's own mapping: what it has no name for stays under `unmapped`. */
function toOcsf(record: RawEvent): Record<string, unknown> {
  const read = (...path: string[]): unknown => readPlace(record, ...path);
  const geo = (name: string): unknown => read('client', 'geographicalContext', name);
  return {
    class_uid: 3001,
    metadata: {
      product: { name: 'Okta System Log', vendor_name: 'Okta', version: record['version'] },
      event_code: record['eventType'],
      uid: record['uuid'],
    },
    time_dt: record['published'],
    message: record['displayMessage'],
    status: read('outcome', 'result'),
    actor: {
      session: {
        uid: read('authenticationContext', 'externalSessionId'),
        issuer: read('authenticationContext', 'issuer', 'id'),
      },
      user: {
        uid: read('actor', 'id'),
        type: read('actor', 'type'),
        email_addr: read('actor', 'alternateId'),
        name: read('actor', 'displayName'),
      },
    },
    http_request: { user_agent: read('client', 'userAgent', 'rawUserAgent') },
    src_endpoint: {
      ip: read('client', 'ipAddress'),
      type: read('client', 'device'),
      domain: read('securityContext', 'domain'),
      os: { name: read('client', 'userAgent', 'os') },
      autonomous_system: {
        number: read('securityContext', 'asNumber'),
        name: read('securityContext', 'asOrg'),
      },
      location: {
        city: geo('city'),
        country: geo('country'),
        postal_code: geo('postalCode'),
        lat: readPlace(geo('geolocation'), 'lat'),
        long: readPlace(geo('geolocation'), 'lon'),
        isp: read('securityContext', 'isp'),
      },
    },
    unmapped: {
      request: record['request'],
      actor: { detailEntry: read('actor', 'detailEntry') },
      authenticationContext: {
        ...omit(record['authenticationContext'], ['externalSessionId', 'issuer']),
        issuer: { type: read('authenticationContext', 'issuer', 'type') },
      },
      securityContext: omit(record['securityContext'], ['asNumber', 'asOrg', 'isp', 'domain']),
      client: {
        zone: read('client', 'zone'),
        userAgent: { browser: read('client', 'userAgent', 'browser') },
        geographicalContext: { state: geo('state') },
      },
      debugContext: record['debugContext'],
      outcome: { reason: read('outcome', 'reason') },
      transaction: { id: read('transaction', 'id'), type: read('transaction', 'type') },
    },
  };
}

function omit(value: unknown, names: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
}

function toDatadog(record: RawEvent): unknown {
  const read = (...path: string[]): unknown => readPlace(record, ...path);
  return {
    _id: record['uuid'],
    date: record['published'],
    source: 'okta',
    message: record['displayMessage'],
    attributes: {
      evt: { name: record['eventType'], outcome: read('outcome', 'result') },
      usr: {
        id: read('actor', 'id'),
        email: read('actor', 'alternateId'),
        name: read('actor', 'displayName'),
      },
      network: {
        client: {
          ip: read('client', 'ipAddress'),
          geoip: { city: { name: 'Ashburn' }, country: { name: 'United States' } },
        },
      },
      http: { useragent: read('client', 'userAgent', 'rawUserAgent') },
    },
  };
}
