import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coversEventTypes, exactEventTypes } from '../../src/model/event-type-set.ts';
import { isRecord } from '../../src/model/log-event.ts';
import type { SourceReading } from '../../src/model/reading.ts';
import { DAY_MS, HOUR_MS, isInside } from '../../src/model/time-window.ts';
import {
  ARCHIVE_FORMATS,
  recogniseFormat,
} from '../../src/sources/archive/formats/archive-formats.ts';
import { renameKeys } from '../../src/sources/archive/formats/restore-record.ts';
import { days, makeNoise, makeRecord, readArchive, toLines } from './archive-workbench.ts';

const SAMPLES = new URL('../data/archive-envelopes/', import.meta.url);
const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8')) as unknown;

/** A record with something in every place that checks look at. */
const RECORD = {
  uuid: '3aeede38-4f67-11ea-abd3-1f5d113f2546',
  published: '2022-01-12T10:30:00.250Z',
  eventType: 'user.account.reset_password',
  version: '0',
  severity: 'INFO',
  displayMessage: 'User reset password for Okta, "quoted", and more',
  legacyEventType: 'core.user.config.user_status.password_reset',
  actor: { id: '00uactor', type: 'User', alternateId: 'dana@acme.example', displayName: 'Dana' },
  client: {
    userAgent: { rawUserAgent: 'Mozilla/5.0 (X11)', os: 'Linux', browser: 'FIREFOX' },
    zone: 'null',
    device: 'Computer',
    ipAddress: '192.0.2.7',
    geographicalContext: {
      city: 'Dublin',
      state: 'Leinster',
      country: 'Ireland',
      postalCode: 'D02',
      geolocation: { lat: 53.3, lon: -6.2 },
    },
  },
  outcome: { result: 'SUCCESS', reason: 'asked' },
  target: [
    { id: '00utarget', type: 'User', alternateId: 'eve@acme.example', displayName: 'Eve' },
    { id: '0oaapp', type: 'AppInstance', alternateId: 'Payroll', displayName: 'Payroll' },
  ],
  transaction: { id: 'Yd0', type: 'WEB', detail: { requestApiTokenId: '00Ttoken' } },
  debugContext: { debugData: { requestUri: '/api/v1/users', privilegeGranted: 'Super admin' } },
  authenticationContext: { authenticationStep: 0, externalSessionId: '102session' },
  securityContext: { asNumber: 64496, asOrg: 'example', isp: 'isp.example', isProxy: false },
  request: { ipChain: [{ ip: '192.0.2.7', version: 'V4' }] },
};

const TEXT = JSON.stringify(RECORD);
const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Numbers as `mongoexport --jsonFormat=canonical` writes them. */
function toMongo(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toMongo);
  if (typeof value === 'number') {
    return { [Number.isInteger(value) ? '$numberInt' : '$numberDouble']: String(value) };
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toMongo(inner)]));
}

const ELASTIC = {
  '@timestamp': RECORD.published,
  event: { dataset: 'okta.system', id: RECORD.uuid, action: RECORD.eventType },
  client: {
    geo: {
      city_name: 'Dublin',
      region_name: 'Leinster',
      country_name: 'Ireland',
      location: { lat: 53.3, lon: -6.2 },
    },
  },
  okta: {
    uuid: RECORD.uuid,
    event_type: RECORD.eventType,
    display_message: RECORD.displayMessage,
    severity: 'INFO',
    version: '0',
    actor: {
      id: '00uactor',
      type: 'User',
      alternate_id: 'dana@acme.example',
      display_name: 'Dana',
    },
    client: {
      ip: '192.0.2.7',
      zone: 'null',
      device: 'Computer',
      user_agent: { raw_user_agent: 'Mozilla/5.0 (X11)', os: 'Linux', browser: 'FIREFOX' },
    },
    outcome: RECORD.outcome,
    target: RECORD.target.map(({ alternateId, displayName, ...rest }) => ({
      ...rest,
      alternate_id: alternateId,
      display_name: displayName,
    })),
    transaction: { id: 'Yd0', type: 'WEB' },
    debug_context: {
      debug_data: { request_uri: '/api/v1/users', flattened: RECORD.debugContext.debugData },
    },
    authentication_context: { authentication_step: 0, external_session_id: '102session' },
    security_context: {
      as: { number: 64496, organization: { name: 'example' } },
      isp: 'isp.example',
      is_proxy: false,
    },
    request: { ip_chain: RECORD.request.ipChain },
  },
};

const SENTINEL = {
  TenantId: 't',
  TimeGenerated: RECORD.published,
  published_t: RECORD.published,
  uuid_g: RECORD.uuid,
  eventType_s: RECORD.eventType,
  version_s: '0',
  severity_s: 'INFO',
  displayMessage_s: RECORD.displayMessage,
  legacyEventType_s: '',
  actor_id_s: '00uactor',
  actor_type_s: 'User',
  actor_alternateId_s: 'dana@acme.example',
  actor_displayName_s: 'Dana',
  client_ipAddress_s: '192.0.2.7',
  client_device_s: 'Computer',
  client_userAgent_rawUserAgent_s: 'Mozilla/5.0 (X11)',
  client_geographicalContext_country_s: 'Ireland',
  outcome_result_s: 'SUCCESS',
  outcome_reason_s: 'asked',
  target_s: JSON.stringify(RECORD.target),
  transaction_id_s: 'Yd0',
  transaction_type_s: 'WEB',
  transaction_detail_requestApiTokenId_s: '00Ttoken',
  debugContext_debugData_requestUri_s: '/api/v1/users',
  debugContext_debugData_privilegeGranted_s: 'Super admin',
  authenticationContext_externalSessionId_s: '102session',
  securityContext_asNumber_d: 64496,
  securityContext_isProxy_b: false,
};

const SENTINEL_V2 = {
  TimeGenerated: RECORD.published,
  EventOriginalType: RECORD.eventType,
  EventOriginalUid: RECORD.uuid,
  EventMessage: RECORD.displayMessage,
  ActorUserId: '00uactor',
  OriginalUserId: '00uactor',
  OriginalUserType: 'User',
  OriginalActorAlternateId: 'dana@acme.example',
  ActorDisplayName: 'Dana',
  ActorSessionId: '102session',
  SrcIpAddr: '192.0.2.7',
  SrcGeoCountry: 'Ireland',
  HttpUserAgent: 'Mozilla/5.0 (X11)',
  OriginalOutcomeResult: 'SUCCESS',
  EventOriginalResultDetails: 'asked',
  OriginalTarget: JSON.stringify(RECORD.target),
  TransactionId: 'Yd0',
  TransactionType: 'WEB',
  TransactionDetail: '{"requestApiTokenId":"00Ttoken"}',
  DebugData: RECORD.debugContext.debugData,
  SecurityContextAsNumber: 64496,
  SecurityContextIsProxy: false,
};

const CONSOLE: Record<string, string> = {
  severity: 'INFO',
  event_type: RECORD.eventType,
  display_message: RECORD.displayMessage,
  uuid: RECORD.uuid,
  version: '0',
  timestamp: RECORD.published,
  'outcome.result': 'SUCCESS',
  'outcome.reason': 'asked',
  'actor.id': '00uactor',
  'actor.type': 'User',
  'actor.display_name': 'Dana',
  'actor.alternate_id': 'dana@acme.example',
  'authentication_context.external_session_id': '102session',
  'client.ip_address': '192.0.2.7',
  'client.user_agent.raw_user_agent': 'Mozilla/5.0 (X11)',
  'client.geographical_context.country': 'Ireland',
  'client.geographical_context.geolocation.lat': '53.3',
  'transaction.id': 'Yd0',
  'transaction.type': 'WEB',
  'debug_context.debug_data.request_uri': '/api/v1/users',
  'target0.id': '00utarget',
  'target0.type': 'User',
  'target0.alternate_id': 'eve@acme.example',
  'target0.display_name': 'Eve',
  'target1.id': '',
  'target1.type': '',
  'target11.id': '0oaapp',
  'target11.type': 'AppInstance',
  'target11.alternate_id': 'Payroll',
  'target11.display_name': 'Payroll',
  'request.ip_chain.ip': '192.0.2.7',
};
const toCsv = (row: Record<string, string>, delimiter = ','): string =>
  `${Object.keys(row).join(delimiter)}\r\n${Object.values(row).map(quote).join(delimiter)}\r\n`;

/** A row of a table of whole records. */
const toCells = (record: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

const LOWERED = Object.fromEntries(
  Object.entries(RECORD).map(([key, value]) => [key.toLowerCase(), value]),
);

const DATADOG = {
  _id: RECORD.uuid,
  date: RECORD.published,
  source: 'okta',
  attributes: {
    evt: { name: RECORD.eventType, outcome: 'Success' },
    usr: { id: '00uactor', email: 'dana@acme.example' },
    network: { client: { ip: '192.0.2.7' } },
  },
};

function parseJson(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

/** Names as LogScale gives them: `target[0].id`. */
function number(value: unknown, path = ''): [name: string, value: unknown][] {
  if (Array.isArray(value)) {
    return value.flatMap((inner, index) => number(inner, `${path}[${index}]`));
  }
  if (!isRecord(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) =>
    number(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** File contents by format that keeps all of the record. */
/** As Avro writes values that may be null in JSON: each but null below the name of its kind. */
function toAvro(value: unknown, name = 'LogEvent'): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return { array: value.map((element) => toAvro(element, 'Entry')) };
  if (isRecord(value)) {
    const fields = Object.entries(value).map(([key, inner]) => [key, toAvro(inner, key)]);
    return name === 'LogEvent'
      ? Object.fromEntries(fields)
      : { [`com.okta.${name}`]: Object.fromEntries(fields) };
  }
  if (typeof value === 'number') return { [Number.isInteger(value) ? 'long' : 'double']: value };
  return { [typeof value]: value };
}

/** The same where the parts themselves are never null. */
function readAvro(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const part = (inner: unknown) => (isRecord(inner) ? Object.values(inner)[0] : inner);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, part(inner)]));
}

function toDynamo(value: unknown): Record<string, unknown> {
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(toDynamo) };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (!isRecord(value)) return { BOOL: value };
  const fields = Object.entries(value).map(([key, inner]) => [key, toDynamo(inner)]);
  return { M: Object.fromEntries(fields) };
}

const WHOLE: Record<string, string> = {
  'the record itself': TEXT,
  'a row with structures as text': JSON.stringify({
    ...RECORD,
    actor: JSON.stringify(RECORD.actor),
    target: JSON.stringify(RECORD.target),
  }),
  'a row with dotted names and structures as text': (() => {
    const { request, transaction, debugContext, ...rest } = RECORD;
    return JSON.stringify({
      ...rest,
      'transaction.id': transaction.id,
      'transaction.type': transaction.type,
      'transaction.detail': JSON.stringify(transaction.detail),
      'debugContext.debugData': JSON.stringify(debugContext.debugData),
      'request.ipChain': JSON.stringify(request.ipChain),
    });
  })(),
  'a record whose parts have structures as text': JSON.stringify({
    ...RECORD,
    transaction: { ...RECORD.transaction, detail: JSON.stringify(RECORD.transaction.detail) },
    debugContext: { debugData: JSON.stringify(RECORD.debugContext.debugData) },
  }),
  'a record whose lists a program of .NET wrote': JSON.stringify({
    $id: '1',
    ...RECORD,
    target: { $id: '2', $values: RECORD.target },
    request: { ipChain: { value: RECORD.request.ipChain, Count: 1 } },
  }),
  'a record whose targets are numbered': JSON.stringify({
    ...RECORD,
    target: Object.fromEntries(RECORD.target.map((target, index) => [String(index), target])),
  }),
  'a record whose lists are texts of their elements': JSON.stringify({
    ...RECORD,
    target: RECORD.target.map((target) => JSON.stringify(target)),
    request: { ipChain: RECORD.request.ipChain.map((hop) => JSON.stringify(hop)) },
  }),
  'a row of Parquet as BigQuery loads it': JSON.stringify({
    ...RECORD,
    target: { list: RECORD.target.map((element) => ({ element })) },
    request: { ipChain: { list: RECORD.request.ipChain.map((element) => ({ element })) } },
  }),
  'a row of Parquet as Hive writes it': JSON.stringify({
    ...RECORD,
    target: { bag: RECORD.target.map((element) => ({ array_element: element })) },
  }),
  'Avro’s JSON, where any value may be null': JSON.stringify(toAvro(RECORD)),
  'Avro’s JSON, where what is in records may be null': JSON.stringify({
    ...(readAvro(toAvro(RECORD)) as object),
    eventType: RECORD.eventType,
    published: RECORD.published,
    uuid: RECORD.uuid,
  }),
  'canonical JSON of MongoDB': JSON.stringify({
    _id: { $oid: '61e4' },
    ...(toMongo(RECORD) as object),
    published: { $date: { $numberLong: String(Date.parse(RECORD.published)) } },
  }),
  'a scan of DynamoDB': JSON.stringify({ Items: [toDynamo(RECORD).M], Count: 1 }),
  'a line of an export of DynamoDB': JSON.stringify({ Item: toDynamo(RECORD).M }),
  'an answer of Cortex XSIAM, with structures as text': JSON.stringify({
    reply: { status: 'SUCCESS', results: { data: [toCells(RECORD)] } },
  }),
  'an answer of New Relic, with dotted names': (() => {
    const { transaction, target, ...rest } = RECORD;
    const row = {
      ...rest,
      'transaction.id': transaction.id,
      'transaction.type': transaction.type,
      'transaction.detail': JSON.stringify(transaction.detail),
      target: JSON.stringify(target),
    };
    return JSON.stringify({ results: [{ events: [row] }] });
  })(),
  'a row of LogScale without its text': JSON.stringify({
    '@timestamp': 1642327200000,
    '#Vendor': 'okta',
    ...Object.fromEntries(
      number(RECORD).map(([name, value]) => [`Vendor.${name}`, value ?? 'null']),
    ),
  }),
  'a row of Splunk whose names begin with that of an object': JSON.stringify({
    preview: false,
    result: Object.fromEntries(
      Object.entries(toCells(RECORD)).map(([name, cell]) => [`okta.${name}`, cell]),
    ),
  }),
  'an EventBridge log stream': JSON.stringify({
    version: '0',
    'detail-type': 'SystemLog',
    source: 'aws.partner/okta.com/acme/audit',
    detail: RECORD,
  }),
  'EventBridge without newlines': JSON.stringify({ 'detail-type': 'x', detail: RECORD }).repeat(2),
  'Splunk HEC': JSON.stringify({ time: 1, sourcetype: 'OktaIM2:log', event: RECORD }),
  'Splunk HEC with text': JSON.stringify({ sourcetype: 'OktaIM2:log', event: TEXT }),
  'a Splunk export': JSON.stringify({ preview: false, result: { _raw: TEXT } }),
  'a Splunk export with the fields that it found': JSON.stringify({
    result: { _raw: TEXT, eventType: RECORD.eventType, published: RECORD.published },
  }),
  'a Splunk export that found each field twice': JSON.stringify({
    result: {
      eventType: [RECORD.eventType, RECORD.eventType],
      published: [RECORD.published, RECORD.published],
      _raw: TEXT,
    },
  }),
  'a Splunk export with another form of the time': JSON.stringify({
    result: { _raw: TEXT, eventType: RECORD.eventType, published: '2022-01-12 11:30:00.25 +0100' },
  }),
  'a Splunk export with a time that nobody can tell': JSON.stringify({
    result: { _raw: TEXT, eventType: RECORD.eventType, published: '01/02/2022 10:30' },
  }),
  'Splunk CSV with each field twice': `eventType,published,_raw\n"${RECORD.eventType}\n${RECORD.eventType}","${RECORD.published}\n${RECORD.published}",${quote(TEXT)}\n`,
  'a Splunk search result': JSON.stringify({ preview: false, results: [{ _raw: TEXT }] }),
  'Splunk CSV': `_time,"_raw"\n1,${quote(TEXT)}\n`,
  'Elastic with the original': JSON.stringify({ ...ELASTIC, event: { original: TEXT } }),
  'an Elastic dump': JSON.stringify({ _index: 'logs', _source: { event: { original: TEXT } } }),
  'an Elastic search': JSON.stringify({ hits: { hits: [{ _source: { message: TEXT } }] } }),
  'dotted Elastic CSV': `@timestamp,event.original\nnow,${quote(TEXT)}\n`,
  'a row of Snowflake, whose names are capitals': JSON.stringify(
    Object.fromEntries(
      Object.entries({ ...RECORD, published: '2022-01-12 10:30:00.250' }).map(([name, value]) => [
        name.toUpperCase(),
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  ),
  'OCSF with raw data': JSON.stringify({
    class_uid: 3001,
    metadata: { product: { vendor_name: 'Okta' }, event_code: RECORD.eventType },
    raw_data: TEXT,
  }),
  "Datadog with Okta's attributes": JSON.stringify({
    _id: 'AQ',
    date: RECORD.published,
    source: 'okta',
    attributes: RECORD,
  }),
  "Datadog's search API": JSON.stringify({
    data: [{ id: 'AQ', attributes: { tags: ['source:okta'], attributes: RECORD } }],
  }),
  'Google SecOps raw logs': JSON.stringify({ logType: 'OKTA', rawLog: TEXT }),
  'Google SecOps raw logs in base64': JSON.stringify({
    data: Buffer.from(TEXT).toString('base64'),
  }),
};

describe('a format that keeps the whole record gives it back as Okta wrote it', () => {
  it.each(Object.entries(WHOLE))('%s', async (_, content) => {
    const { reading, events } = await readArchive({ files: { 'a.dat': content } });
    expect(events.map((event) => event.raw)).toMatchObject([RECORD]);
    expect(events[0]?.publishedMs).toBe(Date.parse(RECORD.published));
    expect(reading.counts.malformed).toBe(0);
    expect(reading.covered[0]).toMatchObject({ missingFields: [], eventTypes: { kind: 'all' } });
  });
});

/** Panther's schema has no place for them. */
const OUTSIDE_SCHEMA = {
  authenticationContext: {
    ...RECORD.authenticationContext,
    rootSessionId: '102root',
    authenticatorContext: {},
  },
  device: { id: 'guo1' },
  securityContext: {
    ...RECORD.securityContext,
    ...{ botProtection: {}, ipDetails: {}, risk: {}, userBehaviors: [] },
  },
  target: RECORD.target.map((target) => ({ ...target, changeDetails: {} })),
};

/** File contents as Panther writes them. */
const OF_PANTHER: Record<string, (record: object) => string> = {
  'its own names': (record) =>
    JSON.stringify({ ...record, p_log_type: 'Okta.SystemLog', p_row_id: 'x' }),
  'names in small letters and no zone': (record) =>
    JSON.stringify({
      ...Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      published: '2022-01-12 10:30:00.250',
      p_log_type: 'Okta.SystemLog',
    }),
  'CSV in capitals': (record) => {
    const row = {
      ...record,
      published: '2022-01-12 10:30:00.250000000',
      p_log_type: 'Okta.SystemLog',
    };
    const cells = Object.values(row).map((value) =>
      quote(typeof value === 'string' ? value : JSON.stringify(value)),
    );
    return `${Object.keys(row).join(',').toUpperCase()}\n${cells.join(',')}\n`;
  },
};

describe('a row of Panther', () => {
  it.each(Object.entries(OF_PANTHER))(
    'lacks what its schema has no place for: %s',
    async (_, write) => {
      const { reading, events } = await readArchive({ files: { a: write(RECORD) } });
      expect(events.map((event) => event.raw)).toMatchObject([RECORD]);
      expect(events[0]?.publishedMs).toBe(Date.parse(RECORD.published));
      expect(reading.counts.malformed).toBe(0);
      expect(reading.covered[0]?.missingFields.toSorted()).toEqual([
        'authenticationContext.authenticatorContext',
        'authenticationContext.rootSessionId',
        'device',
        'securityContext.botProtection',
        'securityContext.ipDetails',
        'securityContext.risk',
        'securityContext.userBehaviors',
        'target.changeDetails',
      ]);
    },
  );

  it.each(Object.entries(OF_PANTHER))(
    'lacks nothing that it has by another schema: %s',
    async (_, write) => {
      const { reading } = await readArchive({
        files: { a: write({ ...RECORD, ...OUTSIDE_SCHEMA }) },
      });
      expect(reading.covered[0]?.missingFields).toEqual([]);
    },
  );
});

const USER_AGENT = { rawUserAgent: 'Mozilla/5.0 (X11)' };
const CORE = {
  uuid: RECORD.uuid,
  eventType: RECORD.eventType,
  published: RECORD.published,
  displayMessage: RECORD.displayMessage,
  actor: RECORD.actor,
  outcome: RECORD.outcome,
  target: RECORD.target,
  client: {
    ipAddress: '192.0.2.7',
    userAgent: USER_AGENT,
    geographicalContext: { country: 'Ireland' },
  },
  debugContext: { debugData: { requestUri: '/api/v1/users' } },
  authenticationContext: { externalSessionId: '102session' },
};

const SNAKE = renameKeys(RECORD, (name) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);
const flatten = (value: object, separator: string, path = ''): [string, unknown][] =>
  Object.entries(value).flatMap(([name, inner]) =>
    isRecord(inner)
      ? flatten(inner, separator, `${path}${name}${separator}`)
      : [[`${path}${name}`, inner]],
  );
const toRow = (record: object, separator: string): Record<string, string> =>
  Object.fromEntries(
    flatten(record, separator).map(([name, inner]) => [
      name,
      Array.isArray(inner) ? JSON.stringify(inner) : String(inner ?? ''),
    ]),
  );

describe('a format that renames gives the record back under its own names', () => {
  const loaded = toRow(SNAKE as object, '__');
  it.each([
    ['snake case', JSON.stringify(SNAKE), RECORD, ['device']],
    ['snake case with dlt’s separator', JSON.stringify(loaded), CORE, ['device']],
    [
      'CSV in snake case, flattened and in capitals',
      toCsv(
        Object.fromEntries(
          Object.entries(toRow(SNAKE as object, '_')).map(([name, cell]) => [
            name.toUpperCase(),
            cell,
          ]),
        ),
      ),
      CORE,
      ['device'],
    ],
    ['Elastic documents', JSON.stringify(ELASTIC), CORE, ['transaction.detail']],
    [
      'an alert of Elastic, which has its own time',
      JSON.stringify({
        ...ELASTIC,
        '@timestamp': '2022-01-12T10:35:00.000Z',
        'kibana.alert.original_time': RECORD.published,
      }),
      CORE,
      [],
    ],
    [
      'an alert of Elastic 7',
      JSON.stringify({
        ...ELASTIC,
        '@timestamp': '2022-01-12T10:35:00.000Z',
        signal: { original_time: RECORD.published },
      }),
      CORE,
      [],
    ],
    [
      'a table of Kibana, with objects in a row in one cell',
      toCsv({
        '@timestamp': RECORD.published,
        'okta.uuid': RECORD.uuid,
        'okta.event_type': RECORD.eventType,
        'okta.target': ELASTIC.okta.target.map((target) => JSON.stringify(target)).join(', '),
        'okta.debug_context.debug_data.flattened': JSON.stringify(RECORD.debugContext.debugData),
      }),
      { target: RECORD.target, debugContext: RECORD.debugContext },
      ['transaction.detail'],
    ],
    ['Sentinel', JSON.stringify(SENTINEL), { ...CORE, transaction: RECORD.transaction }, []],
    [
      'Sentinel CSV',
      toCsv({ ...SENTINEL, securityContext_asNumber_d: '1', securityContext_isProxy_b: 'False' }),
      CORE,
      [],
    ],
    [
      'Sentinel CSV with a column for each type that a value had in any row',
      toCsv({
        ...SENTINEL,
        securityContext_asNumber_d: '1',
        securityContext_isProxy_b: 'False',
        actor_alternateId_g: '',
      }),
      CORE,
      [],
    ],
    [
      'Sentinel rows that a search job found',
      JSON.stringify({
        ...SENTINEL,
        published_t: undefined,
        TimeGenerated: '2026-11-20T09:00:00Z',
        _OriginalTimeGenerated: RECORD.published,
      }),
      CORE,
      [],
    ],
    [
      'the second Sentinel table as a search job found it, from the portal',
      toCsv({
        ...toCells(SENTINEL_V2),
        'TimeGenerated [UTC]': '11/20/2026, 9:00:00.000 AM',
        '_OriginalTimeGenerated [UTC]': '1/16/2022, 10:00:00.000 AM',
      }),
      { ...CORE, published: '2022-01-16T10:00:00.000Z' },
      [],
    ],
    [
      'the second Sentinel table under the names of the first',
      JSON.stringify({
        ...SENTINEL,
        published_t: undefined,
        transaction_detail_requestApiTokenId_s: undefined,
        transaction_details_s: SENTINEL_V2.TransactionDetail,
        request_ipChain_s: JSON.stringify(RECORD.request),
        authenticationContext_issuerId_s: '00oissuer',
      }),
      {
        ...CORE,
        transaction: RECORD.transaction,
        request: RECORD.request,
        authenticationContext: { issuer: { id: '00oissuer' } },
      },
      [],
    ],
    [
      'a unified view of Sentinel',
      JSON.stringify({ ...SENTINEL_V2, EventVendor: 'Okta', EventProduct: 'Okta' }),
      CORE,
      ['device'],
    ],
    [
      'the second Sentinel table',
      JSON.stringify(SENTINEL_V2),
      { ...CORE, transaction: RECORD.transaction },
      ['device'],
    ],
    [
      'console CSV',
      toCsv(CONSOLE),
      { ...CORE, request: { ipChain: [{ ip: '192.0.2.7' }] } },
      ['transaction.detail', 'securityContext'],
    ],
    ['console CSV with semicolons', toCsv(CONSOLE, ';'), CORE, ['debugContext.debugData']],
    ['console CSV with tabs', toCsv(CONSOLE, '\t'), CORE, ['debugContext.debugData']],
    ['console CSV after a byte order mark', `\ufeff${toCsv(CONSOLE)}`, CORE, []],
    [
      'console CSV behind the line that PowerShell writes',
      `#TYPE System.Management.Automation.PSCustomObject\r\n${toCsv(CONSOLE)}`,
      CORE,
      [],
    ],
  ])('%s', async (_, content, record, missing) => {
    const { reading, events } = await readArchive({ files: { 'a.dat': content } });
    expect(events.map((event) => event.raw)).toMatchObject([record]);
    expect(reading.counts).toMatchObject({ eventsRead: 1, malformed: 0 });
    expect(reading.covered[0]?.missingFields).toEqual(expect.arrayContaining(missing));
  });

  it('Elastic documents without a place that Okta did not name', async () => {
    const { client: _, ...document } = ELASTIC;
    const looked = { ...document, source: { ip: '192.0.2.7', geo: { country_name: 'Ireland' } } };
    const { events } = await readArchive({ files: { a: JSON.stringify(looked) } });
    expect(events.map(({ raw }) => raw)).toMatchObject([{ client: { ipAddress: '192.0.2.7' } }]);
    expect(events[0]?.raw['client']).not.toHaveProperty('geographicalContext');
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['some fields of it', { request_uri: '/api/v1/users', risk_level: 'LOW' }, true],
    ['none of it', {}, true],
    ['all of it', { request_uri: '/api/v1/users', privilegeGranted: 'Super admin' }, false],
    ['all of it beside some fields', ELASTIC.okta.debug_context.debug_data, false],
  ])('Elastic documents that kept of debug data %s', async (_, debugData, isMissing) => {
    const okta = { ...ELASTIC.okta, debug_context: { debug_data: debugData } };
    const { reading } = await readArchive({ files: { a: JSON.stringify({ ...ELASTIC, okta }) } });
    const missing = reading.covered.flatMap(({ missingFields }) => missingFields);
    expect(missing).toContain('transaction.detail');
    expect(missing.includes('debugContext.debugData')).toBe(isMissing);
  });

  it('OCSF without raw data, under the name of the company', async () => {
    const event = {
      class_uid: 3002,
      time_dt: RECORD.published,
      metadata: {
        product: { vendor_name: 'Okta, Inc.' },
        event_code: RECORD.eventType,
        uid: RECORD.uuid,
      },
    };
    const { events } = await readArchive({ files: { a: JSON.stringify(event) } });
    expect(events.map(({ eventType }) => eventType)).toEqual([RECORD.eventType]);
  });

  const inOcsf = (rest: object): string =>
    JSON.stringify({
      class_uid: 3002,
      time_dt: RECORD.published,
      metadata: { product: { vendor_name: 'Okta' }, event_code: RECORD.eventType },
      actor: { user: { uid: '00uactor' } },
      ...rest,
    });

  it.each([
    ['texts', { transaction: '{"id":"unknown"}', actor: '{"detailEntry":null}', client: '' }],
    ['texts under dotted names', { 'transaction.id': 'unknown', 'actor.detailEntry': '' }],
    ['its text', '{"transaction":{"id":"unknown"},"actor":{"detailEntry":null}}'],
  ])('OCSF whose unmapped fields are %s', async (_, unmapped) => {
    const { events } = await readArchive({ files: { a: inOcsf({ unmapped }) } });
    expect(events.map(({ raw }) => raw)).toMatchObject([
      { actor: { id: '00uactor' }, transaction: { id: 'unknown' } },
    ]);
  });

  it.each([
    ['Success', 'SUCCESS'],
    ['Failure', 'FAILURE'],
    ['CHALLENGE', 'CHALLENGE'],
  ])('OCSF with the status %s has the result %s', async (status, result) => {
    const { events } = await readArchive({ files: { a: inOcsf({ status }) } });
    expect(events.map(({ raw }) => raw)).toMatchObject([{ outcome: { result } }]);
  });

  it.each([
    [{ status_detail: 'INVALID_CREDENTIALS' }, 'INVALID_CREDENTIALS'],
    [{ status_detail: 'Invalid credentials' }, undefined],
    [{ status_detail: 'A', unmapped: { 'outcome.reason': 'LOCKED_OUT' } }, 'LOCKED_OUT'],
  ])('OCSF with %j has the reason %s', async (detail, reason) => {
    const content = inOcsf({ status: 'Failure', ...detail });
    const { events } = await readArchive({ files: { a: content } });
    const result = 'FAILURE';
    const outcome = reason === undefined ? { result } : { result, reason };
    expect(events.map(({ raw }) => raw['outcome'])).toEqual([outcome]);
  });

  it.each(['Other', 'Unknown', 'New'])(
    'OCSF with the status %s, which is no word of Okta, lacks the result',
    async (status) => {
      const { reading, events } = await readArchive({ files: { a: inOcsf({ status }) } });
      expect(events.map(({ raw }) => raw['outcome'])).toEqual([undefined]);
      expect(reading.covered.flatMap(({ missingFields }) => missingFields)).toContain('outcome');
    },
  );

  it('Datadog without the place that it looked up for an address', async () => {
    const client = { ip: '192.0.2.7', geoip: { country: { name: 'Ireland' } } };
    const attributes = { ...DATADOG.attributes, network: { client } };
    const { reading, events } = await readArchive({
      files: { a: JSON.stringify({ ...DATADOG, attributes }) },
    });
    expect(events.map(({ raw }) => raw['client'])).toEqual([{ ipAddress: '192.0.2.7' }]);
    expect(reading.covered[0]?.missingFields).toContain('client.geographicalContext');
  });

  it('Datadog with the result that Okta gave, of which its own outcome has fewer kinds', async () => {
    const attributes = {
      ...DATADOG.attributes,
      evt: { name: RECORD.eventType, outcome: 'failure' },
      outcome: { result: 'DENY' },
    };
    const files = { a: JSON.stringify({ ...DATADOG, attributes }) };
    const { events } = await readArchive({ files });
    expect(events.map(({ raw }) => raw)).toMatchObject([{ outcome: { result: 'DENY' } }]);
  });

  it('Datadog without Okta’s attributes', async () => {
    const { reading, events } = await readArchive({ files: { a: JSON.stringify(DATADOG) } });
    expect(events.map((event) => event.raw)).toMatchObject([
      {
        uuid: RECORD.uuid,
        eventType: RECORD.eventType,
        actor: { id: '00uactor', alternateId: 'dana@acme.example' },
        client: { ipAddress: '192.0.2.7' },
        outcome: { result: 'SUCCESS' },
      },
    ]);
    expect(reading.covered[0]?.missingFields).toContain('target');
  });

  it("Datadog's search API without Okta's attributes", async () => {
    const { _id: id, date: timestamp, attributes } = DATADOG;
    const message = RECORD.displayMessage;
    const found = { id, attributes: { timestamp, message, tags: ['source:okta'], attributes } };
    const { events } = await readArchive({ files: { a: JSON.stringify({ data: [found] }) } });
    expect(events.map((event) => event.raw)).toMatchObject([
      { uuid: RECORD.uuid, published: RECORD.published, displayMessage: message },
    ]);
  });

  it("Datadog's older API without Okta's attributes", async () => {
    const { _id: id, date: timestamp, attributes } = DATADOG;
    const content = { timestamp, message: 'm', tags: ['source:okta'], attributes };
    const files = { a: JSON.stringify({ logs: [{ id, content }], nextLogId: null }) };
    const { reading, events } = await readArchive({ files });
    expect(events.map((event) => event.raw)).toMatchObject([
      { uuid: RECORD.uuid, published: RECORD.published, displayMessage: 'm' },
    ]);
    expect(reading.counts).toMatchObject({ eventsRead: 1, malformed: 0 });
  });

  it.each<[string, unknown]>([
    ['Datadog', { ...DATADOG, _id: 'other', source: 'gsuite' }],
    [
      'OCSF',
      {
        class_uid: 3002,
        time_dt: RECORD.published,
        metadata: { product: { vendor_name: 'AWS' }, event_code: 'AwsConsoleSignIn', uid: 'other' },
      },
    ],
    [
      'a unified view of Sentinel',
      {
        ...SENTINEL_V2,
        EventOriginalUid: 'other',
        EventVendor: 'Microsoft',
        EventProduct: 'Entra ID',
      },
    ],
  ])('%s of another product holds no event of Okta', async (_, other) => {
    const { events } = await readArchive({ files: { a: toLines([RECORD, other]) } });
    expect(events.map(({ uuid }) => uuid)).toEqual([RECORD.uuid]);
  });

  it('Datadog with the id that Okta gave, by which the live log knows the event', async () => {
    const { eventType, published, ...attributes } = RECORD;
    const log = {
      _id: 'AwAAAYk',
      date: published,
      source: 'okta',
      attributes: { ...attributes, evt: { name: eventType, outcome: 'SUCCESS' } },
    };
    const { events } = await readArchive({ files: { a: JSON.stringify(log) } });
    expect(events[0]?.raw).toMatchObject({ uuid: RECORD.uuid, eventType, published });
  });
});

describe('texts that an export took apart are put together as Okta writes them', () => {
  const BEHAVIORS = { 'New Geo-Location': 'NEGATIVE', 'New Device': 'POSITIVE' };
  const SECURITY = { risk: { level: 'HIGH' }, behaviors: { 'New Device': 'POSITIVE' } };
  const withBlanks = {
    ...ELASTIC,
    okta: {
      ...ELASTIC.okta,
      debug_context: {
        debug_data: {
          request_uri: '/api/v1/users',
          behaviors: { New_Geo_Location: 'NEGATIVE', New_Device: 'POSITIVE' },
          logOnlySecurityData: { behaviors: { New_Geo_Location: 'POSITIVE' } },
        },
      },
    },
  };
  const panther = {
    ...LOWERED,
    debugcontext: { debugData: { behaviors: BEHAVIORS, logOnlySecurityData: SECURITY } },
    p_log_type: 'Okta.SystemLog',
  };

  it.each([
    [
      'Panther',
      panther,
      {
        behaviors: '{New Geo-Location=NEGATIVE, New Device=POSITIVE}',
        logOnlySecurityData: '{"risk":{"level":"HIGH"},"behaviors":{"New Device":"POSITIVE"}}',
      },
    ],
    [
      'Elastic without its flattened copy',
      withBlanks,
      {
        requestUri: '/api/v1/users',
        behaviors: '{New Geo-Location=NEGATIVE, New Device=POSITIVE}',
        logOnlySecurityData: '{"behaviors":{"New Geo-Location":"POSITIVE"}}',
      },
    ],
  ])('%s', async (_, value, debugData) => {
    const { events } = await readArchive({ files: { a: JSON.stringify(value) } });
    expect(events.map((event) => event.raw['debugContext'])).toEqual([{ debugData }]);
  });
});

it('a target has its details also where they are text', async () => {
  const [target] = RECORD.target;
  const details = {
    detailEntry: { methodTypeUsed: 'Get a push notification' },
    changeDetails: { to: { policyRuleActionJson: '{"access":"ALLOW"}' } },
  };
  const texts = {
    detailEntry: JSON.stringify(details.detailEntry),
    changeDetails: JSON.stringify(details.changeDetails),
  };
  const record = { ...RECORD, target: [{ ...target, ...texts }, target] };
  const { events } = await readArchive({ files: { a: JSON.stringify(record) } });
  expect(events.map(({ raw }) => raw['target'])).toEqual([[{ ...target, ...details }, target]]);
});

describe('the published examples', () => {
  const pairs = readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.ocsf.json'))
    .map((name) => [name, name.replace('ocsf_1.3.0', 'okta_raw').replace('.ocsf.', '.raw.')]);

  it.each(pairs)('%s says what its raw record says', async (mapped = '', raw = '') => {
    const record = sample(raw) as typeof RECORD;
    const { reading, events } = await readArchive({
      files: { 'a.json': JSON.stringify(sample(mapped)) },
      window: days('2020-01-01', '2027-01-01'),
    });
    const [event] = events;
    expect(event?.uuid).toBe(record.uuid);
    expect(event?.eventType.replace('sesion', 'session')).toBe(record.eventType);
    expect((event?.publishedMs ?? 0) - Date.parse(record.published)).toBeLessThan(1000);
    expect(event?.raw).toMatchObject({
      outcome: { result: record.outcome.result },
      actor: { id: record.actor.id, alternateId: record.actor.alternateId },
      client: { ipAddress: record.client.ipAddress },
      transaction: { id: record.transaction.id },
    });
    expect(reading.covered[0]?.missingFields).toContain('transaction.detail');
  });

  it('of an event hook gives the event inside', async () => {
    const { reading, events } = await readArchive({
      files: { 'hook.json': JSON.stringify(sample('event_hook_envelope.json'), null, 1) },
      window: days('2020-01-01', '2027-01-01'),
    });
    expect(events).toMatchObject([
      {
        uuid: 'f1d0b993-cc19-11ed-a688-db22c99ef6c4',
        eventType: 'user.session.start',
        raw: { request: { ipChain: [{ ip: '142.126.158.61' }] } },
      },
    ]);
    expect(reading.counts).toMatchObject({ eventsRead: 1, malformed: 0 });
  });

  it('of a console header without rows is an empty archive', async () => {
    const header = readFileSync(new URL('admin_console_csv_header.csv', SAMPLES), 'utf8');
    await expect(readArchive({ files: { 'a.csv': header } })).rejects.toMatchObject({
      code: 'archive-empty',
    });
  });
});

function covers(reading: SourceReading, eventType: string, at: string): boolean {
  return reading.covered.some(
    (stretch) =>
      stretch.window.sinceMs <= Date.parse(at) &&
      stretch.window.untilMs > Date.parse(at) &&
      coversEventTypes(stretch.eventTypes, exactEventTypes([eventType])),
  );
}

describe('of two copies of an event the fuller one is kept', () => {
  const { debugContext, transaction, securityContext, ...half } = RECORD;
  const FULLEST_FIRST: Record<string, string> = {
    record: `${TEXT}\n`,
    columns: `${JSON.stringify({ ...half, transaction, securityContext })}\n`,
    array: JSON.stringify([{ ...half, transaction }]),
    table: toCsv(CONSOLE),
  };

  it.each([
    ['record', { a: 'table', b: 'record' }],
    ['record', { 'a.csv': 'record', b: 'columns' }],
    ['record', { a: 'array', b: 'columns', c: 'record' }],
    ['record', { a: 'elastic', b: 'record' }],
    ['columns', { a: 'table', b: 'array', c: 'columns' }],
    ['columns', { a: 'array', b: 'columns' }],
    ['array', { a: 'table', b: 'array' }],
  ])('%s of %j', async (kept, held) => {
    const contents: Record<string, string> = {
      ...FULLEST_FIRST,
      elastic: JSON.stringify(ELASTIC),
    };
    const files = Object.fromEntries(
      Object.entries(held).map(([name, content]) => [name, contents[content] ?? '']),
    );
    const { events, reading } = await readArchive({ files });
    const alone = await readArchive({ files: { a: contents[kept] ?? '' } });
    expect(events).toEqual(alone.events);
    const count = Object.keys(files).length;
    expect(reading.counts).toMatchObject({ eventsRead: count, duplicates: count - 1 });
  });

  it('and nothing is taken of a page that is put off before its turn', async () => {
    const page = [{ ...half, uuid: 'other' }, RECORD, { ...half, uuid: 'third' }];
    const { events, reading } = await readArchive({
      files: { a: JSON.stringify({ data: page }), b: TEXT },
    });
    expect(events.map(({ uuid }) => uuid)).toEqual([RECORD.uuid, 'other', 'third']);
    expect(reading.counts).toMatchObject({ eventsRead: 4, duplicates: 1 });
  });

  it.each([false, true])(
    'and a file is read once whose first event is whole (%j)',
    async (isStrict) => {
      const mixed = [RECORD, { ...half, uuid: 'other' }];
      const { events, reading } = await readArchive({
        files: { a: toLines(mixed), b: toLines([{ ...RECORD, uuid: 'third' }]) },
        options: { isStrict },
      });
      expect(events.map(({ uuid }) => uuid)).toEqual([RECORD.uuid, 'other', 'third']);
      expect(reading.counts).toMatchObject({ eventsRead: 3, duplicates: 0 });
    },
  );

  it.each([false, true])(
    'and what is broken in front of it is told once (%j)',
    async (isStrict) => {
      const { reading } = await readArchive({
        files: { a: `{"a":}\n${toLines([{ ...half, uuid: 'other' }])}`, b: TEXT },
        options: { isStrict },
      });
      expect(reading.counts).toMatchObject({ eventsRead: 3, eventsParsed: 2, malformed: 1 });
    },
  );

  it.each([
    ['parsed', true],
    ['sifted', false],
  ])(
    'whatever of no known time stands in front of the other, with lines %s',
    async (_, isStrict) => {
      const routine = { ...half, eventType: 'user.session.start', uuid: 'other' };
      const untold = { ...RECORD, published: 'soon' };
      const { events, reading } = await readArchive({
        files: { a: toLines([untold, half, routine, { ...half, uuid: 'third' }]), b: TEXT },
        eventTypes: exactEventTypes([RECORD.eventType]),
        options: { isStrict },
      });
      expect(events.map(({ raw }) => 'debugContext' in raw)).toEqual([true, false]);
      expect(reading.counts).toMatchObject({ eventsRead: 5, malformed: 1, duplicates: 1 });
    },
  );
});

describe('what a format cannot hold is not covered', () => {
  const GRANT = 'user.session.impersonation.grant';
  const RESET = 'user.account.reset_password';
  const TOKEN = 'system.api_token.create';
  const window = days('2022-01-10', '2022-01-12');
  const hook = (record: unknown): unknown => ({
    eventType: 'com.okta.event_hook',
    cloudEventsVersion: '0.1',
    data: { events: [record] },
  });
  const CAME = 'user.account.update_profile';
  const asked = exactEventTypes([GRANT, RESET, TOKEN, CAME]);

  it('event hooks carry neither impersonation nor a type that never came', async () => {
    const { reading } = await readArchive({
      files: { 'hooks.ndjson': toLines(makeNoise(window).map(hook)) },
      window,
      eventTypes: asked,
    });
    expect(covers(reading, GRANT, '2022-01-11')).toBe(false);
    expect(covers(reading, TOKEN, '2022-01-11')).toBe(false);
    expect(covers(reading, RESET, '2022-01-11')).toBe(false);
    expect(covers(reading, CAME, '2022-01-11')).toBe(true);
    const reasons = reading.holes.map((hole) => hole.reason);
    expect(reasons).toContain(`event hooks cannot hold every event of ${GRANT}`);
    expect(reasons.join()).toContain(`${RESET}, ${TOKEN} never came`);
  });

  it('and of very many types says some and how many more', async () => {
    const types = Array.from({ length: 200 }, (_, index) => `example.type.n${index}`);
    const { reading } = await readArchive({
      files: { 'hooks.ndjson': toLines(makeNoise(window).map(hook)) },
      window,
      eventTypes: exactEventTypes([...types, CAME]),
    });
    expect(covers(reading, 'example.type.n199', '2022-01-11')).toBe(false);
    expect(reading.holes.map((hole) => hole.reason).join()).toContain(
      'example.type.n10, example.type.n11 and 188 more types never came',
    );
  });

  it('unless the log itself is there for the same time', async () => {
    const { reading } = await readArchive({
      files: {
        'hooks.ndjson': toLines(makeNoise(window).map(hook)),
        'log.ndjson': toLines(makeNoise(window)),
      },
      window: { sinceMs: window.sinceMs, untilMs: window.untilMs - DAY_MS },
      eventTypes: asked,
    });
    for (const type of [GRANT, TOKEN, RESET])
      expect(covers(reading, type, '2022-01-11')).toBe(true);
    expect(reading.holes).toEqual([]);
  });

  it('and a day in each format is covered without a seam for what both hold', async () => {
    const noon = Date.parse('2022-01-11T00:00Z');
    const { reading } = await readArchive({
      files: {
        'hooks.ndjson': toLines(makeNoise({ ...window, untilMs: noon }).map(hook)),
        'log.ndjson': toLines(makeNoise({ ...window, sinceMs: noon })),
      },
      window,
      eventTypes: asked,
    });
    expect(covers(reading, CAME, '2022-01-10T23:30Z')).toBe(true);
    expect(covers(reading, GRANT, '2022-01-10T23:30Z')).toBe(false);
    expect(covers(reading, GRANT, '2022-01-11T12:30Z')).toBe(true);
  });

  it('also where each lacks something else', async () => {
    const noon = Date.parse('2022-01-11T00:00Z');
    const thinned = makeNoise({ ...window, sinceMs: noon }).map(({ target: _, ...rest }) => rest);
    const { reading } = await readArchive({
      files: {
        'hooks.ndjson': toLines(makeNoise({ ...window, untilMs: noon }).map(hook)),
        'thinned.ndjson': toLines(thinned),
      },
      window,
      eventTypes: asked,
    });
    expect(covers(reading, CAME, '2022-01-10T23:30Z')).toBe(true);
    expect(covers(reading, GRANT, '2022-01-10T23:30Z')).toBe(false);
    const atSeam = reading.covered.filter((stretch) => isInside(stretch.window, noon - 1));
    expect(atSeam.map(({ missingFields }) => missingFields)).toEqual([['target']]);
  });

  it.each([
    ['is not vouched for by whole records of other types', [], false],
    ['is where a whole record of the type is there too', [RESET], true],
  ])('an event that a form with less has alone %s', async (_, types, isWhole) => {
    const at = Date.parse('2022-01-11T12:00Z');
    const whole = [
      ...makeNoise(window),
      ...types.map((eventType) => makeRecord({ at, eventType })),
    ];
    const row = { ...CONSOLE, event_type: RESET, timestamp: '2022-01-11T12:00:00.000Z' };
    const { reading } = await readArchive({
      files: { 'log.ndjson': toLines(whole), 'more.csv': toCsv(row) },
      window,
      eventTypes: asked,
    });
    const isCoveredAt = (type: string, time: string): boolean =>
      covers(
        { ...reading, covered: reading.covered.filter((one) => one.missingFields.length === 0) },
        type,
        time,
      );
    expect(isCoveredAt(RESET, '2022-01-11T13:00Z')).toBe(isWhole);
    expect(isCoveredAt(RESET, '2022-01-10T13:00Z')).toBe(true);
    expect(isCoveredAt(TOKEN, '2022-01-11T13:00Z')).toBe(true);
    expect(covers(reading, RESET, '2022-01-11T13:00Z')).toBe(true);
  });

  it('fields that are missing are said with the stretch they are missing in', async () => {
    const { reading } = await readArchive({ files: { 'a.csv': toCsv(CONSOLE) } });
    expect(reading.covered.every((stretch) => stretch.missingFields.length > 0)).toBe(true);
  });
});

describe('records that lost a part on the way', () => {
  const noise = makeNoise(days('2022-01-10', '2022-01-12'));
  const without = (...names: string[]): unknown[] =>
    noise.map((record) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name))),
    );
  const missing = async (records: readonly unknown[], isStrict: boolean) => {
    const { reading } = await readArchive({
      files: { a: toLines(records) },
      eventTypes: exactEventTypes(['user.account.reset_password']),
      options: { isStrict },
    });
    return reading.covered[0]?.missingFields;
  };

  it.each([false, true])('say so, sifted or not (%j)', async (isStrict) => {
    expect(await missing(noise, isStrict)).toEqual([]);
    expect(await missing(without('target', 'outcome'), isStrict)).toEqual(['outcome', 'target']);
    const bare = without('actor', 'client', 'authenticationContext', 'target');
    expect(await missing(bare, isStrict)).toHaveLength(4);
  });

  it('not where there are few, or where one has it, or where it is there and null', async () => {
    expect(await missing(without('target').slice(0, 4), false)).toEqual([]);
    expect(await missing([...without('target'), ...noise.slice(0, 1)], true)).toEqual([]);
    const empty = noise.map((record) => ({ ...record, target: null }));
    expect(await missing(empty, false)).toEqual([]);
    const gone = noise.map((record) => ({ ...record, client: null }));
    expect(await missing(gone, false)).toEqual(['client']);
    for (const blank of ['', 'null']) {
      const emptied = noise.slice(1).map((record) => ({ ...record, debugContext: blank }));
      expect(await missing([...noise.slice(0, 1), ...emptied], true)).toEqual([]);
    }
  });

  it.each([false, true])('nor a field of a part, sifted or not (%j)', async (isStrict) => {
    const chosen = noise.map((record) => ({ ...record, client: { ipAddress: '192.0.2.1' } }));
    const lost = ['client.userAgent', 'client.geographicalContext'];
    expect(await missing(chosen, isStrict)).toEqual(lost);
    expect(await missing(chosen.slice(0, 9), isStrict)).toEqual([]);
    expect(await missing([...noise.slice(0, 1), ...chosen], isStrict)).toEqual([]);
    const bare = chosen.map((record) => ({ ...record, transaction: undefined }));
    expect(await missing(bare, isStrict)).toEqual(['transaction', ...lost]);
    const jobs = chosen.map((record) => ({ ...record, transaction: { id: 'Yd0', type: 'JOB' } }));
    expect(await missing(jobs, isStrict)).toEqual([]);
    const jobFirst = [{ ...noise[0], transaction: { id: 'Yd0', type: 'JOB', detail: {} } }];
    expect(await missing([...jobFirst, ...noise.slice(1)], isStrict)).toEqual([]);
  });

  it.each([false, true])('nor what is deeper in a part, sifted or not (%j)', async (isStrict) => {
    const transaction = { id: 'Yd0', type: 'WEB' };
    const chosen = noise.map((record) => ({
      ...record,
      client: {
        ipAddress: '192.0.2.1',
        userAgent: { os: 'Linux' },
        geographicalContext: { city: 'Dublin' },
      },
      transaction,
    }));
    const lost = ['client.userAgent.rawUserAgent', 'client.geographicalContext.country'];
    expect(await missing(chosen, isStrict)).toEqual(['transaction.detail', ...lost]);
    expect(await missing(chosen.slice(0, 9), isStrict)).toEqual([]);
    expect(await missing([...noise.slice(0, 1), ...chosen], isStrict)).toEqual([]);
    const asText = chosen.map((record) => ({
      ...record,
      client: { ...record.client, userAgent: '{os=Linux}' },
    }));
    expect(await missing(asText, isStrict)).toEqual([
      'client.userAgent',
      'transaction.detail',
      'client.geographicalContext.country',
    ]);
  });

  it.each([false, true])('nor texts around which somebody put an object (%j)', async (isStrict) => {
    const wrap = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(wrap);
      if (!isRecord(value)) return { value };
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wrap(inner)]));
    };
    const wrapped = noise.map(({ eventType, published, uuid, ...parts }) => ({
      ...{ eventType, published, uuid },
      ...(wrap(parts) as object),
    }));
    const lost = [
      ...['actor.id', 'actor.type', 'actor.alternateId', 'client.ipAddress', 'outcome.result'],
      ...['authenticationContext.externalSessionId', 'transaction.id', 'target'],
    ];
    expect(await missing(wrapped, isStrict)).toEqual(expect.arrayContaining(lost));
    expect(await missing(wrapped.slice(0, 9), isStrict)).toEqual(['target']);
  });

  it('nor the role where no grant of one names it, be there one alone', async () => {
    const grant = (debugData: object, at: string, eventType = 'user.account.privilege.grant') => ({
      ...makeRecord({ at, eventType }),
      debugContext: { debugData },
    });
    const [first, later] = ['2022-01-10T10:20Z', '2022-01-11T10:20Z'];
    const picked = grant({ requestUri: '/api/internal/administrators' }, first);
    const whole = grant(
      { privilegeGranted: 'Super administrator' },
      later,
      'group.privilege.grant',
    );
    const role = 'debugContext.debugData.privilegeGranted';
    expect(await missing([...noise, picked], true)).toEqual([role]);
    expect(await missing([...noise, picked, whole], true)).toEqual([]);
    expect(await missing([...noise, whole], true)).toEqual([]);
    const { reading } = await readArchive({
      files: { a: toLines([...noise, picked]), b: toLines([picked]), c: toLines([picked]) },
      eventTypes: exactEventTypes(['user.account.privilege.grant']),
    });
    expect(reading.covered[0]?.missingFields).toEqual([role]);
  });

  describe('but in a grant', () => {
    const toGrant = (...types: readonly string[]) => ({
      ...makeRecord({ at: '2022-01-10T10:20Z', eventType: 'user.account.privilege.grant' }),
      debugContext: { debugData: { requestUri: '/api/internal/administrators' } },
      target: [
        { id: '00u1', type: 'User', alternateId: 'lee@acme.example' },
        ...types.map((type) => ({ id: type, type, alternateId: 'unknown' })),
      ],
    });

    it.each(['ROLE_UNASSIGNED', 'CUSTOM_ROLE_BINDING_REMOVED', 'CUSTOM_ROLE'])(
      'misses no role with a %s, which need not name any',
      async (type) => {
        expect(await missing([...noise, toGrant(type)], true)).toEqual([]);
      },
    );

    it('misses the role that was given while another one was taken away', async () => {
      const grant = toGrant('ROLE_UNASSIGNED', 'ROLE_ASSIGNED');
      expect(await missing([...noise, grant], true)).toEqual([
        'debugContext.debugData.privilegeGranted',
      ]);
    });
  });

  it.each<[string[], string[]]>([
    [['id'], ['target.id']],
    [
      ['id', 'alternateId'],
      ['target.id', 'target.alternateId'],
    ],
    [['displayName'], ['target.displayName']],
    [['type'], ['target']],
    [['type', 'id'], ['target']],
  ])('nor %j of their targets', async (names, lost) => {
    const chosen = noise.map((record, index) => {
      const login = `${index}@acme.example`;
      const whole = { id: `00u${index}`, type: 'User', alternateId: login, displayName: login };
      const kept = Object.entries(whole).filter(([name]) => !names.includes(name));
      return { ...record, target: [Object.fromEntries(kept)] };
    });
    for (const isStrict of [false, true]) {
      expect(await missing(chosen, isStrict)).toEqual(lost);
      expect(await missing([...noise.slice(0, 1), ...chosen], isStrict)).toEqual([]);
    }
    expect(await missing(chosen.slice(0, 4), false)).toEqual([]);
    const none = noise.map((record) => ({ ...record, target: [] }));
    expect(await missing([...none, ...chosen.slice(0, 4)], true)).toEqual([]);
  });

  it('nor the detail of a transaction where Sentinel has an empty one', async () => {
    const rows = Array.from({ length: 12 }, (_, hour) => ({
      ...SENTINEL_V2,
      EventOriginalUid: `u${hour}`,
      OriginalUserType: 'User',
      TransactionType: 'WEB',
      TransactionDetail: '{}',
    }));
    const { reading } = await readArchive({ files: { a: toLines(rows) } });
    const fields = reading.covered.flatMap(({ missingFields }) => missingFields);
    expect(fields).toContain('device');
    expect(fields).not.toContain('transaction.detail');
    const bare = rows.map(({ TransactionDetail: _, ...row }) => row);
    const other = await readArchive({ files: { a: toLines(bare) } });
    expect(other.reading.covered[0]?.missingFields).toContain('transaction.detail');
  });

  it('nor a field that is null in all of many, and that Okta leaves empty in a few', async () => {
    const emptied = noise.map((record) => ({
      ...record,
      client: { ipAddress: null, userAgent: null, geographicalContext: null },
    }));
    expect(await missing(emptied, false)).toEqual(['client.ipAddress']);
    expect(await missing([...noise.slice(0, 1), ...emptied], false)).toEqual([]);
    const unnamed = noise.map((record) => ({
      ...record,
      actor: { id: null, type: 'User', alternateId: null },
      outcome: { result: null },
    }));
    expect(await missing(unnamed, false)).toEqual([
      ...['actor.id', 'actor.alternateId', 'outcome.result'],
    ]);
    for (const debugData of [null, {}]) {
      const unexplained = noise.map((record) => ({ ...record, debugContext: { debugData } }));
      expect(await missing(unexplained, false)).toEqual(['debugContext.debugData']);
      expect(await missing([...noise.slice(0, 1), ...unexplained], false)).toEqual([]);
    }
    const untraced = noise.map((record) => ({
      ...record,
      transaction: { id: null, type: 'WEB', detail: {} },
    }));
    expect(await missing(untraced, false)).toEqual(['transaction.id']);
    const unlabelled = noise.map((record) => ({
      ...record,
      target: [
        {
          ...{ id: `0pr${record['published']}`, type: 'PolicyRule' },
          ...{ alternateId: null, displayName: null },
        },
      ],
    }));
    expect(await missing(unlabelled, false)).toEqual([]);
    const unplaced = noise.map((record) => ({
      ...record,
      securityContext: { asNumber: null, isProxy: null },
    }));
    expect(await missing(unplaced, false)).toEqual([]);
  });
});

describe('a table of the Admin Console that somebody took columns out of', () => {
  it.each([
    ['target', 'outcome'],
    ['outcome', 'target'],
  ])('says that the %s is missing', async (part, kept) => {
    const columns = Object.entries(CONSOLE).filter(([name]) => !name.startsWith(part));
    const rows = [0, 1, 2, 3, 4].map((hour) =>
      toCsv({ ...Object.fromEntries(columns), uuid: `row-${hour}` }),
    );
    const { reading } = await readArchive({ files: { 'a.csv': rows.join('') } });
    expect(reading.counts).toMatchObject({ eventsRead: 5, malformed: 0 });
    expect(reading.covered).toHaveLength(1);
    const missing = reading.covered[0]?.missingFields;
    expect(missing).toContain(part);
    expect(missing).not.toContain(kept);
  });

  it('keeps targets that stand there as a list', async () => {
    const columns = Object.entries(CONSOLE).filter(([name]) => !name.startsWith('target'));
    const target = ELASTIC.okta.target;
    const row = JSON.stringify({ ...Object.fromEntries(columns), target });
    const { events } = await readArchive({ files: { a: row } });
    expect(events.map(({ raw }) => raw['target'])).toEqual([RECORD.target]);
  });
});

describe('a table of Kibana, which writes a dash where there is nothing', () => {
  it('says nothing in its place, and that it is missing where every row has one', async () => {
    const cells = {
      ...toRow(ELASTIC, '.'),
      'okta.client.ip': '-',
      'okta.authentication_context.external_session_id': '-',
    };
    const rows = Array.from({ length: 10 }, (_, index) =>
      toCsv({ ...cells, 'okta.uuid': `${index}` }),
    );
    const { reading, events } = await readArchive({ files: { a: rows.join('') } });
    expect(events).toHaveLength(10);
    expect(events[0]?.raw['authenticationContext']).toEqual({ authenticationStep: '0' });
    expect(reading.covered[0]?.missingFields).toEqual(
      expect.arrayContaining(['client.ipAddress', 'authenticationContext.externalSessionId']),
    );
  });
});

describe('the reason of what failed', () => {
  const noise = makeNoise(days('2022-01-10', '2022-01-12'));
  const fail = (eventType: string, outcome: Record<string, unknown>): unknown[] =>
    noise.map((record, index) => ({
      ...record,
      ...(index % 3 === 0 && { eventType, outcome: { result: 'FAILURE', ...outcome } }),
    }));
  it.each([
    ['is missing where no sign-in has one', fail('user.session.start', {}), ['outcome.reason']],
    [
      'is missing where it is an empty cell',
      fail('user.session.start', { reason: '' }),
      ['outcome.reason'],
    ],
    [
      'is missing where it is the text of nothing',
      fail('user.session.start', { reason: 'null' }),
      ['outcome.reason'],
    ],
    ['is there where a sign-in has one', fail('user.session.start', { reason: 'LOCKED_OUT' }), []],
    [
      'is there where a single one of many sign-ins has one',
      [
        ...fail('user.session.start', {}),
        makeRecord({ at: '2022-01-12T00:00Z' }),
        ...fail('user.session.start', { reason: 'LOCKED_OUT' }).slice(0, 1),
      ],
      [],
    ],
    ['is nothing that Okta gives with others', fail('user.authentication.sso', {}), []],
    [
      'is missing also where others have one',
      [
        ...fail('user.session.start', {}),
        ...fail('user.authentication.sso', { reason: 'DENIED' }),
      ].toReversed(),
      ['outcome.reason'],
    ],
  ])('%s', async (_, records, lost) => {
    const { reading } = await readArchive({ files: { a: JSON.stringify(records) } });
    expect(reading.covered.map(({ missingFields }) => missingFields)).toEqual([lost]);
  });
});

it("rows of Sentinel without Okta's word for the type of an actor lack it, and take no other for it", async () => {
  const rows = makeNoise(days('2022-01-10', '2022-01-12')).map(({ uuid, published }) => ({
    ...SENTINEL_V2,
    EventOriginalUid: uuid,
    TimeGenerated: published,
    OriginalUserType: undefined,
    ActorUserType: 'Regular',
  }));
  const { reading, events } = await readArchive({ files: { a: toLines(rows) } });
  expect(events[0]?.raw['actor']).not.toHaveProperty('type');
  for (const { missingFields } of reading.covered) expect(missingFields).toContain('actor.type');
});

describe('a few records that lack what others of their export have', () => {
  const [TYPE, OTHER] = ['user.account.reset_password', 'user.account.unlock'] as const;
  const noise = makeNoise(days('2022-01-10', '2022-01-13'));
  const [sinceMs, untilMs] = [Date.parse('2022-01-11T10:20Z'), Date.parse('2022-01-11T15:20Z')];
  const change = (path: string, value: unknown, at: number): Record<string, unknown> => {
    const record = makeRecord({ at, eventType: TYPE });
    const [part = '', field] = path.split('.');
    const whole = record[part] as Record<string, unknown>;
    return { ...record, [part]: field === undefined ? value : { ...whole, [field]: value } };
  };
  /** What is missing for a type at the time of the first, of the last and of a whole record of it the day after; all of it where none is covered. */
  const missing = async (
    lacking: (at: number) => Record<string, unknown>,
    { eventType = TYPE, others = noise }: { eventType?: string; others?: unknown[] } = {},
  ) => {
    const { reading } = await readArchive({
      files: {
        a: toLines([
          ...others,
          ...[sinceMs + HOUR_MS, untilMs, sinceMs].map(lacking),
          makeRecord({ at: '2022-01-12T10:20Z', eventType: TYPE }),
        ]),
      },
      eventTypes: exactEventTypes([TYPE, OTHER, 'user.session.start']),
    });
    const types = exactEventTypes([eventType]);
    return [sinceMs, untilMs, sinceMs + DAY_MS].map((at) => {
      const stretches = reading.covered
        .filter(({ window }) => isInside(window, at))
        .filter((stretch) => coversEventTypes(stretch.eventTypes, types));
      return stretches.length === 0
        ? ['everything']
        : stretches.flatMap(({ missingFields }) => missingFields);
    });
  };

  const fields = ['actor', 'actor.id', 'authenticationContext', 'client', 'client.ipAddress'];
  it.each([...fields, 'outcome', 'outcome.result', 'transaction', 'transaction.id'])(
    'are told with their type and time: %s',
    async (field) => {
      for (const value of [undefined, '', {}]) {
        const [first, last, whole] = await missing((at) => change(field, value, at));
        expect(first).toContain(field);
        expect(last).toContain(field);
        expect(whole).toEqual([]);
      }
      const lacking = (at: number) => change(field, undefined, at);
      expect(await missing(lacking, { eventType: 'user.session.start' })).toEqual([[], [], []]);
    },
  );

  it.each([
    ['client', 'transaction'],
    ['actor', 'client'],
  ])('are told with everything that one of them lacks: %s and %s', async (one, other) => {
    for (const value of [undefined, '']) {
      const lacking = (at: number) => ({ ...change(one, value, at), [other]: value });
      for (const found of (await missing(lacking)).slice(0, 2)) {
        expect(found).toEqual(expect.arrayContaining([one, other]));
      }
    }
  });

  it('are told for each of their types', async () => {
    const lacking = (at: number) => ({
      ...change('outcome', undefined, at),
      ...(at === sinceMs ? { eventType: OTHER } : {}),
    });
    for (const eventType of [TYPE, OTHER]) {
      const [first, last] = await missing(lacking, { eventType });
      expect([first, last]).toEqual([['outcome'], ['outcome']]);
    }
  });

  it('also where the export kept the type of nothing', async () => {
    const dropTypes = ({ actor, transaction, ...record }: Record<string, unknown>) => ({
      ...record,
      actor: { ...(actor as object), type: undefined },
      transaction: { ...(transaction as object), type: undefined },
    });
    const lacking = (at: number) => dropTypes(change('client', undefined, at));
    const [first, , whole] = await missing(lacking, { others: noise.map(dropTypes) });
    expect(first).toContain('client');
    expect(whole).not.toContain('client');
  });

  it.each(['actor', 'outcome', 'transaction'])(
    'also where there are no others, and too few to tell: %s',
    async (part) => {
      const records = [sinceMs, untilMs].map((at) => ({ log: change(part, undefined, at) }));
      const { reading } = await readArchive({ files: { a: toLines(records) } });
      expect(reading.covered.map(({ missingFields }) => missingFields)).not.toContainEqual([]);
      expect(reading.covered.flatMap(({ missingFields }) => missingFields)).toContain(part);
    },
  );

  it.each(fields.slice(1))('not where Okta itself has a null: %s', async (field) => {
    expect(await missing((at) => change(field, null, at))).toEqual([[], [], []]);
  });

  it.each([
    { transaction: { id: 'Yd0', type: 'JOB', detail: {} } },
    { actor: { id: 'okta', type: 'SystemPrincipal' } },
  ])('nor what Okta leaves out where no person is at work: %j', async (others) => {
    const lack = { ...others, client: undefined, authenticationContext: undefined };
    const lacking = (at: number) => ({ ...makeRecord({ at, eventType: TYPE }), ...lack });
    expect(await missing(lacking)).toEqual([[], [], []]);
  });
});

describe('a time', () => {
  const readTime = (published: unknown) =>
    readArchive({
      files: { a: `${TEXT}\n${JSON.stringify({ ...RECORD, uuid: 'b', published })}` },
    });

  it.each([
    '2022-01-12 10:30:00.250',
    '2022-01-12T10:30:00.250',
    '2022-01-12 10:30:00.250Z',
    '2022-01-12 10:30:00.250000 UTC',
    '2022-01-12T10:30:00.250000Z',
    '2022-01-12 11:30:00.250+01',
    'Wed, 12 Jan 2022 10:30:00.250 GMT',
    'Wed Jan 12 2022 05:30:00.250 GMT-0500 (EST)',
    '01/12/2022 10:30:00.250 AM +0000',
    1641983400.25,
    1641983400250000,
    1641983400250000000,
    '1641983400.250',
    '1641983400250',
    '1641983400250000',
    '1641983400250000000',
    '/Date(1641983400250)/',
    '/Date(1641983400250+0100)/',
    { $date: '2022-01-12T10:30:00.250Z' },
    { $date: 1641983400250 },
    { $date: { $numberLong: '1641983400250' } },
  ])('%j is an instant, in UTC where it names no zone', async (published) => {
    const { events } = await readTime(published);
    expect(events.map((event) => event.raw['published'])).toEqual([
      RECORD.published,
      RECORD.published,
    ]);
  });

  it.each([
    'Jan 12, 2022 @ 10:30:00.250',
    '1/12/2022, 10:30:00 AM',
    '01/12/2022 10:30',
    '01/12/2022 10:30:00 +0000',
    '12/01/2022 10:30:00 am +0000',
    '1.12.2022 10:30:00 UTC',
    '12-01-2022 11:30:00 +01:00',
    '2022-01-12',
    '20220112',
    '12',
    [2022, 1, 12, 10, 30],
    { hour: 10 },
  ])('%j may be any of several, and is guessed from no machine', async (published) => {
    const shown = JSON.stringify(published);
    const { events, reading } = await readTime(published);
    expect(events).toHaveLength(1);
    expect(reading.holes).toMatchObject([
      {
        reason: expect.stringContaining(`(its time cannot be told from ${shown})`),
        remedy: 'export a again, with times in UTC, as 2022-01-16T10:00:00Z',
      },
    ]);
    const alone = readArchive({ files: { a: JSON.stringify({ ...RECORD, published }) } });
    await expect(alone).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringContaining(`its time cannot be told from ${shown}`),
    });
  });

  it.each([44_573.437_5, 20_220_112, 12, 0, -1])(
    '%d counts no seconds, as the days of Excel do not, and is no time in 1970',
    async (published) => {
      const alone = readArchive({ files: { a: JSON.stringify({ ...RECORD, published }) } });
      await expect(alone).rejects.toMatchObject({
        code: 'archive-not-okta',
        message: expect.stringContaining(`its time cannot be told from ${published}`),
        hint: 'Export it again with times in UTC, as 2022-01-16T10:00:00Z.',
      });
    },
  );

  it.each([
    '2022-02-30T10:30:00.250Z',
    '2022-02-30T10:30:00Z',
    '2022-04-31 10:30:00',
    '2023-02-29T10:30:00.250+01:00',
  ])('%j is on no day, and not taken for one of the next month', async (published) => {
    const { events, reading } = await readTime(published);
    expect(events.map((event) => event.raw)).toEqual([RECORD]);
    expect(reading.holes[0]?.reason).toContain(`(its time cannot be told from "${published}")`);
  });

  it.each(['2024-02-29T10:30:00.250Z', '2022-01-31T10:30:00.250Z'])(
    '%j is on the last day of its month',
    async (published) => {
      const { reading } = await readTime(published);
      expect(reading.counts).toMatchObject({ eventsParsed: 2, malformed: 0 });
    },
  );

  it.each(['1/12/2022, 10:30:00.250 AM', RECORD.published])(
    "%j is in UTC where Sentinel's portal says so in the name of the column",
    async (cell) => {
      const { TimeGenerated: _, published_t: __, ...row } = SENTINEL;
      const text = { ...row, securityContext_asNumber_d: '1', securityContext_isProxy_b: 'False' };
      const content = toCsv({ 'TimeGenerated [UTC]': cell, ...text });
      const { events } = await readArchive({ files: { a: content } });
      expect(events.map((event) => event.raw)).toMatchObject([CORE]);
      const second = { ...SENTINEL_V2, TimeGenerated: undefined, 'TimeGenerated [UTC]': cell };
      const other = await readArchive({ files: { a: JSON.stringify(second) } });
      expect(other.events.map((event) => event.raw)).toMatchObject([CORE]);
    },
  );
});

describe('a record that columns of a fixed width filled up with blanks', () => {
  const padded = {
    ...RECORD,
    eventType: `${RECORD.eventType}   `,
    outcome: { result: 'SUCCESS ', reason: 'asked   ' },
    target: RECORD.target.map((target) => ({ ...target, id: `${target.id}  ` })),
  };
  it.each([
    [
      'a line among many',
      `${toLines(makeNoise(days('2022-01-12', '2022-01-13')))}${JSON.stringify(padded)}\n`,
    ],
    [
      'CSV',
      toCsv({
        ...CONSOLE,
        event_type: 'user.account.reset_password  ',
        'target0.id': '00utarget   ',
      }),
    ],
  ])('is the one that Okta wrote: %s', async (_, content) => {
    const eventTypes = exactEventTypes([RECORD.eventType]);
    const { events } = await readArchive({ files: { a: content }, eventTypes });
    expect(events).toMatchObject([{ uuid: RECORD.uuid, eventType: RECORD.eventType }]);
    expect(events[0]?.raw).toMatchObject({
      outcome: RECORD.outcome,
      target: [{ id: '00utarget' }, {}],
    });
  });
});

describe('files of one format that lost different parts', () => {
  const [first, second] = [
    makeNoise(days('2022-01-10', '2022-01-12')),
    makeNoise(days('2022-01-12', '2022-01-14')),
  ];
  const thinned = second.map(({ target: _, outcome: __, ...record }) => record);
  const window = days('2022-01-10', '2022-01-14');
  const lackOn = async (files: Record<string, string>, day: string) => {
    const { reading } = await readArchive({ files, window });
    const at = Date.parse(day);
    return reading.covered
      .filter((stretch) => stretch.window.sinceMs <= at && at < stretch.window.untilMs)
      .map(({ missingFields }) => missingFields);
  };

  it('each answer for what they kept', async () => {
    const files = { a: toLines(first), b: JSON.stringify(thinned) };
    expect(await lackOn(files, '2022-01-11')).toContainEqual([]);
    expect(await lackOn(files, '2022-01-13')).toEqual([['outcome', 'target']]);
  });

  it.each<[string, (record: unknown) => unknown]>([
    ['records', (record) => record],
    ['events of EventBridge', (detail) => ({ 'detail-type': 'Okta Log Event', detail })],
    ['events of Splunk HEC', (event) => ({ event })],
    ['records in an envelope', (log) => ({ log })],
  ])(
    'and a file of %s that turns into flattened rows for what those kept, also where its lines are sifted',
    async (_, wrap) => {
      const flat = second.map(({ client: _, target: __, actor, ...record }) => ({
        ...record,
        actor: JSON.stringify(actor),
      }));
      const { reading, events } = await readArchive({
        files: { a: toLines(first.map(wrap)) + toLines(flat) },
        window: { ...window, untilMs: window.untilMs - HOUR_MS },
        eventTypes: exactEventTypes(['user.mfa.factor.verify']),
      });
      expect(events).toHaveLength(23);
      expect(reading.covered.map(({ missingFields }) => missingFields)).toEqual([
        ['client', 'target'],
      ]);
      expect(reading.holes).toEqual([]);
    },
  );

  it('also where each is too small to tell, as far as no record of Okta lacks it', async () => {
    const files = Object.fromEntries(
      [...first, ...thinned].map((record, index) => [`${index}`, JSON.stringify(record)]),
    );
    expect(await lackOn(files, '2022-01-11')).toEqual([[]]);
    expect(await lackOn(files, '2022-01-13')).toEqual([['outcome']]);
  });
});

describe('what has another form than Okta gives its structures is missing', () => {
  /** As PowerShell and Athena write what they do not look into. */
  const toText = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? `@{${Object.entries(value).map(([key, inner]) => `${key}=${inner}`)}}`
      : value;
  const inside = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(toText)
      : isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toText(inner)]))
        : value;
  const flatten = (change: (value: unknown) => unknown): Record<string, unknown>[] =>
    makeNoise(days('2022-01-10', '2022-01-12')).map((record) =>
      Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)])),
    );
  const shallow = flatten(inside);
  const table = flatten(toText);
  const withTarget = (change: (target: unknown) => unknown): unknown[] =>
    makeNoise(days('2022-01-10', '2022-01-12')).map(({ target, ...record }) => ({
      ...record,
      target: change(Array.isArray(target) ? target[0] : target),
    }));
  const toTable = (rows: Record<string, unknown>[], rename: (name: string) => string): string =>
    [
      Object.keys(rows[0] ?? {}).map(rename),
      ...rows.map((row) => Object.values(row).map((cell) => quote(String(cell)))),
    ]
      .map((cells) => `${cells.join(',')}\r\n`)
      .join('');
  const INSIDE = ['target', 'debugContext.debugData', 'transaction.detail'];
  const PARTS = ['actor', 'client', 'outcome', 'target', 'transaction', 'debugContext'];

  it.each<[string, string, string[]]>([
    ['ConvertTo-Json without -Depth', JSON.stringify(shallow, null, 4), INSIDE],
    ['the same on lines', toLines(shallow), INSIDE],
    [
      'the same where few events have a target',
      toLines(shallow.map((record, hour) => (hour === 9 ? record : { ...record, target: null }))),
      INSIDE,
    ],
    [
      'the same where the first many events have none',
      toLines(shallow.map((record, hour) => (hour > 30 ? record : { ...record, target: null }))),
      INSIDE,
    ],
    [
      'ConvertTo-Json with a depth for the others',
      toLines(
        makeNoise(days('2022-01-10', '2022-01-12')).map((record) => ({
          ...record,
          client: inside(RECORD.client),
        })),
      ),
      ['client.userAgent', 'client.geographicalContext'],
    ],
    ['a list of one as its element', toLines(withTarget((element) => element)), ['target']],
    [
      'rows of Splunk with a column for the ids of all targets',
      toLines(
        makeNoise(days('2022-01-10', '2022-01-12')).map(({ target, ...record }, hour) => {
          const targets = hour < 44 ? { target } : { 'target{}.id': ['00u2', '00u3'] };
          return { preview: false, result: { ...record, 'client.zone': 'null', ...targets } };
        }),
      ),
      ['target'],
    ],
    ['Export-Csv', toTable(table, (name) => name), PARTS],
    ['CSV of Athena', toTable(table, (name) => name.toLowerCase()), PARTS],
    ...(
      [
        ['target.changeDetails', 'a change', { changeDetails: '@{from=; to=}' }],
        [
          'target.changeDetails',
          'what it led to',
          { changeDetails: { from: {}, to: '[object Object]' } },
        ],
        ['target.detailEntry', 'details', { detailEntry: 'System.Collections.Hashtable' }],
      ] as const
    ).map(([path, words, target]): [string, string, string[]] => [
      `${words} below the depth of a program`,
      toLines(
        makeNoise(days('2022-01-10', '2022-01-12')).map((record, hour) =>
          hour === 30
            ? { ...record, target: [{ id: '0pr1', type: 'PolicyRule', ...target }] }
            : record,
        ),
      ),
      [path],
    ]),
    ...(
      [
        ['behaviors', '{New Geo-Location=NEGATIVE, New Device=NEG', 'behaviors'],
        ['tunnels', '[{"anonymous":true},{"anon', 'tunnels'],
        ['tunnels', '[{anonymous:true}]', 'tunnels'],
        ['tunnels', "[{'anonymous':true}]", 'tunnels'],
        ['logOnlySecurityData', '{"risk":{"level":"LOW"},"behaviors":{"New', 'behaviors'],
        ['logOnlySecurityData', '{&quot;risk&quot;:{}}', 'behaviors'],
        ['logOnlySecurityData', '{\\"risk\\":{}}', 'behaviors'],
      ] as const
    ).map(([name, text, lost]): [string, string, string[]] => [
      `${name} as ${text}`,
      toLines(
        makeNoise(days('2022-01-10', '2022-01-12')).map((record, hour) =>
          hour === 30 ? { ...record, debugContext: { debugData: { [name]: text } } } : record,
        ),
      ),
      [`debugContext.debugData.${lost}`],
    ]),
    [
      'a rule of a policy that a column cut',
      toLines(
        makeNoise(days('2022-01-10', '2022-01-12')).map((record, hour) => {
          const changeDetails = { to: { policyRuleActionJson: '{"appSignOn":{"acc' } };
          const target = [{ id: '0pr1', type: 'PolicyRule', changeDetails }];
          return hour === 30 ? { ...record, target } : record;
        }),
      ),
      ['target.changeDetails'],
    ],
    [
      'lists of the network and of behaviors',
      toLines(
        makeNoise(days('2022-01-10', '2022-01-12')).map((record) => ({
          ...record,
          request: { ipChain: 'System.Object[]' },
          securityContext: {
            ipDetails: { ipServiceCategories: ['@{type=VPN}'] },
            userBehaviors: ['[Object]'],
          },
        })),
      ),
      [
        'request.ipChain',
        'securityContext.ipDetails.ipServiceCategories',
        'securityContext.userBehaviors',
      ],
    ],
  ])('%s', async (_, content, missing) => {
    const { reading, events } = await readArchive({ files: { a: content } });
    expect(events).toHaveLength(48);
    expect(reading.counts.malformed).toBe(0);
    expect(reading.covered).not.toEqual([]);
    for (const { missingFields } of reading.covered) {
      expect(missingFields).toEqual(expect.arrayContaining(missing));
    }
  });
});

describe('what was hidden before the export is missing', () => {
  const { client } = RECORD;
  const actorOf = (index: number) => ({ ...RECORD.actor, id: `00uactor${index % 2}` });
  const missingOf = async (change: (index: number) => object): Promise<string[]> => {
    const records = makeNoise(days('2022-01-10', '2022-01-12')).map((record, index) => ({
      ...record,
      client,
      ...change(index),
    }));
    const { reading } = await readArchive({ files: { a: toLines(records) } });
    expect(reading.covered).not.toEqual([]);
    return [...new Set(reading.covered.flatMap(({ missingFields }) => missingFields))];
  };
  const digest = (index: number): string => createHash('sha256').update(`${index}`).digest('hex');

  it.each<[string, string, (index: number) => unknown]>([
    ['addresses without their end', 'client.ipAddress', (index) => `192.0.${index}.0`],
    ['addresses whose end is a letter', 'client.ipAddress', (index) => `192.0.2${index}.xxx`],
    ['networks of IPv6', 'client.ipAddress', (index) => `2001:db8:${index}::`],
    ['one address that stands for all', 'client.ipAddress', () => '0.0.0.0'],
    ['a network of a provider', 'client.ipAddress', () => '192.0.0.0'],
    ['digests of addresses', 'client.ipAddress', digest],
    ['a word in the place of addresses', 'client.ipAddress', () => '[IP_ADDRESS]'],
    ['digests of logins', 'actor.alternateId', digest],
    ['named digests of logins', 'actor.alternateId', (index) => `sha256:${digest(index)}`],
    ['stars', 'actor.alternateId', () => '*****'],
    ['what Presidio writes', 'actor.alternateId', () => '<EMAIL_ADDRESS>'],
    ['browsers', 'client.userAgent.rawUserAgent', () => '[REDACTED]'],
  ])('%s', async (_, path, hide) => {
    const change = (index: number): object => {
      const hidden = hide(index);
      if (path.startsWith('actor')) {
        return { actor: { ...actorOf(index), alternateId: hidden } };
      }
      return path === 'client.ipAddress'
        ? { client: { ...client, ipAddress: hidden } }
        : { client: { ...client, userAgent: { rawUserAgent: hidden } } };
    };
    expect(await missingOf(change)).toEqual([path]);
    // One of many may look so.
    expect(await missingOf((index) => (index === 7 ? change(index) : {}))).toEqual([]);
  });

  it('and so are the logins of targets', async () => {
    const hidden = (index: number) => ({
      target: [
        { id: `00u${index % 2}`, type: 'User', alternateId: digest(index), displayName: 'Eve' },
      ],
    });
    expect(await missingOf(hidden)).toEqual(['target.alternateId']);
  });

  it.each(['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::7', '2001:DB8:0:0:0:0:0:7', '192.0.2.10'])(
    'but no address as %s',
    async (ipAddress) => {
      expect(await missingOf(() => ({ client: { ...client, ipAddress } }))).toEqual([]);
    },
  );

  it('nor the one address through which a whole company goes out', async () => {
    const wayOut = { client: { ...client, ipAddress: '192.0.2.0' } };
    const other = { client: { ...client, ipAddress: '198.51.100.0' } };
    expect(await missingOf(() => wayOut)).toEqual([]);
    expect(await missingOf((index) => (index % 2 ? wayOut : other))).toEqual(['client.ipAddress']);
  });
});

describe('what is empty is a list where PHP wrote it', () => {
  const NAMED = { type: 'AppInstance', alternateId: 'Mail', displayName: 'Mail' };
  const missingIn = async (debugData: object): Promise<readonly string[][]> => {
    const records = makeNoise(days('2022-01-10', '2022-01-12')).map((record, index) => ({
      ...record,
      actor: { ...RECORD.actor, id: `00u${index % 2}`, detailEntry: [] },
      device: [],
      debugContext: { debugData },
      transaction: { id: 'Yd0', type: 'WEB', detail: [] },
      target: [{ ...NAMED, id: `0oa${index}`, detailEntry: [], changeDetails: [] }],
    }));
    const { reading } = await readArchive({ files: { a: toLines(records) } });
    return reading.covered.map(({ missingFields }) => [...missingFields]);
  };

  it('and nothing is missing', async () => {
    expect(await missingIn({ requestUri: '/' })).toEqual([[]]);
  });

  it('but what somebody emptied', async () => {
    expect(await missingIn([])).toEqual([['debugContext.debugData']]);
  });
});

it('and a word that stands for null in the place of a structure is none', async () => {
  const records = makeNoise(days('2022-01-10', '2022-01-12')).map((record) => ({
    ...record,
    device: 'None',
    request: { ipChain: 'nan' },
    securityContext: { isProxy: false, asNumber: null, ipDetails: '-', userBehaviors: null },
  }));
  const { reading } = await readArchive({ files: { a: toLines(records) } });
  expect(reading.covered).not.toEqual([]);
  expect(reading.covered).toMatchObject([{ missingFields: [] }]);
});

describe('copies of an event meet by its id', () => {
  const uuid = 'c7fcf5b6-7665-11ec-a40c-0123456789ab';
  const record = { ...RECORD, uuid };

  it.each([
    ['in capitals', uuid.toUpperCase()],
    ['in braces', `{${uuid.toUpperCase()}}`],
    ['without dashes, as bytes are told', uuid.replaceAll('-', '')],
  ])('also where a store keeps it %s', async (_, spelled) => {
    const other = { ...record, uuid: spelled };
    for (const records of [
      [record, other],
      [other, record],
    ]) {
      const files = Object.fromEntries(records.map((each, index) => [`${index}`, toLines([each])]));
      const { events, reading } = await readArchive({ files });
      expect(events.map((event) => event.uuid)).toEqual([uuid]);
      expect(reading.counts.duplicates).toBe(1);
    }
  });

  it('but an id of another form is as it is', async () => {
    const others = [uuid.slice(1), `${uuid}0`, `x${uuid.slice(1)}`, 'U-1', 'u-1'];
    const { events } = await readArchive({
      files: { a: toLines(others.map((each) => ({ ...RECORD, uuid: each }))) },
    });
    expect(events.map((event) => event.uuid)).toEqual(others);
  });
});

describe('the table of formats', () => {
  it('names each once', () => {
    expect(new Set(ARCHIVE_FORMATS.map((format) => format.id)).size).toBe(ARCHIVE_FORMATS.length);
  });

  it('has a sample of each in this file', () => {
    const samples = [
      ...[SNAKE, ELASTIC, SENTINEL, SENTINEL_V2, CONSOLE, DATADOG],
      { okta: { event_type: RECORD.eventType } },
      ...['event_hook_envelope.json', 'ocsf_1.3.0_authentication.ocsf.json'].map(sample),
      ...Object.values(WHOLE).flatMap(parseJson),
      LOWERED,
    ];
    const seen = new Set(samples.map((value) => recogniseFormat(value)?.format.id));
    const unseen = ARCHIVE_FORMATS.map(({ id }) => id).filter((id) => !seen.has(id));
    expect(unseen, 'formats of which no record stands in this file').toEqual([]);
  });

  it('takes nothing but the record where its keys stand in an envelope', async () => {
    const decoy = {
      source: 'okta',
      attributes: { evt: { name: 'user.mfa.factor.reset_all' }, a: RECORD },
    };
    const { events } = await readArchive({ files: { a: JSON.stringify(decoy) } });
    expect(events.map((event) => event.eventType)).toEqual([RECORD.eventType]);
  });

  it('reads a table of whole records, and refuses one that lost columns', async () => {
    const row = toCells(RECORD);
    const { events } = await readArchive({ files: { a: toCsv(row) } });
    expect(events.map((event) => event.raw)).toEqual([RECORD]);
    const needed = ['uuid', 'actor', 'authenticationContext', 'client', 'debugContext', 'outcome'];
    for (const column of [...needed, 'published', 'securityContext', 'target', 'transaction']) {
      const { [column]: _, ...rest } = row;
      await expect(readArchive({ files: { a: toCsv(rest) } }), column).rejects.toMatchObject({
        code: 'archive-not-okta',
      });
    }
  });
});

describe('CSV whose columns are dotted names', () => {
  it('is the record that was flattened, without what was null', async () => {
    const { authenticationContext, client, securityContext: _, ...rest } = RECORD;
    const record = {
      ...rest,
      authenticationContext: { ...authenticationContext, externalSessionId: null },
      client: { ...client, id: null, geographicalContext: { country: 'Ireland' } },
      securityContext: { asNumber: null, isProxy: true },
    };
    const { events } = await readArchive({ files: { a: toCsv(toRow(record, '.')) } });
    expect(events.map((event) => event.raw)).toEqual([
      {
        ...rest,
        authenticationContext: { authenticationStep: '0' },
        client: { ...client, geographicalContext: { country: 'Ireland' } },
        securityContext: { isProxy: 'true' },
      },
    ]);
  });

  it.each([
    ['jsonPayload.', { insertId: 'x', severity: 'DEFAULT', target: 'x' }],
    ['Vendor.', { '@timestamp': '1642327200000', 'event.kind': 'event' }],
    ['a.b.', {}],
  ])('is the same where they begin with the name of an object, %s', async (prefix, beside) => {
    const row = toRow(RECORD, '.');
    const named = Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [`${prefix}${name}`, cell]),
    );
    const plain = await readArchive({ files: { a: toCsv(row) } });
    const files = { a: toCsv({ ...beside, ...named }), b: toCsv({ ...named, ...beside }) };
    const { events, reading } = await readArchive({ files: { c: files.a + files.a, d: files.b } });
    expect(events).toHaveLength(1);
    expect(events[0]?.raw).toMatchObject(plain.events[0]?.raw ?? {});
    expect(reading.counts).toMatchObject({ eventsRead: 3, malformed: 0 });
  });

  it('has its targets also where each has columns of its own, as many as the widest event needs', async () => {
    const { target, request, ...rest } = RECORD;
    const wide = toRow(
      { ...rest, target: { ...target }, request: { ipChain: { ...request.ipChain } } },
      '.',
    );
    const narrow = Object.entries({ ...wide, uuid: 'other' }).map(([name, cell]) => [
      name,
      name.startsWith('target.1.') ? '' : cell,
    ]);
    const rows = toCsv(wide) + toCsv(Object.fromEntries(narrow));
    const { events, reading } = await readArchive({ files: { a: rows } });
    expect(events.map(({ raw }) => raw)).toMatchObject([
      { target, request },
      { target: target.slice(0, 1), request },
    ]);
    expect(reading.covered.map(({ missingFields }) => missingFields)).toEqual([[]]);
  });

  it('has the lists whose elements LogScale numbers in brackets', async () => {
    const userBehaviors = [{ name: 'New Device', result: 'POSITIVE' }];
    const changeDetails = { to: { policyRuleActionJson: '{"factorMode":"1FA"}' } };
    const record = {
      ...RECORD,
      target: RECORD.target.map((target) => ({ ...target, changeDetails })),
      securityContext: { ...RECORD.securityContext, asNumber: '64496', userBehaviors },
    };
    const cells = number(record).map(([name, value]) => [`Vendor.${name}`, String(value)]);
    const { events } = await readArchive({ files: { a: toCsv(Object.fromEntries(cells)) } });
    const { target, request, securityContext } = record;
    expect(events.map(({ raw }) => raw)).toMatchObject([
      { target, request, securityContext: { ...securityContext, isProxy: 'false' } },
    ]);
  });

  it('is refused where columns of a whole part are missing', async () => {
    const { outcome: _, ...rest } = RECORD;
    await expect(readArchive({ files: { a: toCsv(toRow(rest, '.')) } })).rejects.toMatchObject({
      code: 'archive-not-okta',
    });
  });
});

describe('CSV of a warehouse that writes what is null as `\\N`', () => {
  it.each([
    ['Okta’s names', (name: string) => name],
    ['capitals', (name: string) => name.toUpperCase()],
  ])('lacks no target where some events have none, under %s', async (_, rename) => {
    const rows = [0, 1, 2, 3, 4, 5].map((hour) => {
      const published = new Date(Date.parse(RECORD.published) + hour * HOUR_MS).toISOString();
      const cells = toCells({ ...RECORD, uuid: `u${hour}`, published });
      const row = hour === 0 ? cells : { ...cells, target: '\\N', legacyEventType: '\\N' };
      return toCsv(Object.fromEntries(Object.entries(row).map(([k, v]) => [rename(k), v])));
    });
    const { events, reading } = await readArchive({ files: { a: rows.join('') } });
    expect(events).toHaveLength(6);
    expect(reading.covered).toMatchObject([{ missingFields: [] }]);
    expect(JSON.stringify(events.map(({ raw }) => raw))).not.toContain('\\\\N');
  });
});

describe('files of CSV that were joined', () => {
  const { 'target11.id': id, ...others } = CONSOLE;
  const narrow: Record<string, string> = Object.fromEntries(
    Object.entries(others).filter(([name]) => !name.startsWith('target1')),
  );
  const other = { ...narrow, uuid: 'narrow' };

  it.each([
    ['as they are', toCsv(other) + toCsv(CONSOLE)],
    ['the narrower one last', toCsv(CONSOLE) + toCsv(other)],
    ['with byte order marks', `\ufeff${toCsv(CONSOLE)}\ufeff${toCsv(other)}`],
  ])('each have columns of their own, %s', async (_, content) => {
    const { reading, events } = await readArchive({ files: { 'a.csv': content } });
    expect(reading.counts).toMatchObject({ eventsRead: 2, malformed: 0 });
    const byId = new Map(events.map((event) => [event.uuid, event.raw]));
    expect(byId.get(RECORD.uuid)).toMatchObject({
      target: [{ id: '00utarget' }, { id }],
      request: { ipChain: [{ ip: '192.0.2.7' }] },
    });
    expect(byId.get('narrow')).toMatchObject({
      target: [{ id: '00utarget' }],
      request: { ipChain: [{ ip: '192.0.2.7' }] },
    });
  });

  it.each([
    ['\r\n', '\n'],
    ['\n', '\r\n'],
    ['\r\n', '\r'],
  ])('may end their lines in different ways: %j, then %j', async (first, second) => {
    const ends = [first, second, first];
    const content = ends.map((end, index) =>
      toCsv({ ...CONSOLE, uuid: `row-${index}` }).replaceAll('\r\n', end),
    );
    const { reading, events } = await readArchive({ files: { 'a.csv': content.join('') } });
    expect(events.map(({ uuid }) => uuid)).toEqual(['row-0', 'row-1', 'row-2']);
    expect(reading.counts).toMatchObject({ eventsRead: 3, malformed: 0 });
  });

  it('but nobody who is called like a column begins another file', async () => {
    const hostile = { ...CONSOLE, uuid: 'hostile', 'actor.display_name': 'event_type' };
    const row = toCsv(CONSOLE).split('\r\n')[1] ?? '';
    const { events } = await readArchive({ files: { 'a.csv': `${toCsv(hostile)}${row}\r\n` } });
    expect(events.map(({ uuid }) => uuid)).toEqual(['hostile', RECORD.uuid]);
  });

  it('nor one in a table of whole records', async () => {
    const { displayMessage: _, ...rest } = RECORD;
    const [hostile, row] = ['displayMessage', 'a text'].map((displayMessage) =>
      toCsv(toCells({ displayMessage, ...rest, uuid: displayMessage })),
    );
    const content = `${hostile}${row?.split('\r\n')[1]}\r\n`;
    const { events } = await readArchive({ files: { 'a.csv': content } });
    expect(events.map(({ uuid }) => uuid)).toEqual(['displayMessage', 'a text']);
  });

  it('and a table of one column is one', async () => {
    const { events } = await readArchive({ files: { 'a.csv': `"_raw"\n${quote(TEXT)}\n` } });
    expect(events.map((event) => event.raw)).toEqual([RECORD]);
  });
});

describe('rows of CSV that break', () => {
  const [header, row = ''] = toCsv(CONSOLE).split('\r\n');
  const rowAt = (hour: string): string =>
    row.replace(RECORD.uuid, `row-${hour}`).replace('T10:30', `T${hour}:30`);

  it.each(['"INFO" x,a', '"INFO', 'INFO,"a" x', 'IN"FO,a'])(
    'are counted and make a hole up to the next row that was read: %s',
    async (broken) => {
      const { reading, events } = await readArchive({
        files: {
          'a.csv': [header, row, broken, ...['11', '12', '13'].map(rowAt), ''].join('\r\n'),
        },
      });
      const lost = ['11', '12', '13'].filter((hour) =>
        events.every((event) => event.uuid !== `row-${hour}`),
      );
      expect(reading.counts.malformed).toBeGreaterThan(0);
      expect(reading.holes.map((hole) => hole.reason).join()).toContain('not CSV');
      for (const hour of ['10', ...lost]) {
        expect(covers(reading, RECORD.eventType, `2022-01-12T${hour}:31Z`)).toBe(false);
      }
      expect(events.at(-1)?.uuid).toBe('row-13');
    },
  );

  it('lose their cells to the columns beside them where one has a comma too many', async () => {
    const shifted = rowAt('11').replace('"Dana"', 'Dana, the first');
    const { reading, events } = await readArchive({
      files: { 'a.csv': [header, row, shifted, rowAt('12'), ''].join('\r\n') },
    });
    expect(events.map(({ uuid }) => uuid)).toEqual([RECORD.uuid, 'row-12']);
    expect(reading.counts.malformed).toBe(1);
    expect(covers(reading, RECORD.eventType, '2022-01-12T11:30Z')).toBe(false);
  });

  it.each([
    ['in a cell', '"Dana"'],
    ['inside the quotes of a cell', '"Dan'],
    ['in a cell without quotes', 'dana@'],
    ['behind a comma', '"00uactor",'],
  ])('are lost where the file is cut %s', async (_, last) => {
    const bare = rowAt('11').replace('"dana@acme.example"', 'dana@acme.example');
    const cut = bare.slice(0, bare.indexOf(last) + last.length);
    const { reading, events } = await readArchive({
      files: { 'a.csv': [header, row, rowAt('10'), cut].join('\r\n') },
    });
    expect(events).toHaveLength(2);
    expect(reading.holes.map((hole) => hole.reason).join()).toContain('the file ends before');
    expect(covers(reading, RECORD.eventType, '2022-01-12T11:30Z')).toBe(false);
  });

  it('are none where spreadsheets leave out the last cells, or a file its last line end', async () => {
    const short = `${rowAt('11').split(',"0oaapp"')[0]}\r\n`;
    const content = `${[header, row, short].join('\r\n')}${rowAt('12')}`;
    const { reading, events } = await readArchive({ files: { 'a.csv': content } });
    expect(events).toHaveLength(3);
    expect(reading.holes.filter(({ reason }) => reason.includes('damaged'))).toEqual([]);
  });

  it('at the end of the file lose what follows', async () => {
    const { reading, events } = await readArchive({ files: { 'a.csv': `${toCsv(CONSOLE)}"INFO` } });
    expect(events).toHaveLength(1);
    expect(reading.covered).toEqual([]);
  });
});
