import { describe, expect, test } from 'vitest';
import { doubtArchive, type LiveEvent } from '../../src/audit/doubt-archive.ts';
import {
  ALL_EVENT_TYPES,
  exactEventTypes,
  NO_EVENT_TYPES,
} from '../../src/model/event-type-set.ts';
import type { ReadRequest, SourceReading } from '../../src/model/reading.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { makeReading, span } from '../judgement/judgement-case.ts';

const COVERED = span('2026-11-01', '2026-11-20');
const NOON = Date.parse('2026-11-10T12:00:00Z');
const REQUEST: ReadRequest = {
  window: COVERED,
  needs: [{ eventTypes: exactEventTypes(['a', 'b', 'c', 'd', 'e']), window: COVERED }],
  followUps: [],
  pull: 'targeted',
};

function events(eventType: string, count: number, isArchived: boolean, atMs = NOON): LiveEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    uuid: `${eventType}${index}`,
    eventType,
    publishedMs: atMs + index,
    isArchived,
  }));
}

function doubt(
  live: readonly LiveEvent[],
  request: Partial<ReadRequest> = {},
  reading: Partial<SourceReading> = {},
): Pick<SourceReading, 'doubted' | 'holes'> {
  return doubtArchive({
    reading: { ...makeReading([COVERED], { kind: 'archive' }), ...reading },
    request: { ...REQUEST, ...request },
    live,
  });
}

describe('an archive beside the live log is doubted', () => {
  test('about types of which more than a tenth is missing, which are counted together', () => {
    const { doubted, holes } = doubt([
      ...events('a', 9, true),
      ...events('a', 1, false),
      ...events('b', 8, true),
      ...events('b', 1, false),
      ...events('c', 2, false),
    ]);
    expect(doubted).toEqual(exactEventTypes(['b', 'c']));
    expect(holes).toEqual([
      {
        window: COVERED,
        eventTypes: exactEventTypes(['b', 'c']),
        reason:
          "the archive lacks 3 of the 11 events of b, c that Okta's own log has for the same time: it may have been filtered, or lost some",
        remedy: 'give an export that leaves nothing out',
      },
    ]);
  });

  test('about everything where it has nothing of three events and more', () => {
    for (const count of [1, 2]) {
      expect(doubt(events('a', count, false)).doubted).toEqual(exactEventTypes(['a']));
    }
    const { doubted, holes } = doubt([...events('a', 2, false), ...events('b', 1, false)]);
    expect(doubted).toEqual(ALL_EVENT_TYPES);
    expect(holes.map((hole) => [hole.reason, hole.eventTypes])).toEqual(
      [ALL_EVENT_TYPES, NO_EVENT_TYPES].map((types) => [
        "the archive has none of the 3 events that Okta's own log has for the same time: it may be of another tenant",
        types,
      ]),
    );
  });

  test('in words that do not name every type', () => {
    const types = ['a', 'b', 'c', 'd', 'e'].flatMap((type) => events(type, 1, false));
    expect(doubt([...types, ...events('f', 1, true)]).holes[0]?.reason).toContain(
      'the archive has none',
    );
    expect(doubt([...types, ...events('a', 1, true)]).holes[0]?.reason).toContain(
      'lacks 5 of the 6 events of a, b, c and 2 more types that',
    );
  });

  test.each([
    ['everything is there', events('a', 3, true), {}, {}],
    ['Okta has nothing', [], {}, {}],
    ['it is at an edge', events('a', 3, false, COVERED.sinceMs + HOUR_MS - 3), {}, {}],
    ['it is at the other edge', events('a', 3, false, COVERED.untilMs - HOUR_MS), {}, {}],
    ['it is outside', events('a', 3, false, COVERED.untilMs + HOUR_MS), {}, {}],
    ['nobody asked the archive for the type', events('f', 3, false), {}, {}],
    ['nobody asked for the time', events('a', 3, false), { needs: [] }, {}],
    [
      'the archive does not claim the type',
      events('a', 3, false),
      {},
      { covered: [{ window: COVERED, eventTypes: exactEventTypes(['b']), missingFields: [] }] },
    ],
  ] as const)('never where %s', (_, live, request, reading) => {
    expect(doubt(live, request, reading).doubted).toBeUndefined();
    expect(doubt(live, request, reading).holes).toEqual([]);
  });

  test('by what a full pull asks for as well', () => {
    const full = { needs: [], pull: 'full' } as const;
    expect(doubt(events('f', 3, false), full).doubted).toEqual(ALL_EVENT_TYPES);
  });

  test('from an hour inside of what it covers', () => {
    const atMs = COVERED.sinceMs + HOUR_MS;
    expect(doubt(events('a', 3, false, atMs)).doubted).toEqual(ALL_EVENT_TYPES);
  });
});
