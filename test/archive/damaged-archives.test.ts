import { appendFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import {
  days,
  layFiles,
  makeNoise,
  makeRecord,
  type ReadGiven,
  readArchive,
  SILENT,
  toLines,
} from './archive-workbench.ts';
import { makeZip } from './make-zip.ts';

const WINDOW = days('2022-01-10', '2022-01-12');
const HOURS = makeNoise(WINDOW);
const LATER = days('2022-01-12', '2022-01-13');
const BOTH = { sinceMs: WINDOW.sinceMs, untilMs: Date.parse('2022-01-12T23:00:00.001Z') };
const at = (text: string): number => Date.parse(text);

/** The lines with something else in the place of one, and the byte where it stands. */
function replaceLine(records: readonly unknown[], index: number, line: string): string {
  return toLines(records.slice(0, index)) + line + toLines(records.slice(index + 1));
}

const toCell = (record: unknown): string => `"${JSON.stringify(record).replaceAll('"', '""')}"`;

const read = (files: Record<string, string | Buffer>, given: Partial<ReadGiven> = {}) =>
  readArchive({
    files,
    window: { sinceMs: WINDOW.sinceMs, untilMs: at('2022-01-11T23:00Z') + 1 },
    ...given,
  });

describe('the byte that is told', () => {
  it.each([
    ['of a line', replaceLine(HOURS, 20, '{"a":}\n'), '{"a":}'],
    [
      'of a list that ends too early',
      `[${HOURS.map((hour) => JSON.stringify(hour))},{"a":`,
      '{"a":',
    ],
  ])('counts a byte order mark: %s', async (_, text, broken) => {
    for (const front of ['', '\ufeff']) {
      const content = Buffer.from(front + text);
      const { reading } = await read({ a: content }, { window: BOTH });
      const byte = content.indexOf(broken).toLocaleString('en-US');
      expect(reading.holes[0]?.reason).toContain(`from byte ${byte} on`);
    }
  });
});

describe('a file that became shorter after it was listed', () => {
  const [kept, lost] = [toLines(HOURS.slice(0, 40)), toLines(HOURS.slice(40))];

  it.each<[string, (text: string) => Buffer, boolean]>([
    ['between two lines, sifted', (text) => Buffer.from(text), false],
    ['between two lines, all parsed', (text) => Buffer.from(text), true],
    ['between two lines in UTF-16', (text) => Buffer.from(text, 'utf16le'), false],
    ['between two members of gzip', (text) => zlib.gzipSync(text), false],
    ['between two frames of Zstandard', (text) => zlib.zstdCompressSync(text), false],
  ])('has a hole from there on: %s', async (_, pack, isStrict) => {
    const folder = layFiles({
      'a.json': Buffer.concat([pack(kept), pack(lost)]),
      'b.json': toLines(makeNoise(LATER)),
    });
    const options = {
      workingDirectory: folder,
      isStrict,
      progress: {
        ...SILENT,
        start: () => truncateSync(join(folder, 'a.json'), pack(kept).length),
      },
    };
    const files = { 'a.json': '', 'b.json': '' };
    const { reading } = await readArchive({ files, window: BOTH, options });
    expect(reading.holes).toMatchObject([
      { reason: expect.stringContaining('a.json is damaged: nothing can be read from byte') },
    ]);
    expect(reading.holes[0]?.window.untilMs).toBe(LATER.sinceMs);
  });

  it('has none where zeros alone stand behind what was packed', async () => {
    const content = Buffer.concat([zlib.gzipSync(kept + lost), Buffer.alloc(600_000)]);
    expect((await read({ 'a.json.gz': content })).reading.holes).toEqual([]);
  });
});

describe('a record that cannot be read makes a hole between its neighbours', () => {
  it.each([
    ['cut', `${JSON.stringify(HOURS[20]).slice(0, 90)}\n`, 'not JSON'],
    ['binary', '\u0000\u0001\n', 'not JSON'],
    ['empty of events', '{}\n', 'not an Okta event'],
    ['a number', '42\n', 'not an Okta event'],
    ['without a time', '{"eventType":"user.session.start","uuid":"x"}\n', 'not an Okta event'],
    [
      'with a time that is none',
      '{"eventType":"a.b","published":"soon"}\n',
      'its time cannot be told from "soon"',
    ],
    ['without a type', '{"published":"2022-01-10T20:00:00Z","uuid":"x"}\n', 'not an Okta event'],
  ])('%s', async (_, line, why) => {
    const { reading, events } = await read({ 'a.ndjson': replaceLine(HOURS, 20, line) });
    expect(events).toHaveLength(47);
    expect(reading.counts).toMatchObject({ eventsRead: 48, eventsParsed: 47, malformed: 1 });
    const window = { sinceMs: at('2022-01-10T19:00Z'), untilMs: at('2022-01-10T21:00Z') + 1 };
    expect(reading.holes.map((hole) => hole.window)).toEqual([window]);
    const offset = toLines(HOURS.slice(0, 20)).length.toLocaleString('en-US');
    expect(reading.holes[0]?.reason).toBe(
      `a.ndjson is damaged: 1 record could not be read, from byte ${offset} on (${why})`,
    );
    expect(reading.holes[0]?.remedy).toContain('a.ndjson');
    expect(reading.covered.map((stretch) => stretch.window)).toEqual([
      { sinceMs: at('2022-01-10'), untilMs: window.sinceMs },
      { sinceMs: window.untilMs, untilMs: at('2022-01-11T23:00Z') + 1 },
    ]);
  });

  const toRow = (record: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : value,
      ]),
    );
  it.each<[string, (record: Record<string, unknown>, bytes?: number) => unknown, string]>([
    [
      'a row of a warehouse',
      (record, bytes) => ({
        ...toRow(record),
        target: JSON.stringify(record['target']).slice(0, bytes),
      }),
      'target',
    ],
    [
      'a row of Sentinel',
      (record, bytes) => ({
        TimeGenerated: record['published'],
        uuid_g: record['uuid'],
        eventType_s: record['eventType'],
        target_s: JSON.stringify(record['target']).slice(0, bytes),
      }),
      'target',
    ],
    [
      'a row of Splunk with the fields that it found',
      ({ eventType, published, uuid, ...record }, bytes) => ({
        result: {
          _raw: JSON.stringify({ eventType, published, uuid, ...record }).slice(0, bytes),
          ...{ eventType, published, uuid },
        },
      }),
      '_raw',
    ],
  ])('also where only a part of it was cut, and gives what is left: %s', async (_, write, part) => {
    const rows = HOURS.map((record, index) => write(record, index === 30 ? 25 : undefined));
    const { reading, events } = await read({ a: toLines(rows) });
    expect(events.map(({ uuid }) => uuid)).toEqual(HOURS.map(({ uuid }) => uuid));
    expect(reading.counts).toMatchObject({ eventsRead: 48, eventsParsed: 47, malformed: 1 });
    expect(reading.holes[0]?.reason).toContain(`(its ${part} is cut short)`);
    expect(reading.covered.map((stretch) => stretch.window)).toEqual([
      { sinceMs: at('2022-01-10'), untilMs: at('2022-01-11T05:00Z') },
      { sinceMs: at('2022-01-11T06:00Z') + 1, untilMs: at('2022-01-11T23:00Z') + 1 },
    ]);
  });

  it('that costs nothing where it lies outside the time that was asked about', async () => {
    const { reading } = await readArchive({
      files: { 'a.ndjson': replaceLine(HOURS, 40, 'x\n') },
      window: days('2022-01-10', '2022-01-11'),
    });
    expect(reading.counts).toMatchObject({ malformed: 1 });
    expect(reading.holes).toEqual([]);
    expect(reading.covered.map((stretch) => stretch.window)).toEqual([
      { sinceMs: at('2022-01-10'), untilMs: at('2022-01-11T15:00Z') },
      { sinceMs: at('2022-01-11T17:00Z') + 1, untilMs: at('2022-01-11T23:00Z') + 1 },
    ]);
  });

  it('in an array', async () => {
    const text = `[${HOURS.map((record, index) => (index === 20 ? '{"a":}' : JSON.stringify(record))).join(',')}]`;
    const { reading } = await read({ 'a.json': text });
    expect(reading.counts).toMatchObject({ eventsRead: 48, malformed: 1 });
    expect(reading.holes.map((hole) => hole.window)).toEqual([
      { sinceMs: at('2022-01-10T19:00Z'), untilMs: at('2022-01-10T21:00Z') + 1 },
    ]);
  });

  it('newest first', async () => {
    const { reading } = await read({ 'a.ndjson': replaceLine([...HOURS].reverse(), 27, 'x\n') });
    expect(reading.holes.map((hole) => hole.window)).toEqual([
      { sinceMs: at('2022-01-10T19:00Z'), untilMs: at('2022-01-10T21:00Z') + 1 },
    ]);
  });

  it('wider by as much as the file is out of order', async () => {
    const swapped = [...HOURS];
    swapped[30] = makeRecord({ at: '2022-01-11T05:30Z' });
    swapped[31] = makeRecord({ at: '2022-01-11T05:10Z' });
    const { reading } = await read({ 'a.ndjson': replaceLine(swapped, 20, 'x\n') });
    expect(reading.holes.map((hole) => hole.window)).toEqual([
      {
        sinceMs: at('2022-01-10T18:40Z'),
        untilMs: at('2022-01-10T21:20Z') + 1,
      },
    ]);
  });

  it('to the end of the later of two places whose times reach into one another', async () => {
    const noise = makeNoise(days('2022-01-10', '2022-01-11'), 10 * MINUTE_MS);
    const late = [...noise.slice(0, 9), ...noise.slice(12, 15), ...noise.slice(9, 12)];
    const [front, between, back] = [noise.slice(15, 60), noise.slice(60, 64), noise.slice(64)];
    const { reading } = await read({
      'a.ndjson': `${toLines([...late, ...front])}x\n${toLines(between)}y\n${toLines(back)}`,
    });
    expect(reading.holes[0]?.window).toEqual({
      sinceMs: at('2022-01-10T09:50Z') - 50 * MINUTE_MS,
      untilMs: at('2022-01-10T10:40Z') + 50 * MINUTE_MS + 1,
    });
  });

  it('at the front of a file, from the end of the one before', async () => {
    const { reading } = await read({
      'a.ndjson': toLines(HOURS.slice(0, 24)),
      'b.ndjson': `x\n${toLines(HOURS.slice(24))}`,
    });
    expect(reading.holes.map((hole) => hole.window)).toEqual([
      { sinceMs: at('2022-01-10T23:00Z'), untilMs: at('2022-01-11') + 1 },
    ]);
  });

  it('anywhere in a file without order', async () => {
    const mixed = [...HOURS.slice(24), ...HOURS.slice(0, 24)];
    const { reading } = await read({ 'a.ndjson': replaceLine(mixed, 40, 'x\n') });
    expect(reading.covered).toEqual([]);
    expect(reading.holes).toHaveLength(1);
  });

  it('as one hole where many stand together', async () => {
    const text = toLines(HOURS.slice(0, 20)) + 'x\n'.repeat(5000) + toLines(HOURS.slice(20));
    const { reading } = await read({ 'a.ndjson': text });
    expect(reading.counts).toMatchObject({ eventsRead: 5048, malformed: 5000 });
    expect(reading.holes).toHaveLength(1);
    expect(reading.covered).toEqual([]);
  });
});

describe('what would be lost again is told with what to change', () => {
  const rows = HOURS.map((record) => ({ result: { _raw: JSON.stringify(record) } }));
  const others = HOURS.map(() => ({ result: { _raw: '{"eventSource":"iam.amazonaws.com"}' } }));
  it.each([
    [
      'records of other systems, each counted',
      toLines(Array.from({ length: 6 }, () => [...rows, ...others]).flat()),
      /288 records could not be read.*\(not an Okta event\)/,
      "export a again, with nothing but Okta's System Log in it",
    ],
    [
      'a text that was cut',
      toLines(rows).replace(/(?<=.{20000})\}"\}\}\n/s, '"}}\n'),
      /1 record could not be read.*\(its text is cut short\)/,
      'export a again, without a limit to the length of a field',
    ],
    [
      'a page that Okta refused, whose events no other form of the file has',
      replaceLine(HOURS, 20, '{"errorCode":"E0000047","errorSummary":"Too many requests"}\n'),
      /1 record could not be read.*\(the Okta API answered the error E0000047 instead\)/,
      'export a again',
    ],
    ['a line that was cut', replaceLine(HOURS, 20, '{"actor"\n'), /1 record/, 'export a again'],
  ])('%s', async (_, content, reason, remedy) => {
    const { reading } = await read({ a: content });
    expect(reading.holes[0]).toMatchObject({ reason: expect.stringMatching(reason), remedy });
  });
});

describe('a file that grew after it was listed', () => {
  const first = HOURS.slice(0, 40);

  async function readGrowing(content: string, name: string, isStrict = false) {
    const files = {
      'a.json': toLines(first),
      'b.json': toLines(makeNoise(LATER)),
      [name]: content,
    };
    const folder = layFiles(files);
    const options = {
      workingDirectory: folder,
      isStrict,
      progress: { ...SILENT, start: () => appendFileSync(join(folder, name), ' ') },
    };
    return await readArchive({ files, window: BOTH, options });
  }

  it.each([
    ['sifted', false],
    ['all parsed', true],
  ])('has a hole to the next file, %s', async (_, isStrict) => {
    const { reading } = await readGrowing(toLines(first), 'a.json', isStrict);
    expect(reading.holes).toMatchObject([
      {
        window: {
          sinceMs: first.length * HOUR_MS - HOUR_MS + WINDOW.sinceMs,
          untilMs: LATER.sinceMs,
        },
        reason: 'a.json was still growing when it was read',
        remedy: 'give a.json once nothing writes to it any more',
      },
    ]);
  });

  it('has it also where half a record stands at its end', async () => {
    const { reading } = await readGrowing(toLines(first).slice(0, -40), 'a.json');
    expect(reading.holes.map(({ reason }) => reason)).toEqual([
      'a.json was still growing when it was read',
    ]);
  });

  it('may lack what is older where it is newest first', async () => {
    const { reading } = await readGrowing(toLines(makeNoise(LATER).reverse()), 'b.json');
    expect(reading.holes[0]).toMatchObject({
      reason: 'b.json was still growing when it was read',
      window: {
        sinceMs: Date.parse(String(first.at(-1)?.['published'])),
        untilMs: LATER.sinceMs + 1,
      },
    });
  });

  it('has none where it is the end of the log', async () => {
    const { reading } = await readGrowing(toLines(makeNoise(LATER)), 'b.json');
    expect(reading.holes).toEqual([]);
  });
});

describe('a file that ends too early', () => {
  const lines = toLines(HOURS);
  const noisy = makeNoise(WINDOW, HOUR_MS / 60);

  it('gives what was readable of gzip and a hole to its end', async () => {
    const whole = zlib.gzipSync(toLines(noisy), { level: 1 });
    const { reading, events } = await read({ 'a.gz': whole.subarray(0, whole.length >> 1) });
    expect(events.length).toBeGreaterThan(noisy.length * 0.4);
    expect(events.map((event) => event.raw)).toEqual(noisy.slice(0, events.length));
    const last = events.at(-1)?.publishedMs ?? 0;
    expect(reading.holes.at(-1)?.window).toEqual({
      sinceMs: last,
      untilMs: at('2022-01-11T23:00Z') + 1,
    });
    expect(reading.holes.at(-1)?.reason).toContain('the gzip data is cut short or broken');
    expect(reading.covered.at(-1)?.window.untilMs).toBe(last);
  });

  it.each([1, 4, 8, 9, 30])('also where only the last %i bytes are missing', async (missing) => {
    const whole = zlib.gzipSync(lines);
    const { reading } = await read({ 'a.gz': whole.subarray(0, -missing), 'b.ndjson': lines });
    expect(reading.holes).toHaveLength(1);
    expect(reading.holes[0]?.reason).toContain('a.gz is damaged');
  });

  it('also where a bit of gzip is turned', async () => {
    const whole = zlib.gzipSync(lines);
    whole[whole.length >> 1] = (whole[whole.length >> 1] ?? 0) ^ 0x10;
    const { reading } = await read({ 'a.gz': whole, 'b.ndjson': lines });
    expect(reading.holes.some((hole) => hole.reason.includes('a.gz is damaged'))).toBe(true);
  });

  it('also where something else follows the gzip data', async () => {
    const { reading } = await read({
      'a.gz': Buffer.concat([zlib.gzipSync(lines), Buffer.from('lost')]),
    });
    expect(reading.counts).toMatchObject({ eventsRead: 48 });
    expect(reading.holes.some((hole) => hole.reason.includes('a.gz is damaged'))).toBe(true);
  });

  it.each([
    ['parsed', true],
    ['sifted', false],
  ])('and tells from where on nothing could be read, with lines %s', async (_, isStrict) => {
    const { reading } = await read(
      { 'a.gz': Buffer.concat([zlib.gzipSync(lines), Buffer.from('lost')]) },
      { eventTypes: exactEventTypes(['user.session.start']), options: { isStrict } },
    );
    const from = lines.length.toLocaleString('en-US');
    expect(reading.holes.map(({ reason }) => reason)).toContainEqual(
      expect.stringContaining(`nothing can be read from byte ${from} on`),
    );
  });

  it('also an array that is never closed, though its last record is whole', async () => {
    const { reading } = await read({ 'a.json': JSON.stringify(HOURS.slice(0, 30)).slice(0, -1) });
    expect(reading.counts).toMatchObject({ eventsRead: 30, malformed: 0 });
    expect(reading.holes[0]?.reason).toContain('the file ends before its last record does');
    expect(reading.holes[0]?.window.sinceMs).toBe(at('2022-01-11T05:00Z'));
  });

  it.each([
    ['as it is', lines.slice(0, -40)],
    ['packed', zlib.gzipSync(lines.slice(0, -40))],
    ['of which hardly anything is there', `${toLines(HOURS.slice(0, -1))}{`],
    ['with words in front', lines.replaceAll(/^/gm, 'Jan 10 okta ').slice(0, -52)],
    ['of a list', JSON.stringify(HOURS, null, 1).slice(0, -40)],
    [
      'of records in a row',
      HOURS.map((record) => JSON.stringify(record, null, 1))
        .join('\n')
        .slice(0, -40),
    ],
  ])('also the last record, %s', async (_, content) => {
    for (const options of [{}, { isStrict: true }]) {
      const { reading } = await read({ a: content }, { options });
      expect(reading.counts).toMatchObject({ eventsRead: 48, malformed: 1 });
      expect(reading.holes[0]?.window.sinceMs).toBe(at('2022-01-11T22:00Z'));
      expect(reading.holes[0]?.reason).toContain('(the file ends before its last record does)');
    }
  });

  it.each([
    ['is whole and no JSON', '{"actor": dana}'],
    ['is none', 'Killed'],
    ['has a line feed behind it', '{"actor":\n'],
  ])('but not where its last line %s', async (_, line) => {
    for (const options of [{}, { isStrict: true }]) {
      const { reading } = await read({ a: lines + line }, { options });
      expect(reading.holes[0]?.reason).toContain('(not JSON)');
    }
  });

  it('is not excused by a next file that begins within a day', async () => {
    const { reading } = await read({
      'day-1.ndjson': `${toLines(HOURS.slice(0, 12))}{"actor":`,
      'day-2.ndjson': toLines(HOURS.slice(24)),
    });
    expect(reading.holes.map((hole) => hole.window)).toEqual([
      { sinceMs: at('2022-01-10T11:00Z'), untilMs: at('2022-01-11') },
    ]);
  });

  it.each([
    ['newest first', (minutes: number[]) => minutes.toReversed()],
    ['oldest first', (minutes: number[]) => minutes],
    ['oldest first, with a late one', ([first = 0, ...minutes]: number[]) => [...minutes, first]],
    [
      'newest first, with an early one',
      ([first = 0, ...minutes]: number[]) => [first, ...minutes.toReversed()],
    ],
    ['a single event', (minutes: number[]) => minutes.slice(-1)],
  ])(
    'may have lost what is older as well as what is newer where minutes are left: %s',
    async (_, arrange) => {
      const left = arrange([5, 30, 31, 32, 33, 34, 35]).map((minute) =>
        makeRecord({ at: at('2022-01-10T18:00Z') + minute * MINUTE_MS }),
      );
      const { reading } = await read({
        'a.ndjson': toLines(HOURS.slice(0, 12)),
        'b.ndjson': `${toLines(left)}{"actor":`,
        'c.ndjson': toLines(HOURS.slice(24)),
      });
      expect(reading.covered.map(({ window }) => window)).toEqual([
        { sinceMs: at('2022-01-10'), untilMs: at('2022-01-10T11:00Z') },
        { sinceMs: at('2022-01-11'), untilMs: at('2022-01-11T23:00Z') + 1 },
      ]);
    },
  );

  it('may reach anywhere where another file runs beside it', async () => {
    const { reading } = await read({
      'a.ndjson': `${toLines(HOURS.slice(0, 12))}{"actor":`,
      'b.ndjson': toLines(makeNoise(WINDOW, HOUR_MS / 2)),
    });
    expect(reading.holes[0]?.window).toEqual({
      sinceMs: at('2022-01-10T11:00Z'),
      untilMs: at('2022-01-11T23:00Z') + 1,
    });
  });

  it.each([
    ['end', `${toLines(HOURS.slice(12, 24))}{"actor":`, '2022-01-10T23:00Z', null],
    ['front', `x\n${toLines(HOURS.slice(24, 36))}`, null, '2022-01-11T00:00Z'],
  ])(
    'may reach beyond its neighbours where one of them runs beside its %s',
    async (_, content, since, until) => {
      const { reading } = await read({
        'a.ndjson': toLines(HOURS.slice(0, 10)),
        'b.ndjson': content,
        'c.ndjson': toLines(makeNoise(days('2022-01-10T18:00Z', '2022-01-11T06:00Z'), HOUR_MS / 2)),
        'd.ndjson': toLines(HOURS.slice(38)),
      });
      const hole = reading.holes.find(({ reason }) => reason.startsWith('b.ndjson is damaged'));
      expect(hole?.window).toEqual({
        sinceMs: since === null ? WINDOW.sinceMs : at(since),
        untilMs: until === null ? at('2022-01-11T23:00Z') + 1 : at(until) + 1,
      });
    },
  );

  it('and that gave nothing costs everything that is asked', async () => {
    const { reading } = await read({
      'a.ndjson': lines,
      'b.gz': zlib.gzipSync(lines).subarray(0, 20),
    });
    expect(reading.covered).toEqual([]);
    expect(reading.holes[0]?.reason).toContain('b.gz is damaged');
  });
});

describe('pages of a saved search', () => {
  const FIRST = HOURS.slice(0, 30);
  const SECOND = HOURS.slice(30);
  const page = (records: readonly unknown[], told: Record<string, unknown>): string =>
    JSON.stringify({
      _shards: { total: 5, failed: 0 },
      ...told,
      hits: {
        total: { value: HOURS.length, relation: 'eq' },
        ...(told['hits'] as object | undefined),
        hits: records.map((record) => ({ _source: { message: JSON.stringify(record) } })),
      },
    });
  const insights = (records: readonly unknown[], status = 'Complete'): string =>
    JSON.stringify({
      results: records.map((record) => [
        { field: '@timestamp', value: '2022-01-10 00:00:00.000' },
        { field: '@message', value: JSON.stringify(record) },
      ]),
      statistics: { recordsMatched: HOURS.length, recordsScanned: 4711 },
      status,
    });
  const table = {
    columns: [{ name: 'TimeGenerated' }, { name: 'RawData', type: 'string' }],
    rows: HOURS.map((record) => [record['published'], JSON.stringify(record)]),
  };
  const analytics = (told: Record<string, unknown>): string =>
    JSON.stringify({ tables: [{ name: 'PrimaryResult', ...table }], ...told });
  const esql = (isPartial: boolean): string =>
    JSON.stringify({ is_partial: isPartial, columns: table.columns, values: table.rows });
  const texts = (records: readonly unknown[]) => records.map((record) => JSON.stringify(record));
  const athena = (told: Record<string, unknown>): string =>
    JSON.stringify({
      ResultSet: { Rows: texts(HOURS).map((VarCharValue) => ({ Data: [{ VarCharValue }] })) },
      ...told,
    });
  const bigQuery = (records: readonly unknown[]): string =>
    JSON.stringify({
      schema: { fields: [{ name: 'line', type: 'STRING' }] },
      rows: texts(records).map((v) => ({ f: [{ v }] })),
      totalRows: String(HOURS.length),
      pageToken: 'BE',
    });
  const clickHouse = (records: readonly unknown[]): string =>
    JSON.stringify({ data: records, rows: records.length, rows_before_limit_at_least: 48 });
  const databricks = (manifest: Record<string, unknown>): string =>
    JSON.stringify({
      manifest: { schema: { columns: [{ name: 'line', position: 0 }] }, ...manifest },
      result: { data_array: texts(HOURS).map((text) => [text]) },
    });
  const snowflake = JSON.stringify({
    resultSetMetaData: { numRows: 60, rowType: [{ name: 'V' }] },
    data: texts(HOURS).map((text) => [text]),
  });
  const redshift = (records: readonly unknown[], told: Record<string, unknown> = {}): string =>
    JSON.stringify({
      Records: texts(records).map((stringValue) => [{ stringValue }]),
      TotalNumRows: 48,
      ...told,
    });
  const trino = (told: Record<string, unknown>): string =>
    JSON.stringify({
      columns: [{ name: 'line' }],
      data: texts(HOURS).map((text) => [text]),
      ...told,
    });
  const events = (told: Record<string, unknown>): string =>
    JSON.stringify({ events: texts(HOURS).map((message) => ({ message, links: [] })), ...told });
  const datadog = (meta: Record<string, unknown>): string =>
    JSON.stringify({
      data: HOURS.map((record) => ({
        attributes: { source: 'okta', tags: [], attributes: record },
      })),
      meta,
    });
  const lake = (records: readonly unknown[]): string =>
    JSON.stringify({
      QueryStatistics: { ResultsCount: records.length, TotalResultsCount: 48 },
      QueryResultRows: texts(records).map((eventJson) => [{ eventJson }]),
      NextToken: 'x',
    });
  const graylog = (records: readonly unknown[]): string =>
    JSON.stringify({
      messages: texts(records).map((message) => ({ message: { message } })),
      total_results: 48,
    });
  const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);
  const quickwit = (hits: readonly unknown[], num_hits = 48): string =>
    JSON.stringify({ num_hits, hits, elapsed_time_micros: 1, errors: [] });
  const solr = (records: readonly unknown[]): string =>
    JSON.stringify({
      responseHeader: { status: 0 },
      response: { numFound: 48, start: 0, docs: texts(records).map((raw_s) => ({ raw_s })) },
    });
  const listed = (told: Record<string, unknown>): string =>
    JSON.stringify({ status: 200, data: { items: FIRST, ...told } });
  const axiom = (isPartial: boolean): string =>
    JSON.stringify({ status: { isPartial }, matches: HOURS.map((data) => ({ data })) });
  const splunk = (text: string): string =>
    JSON.stringify({
      preview: false,
      messages: [{ type: 'WARN', text }],
      results: texts(HOURS).map((_raw) => ({ _raw })),
    });
  const explorer = (told: Record<string, unknown>, errors: readonly unknown[] = []): string => {
    const Columns = table.columns.map(({ name }) => ({ ColumnName: name }));
    return JSON.stringify({ Tables: [{ Columns, Rows: [...table.rows, ...errors] }], ...told });
  };
  const frames = (told: Record<string, unknown>): string => {
    const Columns = table.columns.map(({ name }) => ({ ColumnName: name }));
    return JSON.stringify([
      { FrameType: 'DataTable', TableKind: 'PrimaryResult', Columns, Rows: table.rows },
      { FrameType: 'DataSetCompletion', HasErrors: false, Cancelled: false, ...told },
    ]);
  };
  const ALL = { hits: { total: HOURS.length } };
  const MORE = { hits: { total: { value: HOURS.length, relation: 'gte' } } };

  it.each([
    ['one that holds all', { 'a.json': page(HOURS, {}) }],
    ['an older one with a bare total', { 'a.json': page(HOURS, ALL) }],
    ['two in one file', { 'a.json': `${page(FIRST, {})}\n${page(SECOND, {})}\n` }],
    ['two in two files', { 'a.json': page(FIRST, {}), 'b.json': page(SECOND, {}) }],
    [
      'two of several searches',
      { 'a.json': `{"responses":[${page(FIRST, {})},${page(SECOND, {})}]}` },
    ],
    ['the answer of CloudWatch Logs Insights', { 'a.json': insights(HOURS) }],
    ['the table of Log Analytics', { 'a.json': analytics({}) }],
    ['the table of ES|QL', { 'a.json': esql(false) }],
    ['two of BigQuery', { 'a.json': bigQuery(FIRST), 'b.json': bigQuery(SECOND) }],
    ['the answer of ClickHouse', { 'a.json': clickHouse(HOURS) }],
    ['the answer of Databricks', { 'a.json': databricks({ total_row_count: 48 }) }],
    ['the answer of Redshift', { 'a.json': redshift(HOURS) }],
    ['the answer of Trino', { 'a.json': trino({}) }],
    ['the answer of Data Explorer', { 'a.json': explorer({}) }],
    ['the frames of Data Explorer', { 'a.json': frames({}) }],
    ['the answer of Splunk', { 'a.json': splunk('The lookup table does not exist.') }],
    ['the answer of CloudWatch Logs', { 'a.json': events({ searchedLogStreams: [] }) }],
    ['the answer of InsightIDR', { 'a.json': events({ links: [{ rel: 'Self' }] }) }],
    ['the answer of Datadog', { 'a.json': datadog({ status: 'done' }) }],
    ['the answer of Google Cloud Logging', { 'a.json': events({ nextPageToken: '' }) }],
    ['two of CloudTrail Lake', { 'a.json': lake(FIRST), 'b.json': lake(SECOND) }],
    ['two of Graylog', { 'a.json': graylog(FIRST), 'b.json': graylog(SECOND) }],
    ['the answer of Quickwit, errors beside it or none', { 'a.json': quickwit(HOURS) }],
    ['two of Solr', { 'a.json': solr(FIRST), 'b.json': solr(SECOND) }],
    ['the answer of Axiom', { 'a.json': axiom(false) }],
    [
      'lines, one of them the total of another product',
      { a: `${toLines(HOURS)}{"sourcetype":"scanner","total":90,"hosts":[{"name":"a"}]}\n` },
    ],
    [
      'records beside a total of what is nested too deep',
      {
        a: toLines(HOURS.map((event) => ({ total: 90, event, rules: [{ text: DEEP }] }))),
      },
    ],
    [
      'alerts with a record and a total of what they matched',
      { a: toLines(HOURS.map((event) => ({ total: 900, event, rules: [{ id: 1 }] }))) },
    ],
  ])('%s cover what they hold', async (_, files) => {
    const { reading, events } = await read(files);
    expect(events).toHaveLength(48);
    expect(reading.holes).toEqual([]);
    expect(reading.covered).not.toEqual([]);
  });

  it.each([
    ['of which one is missing', page(FIRST, {}), 'found at least 48 events'],
    [
      'of an asynchronous search of which one is missing',
      `{"is_partial":false,"response":${page(FIRST, {})}}`,
      'found at least 48 events',
    ],
    [
      'of a search of Kibana of which one is missing',
      `{"rawResponse":${page(FIRST, {})}}`,
      'found at least 48 events',
    ],
    [
      'of several searches of which one is missing',
      `{"responses":[${page(FIRST, {})}]}`,
      'found at least 48 events',
    ],
    [
      'of CloudWatch Logs that go on, beside their headers',
      `{"status":200,"body":${events({ nextToken: 'x' })}}`,
      'goes on in another page',
    ],
    ['of a search that stopped counting', page(HOURS, MORE), 'found at least 49 events'],
    ['of a search that ran out of time', page(HOURS, { timed_out: true }), 'gave up'],
    ['of CloudWatch Logs Insights with a limit', insights(FIRST), 'found at least 48 events'],
    ['of CloudWatch Logs Insights that still runs', insights(HOURS, 'Running'), 'gave up'],
    ['of Log Analytics beside an error', analytics({ error: { code: 'PartialError' } }), 'gave up'],
    ['of ES|QL that are partial', esql(true), 'gave up'],
    ['of Athena that tell where to go on', athena({ NextToken: 'x' }), 'goes on in another page'],
    ['of BigQuery of which one is missing', bigQuery(FIRST), 'found at least 48 events'],
    ['of ClickHouse with a limit', clickHouse(FIRST), 'found at least 48 events'],
    ['of Databricks at its limit', databricks({ truncated: true }), 'gave up'],
    ['of Databricks of which one is missing', databricks({ total_row_count: 60 }), 'at least 60'],
    ['of Snowflake of which one is missing', snowflake, 'found at least 60 events'],
    ['of Redshift of which one is missing', redshift(FIRST), 'found at least 48 events'],
    [
      'of Redshift that tell where to go on and no total',
      redshift(HOURS, { TotalNumRows: null, NextToken: 'x' }),
      'goes on in another page',
    ],
    ['of Trino that tell where to go on', trino({ nextUri: 'x' }), 'goes on in another page'],
    ['of Data Explorer that end in errors', explorer({}, [{ OneApiErrors: [{}] }]), 'gave up'],
    ['of Data Explorer that end in exceptions', explorer({}, [{ Exceptions: ['x'] }]), 'gave up'],
    ['of Data Explorer beside exceptions', explorer({ Exceptions: ['x'] }), 'gave up'],
    ['of Data Explorer in frames with errors', frames({ HasErrors: true }), 'gave up'],
    ['of Data Explorer that were cancelled', frames({ Cancelled: true }), 'gave up'],
    [
      'of Splunk beside a warning',
      splunk('Search results might be incomplete: the search process on the peer:a ended early.'),
      'gave up',
    ],
    ['of CloudWatch Logs that go on', events({ nextToken: 'x' }), 'goes on in another page'],
    ['of Google Cloud that go on', events({ nextPageToken: 'x' }), 'goes on in another page'],
    ['of InsightIDR that go on', events({ links: [{ rel: 'Next' }] }), 'goes on in another page'],
    ['of Datadog that go on', datadog({ page: { after: 'x' } }), 'goes on in another page'],
    ['of Datadog that ran out of time', datadog({ status: 'timeout' }), 'gave up'],
    ["of Datadog's older API that go on", events({ nextLogId: 'x' }), 'goes on in another page'],
    ['of Google SecOps that found too many', events({ tooManyResults: true }), 'gave up'],
    [
      'of SQL of Elasticsearch that go on',
      JSON.stringify({ ...table, cursor: 'x' }),
      'goes on in another page',
    ],
    [
      'of SQL of OpenSearch that go on',
      JSON.stringify({ schema: table.columns, datarows: table.rows, cursor: 'd:x' }),
      'goes on in another page',
    ],
    ['of CloudTrail Lake of which one is missing', lake(FIRST), 'found at least 48 events'],
    ['of Graylog of which one is missing', graylog(FIRST), 'found at least 48 events'],
    ['of Quickwit of which one is missing', quickwit(FIRST), 'found at least 48 events'],
    ['of Solr of which one is missing', solr(FIRST), 'found at least 48 events'],
    ['that tell a total beside a list', listed({ totalCount: 48 }), 'found at least 48 events'],
    [
      'that tell a total, and that they are the last',
      listed({ total: 48, hasMore: false }),
      'found at least 48 events',
    ],
    ['of Axiom that are partial', axiom(true), 'gave up'],
    ['that lost shards', page(HOURS, { _shards: { total: 5, failed: 1 } }), 'gave up'],
  ])('%s cover nothing', async (_, text, why) => {
    const { reading } = await read({ 'a.json': text });
    expect(reading.covered).toEqual([]);
    expect(reading.holes.map((hole) => hole.reason).join()).toContain(why);
  });
});

describe('a sample of a log', () => {
  const asText = (mark: object) =>
    toLines(HOURS.map((record) => ({ message: JSON.stringify(record), ...mark })));
  const asRecord = (mark: object) => toLines(HOURS.map((record) => ({ ...record, ...mark })));
  const asOtlp = (stringValue: string): string => {
    const attributes = [{ key: 'sampling.threshold', value: { stringValue } }];
    const logRecords = HOURS.map((record) => ({
      body: { stringValue: JSON.stringify(record) },
      attributes,
    }));
    return JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
  };

  it.each<[string, string]>([
    ['of Vector, beside the text', asText({ sample_rate: '10' })],
    ['of Vector, as a share, beside the fields', asRecord({ sample_rate: '0.13' })],
    ['of Cribl', asRecord({ sampled: '1:30', cribl_pipe: 'okta' })],
    ['of Cribl in Splunk', toLines(HOURS.map((event) => ({ event, fields: { sampled: 30 } })))],
    ['that Cribl suppressed', asText({ suppressCount: 4 })],
    ['of OpenTelemetry', asText({ attributes: { 'sampling.threshold': 'd9999999999998' } })],
    ['of OpenTelemetry in its own form', asOtlp('c')],
    ['in Elastic', toLines(HOURS.map((record) => ({ _source: { ...record, sample_rate: '10' } })))],
    [
      'in a text of its own',
      toLines(
        HOURS.map((record) => ({ message: JSON.stringify({ ...record, sample_rate: '10' }) })),
      ),
    ],
    [
      'in Splunk’s collector',
      toLines(HOURS.map((record) => ({ event: { ...record, sampled: 30 } }))),
    ],
    [
      'in a page of a list',
      JSON.stringify({ items: HOURS.map((record) => ({ ...record, sampled: 30 })) }, null, 1),
    ],
    ['of Cribl in CSV', `_raw,sampled\n${HOURS.map(toCell).join(',5\n')},5\n`],
  ])('covers nothing, also of what nobody asked for: %s', async (_, content) => {
    for (const eventTypes of [undefined, exactEventTypes(['policy.lifecycle.delete'])]) {
      const { reading } = await read(
        { a: content },
        eventTypes === undefined ? {} : { eventTypes },
      );
      expect(reading.covered).toEqual([]);
      expect(reading.holes.map((hole) => hole.reason)).toContainEqual(
        'a holds a sample of the log: its records say that others were left out',
      );
    }
  });

  it.each<[string, string]>([
    ['of which Cribl kept all', asRecord({ sampled: 1 })],
    ['of which Cribl suppressed none', asText({ suppressCount: 0 })],
    ['of which OpenTelemetry kept all', asText({ attributes: { 'sampling.threshold': '0' } })],
    ['of which OpenTelemetry kept all, in its own form', asOtlp('0')],
    ['that a trace kept', asText({ sampled: true })],
    ['that a trace did not keep', asText({ sampled: 0 })],
  ])('is none %s', async (_, content) => {
    const { reading } = await read({ a: content });
    expect(reading.holes).toEqual([]);
  });

  it('leaves what a file beside it has for another time', async () => {
    const [first, second] = [HOURS.slice(0, 24), HOURS.slice(24)];
    const { reading } = await read({
      a: toLines(first.map((record) => ({ ...record, sample_rate: '10' }))),
      b: toLines(second),
    });
    expect(reading.covered.map(({ window }) => window.sinceMs)).toEqual([
      at('2022-01-10T23:00Z') + 1,
    ]);
  });
});

describe('a page that tells whether it is the last', () => {
  const rows = HOURS.map((record) => ({ _raw: JSON.stringify(record) }));
  const panther = (hasNextPage: boolean) => {
    const edges = HOURS.map((record) => ({
      node: Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    }));
    const results = { edges, pageInfo: { hasNextPage, endCursor: 'x' } };
    return { data: { dataLakeQuery: { status: 'succeeded', results } } };
  };
  const logScale = (hasMoreEvents: boolean, done = true) => ({
    done,
    events: rows,
    metaData: { extraData: { hasMoreEvents: String(hasMoreEvents) } },
  });
  const splunk = (preview: boolean) => ({ preview, results: rows });
  const list = (told: object) => ({ value: HOURS, ...told });

  it.each<[string, unknown]>([
    ['of Panther', panther(true)],
    ['of LogScale', logScale(true)],
    ['of LogScale whose search still runs', logScale(false, false)],
    ['of Splunk whose search still runs', splunk(true)],
    ['of Azure', list({ nextLink: 'https://management.example/x' })],
    ['of Microsoft Graph', list({ '@odata.nextLink': 'https://graph.example/x' })],
    ['of DynamoDB', list({ LastEvaluatedKey: { uuid: { S: 'x' } } })],
    ['with a flag', list({ has_more: true })],
    ['with a token', list({ next_token: 'x' })],
    ['with a link beside it', list({ links: { self: 'x', next: { href: 'y' } } })],
  ])('covers nothing where it is not: %s', async (_, page) => {
    const { reading, events } = await read({ 'a.json': JSON.stringify(page, null, 2) });
    expect(events).toHaveLength(48);
    expect(reading.covered).toEqual([]);
    expect(reading.holes[0]?.reason).toContain('a.json ends with a page of a search');
  });

  it.each<[string, readonly unknown[]]>([
    ['of Panther', [panther(true), panther(false)]],
    ['of LogScale', [logScale(true), logScale(false)]],
    ['of Splunk', [splunk(true), splunk(false)]],
    [
      'of Splunk in lines',
      [true, false].flatMap((preview) => rows.map((result) => ({ preview, result }))),
    ],
    ['with a flag, whatever stands beside it', [list({ has_more: false, cursor: 'x' })]],
    ['with a token', [list({ next: 'x' }), list({ next: null })]],
    ['with a word that means no page', [{ events: rows, tags: ['a'] }]],
  ])('covers what it holds where it is, behind the others in its file: %s', async (_, pages) => {
    const { reading } = await read({ 'a.json': toLines(pages) });
    expect(reading.holes).toEqual([]);
    expect(reading.covered).not.toEqual([]);
  });

  it('covers nothing where it found nothing so far', async () => {
    const results = { edges: [], pageInfo: { hasNextPage: true } };
    const empty = JSON.stringify({ data: { dataLakeQuery: { results } } });
    const { reading } = await read({ 'a.json': toLines(HOURS), 'b.json': empty });
    expect(reading.covered).toEqual([]);
    expect(reading.holes[0]?.reason).toContain('b.json ends with a page of a search');
  });

  it('says nothing of another file, which may be that of another search', async () => {
    const [first, last] = [panther(true), panther(false)].map((page) => JSON.stringify(page));
    const { reading } = await read({ 'a.json': first ?? '', 'b.json': last ?? '' });
    expect(reading.covered).toEqual([]);
    expect(reading.holes[0]?.remedy).toContain('put every page of the search into one file');
  });

  it('covers nothing where GraphQL answers errors beside it', async () => {
    const page = { ...panther(false), errors: [{ message: 'Timed out.' }] };
    const { reading } = await read({ 'a.json': JSON.stringify(page) });
    expect(reading.covered).toEqual([]);
    expect(reading.holes[0]?.reason).toContain('gave up');
    const whole = { ...panther(false), errors: [] };
    expect((await read({ 'a.json': JSON.stringify(whole) })).reading.holes).toEqual([]);
  });

  it('says nothing where another one follows it', async () => {
    const { reading } = await read({ 'a.json': toLines([panther(false), panther(true)]) });
    expect(reading.covered).toEqual([]);
  });

  it('is none where a row has a cursor beside its tags', async () => {
    const shipped = HOURS.map((record) => ({
      message: JSON.stringify(record),
      tags: ['okta'],
      cursor: 's=1',
    }));
    expect((await read({ 'a.json': toLines(shipped) })).reading.holes).toEqual([]);
  });
});

describe('pages of one record each that nobody asks for', () => {
  const pages = HOURS.map((record) =>
    JSON.stringify({ hits: { total: 60, hits: [{ _source: record }] } }),
  );

  it.each([
    ['a line', '\n'],
    ['behind one another', ''],
  ])('tell of those that are missing: %s', async (_, between) => {
    const { reading } = await readArchive({
      files: { 'a.json': pages.join(between) },
      window: WINDOW,
      eventTypes: exactEventTypes(['user.account.reset_password']),
    });
    expect(reading.covered).toEqual([]);
    expect(reading.holes[0]?.reason).toContain('at least 60 events, and the archive holds 48');
  });
});

describe('a search that was cut at its limit', () => {
  const rows = makeNoise({ ...WINDOW, untilMs: WINDOW.sinceMs + 1000 * 120_000 }, 120_000);
  const mix = (records: readonly Record<string, unknown>[]): string => {
    const mixed = records.map((_, index) => records[(index * 7) % records.length] ?? {});
    return toLines(mixed.map((record) => ({ result: { _raw: JSON.stringify(record) } })));
  };
  const until = at(String(rows.at(-1)?.['published'])) + 1;
  const readMixed = (files: Record<string, string>) =>
    readArchive({ files, window: { sinceMs: WINDOW.sinceMs, untilMs: until } });

  const manyFiles = (write: (some: readonly Record<string, unknown>[]) => string) =>
    Array.from({ length: 120 }, (_, index) => [
      `${index}`,
      write(rows.filter((_row, at) => at % 120 === index)),
    ]);

  it('shows by a round number of events in no order, and covers nothing', async () => {
    const { reading, events } = await readMixed({ a: mix(rows) });
    expect(events).toHaveLength(1000);
    expect(reading.covered).toEqual([]);
    expect(reading.holes.map(({ reason }) => reason)).toEqual([
      'a holds exactly 1,000 events in no order of time, as a search does that was cut at its limit',
    ]);
  });

  it('shows where a sheet has no further row', async () => {
    const many = Array.from({ length: 65_535 }, (_, index) =>
      makeRecord({ at: until + index * 9000 }),
    );
    const { reading } = await readMixed({ a: mix(many), b: toLines(rows) });
    expect(reading.holes.map(({ reason }) => reason)).toEqual([
      'a holds exactly 65,535 events in no order of time, as a sheet does that was cut at its limit',
    ]);
  });

  it('shows of each of several, in whatever order their files come', async () => {
    const later = rows.map((_, index) => makeRecord({ at: until + index * 120_000 }));
    const { reading } = await readMixed({ a: mix(later), b: mix(rows) });
    expect(reading.holes.map(({ reason }) => reason.slice(0, 29))).toEqual([
      'b holds exactly 1,000 events ',
      'a holds exactly 1,000 events ',
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['searches that found nothing', { b: '[]', c: '[]' }],
    ['searches that found less', { b: mix(rows.slice(0, 300)), c: mix(rows.slice(300, 999)) }],
    ['many files in order', Object.fromEntries(manyFiles((some) => toLines(some)))],
  ])('shows also beside %s', async (_, others) => {
    const { reading } = await readMixed({ a: mix(rows), ...others });
    expect(reading.covered).toEqual([]);
    expect(reading.holes.map(({ reason }) => reason).join()).toContain('a holds exactly 1,000');
  });

  it.each<[string, Record<string, string>]>([
    ['not where they are in order', { a: toLines(rows) }],
    ['not where they are in order, newest first', { a: toLines(rows.toReversed()) }],
    [
      'not where the number is another',
      { a: mix([...rows, makeRecord({ at: until }), makeRecord({ at: until + 1 })]) },
    ],
    [
      'not where two lie in one time, as the parts do that a cluster writes',
      { a: mix(rows), b: mix(rows) },
    ],
    [
      'not where it is chance, as among the many files of a cluster',
      { a: mix(rows), ...Object.fromEntries(manyFiles(mix)) },
    ],
  ])('%s', async (_, files) => {
    const { reading } = await readMixed(files);
    expect(reading.holes).toEqual([]);
  });
});

describe('a file that is not what was packed vouches for nothing', () => {
  const lines = Buffer.from(toLines(HOURS));
  const turn = (bytes: Buffer, offset: number): Buffer => {
    const turned = Buffer.from(bytes);
    turned[offset] = (turned[offset] ?? 0) ^ 0x01;
    return turned;
  };
  /** In the middle of the log, in a text that stays one. */
  const turnText = (bytes: Buffer): Buffer =>
    turn(bytes, bytes.indexOf('"displayMessage"', bytes.length >> 1) + 20);
  const zip = makeZip({ 'a.ndjson': lines }, true);
  const files: [string, Buffer][] = [
    ['gzip', turnText(zlib.gzipSync(lines, { level: 0 }))],
    ['zip, stored', turnText(makeZip({ 'a.ndjson': lines }, false))],
    ['zip, deflated', turn(zip, zip.indexOf('504b0102', 0, 'hex') + 16)],
  ];
  if (typeof zlib.zstdCompressSync === 'function') {
    const params = { [zlib.constants.ZSTD_c_checksumFlag]: 1 };
    const frame = zlib.zstdCompressSync(lines, { params });
    files.push(['Zstandard', turn(frame, frame.length - 1)]);
  }

  it.each(files)('%s', async (_, content) => {
    const { reading } = await read({ archive: content });
    expect(reading.counts).toMatchObject({ eventsRead: 48, malformed: 0 });
    expect(reading.covered).toEqual([]);
    expect(reading.holes).toHaveLength(1);
    expect(reading.holes[0]?.reason).toMatch(
      /^archive.* is damaged: what it holds is not what was packed \(/,
    );
  });
});
