import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NO_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import type { SourceReading } from '../../src/model/reading.ts';
import { MINUTE_MS, overlaps } from '../../src/model/time-window.ts';
import { days, makeNoise, readArchive, toLines } from './archive-workbench.ts';
import { writeFormat } from './format-writers.ts';

const WINDOW = days('2022-01-10', '2022-01-12');
const RECORDS = makeNoise(days('2022-01-09', '2022-01-13'));

/** What is read of an export in which every third record is another one. */
async function readMixed(format: string, other: unknown): Promise<SourceReading> {
  const lines = writeFormat(format, RECORDS, 'lines').trimEnd().split('\n');
  const mixed = lines.flatMap((line, index) =>
    index % 3 ? [line] : [line, JSON.stringify(other)],
  );
  const { reading } = await readArchive({
    files: { 'a.json': `${mixed.join('\n')}\n` },
    window: WINDOW,
  });
  expect(reading.counts).toMatchObject({ eventsRead: 128, malformed: 32 });
  return reading;
}

describe('records of other products cost an export nothing where their envelope names the product', () => {
  it.each([
    ['ocsf-raw', 'OCSF', { class_uid: 3002, metadata: { product: { vendor_name: 'Microsoft' } } }],
    ['panther', 'Panther', { p_log_type: 'AWS.CloudTrail', eventName: 'AssumeRoleWithSAML' }],
    [
      'elastic-original',
      'Elastic',
      { event: { dataset: 'azure.signinlogs', original: '{"a":1}' } },
    ],
    [
      'elastic-original',
      'a dump of Elastic',
      { _source: { 'event.dataset': 'system.auth', message: 'sshd' } },
    ],
    [
      'splunk-fields',
      'Splunk',
      { result: { _raw: '{"eventVersion":"1.08"}', sourcetype: 'aws:cloudtrail' } },
    ],
    ['splunk-collector', 'HEC', { sourcetype: 'cisco:asa', event: '%ASA-6-302013' }],
    [
      'datadog-attributes',
      'Datadog',
      { source: 'nginx', attributes: { http: { status_code: 200 } } },
    ],
    [
      'event-bridge',
      'EventBridge',
      { source: 'aws.guardduty', 'detail-type': 'Finding', detail: {} },
    ],
    [
      'sentinel-v2',
      "Sentinel's views",
      { EventVendor: 'Microsoft', EventOriginalType: 'Sign-in', EventOriginalUid: '1' },
    ],
    ['system-log', 'CloudTrail', { eventSource: 'sts.amazonaws.com', eventType: 'AwsApiCall' }],
  ])('%s beside %s', async (format, _, other) => {
    expect((await readMixed(format, other)).holes).toEqual([]);
  });

  it.each([
    ['names no product', 'system-log', { message: 'hello' }],
    ['names a form alone', 'splunk-collector', { sourcetype: '_json', event: 'x' }],
    ['names a way alone', 'splunk-collector', { sourcetype: 'syslog', event: 'x' }],
    ['names an input alone', 'splunk-collector', { source: 'http:idp', event: 'x' }],
    [
      'names the stream that brought it alone',
      'sec-ops-raw',
      { eventSource: 'aws:kinesis', kinesis: { data: Buffer.from('x').toString('base64') } },
    ],
    ['names the queue that brought it alone', 'system-log', { eventSource: 'aws:sqs', body: 'x' }],
    [
      'was packed',
      'splunk-collector',
      { sourcetype: 'idp:audit', event: gzipSync('{}').toString('base64') },
    ],
    [
      'is of Okta by one of its names',
      'elastic-original',
      { event: { module: 'okta', dataset: 'sso' } },
    ],
    [
      'was cut short',
      'splunk-fields',
      { result: { _raw: '{"actor":{"id":"00u', sourcetype: 'idp:log' } },
    ],
    [
      'is a line of a record',
      'splunk-fields',
      { result: { _raw: '"eventType": "a.b",', sourcetype: 'aws:firehose:json' } },
    ],
    [
      'is the end of a record',
      'elastic-original',
      { event: { dataset: 'idp.log' }, message: '  },' },
    ],
    [
      'is an event without a time',
      'panther',
      { p_log_type: 'AWS.Own', eventtype: 'a.b', published: 'noon' },
    ],
  ])('but what %s may be an event that was lost', async (_, format, other) => {
    const { holes } = await readMixed(format, other);
    expect(holes.map(({ reason }) => reason).join()).toContain('a.json is damaged');
  });
});

describe('a file of other products alone', () => {
  const others = toLines([{ p_log_type: 'AWS.CloudTrail' }, { p_log_type: 'AWS.CloudTrail' }]);
  const okta = writeFormat('panther', RECORDS, 'lines');

  it('costs the files beside it nothing', async () => {
    const files = { 'a.json': others, 'b.json': okta };
    const { reading } = await readArchive({ files, window: WINDOW });
    expect(reading.counts).toMatchObject({ eventsRead: 98, malformed: 2 });
    expect(reading.holes).toEqual([]);
  });

  it.each([
    ['named', others],
    ['named or not', `${others}{"message":"hello"}\n`],
  ])('is no archive, be they %s', async (_, content) => {
    await expect(readArchive({ files: { 'a.json': content } })).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringContaining('a.json'),
    });
  });
});

describe('whole records beside ones that lost a part, in a busy log', () => {
  const all = makeNoise(days('2022-01-01', '2022-01-21'), MINUTE_MS);
  const thin = all.map(({ securityContext: _, ...record }) => record);
  const timeOf = ({ published }: Record<string, unknown>): string => String(published);
  const loseUntil = (records: typeof all, end: string): string =>
    toLines(records.filter((one) => timeOf(one) < '2022-01-19T10' || timeOf(one) >= end));
  const coversWhole = async (files: Record<string, string>): Promise<boolean> => {
    const { reading } = await readArchive({ files });
    const looked = days('2022-01-19T10:20Z', '2022-01-19T10:40Z');
    return reading.covered.some(
      ({ window, missingFields }) => missingFields.length === 0 && overlaps(window, looked),
    );
  };

  it('do not vouch for hours that are silent in all, which they are too few to know', async () => {
    const before = toLines(thin.filter((one) => timeOf(one) < '2022-01-18'));
    const whole = all.filter((one) => timeOf(one) >= '2022-01-18');
    expect(await coversWhole({ before, whole: toLines(whole) })).toBe(true);
    expect(await coversWhole({ before, whole: loseUntil(whole, '2022-01-19T16') })).toBe(false);
  });

  it('do not vouch for an hour in which only the others have events', async () => {
    expect(await coversWhole({ thin: toLines(thin), whole: toLines(all) })).toBe(true);
    const cut = loseUntil(all, '2022-01-19T11');
    expect(await coversWhole({ thin: toLines(thin), whole: cut })).toBe(false);
  });
});

describe('events of several orgs', () => {
  const stream = (source: string): string => {
    const lines = makeNoise(days('2022-01-10', '2022-01-12')).map((detail) => ({
      'detail-type': 'SystemLog',
      source: `aws.partner/okta.com/${source}`,
      detail,
    }));
    return toLines(lines);
  };
  const hook = (host: string): string => {
    const [record] = makeNoise(days('2022-01-10', '2022-01-11'));
    const source = `https://${host}/api/v1/eventHooks/who1`;
    return toLines([{ cloudEventsVersion: '0.1', source, data: { events: [record] } }]);
  };

  it.each<[string, Record<string, string>, string]>([
    [
      'log streams in two files',
      { a: stream('globex/audit'), b: stream('acme/audit') },
      'The archive holds events of several orgs, as EventBridge log streams name them: acme, globex.',
    ],
    [
      'log streams in one list',
      {
        a: `[${stream('acme/audit').split('\n')[0] ?? ''},${stream('globex/audit').trim().split('\n').join()}]`,
      },
      'acme, globex.',
    ],
    [
      'event hooks',
      { a: hook('acme.okta.com'), b: hook('acme.oktapreview.com') },
      'as event hooks name them: acme.okta.com, acme.oktapreview.com.',
    ],
  ])('are refused: %s', async (_, files, message) => {
    for (const isStrict of [true, false]) {
      await expect(
        readArchive({ files, eventTypes: NO_EVENT_TYPES, options: { isStrict } }),
      ).rejects.toMatchObject({
        code: 'archive-other-tenant',
        message: expect.stringContaining(message),
      });
    }
  });

  it.each<[string, Record<string, string>]>([
    ['two streams of one', { a: stream('acme/audit'), b: stream('acme/second') }],
    ['a stream and a hook, which names its host', { a: stream('acme/x'), b: hook('id.acme.com') }],
    [
      'a stream and an export',
      { a: stream('acme/x'), b: toLines(makeNoise(days('2022-01-10', '2022-01-11'))) },
    ],
  ])('are not seen in %s', async (_, files) => {
    const { reading } = await readArchive({ files, eventTypes: NO_EVENT_TYPES });
    expect(reading.counts.eventsRead).toBeGreaterThan(48);
  });
});
