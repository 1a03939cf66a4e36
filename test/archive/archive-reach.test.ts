import { describe, expect, it } from 'vitest';
import { coversEventTypes, exactEventTypes } from '../../src/model/event-type-set.ts';
import {
  DAY_MS,
  HOUR_MS,
  isInside,
  MINUTE_MS,
  overlaps,
  subtractWindows,
  type TimeWindow,
} from '../../src/model/time-window.ts';
import { days, makeNoise, ROUTINE_TYPES, readArchive, toLines } from './archive-workbench.ts';
import { writeFormat } from './format-writers.ts';

const SECOND_MS = 1_000;
const ASKED = days('2022-01-10', '2022-01-12');
/** Of a type that the archive holds no event of, so that none of it is parsed. */
const RARE = exactEventTypes(['system.api_token.create']);
const REQUEST = {
  needs: [{ eventTypes: exactEventTypes(ROUTINE_TYPES), window: ASKED }],
  window: ASKED,
};

/** The holes of an export with an event every so often, which begins late and ends early. */
async function holesOf(options: {
  readonly everyMs: number;
  readonly lateMs: number;
  readonly earlyMs: number;
}): Promise<{ window: TimeWindow; reason: string; remedy: string }[]> {
  const exported = {
    sinceMs: ASKED.sinceMs + options.lateMs,
    untilMs: ASKED.untilMs - options.earlyMs,
  };
  const records = makeNoise(exported, options.everyMs);
  const { reading } = await readArchive({
    files: { 'a.ndjson': toLines(records) },
    request: REQUEST,
  });
  return reading.holes.map(({ window, reason, remedy }) => ({ window, reason, remedy }));
}

describe('an export of exactly the window that is asked about', () => {
  it('is complete where its log is busy and its edges are usual pauses', async () => {
    expect(
      await holesOf({ everyMs: 10 * SECOND_MS, lateMs: 40 * SECOND_MS, earlyMs: 30 * SECOND_MS }),
    ).toEqual([]);
  });

  it('is not where an edge is longer than such pauses are', async () => {
    const late = await holesOf({ everyMs: 10 * SECOND_MS, lateMs: 47 * SECOND_MS, earlyMs: 0 });
    expect(late).toMatchObject([
      {
        window: { sinceMs: ASKED.sinceMs, untilMs: ASKED.sinceMs + 47 * SECOND_MS },
        reason: 'the archive begins at 2022-01-10 00:00 UTC',
        remedy: 'give an archive that begins before 2022-01-10 00:00 UTC',
      },
    ]);
    const [hole, ...others] = await holesOf({
      everyMs: 10 * SECOND_MS,
      lateMs: 0,
      earlyMs: 60 * SECOND_MS,
    });
    expect(others).toEqual([]);
    expect(hole).toMatchObject({
      reason: 'the archive ends at 2022-01-11 23:58 UTC',
      remedy: 'give an archive that ends after 2022-01-12 00:00 UTC',
    });
    expect(hole?.window.untilMs).toBe(ASKED.untilMs);
  });

  it('is never believed for more than five minutes', async () => {
    const late = await holesOf({ everyMs: MINUTE_MS, lateMs: 5 * MINUTE_MS, earlyMs: 0 });
    expect(late.map(({ reason }) => reason)).toEqual([
      'the archive begins at 2022-01-10 00:05 UTC',
    ]);
    expect(await holesOf({ everyMs: MINUTE_MS, lateMs: 4 * MINUTE_MS, earlyMs: 0 })).toEqual([]);
  });

  it('is never complete where its log is slow, as there a pause cannot be told from a cut', async () => {
    const holes = await holesOf({ everyMs: 61 * SECOND_MS, lateMs: SECOND_MS, earlyMs: 0 });
    expect(holes.map(({ remedy }) => remedy)).toEqual([
      'give an archive that begins before 2022-01-10 00:00 UTC',
      'give an archive that ends after 2022-01-12 00:00 UTC',
    ]);
  });

  it('is asked for by days where days are missing', async () => {
    const holes = await holesOf({ everyMs: MINUTE_MS, lateMs: 25 * HOUR_MS, earlyMs: 0 });
    expect(holes.map(({ remedy }) => remedy)).toEqual([
      'give an archive that covers 2022-01-10 to 2022-01-11 01:00 UTC',
    ]);
  });
});

it('says of a silence of whole hours how many they are', async () => {
  const records = makeNoise(ASKED).filter((_, hour) => hour <= 10 || hour >= 34);
  const { reading } = await readArchive({
    files: { 'a.ndjson': toLines(records) },
    request: REQUEST,
  });
  expect(reading.holes.map(({ reason }) => reason)).toContain(
    'the archive holds no event for 24 hours',
  );
});

describe('an archive of a log that is busy day and night', () => {
  it('has a hole where it fell silent for hours, and says that it is busy then', async () => {
    const exported = { sinceMs: ASKED.sinceMs, untilMs: ASKED.sinceMs + 9 * DAY_MS };
    const silent = {
      sinceMs: ASKED.sinceMs + 26 * HOUR_MS,
      untilMs: ASKED.sinceMs + 31 * HOUR_MS,
    };
    const kept = makeNoise(exported, MINUTE_MS).filter(
      ({ published }) => !isInside(silent, Date.parse(String(published))),
    );
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(kept) },
      request: REQUEST,
    });
    expect(reading.holes).toMatchObject([
      {
        window: { sinceMs: silent.sinceMs - MINUTE_MS + 1, untilMs: silent.untilMs },
        reason: 'the archive holds no event for 5 hours, which are busy on other days',
        remedy: 'give an archive that covers 2022-01-11 01:59 to 07:00 UTC',
      },
    ]);
  });

  const LOST = {
    sinceMs: ASKED.sinceMs + 26 * HOUR_MS,
    untilMs: ASKED.sinceMs + 26 * HOUR_MS + 20 * MINUTE_MS,
  };
  const NINE_DAYS = { sinceMs: ASKED.sinceMs, untilMs: ASKED.sinceMs + 9 * DAY_MS };
  const isKept = ({ published }: Record<string, unknown>): boolean =>
    !isInside(LOST, Date.parse(String(published)));

  it('is whole again by an export of just what the hole asks for', async () => {
    const records = makeNoise(NINE_DAYS, 20 * SECOND_MS);
    const begin = ASKED.sinceMs + 26 * HOUR_MS + 7 * SECOND_MS;
    const lost = { sinceMs: begin, untilMs: begin + 20 * MINUTE_MS + 30 * SECOND_MS };
    const isIn = (window: TimeWindow) => (record: Record<string, unknown>) =>
      isInside(window, Date.parse(String(record['published'])));
    const rest = toLines(records.filter((record) => !isIn(lost)(record)));
    const { reading } = await readArchive({ files: { 'a.ndjson': rest }, request: REQUEST });
    const { remedy } = reading.holes[0] ?? {};
    const [, since = '', until = ''] = /covers (.+) to (.+) UTC$/.exec(remedy ?? '') ?? [];
    const day = since.slice(0, 10);
    const asked = { sinceMs: Date.parse(`${since}Z`), untilMs: Date.parse(`${day} ${until}Z`) };
    const given = toLines(records.filter(isIn(asked)));
    const { reading: mended } = await readArchive({
      files: { 'a.ndjson': rest, 'b.ndjson': given },
      request: REQUEST,
    });
    expect(records.filter(isIn(lost)).every(isIn(asked))).toBe(true);
    expect(mended.holes).toEqual([]);
  });

  it('asks for an end that no second of what was asked for lies behind', async () => {
    const untilMs = ASKED.untilMs + 30 * SECOND_MS;
    const request = {
      ...REQUEST,
      needs: REQUEST.needs.map((need) => ({ ...need, window: { ...ASKED, untilMs } })),
    };
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(makeNoise(ASKED, MINUTE_MS)) },
      request,
    });
    expect(reading.holes.at(-1)?.remedy).toBe(
      'give an archive that ends after 2022-01-12 00:01 UTC',
    );
  });

  it('has a hole where a page of it was lost, however it is read', async () => {
    const kept = makeNoise(NINE_DAYS, 20 * SECOND_MS).filter(isKept);
    const whole = { 'a.ndjson': toLines(kept) };
    const [odd, even] = [1, 0].map((rest) => toLines(kept.filter((_, row) => row % 2 === rest)));
    const request = { ...REQUEST, needs: [{ eventTypes: RARE, window: ASKED }] };
    for (const given of [
      { files: whole },
      { files: whole, options: { isStrict: true } },
      { files: { 'a.ndjson': odd ?? '', 'b.ndjson': even ?? '' } },
    ]) {
      const { reading } = await readArchive({ ...given, request });
      const beside = {
        sinceMs: LOST.sinceMs - 20 * SECOND_MS,
        untilMs: LOST.untilMs + 20 * SECOND_MS,
      };
      expect(reading.holes).toMatchObject([
        {
          window: beside,
          reason: 'the archive holds no event for 20 minutes, which are busy on other days',
          remedy: 'give an archive that covers 2022-01-11 01:59 to 02:21 UTC',
        },
      ]);
      expect(reading.covered.map(({ window }) => window)).toEqual([
        { sinceMs: ASKED.sinceMs, untilMs: beside.sinceMs },
        { sinceMs: beside.untilMs, untilMs: expect.any(Number) },
      ]);
    }
  });

  it.each([
    ['a page', LOST, '20 minutes'],
    ['a morning', { ...LOST, untilMs: LOST.sinceMs + 5 * HOUR_MS }, '5 hours'],
  ])(
    'has a hole where %s is lost in days that are too few to tell, beside others in another format',
    async (_, lost, length) => {
      const kept = makeNoise(NINE_DAYS, 20 * SECOND_MS).filter(
        ({ published }) => !isInside(lost, Date.parse(String(published))),
      );
      const isEarly = ({ published }: Record<string, unknown>): boolean =>
        Date.parse(String(published)) < ASKED.sinceMs + 4 * DAY_MS;
      const { reading } = await readArchive({
        files: {
          'a.ndjson': toLines(kept.filter(isEarly)),
          'b.ndjson': writeFormat(
            'sentinel',
            kept.filter((record) => !isEarly(record)),
            'lines',
          ),
        },
        request: REQUEST,
      });
      expect(reading.holes).toMatchObject([
        { reason: `the archive holds no event for ${length}, which are busy on other days` },
      ]);
      expect(reading.covered.filter(({ window }) => overlaps(window, lost))).toEqual([]);
    },
  );

  it('has none where another file holds the page', async () => {
    const records = makeNoise(NINE_DAYS, 20 * SECOND_MS);
    const { reading } = await readArchive({
      files: {
        'a.ndjson': toLines(records.filter(isKept)),
        'b.ndjson': toLines(records.filter((record) => !isKept(record))),
      },
      request: REQUEST,
    });
    expect(reading.holes).toEqual([]);
  });

  it('has one hole where the page is there and cannot be read', async () => {
    const lines = makeNoise(NINE_DAYS, 20 * SECOND_MS).map((record) =>
      isKept(record) ? toLines([record]) : '{"published":\n',
    );
    const { reading } = await readArchive({
      files: { 'a.ndjson': lines.join('') },
      request: REQUEST,
    });
    expect(reading.holes.map(({ reason }) => reason)).toEqual([expect.stringContaining('60 ')]);
    const told = [...reading.holes, ...reading.covered].map(({ window }) => window);
    expect(subtractWindows(ASKED, told)).toEqual([]);
  });

  it('looks filtered as long as it does without the pages that are lost every day', async () => {
    const isLost = (atMs: number): boolean =>
      (atMs - ASKED.sinceMs) % (11 * HOUR_MS) < 20 * MINUTE_MS;
    const signIns = makeNoise(NINE_DAYS, 20 * SECOND_MS)
      .filter(({ published }) => !isLost(Date.parse(String(published))))
      .map((record) => ({ ...record, eventType: 'user.session.start' }));
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(signIns) },
      request: REQUEST,
    });
    const breaks = reading.holes.filter(({ reason }) => reason.includes('20 minutes'));
    expect(breaks.length).toBeGreaterThan(2);
    const asked = reading.covered.filter(({ eventTypes }) =>
      coversEventTypes(eventTypes, exactEventTypes(['user.account.update_profile'])),
    );
    expect(asked).toEqual([]);
  });
});
