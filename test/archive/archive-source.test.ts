import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exactEventTypes, NO_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import {
  days,
  layFiles,
  makeNoise,
  makeRecord,
  ROUTINE_TYPES,
  readArchive,
  SILENT,
  toLines,
} from './archive-workbench.ts';

const WEEK = makeNoise(days('2022-01-10', '2022-01-17'));
const LINES = toLines(WEEK);
const RESET = makeRecord({ at: '2022-01-12T10:30Z', eventType: 'user.account.reset_password' });

it('says what it has in each hour and of which families, also what no check asked for', async () => {
  const evening = ['2022-01-12T22:05Z', '2022-01-12T22:55Z', '2022-01-13T00:01Z'].map((at) =>
    makeRecord({ at, eventType: 'app.oauth2.token.grant' }),
  );
  const { reading, events } = await readArchive({
    files: { 'a.ndjson': LINES, 'b.ndjson.gz': gzipSync(toLines(evening)) },
    eventTypes: NO_EVENT_TYPES,
    window: days('2022-01-12', '2022-01-13'),
  });
  expect(events).toEqual([]);
  const hours = reading.held?.hours ?? [];
  expect(hours.map(([hour]) => new Date(hour * HOUR_MS).toISOString().slice(0, 13))).toEqual(
    Array.from({ length: 24 }, (_, hour) => `2022-01-12T${`${hour}`.padStart(2, '0')}`),
  );
  expect(hours.map(([, records]) => records)).toEqual([...Array(22).fill(1), 3, 1]);
  expect(reading.held?.families).toEqual([
    ['app.oauth2', 1],
    ['user.account', 1],
    ['user.authentication', 1],
    ['user.mfa', 1],
    ['user.session', 1],
  ]);
});

it.each([
  'REDACTED',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '0b6f3a52-9c1d-4e7f-8a3b-5d2c1e0f9a87',
])('keeps events apart whose uuid was blanked out before the export: %s', async (uuid) => {
  const blank = WEEK.map((record) => ({ ...record, uuid }));
  const { reading, events } = await readArchive({ files: { 'a.ndjson': toLines(blank) } });
  expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(168);
  expect(events.map(({ raw }) => raw)).toEqual(expect.arrayContaining(blank));
  expect(reading.counts).toMatchObject({ eventsRead: 168, duplicates: 0 });
  const twice = await readArchive({ files: { 'a.ndjson': toLines([...blank, ...blank]) } });
  expect(twice.reading.counts).toMatchObject({ eventsRead: 336, duplicates: 168 });
});

it('takes an event for a copy of the one with its uuid where an export rounded its time', async () => {
  const uuid = '0b6f3a52-9c1d-4e7f-8a3b-5d2c1e0f9a87';
  const [exact, rounded] = ['2022-01-12T10:30:07.900Z', '2022-01-12T10:30:08.000Z'].map((at) => ({
    ...RESET,
    uuid,
    published: at,
  }));
  const { reading } = await readArchive({
    files: { 'a.ndjson': toLines([exact ?? {}]), 'b.ndjson': toLines([rounded ?? {}]) },
  });
  expect(reading.counts).toMatchObject({ eventsRead: 2, duplicates: 1 });
});

describe('of two copies of one event', () => {
  const happened = { ...RESET, outcome: { result: 'SUCCESS' } };
  const failed = { ...RESET, outcome: { result: 'FAILURE' } };
  const { outcome: _, ...withoutOutcome } = happened;
  const readBoth = async (...copies: readonly object[]) => {
    const [first = {}, second = {}] = copies;
    const files = { 'a.ndjson': toLines([first]), 'b.ndjson': toLines([second]) };
    const { events } = await readArchive({ files });
    expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(events.length);
    return events.map(({ raw }) => raw);
  };

  it('neither is dropped where one says that it failed, whichever comes first', async () => {
    expect(await readBoth(happened, failed)).toEqual([happened, failed]);
    expect(await readBoth(failed, happened)).toEqual([failed, happened]);
  });

  it('one without an outcome says nothing new', async () => {
    expect(await readBoth(failed, withoutOutcome)).toEqual([failed]);
    expect(await readBoth(happened, withoutOutcome)).toEqual([happened]);
  });
});

it.each(['REDACTED', '0b6f3a52-9c1d-4e7f-8a3b-5d2c1e0f9a87'])(
  'calls an event whose uuid was blanked out the same in every reading: %s',
  async (uuid) => {
    const blank = WEEK.map((record) => ({ ...record, uuid }));
    const window = days('2022-01-10', '2022-01-17');
    const source = createArchiveSource({
      patterns: ['a.ndjson'],
      workingDirectory: layFiles({ 'a.ndjson': toLines(blank) }),
      progress: SILENT,
    });
    const read = async (types: readonly string[]) => {
      const names = new Map<unknown, string>();
      const needs = [{ window, eventTypes: exactEventTypes(types) }];
      await source.read({ window, needs, followUps: [], pull: 'targeted' }, (batch) => {
        for (const { raw, uuid } of batch) names.set(raw['published'], uuid);
      });
      return names;
    };
    const [first = '', ...others] = ROUTINE_TYPES;
    const [some, rest, all] = [await read([first]), await read(others), await read(ROUTINE_TYPES)];
    expect(new Set(all.values()).size).toBe(168);
    expect(new Map([...some, ...rest])).toEqual(all);
  },
);

describe('an archive gives the same events however it is written', () => {
  const halves = [WEEK.slice(0, 80), WEEK.slice(80)];
  const cases: Record<string, Record<string, string | Buffer>> = {
    'newline-delimited': { 'a.ndjson': LINES },
    'without a last line feed': { 'a.ndjson': LINES.trimEnd() },
    'with carriage returns and blank lines': { 'a.log': LINES.replaceAll('\n', '\r\n\r\n') },
    'with a byte order mark': { 'a.json': `\ufeff${LINES}` },
    'one array': { 'a.json': JSON.stringify(WEEK) },
    'a pretty array': { 'a.json': JSON.stringify(WEEK, null, 2) },
    'an array after a byte order mark': { 'a.json': `\ufeff ${JSON.stringify(WEEK)}` },
    'an array of pages': { 'a.json': JSON.stringify(halves) },
    'one page a line': { 'a.json': halves.map((page) => `${JSON.stringify(page)}\n`).join('') },
    'pages without a separator': { 'a.json': halves.map((page) => JSON.stringify(page)).join('') },
    'objects without a separator': { a: WEEK.map((record) => JSON.stringify(record)).join('') },
    'pretty objects in a row': {
      a: WEEK.map((record) => JSON.stringify(record, null, 4)).join('\n'),
    },
    gzip: { 'a.gz': gzipSync(LINES) },
    'gzip under another name': { 'a.json': gzipSync(JSON.stringify(WEEK)) },
    'gzip of several members': {
      'a.gz': Buffer.concat(halves.map((half) => gzipSync(toLines(half)))),
    },
    'gzip padded with zeros': { 'a.gz': Buffer.concat([gzipSync(LINES), Buffer.alloc(4096)]) },
    'several files': { 'b.ndjson': toLines(halves[1] ?? []), 'a.json': JSON.stringify(halves[0]) },
    'newest first': { 'a.ndjson': toLines([...WEEK].reverse()) },
  };
  it.each(Object.entries(cases))('%s', async (_, files) => {
    const { reading, events } = await readArchive({ files });
    expect(events.map((event) => event.uuid).sort()).toEqual(
      WEEK.map((record) => record['uuid']).sort(),
    );
    expect(events.map((event) => event.raw)).toEqual(expect.arrayContaining(WEEK));
    expect(reading.counts).toEqual({
      eventsRead: 168,
      eventsParsed: 168,
      malformed: 0,
      duplicates: 0,
      requests: 0,
    });
    expect(reading.firstEventMs).toBe(Date.parse('2022-01-10T00:00Z'));
    expect(reading.lastEventMs).toBe(Date.parse('2022-01-16T23:00Z'));
    expect(reading.covered).toEqual([
      {
        window: {
          sinceMs: Date.parse('2022-01-10T00:00Z'),
          untilMs: Date.parse('2022-01-16T23:00Z') + 1,
        },
        eventTypes: { kind: 'all' },
        missingFields: [],
      },
    ]);
  });
});

describe('files are found', () => {
  const files = {
    'logs/2022/a.ndjson': LINES,
    'logs/b.ndjson': toLines([RESET]),
    'x[1].ndjson': LINES,
  };

  it.each([
    [['logs/2022/a.ndjson'], 168],
    [['logs/**/*.ndjson'], 169],
    [['logs/*.ndjson'], 1],
    [['logs/20*'], 168],
    [['logs/20*/'], 168],
    [['logs/*'], 169],
    [['l*', '*.ndjson'], 337],
    [['logs'], 169],
    [['logs', 'logs/b.ndjson'], 169],
    [['x[1].ndjson'], 168],
  ])('by %j', async (patterns, eventsRead) => {
    const { reading } = await readArchive({ files, patterns });
    expect(reading.counts.eventsRead).toBe(eventsRead);
    expect(reading.name).toBe(patterns.join(', ').replace(/\/$/, ''));
  });

  it('and a pattern that leads nowhere is an error beside ones that do not', async () => {
    await expect(readArchive({ files, patterns: ['logs', 'lgos/*.gz'] })).rejects.toMatchObject({
      code: 'archive-not-found',
      message: expect.stringContaining('"lgos/*.gz"'),
    });
  });
});

describe('only what is asked is delivered', () => {
  const files = { 'a.ndjson': toLines([...WEEK, RESET]) };
  const types = async (
    request: Parameters<typeof readArchive>[0]['request'],
  ): Promise<string[]> => {
    const { events } = await readArchive({
      files,
      request: { window: days('2022-01-12', '2022-01-13'), needs: [], ...request },
    });
    return events.map((event) => event.eventType);
  };
  const resets = exactEventTypes(['user.account.reset_password']);

  it('by type and time', async () => {
    expect(
      await types({ needs: [{ eventTypes: resets, window: days('2022-01-12', '2022-01-13') }] }),
    ).toEqual(['user.account.reset_password']);
    expect(
      await types({ needs: [{ eventTypes: resets, window: days('2022-01-13', '2022-01-14') }] }),
    ).toEqual([]);
    expect(await types({})).toEqual([]);
  });

  it('and a full pull gives everything in its window', async () => {
    expect(await types({ pull: 'full' })).toHaveLength(25);
  });

  it('a window is half-open', async () => {
    const at = Date.parse('2022-01-12T10:30Z');
    const ask = (sinceMs: number, untilMs: number) =>
      types({ needs: [{ eventTypes: resets, window: { sinceMs, untilMs } }] });
    expect(await ask(at, at + 1)).toHaveLength(1);
    expect(await ask(at - HOUR_MS, at)).toHaveLength(0);
  });

  it.each([
    ['actor.id', '00uintruder'],
    ['target.id', '00uvictim'],
    ['authenticationContext.externalSessionId', '102stolen'],
    ['client.ipAddress', '198.51.100.7'],
    ['actor.alternateId', 'Mallory@acme.example'],
    ['target.alternateId', 'Eve@acme.example'],
  ] as const)('a follow-up by %s', async (field, value) => {
    const followed = makeRecord({
      at: '2022-01-12T11:30Z',
      uuid: 'followed',
      actorId: '00uintruder',
      targetId: '00uvictim',
      session: '102stolen',
      address: '198.51.100.7',
      login: 'mallory@acme.example',
      targetLogin: 'eve@acme.example',
    });
    const { events } = await readArchive({
      files: { 'a.ndjson': toLines([...WEEK, followed]) },
      request: {
        needs: [],
        followUps: [{ field, values: ['other', value], window: days('2022-01-12', '2022-01-13') }],
      },
    });
    expect(events.map((event) => event.uuid)).toEqual(['followed']);
  });
});

describe('an event that is met twice is delivered once', () => {
  it('in one file and across files', async () => {
    const { reading, events } = await readArchive({
      files: { 'a.ndjson': LINES, 'b.gz': gzipSync(LINES + toLines([RESET, RESET])) },
    });
    expect(events).toHaveLength(169);
    expect(reading.counts).toMatchObject({ eventsRead: 338, duplicates: 169 });
  });

  it('and events without a uuid are told apart by what they say', async () => {
    const bare = ['00ua', '00ua', '00ub'].map((actorId) => {
      const { uuid: _, ...record } = makeRecord({ at: '2022-01-12T10:30Z', actorId });
      return record;
    });
    const { events } = await readArchive({ files: { 'a.ndjson': toLines(bare) } });
    expect(events).toHaveLength(2);
  });
});

describe('what cannot be read at all is an error', () => {
  it.each([
    ['archive-empty', 'a.ndjson', ''],
    ['archive-empty', 'a.ndjson', '\n \r\n'],
    ['archive-empty', 'a.json', '[]'],
    ['archive-empty', 'a.gz', gzipSync('')],
    ['archive-unreadable', 'a.gz', gzipSync(LINES).subarray(0, 20)],
    ['archive-unreadable', 'a.json', '[{"actor": {"id": '],
  ])('%s: %s', async (code, name, content) => {
    await expect(readArchive({ files: { [name]: content } })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(name),
    });
  });

  it('archive-unreadable: what is no JSON for another reason than its end', async () => {
    const content = LINES.replaceAll('{', '\u001b[1;39m{\u001b[0m');
    await expect(readArchive({ files: { 'a.json': content } })).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining('it looks like text in the colours of a terminal'),
      hint: expect.stringContaining('without them'),
    });
  });

  it.each([
    ['a web page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>\n'],
    ['AWS CloudTrail', '{"Records":[{"eventSource":"iam.amazonaws.com","eventName":"GetUser"}]}\n'],
    [
      'an error that the Okta API answered',
      '{"errorCode":"E0000011","errorSummary":"Invalid token"}',
    ],
    ['JSON of another kind (with the keys level, message)', '{"level":30,"message":"started"}\n'],
    ['JSON of another kind', '[1, 2, null, "text"]'],
    ['CSV of another kind', 'a,b,c\n1,2,3\n'],
    ['CSV of another kind', `${'"a.field","target{}.id",'.repeat(99)}"z"\n`],
    ['plain text', 'Nothing to see here.\n'],
    ['binary data', Buffer.from(`${'ff,'.repeat(99)}\n`.replaceAll('ff', '\xff'), 'latin1')],
    ['binary data', Buffer.from([0xde, 0xad, 0xbe, 0xef, 0x0a, 0xff])],
    ['LEEF or CEF', 'Jan 16 10:00:00 h LEEF:2.0|Okta|Okta|1|user.session.start|usrName=a\n'],
    [
      'events whose texts are cut short',
      toLines(WEEK.map((record) => ({ result: { _raw: JSON.stringify(record).slice(0, 99) } }))),
    ],
    ['LEEF or CEF', 'CEF:0|Okta|Okta|1|user.session.start|x|3|suser=a\n'],
  ])('archive-not-okta, saying that it looks like %s', async (words, content) => {
    await expect(
      readArchive({ files: { 'good.ndjson': LINES, 'strange.dat': content } }),
    ).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringMatching(/strange\.dat holds no Okta/),
    });
    await expect(readArchive({ files: { 'strange.dat': content } })).rejects.toThrow(words);
  });
});

describe('what is known and not read is an error that says what would help', () => {
  it.each([
    [
      'an Excel workbook',
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
      'as CSV',
    ],
    ['XML', '<?xml version="1.0"?>\n<results preview="0"></results>', 'as JSON or CSV'],
    ['a RAR archive', Buffer.from('Rar!\u001a\u0007\u0001\0\u00f3'), 'Unpack it'],
    ['an Avro file', 'Obj\u0001\u0004\u0016avro.schema{"type":"record"}', 'as JSON'],
    [
      'an error that the Okta API answered',
      '{"errorCode":"E0000047","errorSummary":"API call exceeded rate limit"}',
      'pull these again',
    ],
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      'lfs: true',
    ],
    ['an encrypted file', '-----BEGIN PGP MESSAGE-----\n\nhQEMA\n', 'Decrypt'],
    ['a SQLite database', 'SQLite format 3\0', 'Export its rows'],
    [
      'an error that a bucket answered',
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>',
      'pull these again',
    ],
    ['a web page', '<html><body>502 Bad Gateway</body></html>\n', 'pull these again'],
    ['an HTTP answer', 'HTTP/2 200\r\nlink: <x>\r\n[\n{\n}\n]', 'the body alone'],
    [
      'Google SecOps events in UDM',
      '{"metadata":{"productEventType":"user.session.start","vendorName":"Okta"}}',
      'raw logs',
    ],
    [
      'a table whose column names stand apart',
      '{"columns":[{"name":"okta.event_type","type":"keyword"}],"values":[["user.session.start"]]}',
      'as CSV',
    ],
    [
      'a table whose column names stand apart',
      '{"tables":[{"name":"PrimaryResult","columns":[{"name":"eventType_s"}],"rows":[["a.b"]]}]}',
      'as CSV',
    ],
    [
      'a table whose column names stand apart',
      '{"preview":false,"fields":["_time","_raw"],"rows":[["1","{}"]]}',
      'as CSV',
    ],
    [
      'a table whose column names stand apart',
      '{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"eventType"}],"Rows":[["a.b"]]}]}',
      'as CSV',
    ],
    [
      'a later part of a table',
      '{"data":[["user.session.start","{}"],["a.b","{}"]]}',
      'behind those of the first part',
    ],
    [
      'an answer of Elasticsearch without its documents',
      '{"hits":{"hits":[{"_index":"logs","fields":{"okta.event_type":["a.b"]}}]}}',
      '`_source`',
    ],
    [
      'an answer of Loki',
      '{"data":{"resultType":"streams","result":[{"stream":{},"values":[["1","user signed in"]]}]}}',
      'line_format',
    ],
    [
      'objects as a program prints them',
      "{'eventType': 'user.session.start', 'target': None}\n",
      'json.dumps',
    ],
    [
      'objects as a program prints them',
      '{\n    "eventType" => "user.session.start",\n       "target" => nil\n}\n',
      'as JSON',
    ],
    [
      'a table of events that are no whole records',
      '_time,"eventType","actor.alternateId"\n1,user.session.start,dana@acme.example\n',
      '`_raw`',
    ],
    [
      'an Okta event, but its time cannot be told',
      '{"eventType":"a.b","published":"Jan 10, 2022 @ 10:00:00.000"}',
      'in UTC',
    ],
  ])('%s', async (words, content, hint) => {
    await expect(readArchive({ files: { 'strange.dat': content } })).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringContaining(words),
      hint: expect.stringContaining(hint),
    });
  });
});

describe('coverage is claimed', () => {
  const asked = days('2022-01-10', '2022-01-17');
  const all = {
    needs: [{ eventTypes: exactEventTypes(ROUTINE_TYPES), window: asked }],
    window: asked,
  };

  it('from the first to the last event, with a hole before and after', async () => {
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(makeNoise(days('2022-01-12', '2022-01-14'))) },
      request: all,
    });
    expect(reading.covered.map((stretch) => stretch.window)).toEqual([
      { sinceMs: Date.parse('2022-01-12'), untilMs: Date.parse('2022-01-13T23:00Z') + 1 },
    ]);
    expect(reading.holes.map((hole) => hole.window)).toEqual([
      { sinceMs: asked.sinceMs, untilMs: Date.parse('2022-01-12') },
      { sinceMs: Date.parse('2022-01-13T23:00Z') + 1, untilMs: asked.untilMs },
    ]);
    expect(reading.holes[0]).toMatchObject({
      reason: 'the archive begins at 2022-01-12 00:00 UTC',
      remedy: 'give an archive that covers 2022-01-10 to 2022-01-11 UTC',
    });
  });

  it('without a day of silence', async () => {
    const parts = [days('2022-01-10', '2022-01-12'), days('2022-01-13', '2022-01-18')];
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(parts.flatMap((part) => makeNoise(part))) },
      request: all,
    });
    const gap = {
      sinceMs: Date.parse('2022-01-11T23:00Z') + 1,
      untilMs: Date.parse('2022-01-13'),
    };
    expect(reading.holes.map((hole) => hole.window)).toEqual([gap]);
    expect(reading.holes[0]?.reason).toBe('the archive holds no event for 25 hours');
    expect(reading.covered.map((stretch) => stretch.window)).toEqual([
      { sinceMs: Date.parse('2022-01-10'), untilMs: gap.sinceMs },
      { sinceMs: gap.untilMs, untilMs: Date.parse('2022-01-17T23:00Z') + 1 },
    ]);
  });

  it('also where nothing was needed, and never outside the archive', async () => {
    const { reading } = await readArchive({
      files: { 'a.ndjson': LINES },
      request: { window: days('2022-03-01', '2022-03-02'), needs: [] },
    });
    expect(reading.holes.map((hole) => hole.window)).toEqual([days('2022-03-01', '2022-03-02')]);
    expect(reading.counts.eventsRead).toBe(168);
  });

  it('for nothing where the request needs no type and the events are far away', async () => {
    const { events } = await readArchive({
      files: { 'a.ndjson': LINES },
      eventTypes: NO_EVENT_TYPES,
    });
    expect(events).toEqual([]);
  });
});

describe('a large archive', () => {
  const NOISE = toLines(makeNoise(days('2022-01-01', '2022-01-08'), 600_000));
  const files = { 'a.ndjson': NOISE.repeat(Math.ceil((64 << 20) / NOISE.length)) };
  /** Nobody is there to serve. */
  const options = { workerEntry: '/nowhere/worker.js' };

  const eventTypes = exactEventTypes(['user.account.reset_password']);

  it('is read by several threads where few of its events are wanted', async () => {
    const isStrict = true;
    await expect(
      readArchive({ files, eventTypes, options: { ...options, isStrict } }),
    ).rejects.toThrow('/nowhere/worker.js');
    const { reading } = await readArchive({ files, eventTypes, options: { isStrict } });
    expect(reading.counts.eventsRead).toBeGreaterThan(50_000);
  });

  it('is read by one where it is sifted, which takes less time than to start another', async () => {
    const { reading } = await readArchive({ files, eventTypes, options });
    expect(reading.counts.eventsRead).toBeGreaterThan(50_000);
  });

  it('is read by one where most are, which would pile up between threads', async () => {
    const eventTypes = exactEventTypes(['user.session.start']);
    const window = days('2022-01-01', '2022-01-02');
    const { events } = await readArchive({ files, eventTypes, window, options });
    expect(events).toHaveLength(36);
  });
});

it('inflates packed files at once, and gives their events in order', async () => {
  const eventType = 'user.account.reset_password';
  const [first, second] = ['2022-01-12', '2022-01-11'].map((day) => {
    const noise = makeNoise(days(day, day.replace('-1', '-2')), 10_000).slice(0, 5000);
    return gzipSync(toLines([...noise, makeRecord({ at: `${day}T20:00Z`, eventType })]), {
      level: 0,
    });
  });
  const told: string[] = [];
  const { events } = await readArchive({
    files: { 'first.gz': first ?? '', 'second.gz': second ?? '' },
    eventTypes: exactEventTypes([eventType]),
    options: {
      workerEntry: '/nowhere/worker.js',
      progress: { ...SILENT, advance: (_, name) => told.push(name ?? '') },
    },
  });
  expect(told.indexOf('second.gz')).toBeLessThan(told.lastIndexOf('first.gz'));
  const dates = events.map(({ uuid }) => uuid.slice(eventType.length + 1, -14));
  expect(dates).toEqual(['2022-01-12', '2022-01-11']);
});

it('gives of packed files at once what it gives of them in turn, of two copies the fuller one', async () => {
  const eventType = 'user.account.reset_password';
  const records = [
    ...makeNoise(days('2022-01-10', '2022-01-14'), 100_000),
    makeRecord({ at: '2022-01-14T00:10Z', eventType }),
  ];
  const thinned = records.map(({ client: _, ...record }) => record);
  const [first, second] = [thinned, records].map((some) => gzipSync(toLines(some), { level: 0 }));
  const read = async (workerEntry?: string) =>
    readArchive({
      files: { 'first.gz': first ?? '', 'second.gz': second ?? '' },
      eventTypes: exactEventTypes([eventType]),
      options: { workerEntry },
    });
  const { events, reading } = await read();
  expect(events.map(({ raw }) => raw)).toEqual(records.slice(-1));
  expect(reading.covered).not.toEqual([]);
  expect(await read('/nowhere/worker.js')).toEqual({ events, reading });
});

it('tells of every byte that was taken of a packed file', async () => {
  const noise = makeNoise(days('2022-01-10', '2022-01-11'), 20_000);
  const packed = gzipSync(toLines(noise), { level: 0 });
  const told: number[] = [];
  const progress = { ...SILENT, advance: (taken: number) => told.push(taken) };
  await readArchive({ files: { 'a.gz': packed }, options: { progress } });
  await readArchive({
    files: { 'a.gz': packed },
    eventTypes: NO_EVENT_TYPES,
    options: { progress },
  });
  expect(told.filter((taken) => taken === packed.length)).toHaveLength(2);
});

describe('an archive that was read', () => {
  it.each([
    [1, '1 event read from 1 archive file.'],
    [168, '168 events read from 1 archive file.'],
  ])('says how many events it held: %d', async (count, summary) => {
    const said: string[] = [];
    const progress = { ...SILENT, finish: (text: string) => void said.push(text) };
    const files = { 'a.ndjson': toLines(WEEK.slice(0, count)) };
    await readArchive({ files, options: { progress } });
    expect(said).toEqual([summary]);
  });
});
