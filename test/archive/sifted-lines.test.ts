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

/** Random files for each proof; a quarter as many events say that it was not about nothing. */
const RUNS = 400;

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
const IDS = [
  ...['00uvictim', '102stolen-session', '198.51.100.7', 'Kim+o\u00b4neill@acme.example'],
  ...[
    '\u212aim+o\u00b4neill@ACME.example',
    'kim@acme.example',
    '\u212aIM@acme.example',
    '00U/"slashed"\\',
  ],
];

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
  {
    field: 'actor.id',
    values: ['00uvictim', 'other', '00U/"slashed"\\', ''],
    window: days('2022-01-16', '2022-01-18'),
  },
  { field: 'target.id', values: ['00uvictim'], window: days('2022-01-17', '2022-01-22') },
  {
    field: 'authenticationContext.externalSessionId',
    values: ['102stolen-session'],
    window: WINDOW,
  },
  {
    field: 'client.ipAddress',
    values: ['198.51.100.7'],
    window: days('2022-01-16', '2022-01-19'),
  },
  {
    field: 'actor.alternateId',
    values: ['Kim+O\u00b4Neill@acme.example', '\u212aim@acme.example'],
    window: days('2022-01-18', '2022-01-30'),
  },
  { field: 'target.alternateId', values: ['KIM@ACME.EXAMPLE'], window: WINDOW },
];

/** Any way to write the same text in JSON: some characters as escapes. */
function spell(text: string, escapes: readonly boolean[], isUpper: boolean): string {
  const letters = [...text].map((letter, index) => {
    if (escapes[index % Math.max(1, escapes.length)] !== true) {
      if (letter === '/') return isUpper ? '\\/' : '/';
      return letter === '"' || letter === '\\' ? `\\${letter}` : letter;
    }
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

/** A member that names who, in which session or from where: as an object, as a text of one, or under a dotted name. */
const idMember: fc.Arbitrary<string> = fc
  .constantFrom(
    ['actor', 'id', '00uvictim'],
    ['actor', 'alternateId', 'kim@acme.example'],
    ['target', 'id', '00uvictim'],
    ['target', 'alternateId', 'Kim@acme.example'],
    ['client', 'ipAddress', '198.51.100.7'],
    ['authenticationContext', 'externalSessionId', '102stolen-session'],
  )
  .chain(([owner = '', key = '', wanted = '']) => {
    const value = idOf(wanted).chain(text);
    const inside = fc.tuple(text(key), space, value).map(([name, gap, value]) => {
      const object = `{${name}${gap}:${gap}${value}}`;
      return owner === 'target' ? `[{"a":1},${object}]` : object;
    });
    return fc.oneof(
      { weight: 6, arbitrary: fc.tuple(text(owner), inside) },
      { weight: 1, arbitrary: fc.tuple(text(owner), inside.map(sayAsText)) },
      { weight: 1, arbitrary: fc.tuple(text(`${owner}.${key}`), value) },
    );
  })
  .chain(spaced);

/** A JSON text as a text in JSON; control characters and quotes as JSON must have them. */
function sayAsText(json: string): string {
  return JSON.stringify(json.replaceAll('\r', '\n'));
}

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
/** As many records as tell the format of a file; what follows, in whatever form, is then sifted. */
const HEAD = [
  FIRST,
  ...Array<string>(99).fill('{"eventType":"a.b","published":"2022-01-16T00:00:00Z"}'),
];
const fileOf = (each: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(each, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, end, isEnded]) => [...HEAD, ...lines].join(end) + (isEnded ? end : ''));
const file = fileOf(line);
/** Lines that would not be parsed but for somebody in them. */
const followedLine = fc
  .tuple(published, fc.array(idMember, { minLength: 1, maxLength: 2 }))
  .map(([time, members]) => `{"eventType":"a.b","published":"${time}",${members.join(',')}}`);
const followedFile = fileOf(
  fc.oneof({ weight: 4, arbitrary: followedLine }, { weight: 1, arbitrary: line }),
);

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
      if (!strict.file.tallies.has('flattened-record')) expect(sifted.claim).toEqual(strict.claim);
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
      { numRuns: RUNS },
    );
    expect(events).toBeGreaterThan(RUNS / 4);
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

describe('a record that is torn, with the next one behind it, is counted as lost', () => {
  const noise = makeNoise(days('2022-01-16', '2022-01-18')).map((record) => JSON.stringify(record));
  const places = Array.from({ length: 90 }, (_, index) => 1 + index * 2);
  it.each(places)('after %d bytes', async (bytes) => {
    const torn = (noise[20] ?? '').slice(0, bytes) + (noise[21] ?? '');
    expect(torn.match(/"eventType"/g)).toHaveLength(1);
    const content = noise.toSpliced(20, 2, torn).join('\n');
    const { file, claim } = await read(`${content}\n`, request(), requireWasmScanner([]));
    expect(file).toMatchObject({ records: 47, malformed: 1, parsed: 0 });
    expect(claim.holes.some(({ reason }) => reason.includes('is damaged'))).toBe(true);
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

  it('where strictness is asked for', async () => {
    const { reading } = await readArchive({
      files: { a: toLines(makeNoise(WINDOW)) },
      request: request(),
      options: { isStrict: true },
    });
    expect(reading.counts.eventsParsed).toBe(reading.counts.eventsRead);
  });
});
