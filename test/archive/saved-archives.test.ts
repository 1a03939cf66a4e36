import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import { type LogEvent, parseLogEvent } from '../../src/model/log-event.ts';
import type {
  EventSource,
  ReadRequest,
  SavedArchive,
  SourceReading,
} from '../../src/model/reading.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { openArchiveBytes } from '../../src/sources/archive/files/open-archive-bytes.ts';
import { saveWhileReading } from '../../src/sources/archive/saved/save-while-reading.ts';
import { days, layFiles, makeNoise, makeRecord, SILENT, toLines } from './archive-workbench.ts';

const WINDOW = days('2022-01-10', '2022-01-17');
const RECORDS = makeNoise(WINDOW);
const EVENTS = RECORDS.flatMap((record) => parseLogEvent(record) ?? []);
const REQUEST: ReadRequest = { window: WINDOW, needs: [], followUps: [], pull: 'full' };
const EVERYTHING: Partial<SourceReading> = {
  covered: [{ window: WINDOW, eventTypes: { kind: 'all' }, missingFields: [] }],
};

/** A live source that gives these events in two batches, and fails afterwards if told to. */
function makeLive(
  events: readonly LogEvent[],
  {
    failure,
    name = 'acme.okta.com',
    ...said
  }: Partial<SourceReading> & { readonly failure?: Error } = EVERYTHING,
): EventSource {
  return {
    kind: 'okta',
    name,
    read: async (_, deliver) => {
      if (events.length > 0) {
        deliver(events.slice(0, 100));
        deliver(events.slice(100));
      }
      if (failure !== undefined) throw failure;
      return {
        kind: 'okta',
        name,
        firstEventMs: null,
        lastEventMs: null,
        covered: [],
        holes: [],
        counts: { eventsRead: 0, eventsParsed: 0, malformed: 0, duplicates: 0, requests: 2 },
        ...said,
      };
    },
  };
}

/** Saves one read of a live source and gives the text of its archive. */
async function savePull(live: EventSource, request: ReadRequest = REQUEST): Promise<string> {
  const directory = layFiles({});
  const reading = await saveWhileReading(live, { directory, tell: () => {} }).read(
    request,
    () => {},
  );
  const path = reading.saved?.[0]?.path ?? '';
  const bytes = statSync(path).size;
  const member = { name: path, bytes, range: { path } };
  const { chunks } = await openArchiveBytes(member, () => {});
  let text = '';
  for await (const chunk of chunks) text += chunk.toString();
  return text;
}

async function readBack(
  files: Readonly<Record<string, string>>,
  request: ReadRequest,
  org: string | null = null,
): Promise<SourceReading & { readonly events: readonly LogEvent[] }> {
  const events: LogEvent[] = [];
  const archive = createArchiveSource({
    patterns: Object.keys(files),
    workingDirectory: layFiles(files),
    org,
    progress: SILENT,
  });
  const reading = await archive.read(request, (batch) => events.push(...batch));
  return { ...reading, events };
}

describe('a live pull that is saved', () => {
  it.each([
    ['a directory that cannot be made', { taken: 'a file' }, 'taken/kept'],
    ['checksums that cannot be kept', { 'kept/SHA256SUMS/x': '' }, 'kept'],
  ])('is an error that names the flag for %s', async (_, files, directory) => {
    const folder = layFiles(files);
    const live = saveWhileReading(makeLive(EVENTS), {
      directory: join(folder, directory),
      tell: () => {},
    });
    await expect(live.read(REQUEST, () => {})).rejects.toMatchObject({
      code: 'report-unwritable',
      hint: expect.stringContaining('--save-archive'),
    });
  });

  it('is an archive that gives the same events, also as a folder and of several pulls', async () => {
    const directory = join(layFiles({}), 'saved');
    const saved: SavedArchive[] = [];
    const live = saveWhileReading(makeLive(EVENTS), {
      directory,
      tell: (archive) => saved.push(archive),
    });
    const delivered: LogEvent[] = [];
    const { saved: stated } = await live.read(REQUEST, (batch) => delivered.push(...batch));
    await live.read(REQUEST, () => {});
    expect(delivered).toEqual(EVENTS);
    expect(stated).toEqual(saved.slice(0, 1));
    expect(saved.map(({ events }) => events)).toEqual([168, 168]);
    expect(new Set(saved.map(({ path }) => path)).size).toBe(2);
    expect(saved[0]?.path).toMatch(/okta-20220110T000000Z-20220117T000000Z\.ndjson\.(zst|gz)$/);

    for (const pattern of [saved[0]?.path ?? '', directory, `${directory}/*`]) {
      const again: LogEvent[] = [];
      const archive = createArchiveSource({
        patterns: [pattern],
        workingDirectory: directory,
        progress: SILENT,
      });
      const reading = await archive.read(REQUEST, (batch) => again.push(...batch));
      expect(again).toEqual(EVENTS);
      expect(reading.holes).toEqual([]);
      expect(reading.covered[0]).toEqual(EVERYTHING.covered?.[0]);
      const held = reading.held?.hours.reduce((sum, [, records]) => sum + records, 0);
      expect(held).toBe(reading.counts.eventsRead);
    }
  });

  it('has its checksum in the reading and beside it', async () => {
    const directory = layFiles({});
    const live = saveWhileReading(makeLive(EVENTS), { directory, tell: () => {} });
    const { saved } = await live.read(REQUEST, () => {});
    const [line = ''] = readFileSync(join(directory, 'SHA256SUMS'), 'utf8').split('\n');
    const [sha256, name = ''] = line.split('  ');
    const bytes = readFileSync(join(directory, name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(saved).toMatchObject([{ sha256, events: 168, path: join(directory, name) }]);
  });

  it('is a file of its own, also beside another one and beside a link with its name', async () => {
    const directory = layFiles({ 'mine.txt': 'mine' });
    const save = () =>
      saveWhileReading(makeLive(EVENTS), { directory, tell: () => {} }).read(REQUEST, () => {});
    const { saved: first } = await save();
    const next = (first?.[0]?.path ?? '').replace('.ndjson', '-2.ndjson');
    symlinkSync(join(directory, 'mine.txt'), `${next}.partial`);
    const together = await Promise.all([save(), save()]);
    expect(readFileSync(join(directory, 'mine.txt'), 'utf8')).toBe('mine');
    const kept = together.flatMap(({ saved = [] }) => saved);
    expect(new Set(kept.map(({ path }) => path)).size).toBe(2);
    for (const { path, sha256 } of kept) {
      expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256);
    }
  });

  it('leaves nothing where it failed', async () => {
    const directory = layFiles({});
    const failing = saveWhileReading(makeLive(EVENTS, { failure: new Error('gone') }), {
      directory,
      tell: () => {},
    });
    await expect(failing.read(REQUEST, () => {})).rejects.toThrow('gone');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('vouches for silence where Okta was asked and gave nothing', async () => {
    const text = await savePull(makeLive([]));
    const { covered, holes, firstEventMs } = await readBack({ a: text }, REQUEST);
    expect(covered).toEqual(EVERYTHING.covered);
    expect(holes).toEqual([]);
    expect(firstEventMs).toBeNull();
  });

  it('says what Okta itself could not give', async () => {
    const hole = {
      window: days('2022-01-10', '2022-01-12'),
      eventTypes: exactEventTypes(['user.account.reset_password']),
      reason: 'the log began later',
      remedy: 'look elsewhere',
    };
    const text = await savePull(makeLive(EVENTS, { ...EVERYTHING, holes: [hole] }));
    const rest = days('2022-01-12', '2022-01-17');
    const covered = EVERYTHING.covered?.map((stretch) => ({ ...stretch, window: rest })) ?? [];
    expect((await readBack({ a: text }, REQUEST)).holes).toEqual([]);
    const partial = await savePull(makeLive(EVENTS, { covered, holes: [hole] }));
    expect((await readBack({ a: partial }, REQUEST)).holes).toEqual([hole]);
  });
});

describe('an archive that was saved from one org', () => {
  const pull = (name: string) => savePull(makeLive(EVENTS, { ...EVERYTHING, name }));

  it('answers for that org, and where no org is asked', async () => {
    const files = { a: await pull('acme.okta.com'), b: await pull('acme.okta.com') };
    for (const org of ['acme.okta.com', null]) {
      expect((await readBack(files, REQUEST, org)).events).toHaveLength(168);
    }
  });

  it("answers for no other, and not beside another one's", async () => {
    const files = { a: await pull('acme.okta.com'), b: await pull('acme.oktapreview.com') };
    await expect(readBack(files, REQUEST, 'acme.okta.com')).rejects.toMatchObject({
      code: 'archive-other-tenant',
      message:
        'The archive file b was saved from acme.oktapreview.com, and the audit is of acme.okta.com.',
    });
    await expect(readBack(files, REQUEST)).rejects.toMatchObject({
      code: 'archive-other-tenant',
      message: 'The archive file b was saved from acme.oktapreview.com, and a from acme.okta.com.',
    });
    await expect(readBack({ a: files.a + files.b }, REQUEST)).rejects.toMatchObject({
      code: 'archive-other-tenant',
    });
  });

  it('may lie beside an export, which names no org', async () => {
    const files = { a: await pull('acme.okta.com'), 'b.ndjson': toLines(RECORDS) };
    expect((await readBack(files, REQUEST, 'acme.okta.com')).events).toHaveLength(168);
  });
});

describe('an archive of a targeted pull', () => {
  const RESET = 'user.account.reset_password';
  const TOKEN = 'system.api_token.create';
  const reset = makeRecord({ at: '2022-01-12T10:00Z', eventType: RESET });
  const ask = (types: readonly string[], window = WINDOW): ReadRequest => ({
    window,
    needs: [{ eventTypes: exactEventTypes(types), window }],
    followUps: [],
    pull: 'targeted',
  });
  const pulled = () =>
    savePull(
      makeLive(
        [...EVENTS.slice(0, 4), ...[reset].flatMap((record) => parseLogEvent(record) ?? [])],
        {
          covered: [{ window: WINDOW, eventTypes: exactEventTypes([RESET]), missingFields: [] }],
        },
      ),
      ask([RESET]),
    );

  it('covers what was asked, though its events are few and far between', async () => {
    const { covered, holes, events } = await readBack({ a: await pulled() }, ask([RESET]));
    expect(events.map((event) => event.eventType)).toEqual([RESET]);
    expect(covered).toEqual([
      { window: WINDOW, eventTypes: exactEventTypes([RESET]), missingFields: [] },
    ]);
    expect(holes).toEqual([]);
  });

  it('covers no other type and no other time, whatever its events look like', async () => {
    const wide = days('2022-01-09', '2022-01-17');
    const reading = await readBack({ a: await pulled() }, ask([RESET, TOKEN], wide));
    expect(reading.covered.map((stretch) => stretch.eventTypes)).toEqual([
      exactEventTypes([RESET]),
    ]);
    expect(reading.holes).toEqual([
      expect.objectContaining({
        window: days('2022-01-09', '2022-01-10'),
        eventTypes: exactEventTypes([RESET]),
      }),
      expect.objectContaining({
        window: wide,
        eventTypes: exactEventTypes([TOKEN]),
        reason: 'the archive was saved from a pull that did not ask Okta for this',
      }),
    ]);
  });

  it('does not widen what an export beside it covers, and is filled by one', async () => {
    const week = days('2022-01-03', '2022-01-10');
    const files = { a: await pulled(), 'b.ndjson': toLines(makeNoise(week)) };
    const reading = await readBack(files, ask([TOKEN], days('2022-01-03', '2022-01-17')));
    const all = reading.covered.filter(({ eventTypes }) => eventTypes.kind === 'all');
    expect(all.map(({ window }) => window)).toEqual([
      { sinceMs: week.sinceMs, untilMs: week.untilMs - DAY_MS / 24 + 1 },
    ]);
    const filled = await readBack(
      {
        a: await pulled(),
        'b.ndjson': toLines(makeNoise({ ...WINDOW, untilMs: WINDOW.untilMs + 1 })),
      },
      ask([TOKEN]),
    );
    expect(filled.holes).toEqual([]);
  });

  it('answers the drill-downs that were asked, and says of others that it cannot', async () => {
    const followUp = {
      field: 'actor.id',
      values: ['00uactor', '00ub'],
      window: WINDOW,
      decidesSinceMs: WINDOW.sinceMs,
    } as const;
    const followed = EVERYTHING.covered ?? [];
    const live = makeLive(EVENTS.slice(0, 20), { covered: [], followed });
    const request: ReadRequest = { ...ask([]), needs: [], followUps: [followUp] };
    const text = await savePull(live, request);
    const again = await readBack(
      { a: text },
      { ...request, followUps: [{ ...followUp, values: ['00uactor'] }] },
    );
    expect(again.events).toHaveLength(10);
    expect(again.holes).toEqual([]);
    expect(again.followed?.map(({ window }) => window)).toEqual([WINDOW]);
    for (const other of [
      { ...followUp, values: ['00uactor', '00uc'] },
      { ...followUp, field: 'target.id' as const },
    ]) {
      const { holes, followed } = await readBack({ a: text }, { ...request, followUps: [other] });
      expect(followed).toEqual([]);
      expect(holes.map((hole) => hole.window)).toEqual([WINDOW]);
      expect(holes[0]?.reason).toContain('saved from a targeted pull');
    }
    const late = { ...WINDOW, untilMs: WINDOW.untilMs + DAY_MS };
    const later = { ...request, followUps: [{ ...followUp, window: late }] };
    const early = await readBack({ a: await savePull(live, later) }, later);
    expect(early.followed?.map(({ window }) => window)).toEqual([WINDOW]);
    const lossy = makeLive([], {
      holes: [
        { window: WINDOW, eventTypes: { kind: 'all' }, reason: 'lost', remedy: 'look again' },
      ],
    });
    const lost = await readBack({ a: await savePull(lossy, request) }, request);
    expect(lost.holes.map((hole) => hole.reason)).toContain('lost');
    expect(lost.holes).toHaveLength(2);
  });

  it.each([
    ['cut in front of its statement', (text: string) => text.replace(/[^\n]*\n$/, ''), 'no end'],
    ['without its first line', (text: string) => text.replace(/^[^\n]*\n/, ''), 'no beginning'],
    [
      'without an event',
      (text: string) => text.split('\n').toSpliced(2, 1).join('\n'),
      'it holds 4 of 5 events',
    ],
    [
      'with an event in the place of another',
      (text: string) =>
        text
          .split('\n')
          .with(2, text.split('\n')[1] ?? '')
          .join('\n'),
      'some of its events are not those that it states',
    ],
    [
      'with a line that is broken',
      (text: string) => text.replace('{"actor"', '"actor"'),
      'not JSON',
    ],
    [
      'with a statement of a later version',
      (text: string) => text.replaceAll('"version":1', '"version":2'),
      'no beginning or no end',
    ],
    [
      'with a statement that says nothing',
      (text: string) => text.replace('"covered":[', '"covers":['),
      'no beginning or no end',
    ],
  ])('is not trusted %s', async (_, spoil, fault) => {
    const { covered, holes } = await readBack({ a: spoil(await pulled()) }, ask([RESET]));
    expect(covered).toEqual([]);
    expect(holes[0]).toMatchObject({ window: WINDOW, eventTypes: { kind: 'all' } });
    expect(holes[0]?.reason).toContain('a was saved from a live pull and is no longer whole');
    expect(holes[0]?.reason).toContain(fault);
  });

  it('gives its events also as rows of a table, in which each has a cell for the statement', async () => {
    const rows = (await pulled()).split('\n').map((line) => {
      if (line === '') return '';
      return JSON.stringify({ oktaTenantAuditArchive: null, ...JSON.parse(line) });
    });
    const { covered, holes, events } = await readBack({ a: rows.join('\n') }, ask([RESET]));
    expect(events.map((event) => event.eventType)).toEqual([RESET]);
    expect(covered).toHaveLength(1);
    expect(holes).toEqual([]);
  });

  it('may be several pulls in one file', async () => {
    const other = await savePull(
      makeLive([], {
        covered: [{ window: WINDOW, eventTypes: exactEventTypes([TOKEN]), missingFields: [] }],
      }),
    );
    const { covered, holes } = await readBack({ a: (await pulled()) + other }, ask([RESET, TOKEN]));
    expect(covered).toHaveLength(2);
    expect(holes).toEqual([]);
  });
});

describe('the standard input', () => {
  it('is an archive like any other, also when it is read twice and beside files', async () => {
    const folder = layFiles({ 'a.ndjson': toLines(RECORDS.slice(0, 100)) });
    writeFileSync(join(folder, '-'), 'a file of that name is not meant');
    async function* input(): AsyncGenerator<Buffer> {
      const text = Buffer.from(toLines(RECORDS.slice(90)));
      yield text.subarray(0, 1000);
      yield text.subarray(1000);
    }
    const source = createArchiveSource({
      patterns: ['a.ndjson', '-'],
      workingDirectory: folder,
      progress: SILENT,
      standardInput: input(),
    });
    expect(source.name).toBe('a.ndjson, standard input');
    for (const _ of [1, 2]) {
      const events: LogEvent[] = [];
      const reading = await source.read(REQUEST, (batch) => events.push(...batch));
      expect(events).toHaveLength(168);
      expect(reading.counts).toMatchObject({ eventsRead: 178, duplicates: 10 });
    }
  });
});
