import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { ReadRequest } from '../../src/model/reading.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { foldReading, startTallies } from '../../src/sources/archive/coverage/archive-tallies.ts';
import {
  type CoverageClaim,
  claimCoverage,
} from '../../src/sources/archive/coverage/claim-coverage.ts';
import type { FileReading } from '../../src/sources/archive/coverage/file-reading.ts';
import type { EventTally } from '../../src/sources/archive/coverage/tally-events.ts';
import { createWasmMatcher } from '../../src/sources/archive/framing/bracket-matcher.ts';
import { readArchiveFile } from '../../src/sources/archive/read-archive-file.ts';
import { createBufferScanner } from '../../src/sources/archive/scan/buffer-scanner.ts';
import {
  type LineScanner,
  ROW_DAY,
  ROW_END,
  ROW_FIELDS,
  ROW_MUST_PARSE,
  ROW_TYPE,
} from '../../src/sources/archive/scan/line-scanner.ts';
import { planSift } from '../../src/sources/archive/scan/plan-sift.ts';
import { createWasmScanner } from '../../src/sources/archive/scan/wasm-scanner.ts';
import { selectEvents } from '../../src/sources/archive/select-events.ts';
import {
  FIRST,
  FOLLOW_UPS,
  file,
  followedFile,
  HEAD,
  thinnedRecord,
  valuesFile,
  WANTED,
  WINDOW,
} from './adversarial-files.ts';
import {
  days,
  makeNoise,
  makeRecord,
  ROUTINE_TYPES,
  readArchive,
  toLines,
} from './archive-workbench.ts';

/** Random files for each proof; a quarter as many events say that it was not about nothing. */
const RUNS = 400;

const SCANNERS: readonly (readonly [string, (ids: readonly string[]) => LineScanner])[] = [
  ['on buffers', createBufferScanner],
  ['in WebAssembly', requireWasmScanner],
];

function requireWasmScanner(ids: readonly string[]): LineScanner {
  const scanner = createWasmScanner(ids);
  if (scanner === null) throw new Error('WebAssembly does not run here');
  return scanner;
}

const request = (followUps: ReadRequest['followUps'] = []): Partial<ReadRequest> => ({
  window: WINDOW,
  needs: [{ eventTypes: exactEventTypes(WANTED), window: WINDOW }],
  followUps,
});

const MATCHER = createWasmMatcher();
const FOLDER = mkdtempSync(join(tmpdir(), 'sifted-'));
const PATH = join(FOLDER, 'a.ndjson');
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Reads one file and gives what it says, parsing every line where there is no scanner. */
async function read(
  content: string | Buffer,
  given: Partial<ReadRequest>,
  scanner: LineScanner | null,
): Promise<{
  events: LogEvent[];
  file: FileReading;
  isFlattened: boolean;
  times: Pick<EventTally, 'hours' | 'typesByDay'>[];
  claim: CoverageClaim;
}> {
  const asked: ReadRequest = {
    window: WINDOW,
    needs: [],
    followUps: [],
    pull: 'targeted',
    ...given,
  };
  const plan = planSift(asked);
  const events: LogEvent[] = [];
  writeFileSync(PATH, content);
  const file = await readArchiveFile({
    member: { name: 'a.ndjson', bytes: content.length, range: { path: PATH } },
    isWanted: selectEvents(asked),
    accept: (event) => events.push(event),
    advance: () => {},
    sieve: scanner === null || plan === null ? null : { scanner, plan },
    findMatcher: () => (scanner === null ? null : MATCHER),
  });
  const isFlattened = file.tallies.has('flattened-record');
  const tallies = startTallies();
  foldReading(tallies, file);
  const times = [...tallies.exports.values()].map(({ tally: { hours, typesByDay } }) => ({
    hours,
    typesByDay,
  }));
  const claim = claimCoverage({ files: [file], tallies, request: asked });
  return { events, file, isFlattened, times, claim };
}

describe.each(SCANNERS)('lines that are sifted %s', (_, createScanner) => {
  const openScanner = (followUps: ReadRequest['followUps']): LineScanner =>
    createScanner(planSift({ window: WINDOW, needs: [], pull: 'targeted', followUps }).ids);
  const [byType, byId] = [openScanner([]), openScanner(FOLLOW_UPS)];

  /**
   * Nothing may differ but this: a broken line that looks whole may stay unseen where nobody asked for its event, and what a table
   * left out is known of the rows that were parsed alone.
   */
  const prove = async (content: string | Buffer, given: Partial<ReadRequest>): Promise<number> => {
    const strict = await read(content, given, null);
    const sifted = await read(content, given, given.followUps?.length ? byId : byType);
    expect(sifted.events).toEqual(strict.events);
    expect(sifted.file.records).toBe(strict.file.records);
    expect(sifted.file.malformed).toBeLessThanOrEqual(strict.file.malformed);
    if (sifted.file.malformed === strict.file.malformed) {
      if (!strict.isFlattened) expect(sifted.claim).toEqual(strict.claim);
      expect(sifted.file).toMatchObject({
        firstMs: strict.file.firstMs,
        lastMs: strict.file.lastMs,
      });
    }
    return strict.events.length;
  };

  it.each([
    ['on lines', file],
    ['in lists, or behind one another', valuesFile],
  ])('give what parsing every one gives, by type: %s', async (_title, files) => {
    let events = 0;
    await fc.assert(
      fc.asyncProperty(files, async (content) => {
        events += await prove(content, request());
      }),
      { numRuns: RUNS },
    );
    expect(events).toBeGreaterThan(RUNS / 4);
  });

  it('give what parsing every one gives where there are few, whatever they lack', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(thinnedRecord, { minLength: 1, maxLength: 20 }),
        async (records) => {
          const [one, ...lines] = records.map((record) => JSON.stringify(record));
          await prove(`${[one, ...lines].join('\n')}\n`, request());
          await prove(`[${[one, ...lines].join()}]`, request());
        },
      ),
      { numRuns: RUNS },
    );
  });

  it.each<[string, (lines: readonly string[]) => string]>([
    ['in a list', (lines) => `[${lines.join(',')}]`],
    ['in a row', (lines) => lines.join('')],
    ['in lists, one a line', (lines) => lines.map((line) => `[${line}]\n`).join('')],
    ['in a list, each on a line', (lines) => `[\n${lines.join(',\n')}\n]`],
  ])('are sifted %s, and what is lost is found where it stands', async (_title, frame) => {
    const padding = 'x'.repeat(2000);
    const noise = makeNoise(days('2022-01-15', '2022-01-20'), 600_000).map((record) =>
      JSON.stringify({ ...record, padding }),
    );
    const wanted = makeRecord({ at: '2022-01-17T11:11:11.111Z', eventType: WANTED[0] ?? '' });
    const broken = '{"eventType":"a.b","published":}';
    const content = frame([...noise, JSON.stringify(wanted), broken, ...noise]);
    const strict = await read(content, request(), null);
    const scanner = openScanner([]);
    const room = Math.max(scanner.reserve(0).length, 1 << 20);
    const sifted = await read(content, request(), scanner);
    expect(scanner.reserve(0).length).toBeLessThanOrEqual(room);
    expect(sifted.events).toEqual(strict.events);
    expect(sifted.events.map((event) => event.raw)).toEqual([wanted]);
    expect(sifted.times).toEqual(strict.times);
    expect(sifted.file.parsed).toBe(1);
    expect(sifted.file.damages).toEqual(strict.file.damages);
    expect(sifted.file.damages.map(({ offset }) => offset)).toEqual([content.indexOf(broken)]);
  });

  it('are noted at the same times as if they were parsed, and what is lost between them', async () => {
    const edges = [0, 1, 19_999, 20_000, 59_999, HOUR_MS / 6 - 1, HOUR_MS / 2, HOUR_MS - 1];
    const { sinceMs } = days('2022-01-16', '2022-01-19');
    const times = Array.from({ length: 72 }, (_, hour) =>
      edges
        .filter((_edge, index) => (index + hour) % 4 !== 0)
        .map((edge) => sinceMs + hour * HOUR_MS + edge),
    ).flat();
    const types = [...ROUTINE_TYPES, 'app.generic.unauth_app_access_attempt', ...WANTED];
    const records = times.map((at, index) =>
      makeRecord({ at, eventType: types[Math.floor(index / 3) % types.length] ?? '' }),
    );
    const unordered = records.map((_, index) => records[(index * 7) % records.length]);
    const ofOneType = records.map((record) => ({ ...record, eventType: ROUTINE_TYPES[0] }));
    const perDay = records.length / 3;
    const daily = records.map(
      (_, index) => ofOneType[(index % 3) * perDay + Math.floor(index / 3)],
    );
    for (const order of [records, unordered, records.toReversed(), ofOneType, daily]) {
      const lines = order.flatMap((record, index) => [
        ...(index % 29 === 28 ? ['{"torn'] : []),
        JSON.stringify(record),
      ]);
      const content = `${lines.join('\n')}\n`;
      const strict = await read(content, request(), null);
      const sifted = await read(content, request(), byType);
      expect(sifted.file.parsed).toBeLessThan(records.length / 2);
      expect(sifted.times).toEqual(strict.times);
      const { parsed } = sifted.file;
      expect(sifted.file).toEqual({ ...strict.file, parsed });
    }
  });

  it('give what parsing every line gives, by id', async () => {
    let events = 0;
    await fc.assert(
      fc.asyncProperty(followedFile, async (content) => {
        events += await prove(content, { ...request(FOLLOW_UPS), needs: [] });
      }),
      { numRuns: RUNS },
    );
    expect(events).toBeGreaterThan(RUNS / 4);
  });

  it('give what parsing every line gives, in a full pull', async () => {
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        await prove(content, {
          ...request(),
          pull: 'full',
          window: days('2022-01-17', '2022-01-18'),
        });
      }),
      { numRuns: 100 },
    );
  });

  it('are parsed where they are wanted and left alone where not', async () => {
    const noise = makeNoise(days('2022-01-10', '2022-01-25'), 600_000);
    const wanted = WANTED.map((type) =>
      makeRecord({ at: '2022-01-17T11:11:11.111Z', eventType: type }),
    );
    const late = makeRecord({
      at: '2022-02-17T11:00:00Z',
      eventType: 'user.account.reset_password',
    });
    const { file, events } = await read(toLines([...noise, ...wanted, late]), request(), byType);
    expect(events.map((event) => event.raw)).toEqual(wanted);
    expect(file).toMatchObject({
      records: noise.length + 4,
      parsed: 3,
      lastMs: Date.parse('2022-02-17T11:00:00Z'),
    });
  });

  it('are parsed around an id in its window, by the value of no other key', async () => {
    const around = days('2022-01-17', '2022-01-18');
    const records = makeNoise(days('2022-01-16', '2022-01-20')).map((record, index) => ({
      ...record,
      ...(index % 2 === 0 ? { actor: { id: '00uvictim' } } : { displayMessage: '00uvictim' }),
    }));
    const followUps = [{ field: 'actor.id' as const, values: ['00uvictim'], window: around }];
    const given = { ...request(followUps), needs: [] };
    const { file, events } = await read(toLines(records), given, openScanner(followUps));
    expect(events).toHaveLength(12);
    expect(file).toMatchObject({ records: 96, parsed: 12 });
  });

  it.each([
    ['a login in another case', 'dana@x', '"actor":{"alternateId":"Dana@X"}'],
    ['a letter that is ASCII in lower case', 'kim@x', '"actor":{"alternateId":"\u212aim@x"}'],
    ['such a letter further on', 'kirk@x', '"actor":{"alternateId":"KIR\u212a@x"}'],
    ['such a letter second', 'ak@x', '"actor":{"alternateId":"a\u212a@x"}'],
    ['letters beyond ASCII', 'zo\u00eb@x', '"actor":{"alternateId":"ZO\u00cb@x"}'],
    ['an escape in front', '+a@x', '"actor":{"alternateId":"\\u002ba@x"}'],
    ['an escape behind one letter', 'a+@x', '"actor":{"alternateId":"a\\u002b@x"}'],
    ['an escape further on', 'dana/x', '"actor":{"alternateId":"dana\\/x"}'],
    ['quotes', 'da"na', '"actor":{"alternateId":"da\\"na"}'],
    ['nothing', '', '"actor":{"alternateId":""}'],
    ['one letter', 'a', '"actor":{"alternateId":"a"}'],
    ['a long text', 'a'.repeat(999), `"actor":{"alternateId":"${'a'.repeat(999)}"}`],
    ['a text of sixteen', 'a'.repeat(16), `"actor":{"alternateId":"${'a'.repeat(16)}"}`],
    ['a dotted name', 'dana@x', '"actor.alternateId":"dana@x"'],
    ['an object that is a text', 'dana@x', '"actor":"{\\"alternateId\\":\\"dana@x\\"}"'],
    ['white space', 'dana@x', '"actor":{"alternateId"\t: \r"dana@x"}'],
    ['a second value', 'dana@x', '"actor":{"alternateId":"x","alternateId":"dana@x"}'],
  ])('are found by %s', async (_, login, member) => {
    const followUps = [
      { field: 'actor.alternateId' as const, values: ['none', login], window: WINDOW },
    ];
    const line = `{"eventType":"a.b","published":"2022-01-17T10:00:00Z",${member}}`;
    const content = [...HEAD, line, ...HEAD, ''].join('\n');
    const given = { ...request(followUps), needs: [] };
    const { file, events } = await read(content, given, openScanner(followUps));
    expect(events).toHaveLength(1);
    expect(file.parsed).toBe(1);
  });

  it('are parsed all the same where more is followed than can be told apart', async () => {
    const values = Array.from({ length: 40_000 }, (_, index) => `00u${index}x`);
    const followUps = [{ field: 'actor.id' as const, values, window: WINDOW }];
    const records = [0, 39_999, 40_000].map((index) =>
      makeRecord({ at: '2022-01-17T10:00Z', uuid: `${index}`, actorId: `00u${index}x` }),
    );
    const given = { ...request(followUps), needs: [] };
    const { events } = await read(toLines(records), given, openScanner(followUps));
    expect(events.map(({ uuid }) => uuid)).toEqual(['0', '39999']);
  });

  it.each([
    '"eventType":"user.session.start","\\u0065ventType":"user.account.reset_password"',
    '"eventType":"user.session.start","event\\u0054ype":"user.account.reset_password"',
    '"eventType":"user.account.reset\\u005fpassword"',
    '"eventType":"user.account.reset\\u005Fpassword"',
  ])('are parsed where a key or a type is spelt with escapes: %s', async (members) => {
    const text = `${FIRST}\n{"published":"2022-01-17T10:00:00Z","uuid":"x",${members}}\n`;
    expect(await prove(text, request())).toBe(1);
  });

  it.each([
    ['cut in front of its last bracket', (line: string) => line.slice(0, -1)],
    ['cut in a text', (line: string) => line.slice(0, -12)],
    ['behind the end of another', (line: string) => `"}${line}`],
    ['without its first bracket', (line: string) => line.slice(1)],
  ])('are counted as lost where one is %s, though nobody asked for it', async (_, spoil) => {
    const noise = makeNoise(days('2022-01-16', '2022-01-18')).map((record) =>
      JSON.stringify(record),
    );
    const lines = noise.toSpliced(20, 1, spoil(noise[20] ?? ''));
    const { file, claim } = await read(`${lines.join('\n')}\n`, request(), byType);
    expect(file).toMatchObject({ records: 48, malformed: 1, parsed: 0 });
    expect(claim.holes.some(({ reason }) => reason.includes('is damaged'))).toBe(true);
  });

  it.each<[string, (lines: readonly string[]) => string]>([
    ['on lines', (lines) => `${lines.join('\n')}\n`],
    ['in a list', (lines) => `[${lines.join(',')}]`],
  ])('are counted as lost where zeros took them, %s', async (_title, frame) => {
    const noise = makeNoise(days('2022-01-16', '2022-01-18')).map((record) =>
      JSON.stringify(record),
    );
    const wanted = makeRecord({ at: '2022-01-17T10:00Z', eventType: 'system.api_token.create' });
    const text = frame(noise.toSpliced(34, 0, JSON.stringify(wanted)));
    const insideOf = (index: number): number =>
      text.indexOf('A record', text.indexOf(noise[index] ?? ''));
    const content = Buffer.from(text).fill(0, insideOf(33), insideOf(34));
    const { file, events, claim } = await read(content, request(), openScanner([]));
    expect(events).toEqual([]);
    expect(file).toMatchObject({ malformed: 1, damages: [{ reason: 'not JSON' }] });
    expect(claim.holes.some(({ reason }) => reason.includes('is damaged'))).toBe(true);
  });

  it('may be longer than what is read at once, and many in one read', async () => {
    const long = {
      ...makeRecord({ at: '2022-01-17T10:00Z', eventType: WANTED[0] ?? '' }),
      padding: 'x'.repeat(3 << 20),
    };
    const short = '{"eventType":"a.b","published":"2022-01-17T10:00:00Z"}\n'.repeat(60_000);
    const tail = JSON.stringify(long);
    const content = `${FIRST}\n${short}${tail}\n{}\n${short}${tail}`;
    const { file, events } = await read(content, request(), byType);
    expect(events).toHaveLength(2);
    expect(file).toMatchObject({ records: 120_004, malformed: 1, parsed: 2 });
  });

  it('survive bytes that are no UTF-8', async () => {
    const bytes = Buffer.from(
      toLines([makeRecord({ at: '2022-01-17T10:00Z', eventType: WANTED[0] ?? '' })]),
    );
    bytes[bytes.indexOf('quotes')] = 0xff;
    await prove(
      Buffer.concat([Buffer.from(`${FIRST}\n`), bytes, Buffer.from([0xc0, 0x0a]), bytes]),
      request(),
    );
  });
});

describe.each(SCANNERS)(
  'a record that is torn, with the next one behind it, is counted as lost %s',
  (_, createScanner) => {
    const noise = makeNoise(days('2022-01-16', '2022-01-18')).map((record) =>
      JSON.stringify(record),
    );
    const tear = async (torn: string): Promise<void> => {
      const content = noise.toSpliced(20, 2, torn).join('\n');
      const { file, claim } = await read(`${content}\n`, request(), createScanner([]));
      expect(file).toMatchObject({ records: 47, malformed: 1, parsed: 0 });
      expect(claim.holes.some(({ reason }) => reason.includes('is damaged'))).toBe(true);
    };

    const places = Array.from({ length: 90 }, (_, index) => 1 + index * 2);
    it.each(places)('after %d bytes', async (bytes) => {
      const torn = (noise[20] ?? '').slice(0, bytes) + (noise[21] ?? '');
      expect(torn.match(/"eventType"/g)).toHaveLength(1);
      await tear(torn);
    });

    const depths = Array.from({ length: 20 }, (_, index) => 1 + index);
    it.each(depths)('inside of %d objects', async (depth) => {
      await tear('{"client":'.repeat(depth) + (noise[21] ?? ''));
    });
  },
);

/** The scanner with every row changed before anybody sees it. */
function breakScanner(
  scanner: LineScanner,
  change: (rows: Int32Array, row: number) => void,
): LineScanner {
  let count = 0;
  return {
    ...scanner,
    scan: (from, to) => {
      const found = scanner.scan(from, to);
      count = found.count;
      return found;
    },
    readRows: () => {
      const rows = Int32Array.from(scanner.readRows());
      for (let row = 0; row < count * ROW_FIELDS; row += ROW_FIELDS) change(rows, row);
      return rows;
    },
  };
}

describe('a scanner that is wrong is found out', () => {
  const mutants: Record<string, (rows: Int32Array, row: number) => void> = {
    'it trusts every line whose first type it can read': (rows, row) => {
      if ((rows[row + ROW_TYPE] ?? -1) >= 0) rows[row + ROW_MUST_PARSE] = 0;
    },
    'it takes the type of the line before': (rows, row) => {
      if (row > 0) rows[row + ROW_TYPE] = rows[row + ROW_TYPE - ROW_FIELDS] ?? 0;
    },
    'it is a day late': (rows, row) => {
      rows[row + ROW_DAY] = (rows[row + ROW_DAY] ?? 0) + 7;
    },
    'it cuts lines short': (rows, row) => {
      rows[row + ROW_END] = (rows[row + ROW_END] ?? 0) - 1;
    },
  };
  it.each(Object.entries(mutants))('%s', async (_, change) => {
    const mutant = breakScanner(createBufferScanner([]), change);
    const result = await fc.check(
      fc.asyncProperty(file, async (content) => {
        const strict = await read(content, request(), null);
        const sifted = await read(content, request(), mutant);
        expect(sifted.events).toEqual(strict.events);
      }),
      { numRuns: 200, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
  });
});

describe('lines are not sifted', () => {
  it('where another envelope comes first', async () => {
    const rows = makeNoise(WINDOW).map((record) => ({ result: { _raw: JSON.stringify(record) } }));
    const { reading } = await readArchive({ files: { a: toLines(rows) }, request: request() });
    expect(reading.counts.eventsParsed).toBe(reading.counts.eventsRead);
  });

  it('where strictness is asked for', async () => {
    const { reading } = await readArchive({
      files: { a: toLines(makeNoise(WINDOW)) },
      request: request(),
      options: { isStrict: true },
    });
    expect(reading.counts.eventsParsed).toBe(reading.counts.eventsRead);
  });
});

it('loses no event at the edge of the window, however many of its type stand before it', async () => {
  const sinceMs = Date.parse('2022-01-16T10:30:30Z');
  const records = Array.from({ length: 12_000 }, (_, index) =>
    makeRecord({
      at: Date.parse('2022-01-16T08:00Z') + index * 1000,
      eventType: 'user.account.reset_password',
    }),
  );
  const { events } = await readArchive({
    files: { 'log.ndjson': toLines(records) },
    window: { sinceMs, untilMs: sinceMs + 60_000 },
    eventTypes: exactEventTypes(['user.account.reset_password']),
  });
  expect(events).toHaveLength(60);
});
