import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { ReadRequest } from '../../src/model/reading.ts';
import {
  type CoverageClaim,
  claimCoverage,
} from '../../src/sources/archive/coverage/claim-coverage.ts';
import type { FileReading } from '../../src/sources/archive/coverage/file-reading.ts';
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
import { days, makeNoise, makeRecord, readArchive, toLines } from './archive-workbench.ts';

const WINDOW = days('2022-01-16', '2022-01-22');
const WANTED = [
  'user.account.reset_password',
  'user.mfa.factor.reset_all',
  'system.api_token.create',
];
const OTHERS = [
  'user.session.start',
  'user.authentication.sso',
  'user.account',
  'policy.rule.update',
];
const IDS = ['00uvictim', '102stolen-session', '198.51.100.7'];

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

const FOLLOW_UPS: ReadRequest['followUps'] = [
  { field: 'actor.id', values: ['00uvictim', 'other'], window: WINDOW },
  { field: 'target.id', values: ['00uvictim'], window: WINDOW },
  {
    field: 'authenticationContext.externalSessionId',
    values: ['102stolen-session'],
    window: WINDOW,
  },
  { field: 'client.ipAddress', values: ['198.51.100.7'], window: WINDOW },
];

/** Any way to write the same text in JSON: some characters as escapes. */
function spell(text: string, escapes: readonly boolean[], isUpper: boolean): string {
  const letters = [...text].map((letter, index) => {
    if (escapes[index % Math.max(1, escapes.length)] !== true) return letter;
    const code = letter.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${isUpper ? code.toUpperCase() : code}`;
  });
  return `"${letters.join('')}"`;
}

const spelling = fc.oneof(
  { weight: 6, arbitrary: fc.constant<boolean[]>([]) },
  { weight: 1, arbitrary: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }) },
);
const text = (value: string): fc.Arbitrary<string> =>
  fc.tuple(spelling, fc.boolean()).map(([escapes, isUpper]) => spell(value, escapes, isUpper));
const space = fc.constantFrom('', '', '', ' ', '\t', '  ', ' \r');
const eventType = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WANTED) },
  { weight: 3, arbitrary: fc.constantFrom(...OTHERS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('com.okta.event_hook', 'x'.repeat(130), 'naïve.type', ''),
  },
);
const oddTime = fc.constantFrom(
  '2022-01-17T10:00:00.000Z',
  '2022-01-21T23:59:59.999Z',
  '2022-01-22T00:00:00.000Z',
  '2022-01-18T10:00:00Z',
  '2022-01-18 10:00:00',
  '2022-01-18T10:00:00.123456Z',
  '2022-01-18T24:00:00.000Z',
  '2022-02-30T10:00:00.000Z',
  '2022-01-18T10:00:00+02:00',
  '2021-06-01T00:00:00.000Z',
  '1969-12-31T23:59:59.000Z',
  'soon',
);
const published = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .date({ min: new Date(WINDOW.sinceMs), max: new Date(WINDOW.untilMs), noInvalidDate: true })
      .map((date) => date.toISOString()),
  },
  { weight: 1, arbitrary: oddTime },
);
const odd = fc.constantFrom('null', '1', '{}', '[]', 'true', '[1,{"a":"}"}]', '{"eventType":null}');
const decoy = fc.constantFrom(
  '"eventType\\":\\"user.session.start\\""',
  '"\\"eventType\\":\\"user.mfa.factor.reset_all\\""',
  '"a line\\nwith } and { and \\\\"',
  '"eventType"',
  '"published"',
  '"\\u0065ventType"',
  '"caf\\u00e9 \\u0026 \\u2028"',
  '"Ty sh \\\\u0041"',
);
const idOf = (wanted: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(wanted) },
    { weight: 1, arbitrary: fc.constantFrom('00uother', 'unknown', ...IDS) },
  );

const spaced = ([key, value]: readonly [string, string]): fc.Arbitrary<string> =>
  fc.tuple(space, space, space).map(([a, b, c]) => `${a}${key}${b}:${c}${value}${a}`);

/** A member that names who, in which session or from where. */
const idMember: fc.Arbitrary<string> = fc
  .constantFrom(
    ['actor', 'id', '00uvictim', '{', '}'],
    ['target', 'id', '00uvictim', '[{"a":1},{', '}]'],
    ['client', 'ipAddress', '198.51.100.7', '{', '}'],
    ['authenticationContext', 'externalSessionId', '102stolen-session', '{', '}'],
  )
  .chain(([owner = '', key = '', wanted = '', open = '', close = '']) =>
    fc.tuple(
      text(owner),
      fc
        .tuple(text(key), space, idOf(wanted).chain(text))
        .map(([name, gap, value]) => `${open}${name}${gap}:${gap}${value}${close}`),
    ),
  )
  .chain(spaced);

/** A member of an object, often one that matters. */
const member: fc.Arbitrary<string> = fc
  .oneof(
    fc.tuple(
      text('eventType'),
      fc.oneof({ weight: 8, arbitrary: eventType.chain(text) }, { weight: 1, arbitrary: odd }),
    ),
    fc.tuple(
      text('published'),
      fc.oneof({ weight: 8, arbitrary: published.chain(text) }, { weight: 1, arbitrary: odd }),
    ),
    fc.tuple(
      text('uuid'),
      fc.uuid().map((uuid) => JSON.stringify(uuid)),
    ),
    fc.tuple(
      text('legacyEventType'),
      eventType.map((type) => JSON.stringify(type)),
    ),
    fc.tuple(text('displayMessage'), decoy),
    fc.tuple(
      fc.constantFrom('"debugContext"', '"detail"', '"event"', '"attributes"', '"hits"', '"data"'),
      fc
        .tuple(eventType.chain(text), published.chain(text), fc.boolean())
        .map(
          ([type, time, hasTime]) =>
            `{"eventType":${type}${hasTime ? `,"published":${time}` : ''}}`,
        ),
    ),
    fc.tuple(
      fc.constantFrom('"_raw"', '"message"', '"eventtype"', '"event_type"'),
      eventType.map((type) => JSON.stringify(type)),
    ),
    fc.tuple(
      fc.constantFrom('"_raw"', '"rawLog"'),
      eventType.map((type) =>
        JSON.stringify(JSON.stringify({ eventType: type, published: '2022-01-17T10:00:00.000Z' })),
      ),
    ),
  )
  .chain(spaced);

const whole = fc
  .tuple(
    eventType.chain(text),
    published.chain(text),
    fc.array(fc.oneof(member, idMember, idMember), { maxLength: 3 }),
    space,
  )
  .map(([type, time, others, gap]) => {
    const members = [`"eventType":${gap}${type}`, `"published"${gap}:${time}`, ...others];
    return `${gap}{${members.join(',')}}${gap}`;
  });
const loose = fc.array(member, { maxLength: 6 }).map((members) => `{${members.join(',')}}`);
const noise = fc
  .constantFrom(...makeNoise(WINDOW).slice(0, 40))
  .map((record) => JSON.stringify(record));
const broken = fc
  .tuple(whole, fc.nat(), fc.constantFrom('', '}', '"', '\u0000', '{"a":1}'))
  .map(([line, at, end]) => line.slice(0, at % (line.length + 1)) + end);
const line = fc.oneof(
  { weight: 6, arbitrary: whole },
  { weight: 3, arbitrary: loose },
  { weight: 2, arbitrary: noise },
  { weight: 1, arbitrary: broken },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '   ',
      '[]',
      '[{"eventType":"user.mfa.factor.reset_all","published":"2022-01-17T10:00:00Z"}]',
      '42',
      '\ufeff{}',
    ),
  },
);
const FIRST = JSON.stringify(makeRecord({ at: '2022-01-16T00:00Z' }));
const file = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, isEnded]) => [FIRST, ...lines].join(end) + (isEnded ? end : ''));

const FOLDER = mkdtempSync(join(tmpdir(), 'sifted-'));
const PATH = join(FOLDER, 'a.ndjson');
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Reads one file and gives what it says, parsing every line where there is no scanner. */
async function read(
  content: string | Buffer,
  given: Partial<ReadRequest>,
  scanner: LineScanner | null,
): Promise<{ events: LogEvent[]; file: FileReading; claim: CoverageClaim }> {
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
    member: { name: 'a.ndjson', bytes: content.length, range: { path: PATH }, isDeflated: false },
    isWanted: selectEvents(asked),
    accept: (event) => events.push(event),
    advance: () => {},
    sieve: scanner === null || plan === null ? null : { scanner, plan },
  });
  return { events, file, claim: claimCoverage({ files: [file], request: asked }) };
}

describe.each(SCANNERS)('lines that are sifted %s', (_, createScanner) => {
  const ids = FOLLOW_UPS.flatMap((followUp) => followUp.values);
  const [byType, byId] = [createScanner([]), createScanner(ids)];

  /** A broken line that looks whole may stay unseen where nobody asked for its event; nothing else may differ. */
  const prove = async (content: string | Buffer, given: Partial<ReadRequest>): Promise<number> => {
    const strict = await read(content, given, null);
    const sifted = await read(content, given, given.followUps?.length ? byId : byType);
    expect(sifted.events).toEqual(strict.events);
    expect(sifted.file.records).toBe(strict.file.records);
    expect(sifted.file.malformed).toBeLessThanOrEqual(strict.file.malformed);
    if (sifted.file.malformed === strict.file.malformed) {
      expect(sifted.claim).toEqual(strict.claim);
      expect(sifted.file).toMatchObject({
        firstMs: strict.file.firstMs,
        lastMs: strict.file.lastMs,
      });
    }
    return strict.events.length;
  };

  it('give what parsing every line gives, by type', async () => {
    let events = 0;
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        events += await prove(content, request());
      }),
      { numRuns: 400 },
    );
    expect(events).toBeGreaterThan(400);
  });

  it('give what parsing every line gives, by id', async () => {
    let events = 0;
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        events += await prove(content, { ...request(FOLLOW_UPS), needs: [] });
      }),
      { numRuns: 200 },
    );
    expect(events).toBeGreaterThan(100);
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

  it('where an id cannot be told by its bytes', async () => {
    const values = ['00u"quoted"'];
    const { reading } = await readArchive({
      files: { a: toLines(makeNoise(WINDOW)) },
      request: request([{ field: 'actor.id', values, window: WINDOW }]),
    });
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
