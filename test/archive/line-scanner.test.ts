import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/model/time-window.ts';
import {
  markSlot,
  SLOT_MS,
  startBusySlots,
} from '../../src/sources/archive/coverage/busy-slots.ts';
import { createBufferScanner } from '../../src/sources/archive/scan/buffer-scanner.ts';
import {
  type LineScanner,
  ROW_DAY,
  ROW_END,
  ROW_FIELDS,
  ROW_LAST_TIME,
  ROW_LINES,
  ROW_MARKS,
  ROW_MUST_PARSE,
  ROW_SLOTS,
  ROW_START,
  ROW_TIME,
  ROW_TYPE,
} from '../../src/sources/archive/scan/line-scanner.ts';
import { createWasmScanner } from '../../src/sources/archive/scan/wasm-scanner.ts';

const SCANNERS = [
  ['on buffers', createBufferScanner],
  ['in WebAssembly', requireWasmScanner],
] as const;
const NEIGHBOUR = '{"eventType":"x.y","published":"2022-01-16T10:00:00Z"}';
const MUST_PARSE = 'must be parsed';

function requireWasmScanner(ids: readonly string[]): LineScanner {
  const scanner = createWasmScanner(ids);
  if (scanner === null) throw new Error('WebAssembly does not run here');
  return scanner;
}

/** One field of every row of the last scan. */
function readColumn(
  scanner: LineScanner,
  { field, count }: { readonly field: number; readonly count: number },
): number[] {
  const rows = scanner.readRows();
  return Array.from({ length: count }, (_, row) => rows[row * ROW_FIELDS + field] ?? Number.NaN);
}

/** What a scanner says of a line that stands between two others, which it must not touch. */
function scanLine(scanner: LineScanner, line: string): string {
  const text = `${NEIGHBOUR}\n${line}\n${NEIGHBOUR}\n`;
  const bytes = scanner.reserve(Buffer.byteLength(text)).write(text);
  expect(scanner.scan(0, bytes)).toEqual({ count: 3, resumeAt: bytes });
  const [before, , after] = readColumn(scanner, { field: ROW_MUST_PARSE, count: 3 });
  expect([before, after]).toEqual([0, 0]);
  const row = scanner.readRows().subarray(ROW_FIELDS);
  if (row[ROW_MUST_PARSE] !== 0) return MUST_PARSE;
  const instant = new Date((row[ROW_DAY] ?? 0) * DAY_MS + (row[ROW_TIME] ?? 0));
  return `${scanner.typeNames[row[ROW_TYPE] ?? -1]} at ${instant.toISOString()}`;
}

describe.each(SCANNERS)('a scanner %s', (_, createScanner) => {
  it.each([
    ['2022-01-16T10:59:59Z', '2022-01-16T10:59:59.000Z'],
    ['2022-01-16T23:59:59.999Z', '2022-01-16T23:59:59.999Z'],
    ['2024-02-29T00:00:00.010Z', '2024-02-29T00:00:00.010Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['2199-12-31T00:00:00Z', '2199-12-31T00:00:00.000Z'],
    ['2022-04-30T00:00:00Z', '2022-04-30T00:00:00.000Z'],
    ['2022-03-01T00:00:00Z', '2022-03-01T00:00:00.000Z'],
  ])('knows the time %s', (published, instant) => {
    const line = `{"eventType":"a.b","published":"${published}"}`;
    expect(scanLine(createScanner([]), line)).toBe(`a.b at ${instant}`);
  });

  it.each([
    ...['2022-13-01T10:00:00Z', '2022-00-10T10:00:00Z', '2022-01-00T10:00:00Z'],
    ...['2022-04-31T10:00:00Z', '2022-06-31T10:00:00Z', '2022-01-32T10:00:00Z'],
    ...['2023-02-29T10:00:00Z', '2100-02-29T10:00:00Z', '1969-12-31T10:00:00Z'],
    ...['2200-01-01T10:00:00Z', '2022-01-16T24:00:00Z', '2022-01-16T10:60:00Z'],
    ...['2022-01-16T10:00:60Z', '2022-01-16 10:00:00Z', '2022/01-16T10:00:00Z'],
    ...['2022-01/16T10:00:00Z', '2022-01-16T10.00:00Z', '2022-01-16T10:00.00Z'],
    ...['2022-01-16T10:00:00,000Z', '2022-01-16T10:00:00.12Z', '2022-01-16T10:00:00.1234Z'],
    ...['2022-01-16T10:00:00z', '2022-01-16T10:00:00+00:00', '2022-01-16T10:00:00'],
    ...['2022-01-16T10:00:00.00aZ', '2022-01-16T10:0a:00Z', '2022-01-16T10:00:a0Z'],
    ...['2022-01-1aT10:00:00Z', '202a-01-16T10:00:00Z', '2022-01-16Ta0:00:00Z', '', 'Z'],
    ...['2022-01-16T10:00:00\\u005a', '2022-01-16T10:00:00Z\\"', '2022-01-16T10:00:00Z '],
    ...['2022-01-16T10::0:00Z', '2022-01-16T10:0::00Z', '2022-01-16T10:00::0Z'],
    ...['2022-01-16T10:00:0:Z', '2022-01-16T10:00:00.:00Z', '2022-01-16T10:00:00.0:0Z'],
    ...['2022-01-16T10:00:00.00:Z', '2022-01-16T10:00:00.000Zx', '2022-01-16T10:00:00.000X'],
    ...['\\/022-01-16T10:00:00Z', '2022-01-16T10:00:00\\nZ', '+12022-01-16T10:00:00Z'],
  ])('leaves the time %s to the parser', (published) => {
    const line = `{"eventType":"a.b","published":"${published}"}`;
    expect(scanLine(createScanner([]), line)).toBe(MUST_PARSE);
  });

  it('tells thousands of types apart, and ids beside them', () => {
    const scanner = createScanner(['00uvictim']);
    const types = Array.from({ length: 2990 }, (_, index) => `type.${index}`);
    for (const eventType of [...types, ...types]) {
      const line = `{"eventType":"${eventType}","published":"2022-01-17T10:00:00Z"}`;
      expect(scanLine(scanner, line)).toBe(`${eventType} at 2022-01-17T10:00:00.000Z`);
    }
    const holdsId = (id: string): boolean => {
      const bytes = scanner.reserve(100).write(`{"id":"${id}"}\n`);
      return scanner.mayHoldId(0, bytes);
    };
    expect(['00uvictim', '00uvictims', '00uother'].map(holdsId)).toEqual([true, false, false]);
  });

  it('tells types apart that differ far behind their beginning alone', () => {
    const scanner = createScanner([]);
    const types = ['a', 'b', 'a'].map((letter) => `${'x'.repeat(90)}.${letter}.${'y'.repeat(20)}`);
    for (const eventType of types) {
      const line = `{"eventType":"${eventType}","published":"2022-01-17T10:00:00Z"}`;
      expect(scanLine(scanner, line)).toBe(`${eventType} at 2022-01-17T10:00:00.000Z`);
    }
  });

  it('never looks beyond its memory', () => {
    const line = `{"eventType":"a.b","published":"2022-01-17T10:00:00Z","id":"00u}`;
    const scanner = createScanner(['00uvictim']);
    const { length } = scanner.reserve(line.length + 1);
    const start = length - line.length - 1;
    scanner.reserve(length).write(`${line}\n`, start);
    expect(scanner.scan(start, length)).toEqual({ count: 1, resumeAt: length });
    expect(scanner.mayHoldId(start, length - 1)).toBeTypeOf('boolean');
  });

  it.each(['"eventType":"a"', '"published"', 'ublish', 'eventT', '"', ''])(
    'looks at the very first bytes: %s',
    (line) => {
      const scanner = createScanner([]);
      const text = `${line}\n${NEIGHBOUR}\n`;
      const bytes = scanner.reserve(text.length).write(text);
      const { count, resumeAt } = scanner.scan(0, bytes);
      const mustParse = readColumn(scanner, { field: ROW_MUST_PARSE, count });
      expect({ mustParse, resumeAt }).toEqual({
        mustParse: line === '' ? [0] : [1, 0],
        resumeAt: bytes,
      });
    },
  );

  it('goes on where its rows did not suffice, and finds every line', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) =>
      index % 7 === 0
        ? '{}'
        : `{"n":${index},"eventType":"x.y","published":"2022-01-16T10:00:00Z"}`,
    );
    const text = `${lines.join('\n')}\n`;
    const scanner = createScanner([]);
    const bytes = scanner.reserve(text.length).write(text);
    const mustParse: number[] = [];
    for (let from = 0; from < bytes; ) {
      const { count, resumeAt } = scanner.scan(from, bytes);
      mustParse.push(...readColumn(scanner, { field: ROW_MUST_PARSE, count }));
      from = resumeAt;
    }
    expect(mustParse).toEqual(lines.map((line) => (line === '{}' ? 1 : 0)));
  });

  it.each(['a', 'A.b_c-d:e@f.9', 'x'.repeat(120)])('knows the type %s', (eventType) => {
    const line = `{"published" :\t"2022-01-17T10:00:00Z", "eventType"\r: "${eventType}"}`;
    expect(scanLine(createScanner([]), line)).toBe(`${eventType} at 2022-01-17T10:00:00.000Z`);
  });

  it.each(['', 'a b', 'a/b', 'na\u00efve', 'a\\b', 'a\\"b', 'x'.repeat(121), 'a{b'])(
    'leaves the type %s to the parser',
    (eventType) => {
      const line = `{"published":"2022-01-17T10:00:00Z","eventType":"${eventType}"}`;
      expect(scanLine(createScanner([]), line)).toBe(MUST_PARSE);
    },
  );

  const members = '"eventType":"a.b","published":"2022-01-17T10:00:00Z"';
  it.each([
    ...[`[${members}]`, `{${members}`, `${members}}`, `{${members}}]`, `[{${members}}`],
    ...[`"{${members}}`, `{${members}},`, `{${members},"eventType":"c"}`],
    ...[`{${members},"published":"2022-01-17T10:00:00Z"}`, `{${members},"eventType":1}`],
    ...['{"eventType":"a.b"}', '{"published":"2022-01-17T10:00:00Z"}', '{}', '1'],
    ...[`{${members},"\\u0065ventType":"c"}`, `{${members},"a":"\\u004A"}`],
    ...[`{${members},"a":"\\u00e9 \\u0065"}`, `{${members},"a":"\\u0026","\\u0065ventType":"c"}`],
    ...[`{${members},"a":"\\u005f"}`, `{${members},"a":{"eventType":null}}`],
  ])('leaves the line %s to the parser', (line) => {
    expect(scanLine(createScanner([]), line)).toBe(MUST_PARSE);
  });

  it.each([
    ...[`{"actor":{"id":"a{"actor":{"id":"b"},${members}}`, `{"ac{"actor":{"id":"b"},${members}}`],
    ...[`{"actor":{"actor":{"id":"b"},${members}}`, `{"actor"{"actor":1,${members}}`],
    ...[`{"actor":{"actor":{"id":{"actor":{"id":"b"},${members}}`, `{{"actor":1,${members}}`],
    ...[`{"a{"eventType":"a.b","published":"2022-01-17T10:00:00Z"}`, `{"actor":{${NEIGHBOUR}`],
  ])('leaves the torn line %s to the parser', (line) => {
    expect(scanLine(createScanner([]), line)).toBe(MUST_PARSE);
  });

  it('tells lines of two kinds that are torn from those that are whole', () => {
    const scanner = createScanner([]);
    const [one, other] = [`{"actor":{"id":"a"},${members}}`, `{"uuid":"a","b":{},${members}}`];
    const lines = [one, other, one, one, one.slice(0, 14) + one, other.slice(0, 17) + other, one];
    const text = `${lines.join('\n')}\n`;
    const bytes = scanner.reserve(text.length).write(text);
    const { count } = scanner.scan(0, bytes);
    const mustParse = readColumn(scanner, { field: ROW_MUST_PARSE, count });
    expect(mustParse).toEqual([0, 0, 0, 0, 1, 1, 0]);
  });

  it.each([
    [`{"a":1,${members}}`, `{"a" :2,${members}}`],
    [
      `{"actor":{"id":"aaccttoorr \\" : \\" : \\" :"},${members}}`,
      `{"actor":{"factor":{"ctor":{}}},${members}}`,
    ],
  ])('knows lines that begin as %s and nearly so', (line, similar) => {
    const scanner = createScanner([]);
    const found = [line, similar, line].map((one) => {
      const bytes = scanner.reserve(one.length + 1).write(`${one}\n`);
      scanner.scan(0, bytes);
      return scanner.readRows()[ROW_MUST_PARSE];
    });
    expect(found).toEqual([0, 0, 0]);
  });

  it.each([
    ` \t{${members}} \r`,
    `{${members},"a":"\\u00e9 \\u0026 \\u2028 \\u00"}`,
    `{${members},"a":"\\"eventType\\":\\"c\\""}`,
    `{"legacyEventType":"c","publishedAt":"d",${members}}`,
    `{"detail":{"uuid":"u",${members}}}`,
    `{"actor":{"displayName":"No\u00ebl \u{1f600}|~"},${members}}`,
    `{"actor":{"displayName":"\u6771\u4eac"},${members}}`,
    ` { "actor" : null , ${members} }`,
    `{"actor":"{\\"actor\\":1}",${members}}`,
    `{"actor":{"id":"{\\"eventType\\":}"},${members}}`,
    `{"actor":{"factor":{"r":{"tor":{}}}},${members}}`,
    `{"${'a'.repeat(190)}":1,${members}}`,
  ])('knows the line %s', (line) => {
    expect(scanLine(createScanner([]), line)).toBe('a.b at 2022-01-17T10:00:00.000Z');
  });
});

interface JoinedRow {
  readonly lines: readonly string[];
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly marks: number;
  readonly slots: readonly number[];
}

/** The rows of lines, of which those that need no parsing say what they hold. */
function scanRows(scanner: LineScanner, lines: readonly string[]): JoinedRow[] {
  const text = lines.map((line) => `${line}\n`).join('');
  const bytes = scanner.reserve(text.length).write(text);
  const { count, resumeAt } = scanner.scan(0, bytes);
  expect(resumeAt).toBe(bytes);
  const rows = scanner.readRows();
  return Array.from({ length: count }, (_, index) => {
    const row = rows.subarray(index * ROW_FIELDS, (index + 1) * ROW_FIELDS);
    const [start = 0, end = 0, day = 0] = [row[ROW_START], row[ROW_END], row[ROW_DAY]];
    const tell = (timeMs = 0): string => new Date(day * DAY_MS + timeMs).toISOString();
    const isKnown = row[ROW_MUST_PARSE] === 0;
    return {
      lines: text.slice(start, end).split('\n'),
      count: isKnown ? (row[ROW_LINES] ?? 0) : 1,
      first: isKnown ? `${scanner.typeNames[row[ROW_TYPE] ?? -1]} ${tell(row[ROW_TIME])}` : '',
      last: isKnown ? tell(row[ROW_LAST_TIME]) : '',
      marks: isKnown ? (row[ROW_MARKS] ?? 0) : 0,
      slots: isKnown ? [...row.subarray(ROW_SLOTS)] : [],
    };
  });
}

/** Lines of a type and a time of 16 January each: `a 10:00:00`. */
function writeLines(told: readonly string[]): string[] {
  return told.map((one) => {
    const [eventType = '', time = '', day = '16'] = one.split(' ');
    return `{"eventType":"${eventType}","published":"2022-01-${day}T${time}Z"}`;
  });
}

/** A scanner that has met these types, of which those with a mark may join. */
function openJoining(
  createScanner: (ids: readonly string[]) => LineScanner,
  marks: Readonly<Record<string, number | null>>,
): LineScanner {
  const scanner = createScanner([]);
  scanRows(scanner, writeLines(Object.keys(marks).map((eventType) => `${eventType} 00:00:00`)));
  scanner.startFile();
  for (const [type, mark] of Object.values(marks).entries()) {
    if (mark !== null) scanner.letJoin(type, mark);
  }
  return scanner;
}

describe.each(SCANNERS)('lines that join others in a scanner %s', (_, createScanner) => {
  /** How many lines each row has. */
  const countJoined = (scanner: LineScanner, told: readonly string[]): number[] =>
    scanRows(scanner, writeLines(told)).map(({ lines, count }) => {
      expect(lines).toHaveLength(count);
      return count;
    });
  const open = (): LineScanner => openJoining(createScanner, { a: 1, b: 4, c: 0, wanted: null });

  it('make one row that says what all of them hold', () => {
    const told = ['a 10:00:00', 'b 10:00:00', 'a 10:00:20.001', 'c 10:30:00', 'b 10:59:59.999'];
    const lines = writeLines([...told, 'c 10:59:59.999']);
    const rows = scanRows(open(), lines);
    const slots = (...times: number[]): number[] => {
      const busy = startBusySlots();
      for (const timeMs of times) markSlot(busy, Math.floor(timeMs / SLOT_MS));
      return busy;
    };
    const minuteMs = 60_000;
    expect(rows).toEqual([
      {
        ...{ lines: lines.slice(0, 1), count: 1, marks: 1, slots: slots(0) },
        ...{ first: 'a 2022-01-16T10:00:00.000Z', last: '2022-01-16T10:00:00.000Z' },
      },
      {
        ...{ lines: lines.slice(1, 3), count: 2, marks: 5, slots: slots(0, 20_001) },
        ...{ first: 'b 2022-01-16T10:00:00.000Z', last: '2022-01-16T10:00:20.001Z' },
      },
      {
        ...{ lines: lines.slice(3), count: 3, marks: 4 },
        slots: slots(30 * minuteMs, 60 * minuteMs - 1),
        ...{ first: 'c 2022-01-16T10:30:00.000Z', last: '2022-01-16T10:59:59.999Z' },
      },
    ]);
  });

  it.each([
    ['of the same time', ['a 10:00:00', 'a 10:00:00'], [2]],
    ['one millisecond earlier', ['a 10:00:00.001', 'a 10:00:00'], [1, 1]],
    ['earlier than a line that joined', ['a 10:00:00', 'a 10:00:02', 'a 10:00:01'], [2, 1]],
    ['of the next hour', ['a 10:59:59.999', 'a 11:00:00'], [1, 1]],
    ['of the hour before, later in it', ['a 11:00:00', 'a 10:59:59'], [1, 1]],
    ['of the same hour on the next day', ['a 10:00:00', 'a 10:00:01 17'], [1, 1]],
    ['of a type that had no row yet', ['a 10:00:00', 'b 10:00:01', 'a 10:00:02'], [1, 2]],
    [
      'of a type that had one on another day',
      ['a 10:00:00 15', 'b 10:00:00', 'a 10:00:01'],
      [1, 1, 1],
    ],
    ['of a type that may not join', ['a 10:00:00', 'wanted 10:00:01'], [1, 1]],
    [
      'behind one of a type that may not join',
      ['a 10:00:00', 'wanted 10:00:01', 'a 10:00:02'],
      [1, 1, 1],
    ],
    ['behind one for the parser', ['a 10:00:00', 'x" 10:00:01', 'a 10:00:02'], [1, 1, 1]],
    ['behind one that another type began', ['b 09:00:00', 'a 10:00:00', 'b 10:00:01'], [1, 2]],
  ])('are those of types that may, in their order: %s', (_name, told, counts) => {
    expect(countJoined(open(), told)).toEqual(counts);
  });

  it('do so no longer in another scan, and in another file not before they may again', () => {
    const scanner = open();
    expect(countJoined(scanner, ['a 10:00:00', 'b 10:00:00'])).toEqual([1, 1]);
    expect(countJoined(scanner, ['a 10:00:01', 'a 10:00:02'])).toEqual([2]);
    scanner.startFile();
    expect(countJoined(scanner, ['a 10:00:01', 'a 10:00:02'])).toEqual([1, 1]);
    expect(countJoined(scanner, ['b 10:00:01', 'b 10:00:02'])).toEqual([1, 1]);
    scanner.letJoin(0, 1);
    scanner.letJoin(1, 1);
    expect(countJoined(scanner, ['b 10:00:00', 'a 10:00:01', 'a 10:00:02'])).toEqual([1, 2]);
  });

  it('may be more than there are rows', () => {
    const told = Array.from({ length: 20_000 }, () => 'a 10:00:00');
    expect(countJoined(open(), told)).toEqual([20_000]);
  });
});

it('both scanners give the same rows', () => {
  const line = fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .record({
          type: fc.constantFrom('a', 'b', 'c', 'wanted'),
          hour: fc.constantFrom('10', '10', '10', '11'),
          second: fc.integer({ min: 10, max: 13 }),
          day: fc.constantFrom('16', '16', '16', '17'),
        })
        .map(({ type, hour, second, day }) => `${type} ${hour}:${second}:00 ${day}`),
    },
    { weight: 1, arbitrary: fc.constantFrom('x" 10:00:00', 'a 10:00', 'new 10:11:00') },
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (told) => {
      const marks = { a: 1, b: 2, c: 0, wanted: null };
      const lines = writeLines(told).flatMap((one, index) =>
        index % 9 === 8 ? [one, ' '] : [one],
      );
      const [one, other] = SCANNERS.map(([, create]) =>
        scanRows(openJoining(create, marks), lines),
      );
      expect(one).toEqual(other);
    }),
    { numRuns: 300 },
  );
});
