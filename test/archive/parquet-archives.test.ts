import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import {
  days,
  layFiles,
  makeNoise,
  makeRecord,
  readArchive,
  toLines,
} from './archive-workbench.ts';
import { makeZip } from './make-zip.ts';

const WINDOW = days('2022-01-10', '2022-01-17');
const RESET = 'user.account.reset_password';
const WEEK: readonly Record<string, unknown>[] = [
  ...makeNoise(WINDOW),
  makeRecord({
    at: '2022-01-16T23:30:00.250Z',
    eventType: RESET,
    session: '102stolen',
    actorId: '00uactor',
    targetId: '00utarget',
  }),
].map((record, index) => ({
  ...record,
  transaction: { id: `Yd${index}`, type: 'WEB', detail: { requestApiTokenId: '00Ttoken' } },
  debugContext: { debugData: { requestUri: '/api/v1/users', privilegeGranted: 'Super admin' } },
  securityContext: { asNumber: 64496, isProxy: false },
}));

/** As pyarrow packs a column in which everything is null: a page of no bytes. */
const LZ4 =
  'UEFSMRUEFQoVDEwVAhUAEgAAUAEAAABhFQAVEhUULBUCFRAVBhUGHAAAAJACAAAAAgEBAgAVBBUsFTBMFQIVABIAAP' +
  'AHEgAAAHVzZXIuc2Vzc2lvbi5zdGFydBUAFRIVFCwVAhUQFQYVBhwAAACQAgAAAAIBAQIAFQQVOBU8TBUCFQASAADw' +
  'DRgAAAAyMDIyLTAxLTEyVDEwOjMwOjAwLjI1MFoVABUSFRQsFQIVEBUGFQYcAAAAkAIAAAACAQECABUEFQAVAkwVAB' +
  'UAEgAAABUAFQ4VECwVAhUQFQYVBhwAAABwAgAAAAIAABUEGVw1ABgGc2NoZW1hFQgAFQwlAhgEdXVpZCUATBwAAAAV' +
  'DCUCGAlldmVudFR5cGUlAEwcAAAAFQwlAhgJcHVibGlzaGVkJQBMHAAAABUMJQIYBmRldmljZSUATBwAAAAWAhkcGU' +
  'wmABwVDBk1AAYQGRgEdXVpZBUOFgIWXhZiJjAmCCksFQQVABUCABUAFRAVAgA8FgIZBhkmAAIAAAAmABwVDBk1AAYQ' +
  'GRgJZXZlbnRUeXBlFQ4WAhaAARaGASa2ASZqKSwVBBUAFQIAFQAVEBUCADwWJBkGGSYAAgAAACYAHBUMGTUABhAZGA' +
  'lwdWJsaXNoZWQVDhYCFowBFpIBJsgCJvABKSwVBBUAFQIAFQAVEBUCADwWMBkGGSYAAgAAACYAHBUMGTUABhAZGAZk' +
  'ZXZpY2UVDhYCFlAWVCagAyaCAyksFQQVABUCABUAFRAVAgA8FgAZBhkmAgAAAAAWugMWAiYIFs4DACggcGFycXVldC' +
  '1jcHAtYXJyb3cgdmVyc2lvbiAyNS4wLjEZTBwAABwAABwAABwAAACcAQAAUEFSMQ==';

let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await (await DuckDBInstance.create(':memory:')).connect();
});

/** Writes rows that DuckDB selects from newline-delimited records, which are `records` in the query, as Parquet. */
async function writeParquet(
  select: string,
  { records = WEEK, options = '' }: { records?: readonly unknown[]; options?: string } = {},
): Promise<Buffer> {
  const folder = layFiles({ 'records.ndjson': toLines(records) });
  const path = join(folder, 'out.parquet');
  const query = select.replace('records', `read_json('${join(folder, 'records.ndjson')}')`);
  const lines = query.replace('texts', `read_ndjson_objects('${join(folder, 'records.ndjson')}')`);
  await duckdb.run(`COPY (${lines}) TO '${path}' (FORMAT parquet${options})`);
  return readFileSync(path);
}

const TEXT = `SELECT json::VARCHAR`;
const RENAMED = `SELECT uuid, published::TIMESTAMP AS published, eventType AS eventtype,
  displayMessage AS displaymessage, outcome, actor,
  {'ipaddress': client.ipAddress, 'useragent': client.userAgent,
   'geographicalcontext': client.geographicalContext} AS client,
  {'externalsessionid': authenticationContext.externalSessionId} AS authenticationcontext,
  [{'id': "target"[1].id, 'type': "target"[1].type, 'alternateid': "target"[1].alternateId,
    'displayname': "target"[1].displayName}] AS "target",
  {'id': transaction.id, 'type': transaction.type,
   'detail': {'requestapitokenid': transaction.detail.requestApiTokenId}} AS transaction,
  {'debugdata': {'requesturi': debugContext.debugData.requestUri,
                 'privilegegranted': debugContext.debugData.privilegeGranted}} AS debugcontext,
  {'asnumber': securityContext.asNumber, 'isproxy': securityContext.isProxy} AS securitycontext
  FROM records`;

/** What every way to lay records out as columns must give back of the last one. */
const LAST = {
  eventType: RESET,
  published: '2022-01-16T23:30:00.250Z',
  actor: { id: '00uactor' },
  client: { ipAddress: '192.0.2.1' },
  authenticationContext: { externalSessionId: '102stolen' },
  target: [{ id: '00utarget', type: 'User', alternateId: 'finn@acme.example' }],
  transaction: { detail: { requestApiTokenId: '00Ttoken' } },
  debugContext: { debugData: { requestUri: '/api/v1/users', privilegeGranted: 'Super admin' } },
  securityContext: { asNumber: 64496, isProxy: false },
};

/** Two rows as Spark and Impala write them: times of 96 bits (INT96) and a map; written by pyarrow 25 with `use_deprecated_int96_timestamps`. */
const INT96 = [
  'UEFSMRUAFSAVJCwVBBUAFQYVBhwAAAAQPAIAAAAEAQEAAABhAQAAAGIVABU8FUAsFQQVABUGFQYcAAAAHnQCAAAABAGA',
  'QnkOYSIAAMiHJQAAMEswpyUAAMiHJQAVABV2FXIsFQQVABUGFQYcAAAAO5gCAAAABAEbAAAAdXNlci5hY2NvdW50LnJl',
  'c2V0X3Bhc3N3b3JkEgANHzBzZXNzaW9uLnN0YXJ0FQAVNhU6LBUEFQAVBhUGHAAAABtoAgAAAAQAAwAAAAMCAAoAAABy',
  'ZXF1ZXN0VXJpFQAVJhUqLBUEFQAVBhUGHAAAABNIAgAAAAQAAwAAAAMDAAIAAAAvYRUEGYw1ABgGc2NoZW1hFQgAFQwl',
  'AhgEdXVpZCUATBwAAAAVBiUCGAlwdWJsaXNoZWQAFQwlAhgJZXZlbnRUeXBlJQBMHAAAADUCGAxkZWJ1Z0NvbnRleHQV',
  'AhUCTCwAAAA1BBgJa2V5X3ZhbHVlFQQAFQwlABgDa2V5JQBMHAAAABUMJQIYBXZhbHVlJQBMHAAAABYEGRwZXCYAHBUM',
  'GSUGABkYBHV1aWQVAhYEFkYWSiYISRwVABUAFQIAPBYEGQYZJgAEAAAAJgAcFQYZJQYAGRgJcHVibGlzaGVkFQIWBBZi',
  'FmYmUkkcFQAVABUCADwpBhkmAAQAAAAmABwVDBklBgAZGAlldmVudFR5cGUVAhYEFpwBFpgBJrgBSRwVABUAFQIAPBZa',
  'GQYZJgAEAAAAJgAcFQwZJQYAGTgMZGVidWdDb250ZXh0CWtleV92YWx1ZQNrZXkVAhYEFlwWYCbQAkkcFQAVABUCADwW',
  'FBkmBAAZNgIAAgAAACYAHBUMGSUGABk4DGRlYnVnQ29udGV4dAlrZXlfdmFsdWUFdmFsdWUVAhYEFkwWUCawA0kcFQAV',
  'ABUCADwWBBkmBAAZRgIAAAIAAAAW7AMWBCYIFvgDACggcGFycXVldC1jcHAtYXJyb3cgdmVyc2lvbiAyNS4wLjEZXBwA',
  'ABwAABwAABwAABwAAAAFAgAAUEFSMQ==',
].join('');

describe('records are read from the columns of Parquet', () => {
  it.each([
    ['nested columns', 'SELECT * FROM records', ', CODEC zstd'],
    [
      'nested columns with times of their own type',
      'SELECT * REPLACE (published::TIMESTAMPTZ AS published) FROM records',
      ', CODEC gzip',
    ],
    [
      'times that count nanoseconds',
      'SELECT * REPLACE (published::TIMESTAMP_NS AS published) FROM records',
      ', CODEC snappy, PARQUET_VERSION V2',
    ],
    [
      'times that count milliseconds, under names that a catalogue lowered',
      RENAMED.replace('::TIMESTAMP ', '::TIMESTAMP_MS '),
      ', CODEC brotli',
    ],
    ['names that a catalogue lowered', RENAMED, ''],
    [
      'structures as text',
      `SELECT uuid, published, eventType, displayMessage, to_json(outcome) AS outcome,
        to_json(actor) AS actor, client, authenticationContext, to_json("target")::VARCHAR AS "target",
        transaction, to_json(debugContext)::VARCHAR AS debugContext, securityContext FROM records`,
      '',
    ],
    [
      'flat columns with dots',
      `SELECT uuid, published, eventType, outcome.result AS "outcome.result", actor.id AS "actor.id",
        actor.type AS "actor.type", actor.alternateId AS "actor.alternateId", transaction,
        client.ipAddress AS "client.ipAddress", client.userAgent AS "client.userAgent",
        client.geographicalContext AS "client.geographicalContext", debugContext, securityContext,
        authenticationContext.externalSessionId AS "authenticationContext.externalSessionId", "target"
        FROM records`,
      ', CODEC lz4_raw',
    ],
    ['one column of text', `${TEXT} AS raw FROM texts`, ', CODEC zstd'],
    ['one column of text under a name of its own', `${TEXT} AS line, 1 AS day FROM texts`, ''],
    ['one column of JSON', 'SELECT json AS event FROM texts', ''],
    ['one column of bytes', 'SELECT encode(json::VARCHAR) AS message FROM texts', ''],
  ])('%s', async (_, select, options) => {
    const content = await writeParquet(select, { options: `${options}, ROW_GROUP_SIZE 50` });
    const { reading, events } = await readArchive({
      files: { 'part-0': content },
      window: WINDOW,
    });
    expect(events.map(({ uuid }) => uuid)).toEqual(WEEK.map((record) => record['uuid']));
    expect(events.at(-1)?.raw).toMatchObject(LAST);
    expect(reading.counts).toMatchObject({ eventsRead: 169, eventsParsed: 169, malformed: 0 });
    expect(reading.covered).toEqual([
      {
        window: { sinceMs: WINDOW.sinceMs, untilMs: Date.parse('2022-01-16T23:30:00.250Z') + 1 },
        eventTypes: { kind: 'all' },
        missingFields: [],
      },
    ]);
  });

  it('text gives the record as Okta wrote it', async () => {
    const content = await writeParquet(`${TEXT} AS raw FROM texts`);
    const { events } = await readArchive({ files: { a: content } });
    expect(events.map(({ raw }) => raw)).toEqual(WEEK);
  });

  it('times of 96 bits and maps', async () => {
    const { events } = await readArchive({ files: { a: Buffer.from(INT96, 'base64') } });
    expect(events.map(({ raw }) => raw)).toMatchObject([
      { published: '2022-01-12T10:30:00.250Z', debugContext: { requestUri: '/a' } },
      { published: '2022-01-12T11:30:00.000Z', debugContext: null },
    ]);
  });

  it('a page of no bytes, packed with LZ4', async () => {
    const { events } = await readArchive({ files: { a: Buffer.from(LZ4, 'base64') } });
    expect(events.map(({ raw }) => raw)).toMatchObject([{ uuid: 'a', device: null }]);
  });

  it.each(['uuid::UUID', "unhex(replace(uuid::VARCHAR, '-', ''))"])(
    'ids of bytes (%s), each as one of its own',
    async (id) => {
      const records = Array.from({ length: 64 }, (_, index) => ({
        ...WEEK[0],
        uuid: `8f8f8f8f-8f8f-418f-8f8f-8f8f8f8f8f${(0x80 + index).toString(16)}`,
      }));
      const content = await writeParquet(`SELECT * REPLACE (${id} AS uuid) FROM records`, {
        records,
      });
      const { reading } = await readArchive({ files: { a: content } });
      expect(reading.counts).toMatchObject({ eventsRead: 64, duplicates: 0 });
    },
  );

  it('OCSF as Security Lake has it', async () => {
    const sample = new URL(
      '../data/archive-envelopes/ocsf_1.3.0_account_change.ocsf.json',
      import.meta.url,
    );
    const mapped: unknown = JSON.parse(readFileSync(sample, 'utf8'));
    const [content, line] = [
      await writeParquet('SELECT * REPLACE ("time"::BIGINT AS "time") FROM records', {
        records: [mapped],
      }),
      JSON.stringify(mapped),
    ];
    const window = days('2020-01-01', '2027-01-01');
    const columns = await readArchive({ files: { a: content }, window });
    const lines = await readArchive({ files: { a: line }, window });
    expect(columns.events).toHaveLength(1);
    expect(columns.events[0]?.uuid).toBe(lines.events[0]?.uuid);
    expect(columns.events[0]?.publishedMs).toBe(lines.events[0]?.publishedMs);
    expect(columns.events[0]?.raw).toMatchObject({
      eventType: lines.events[0]?.eventType,
      actor: lines.events[0]?.raw['actor'],
    });
    expect(columns.reading.covered[0]?.missingFields).toContain('transaction.detail');
  });

  it('inside gzip and zip, and beside other files', async () => {
    const content = await writeParquet('SELECT * FROM records');
    const { reading, events } = await readArchive({
      files: {
        'a.gz': gzipSync(content),
        'b.zip': makeZip({ 'logs/b.parquet': content }, false),
        'c.zip': makeZip({ 'logs/c.parquet': content }, true),
        'd.ndjson': toLines(WEEK),
      },
    });
    expect(events).toHaveLength(169);
    expect(reading.counts).toMatchObject({ eventsRead: 4 * 169, duplicates: 3 * 169 });
    expect(reading.covered).toHaveLength(1);
  });

  it('and only what is asked is handed over', async () => {
    const content = await writeParquet('SELECT * FROM records');
    const { events } = await readArchive({
      files: { a: content },
      eventTypes: exactEventTypes([RESET]),
    });
    expect(events.map(({ eventType }) => eventType)).toEqual([RESET]);
  });
});

describe('Parquet that cannot be read', () => {
  it('is an error where it is none of Okta', async () => {
    const content = await writeParquet('SELECT range AS id, 1 AS level FROM range(10)');
    await expect(readArchive({ files: { 'x.parquet': content } })).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringMatching(/x\.parquet.*a Parquet file \(with the keys id, level\)/),
    });
  });

  it('is an error that says why where none of its rows can be read', async () => {
    const content = await writeParquet('SELECT * FROM records', { options: ', CODEC gzip' });
    content.fill(0xff, 4, 64);
    await expect(readArchive({ files: { 'x.parquet': content } })).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringMatching(/x\.parquet holds no whole event: ./),
    });
  });

  it('is an error where it kept days and no times', async () => {
    const content = await writeParquet(
      'SELECT * REPLACE (published::DATE AS published) FROM records',
    );
    await expect(readArchive({ files: { 'x.parquet': content } })).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringContaining('its time cannot be told from "2022-01-10"'),
    });
  });

  it('is an error that names it where it is cut', async () => {
    const content = await writeParquet('SELECT * FROM records');
    await expect(
      readArchive({ files: { 'x.parquet': content.subarray(0, content.length >> 1) } }),
    ).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining('x.parquet'),
    });
  });

  it('is a hole where others beside it can be read', async () => {
    const content = await writeParquet('SELECT * FROM records');
    const { reading } = await readArchive({
      files: { 'x.parquet': content.subarray(0, content.length - 9), 'y.ndjson': toLines(WEEK) },
      window: WINDOW,
    });
    expect(reading.covered).toEqual([]);
    expect(reading.holes[0]?.reason).toContain('x.parquet is damaged');
  });

  it('loses one row group alone, counted and located between its neighbours', async () => {
    const content = await writeParquet('SELECT json::VARCHAR AS raw FROM texts', {
      records: makeNoise(WINDOW, 60_000),
      options: ', CODEC gzip, ROW_GROUP_SIZE 2048',
    });
    const whole = await readArchive({ files: { a: content }, window: WINDOW });
    expect(whole.reading.counts).toMatchObject({ eventsRead: 10_080, malformed: 0 });
    content.fill(0xff, content.length >> 1, (content.length >> 1) + 64);
    const { reading, events } = await readArchive({ files: { a: content }, window: WINDOW });
    expect(reading.counts).toMatchObject({ eventsRead: 10_080, malformed: 2048 });
    expect(events).toHaveLength(10_080 - 2048);
    expect(reading.holes).toHaveLength(1);
    const [hole] = reading.holes;
    expect(hole?.reason).toMatch(
      /^a is damaged: 2,048 records could not be read, from byte [\d,]+ on/,
    );
    const lostFrom = WINDOW.sinceMs + 4096 * 60_000;
    expect(hole?.window).toEqual({
      sinceMs: lostFrom - 60_000,
      untilMs: lostFrom + 2048 * 60_000 + 1,
    });
    expect(
      events.every(({ publishedMs }) => publishedMs < lostFrom || publishedMs > lostFrom),
    ).toBe(true);
  });

  it('is never silent about a byte that is lost anywhere', async () => {
    const content = await writeParquet('SELECT * FROM records', {
      options: ', CODEC gzip, ROW_GROUP_SIZE 60',
    });
    const whole = await readArchive({ files: { a: content }, window: WINDOW });
    const expected = JSON.stringify(whole.events);
    for (let at = 4; at < content.length; at += Math.ceil(content.length / 150)) {
      const broken = Buffer.concat([content.subarray(0, at), content.subarray(at + 1)]);
      const outcome = await readArchive({ files: { a: broken }, window: WINDOW }).then(
        ({ reading, events }) =>
          JSON.stringify(events) === expected ||
          reading.holes.some(({ reason }) => reason.includes('damaged')),
        (error: { readonly code?: string }) => error.code?.startsWith('archive-') === true,
      );
      expect(outcome, `byte ${at} of ${content.length}`).toBe(true);
    }
  });

  it('is an error that says so where it is encrypted', async () => {
    await expect(
      readArchive({ files: { x: Buffer.concat([Buffer.from('PARE'), Buffer.alloc(64, 1)]) } }),
    ).rejects.toThrow('an encrypted Parquet file');
  });
});
