import { describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import {
  DAY_MS,
  HOUR_MS,
  isInside,
  MINUTE_MS,
  type TimeWindow,
} from '../../src/model/time-window.ts';
import { days, makeNoise, ROUTINE_TYPES, readArchive, toLines } from './archive-workbench.ts';

const SECOND_MS = 1_000;
const ASKED = days('2022-01-10', '2022-01-12');
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
      'give an archive that covers 2022-01-10 00:00 to 2022-01-11 01:00 UTC',
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
        remedy: 'give an archive that covers 2022-01-11 01:59 to 2022-01-11 07:00 UTC',
      },
    ]);
  });
});
