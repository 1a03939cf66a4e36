import { expect, it } from 'vitest';
import { addReading } from '../../src/audit/add-reading.ts';
import { ALL_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import type { SourceHole, SourceReading } from '../../src/model/reading.ts';
import { NOW_MS, sampleSource } from '../report/sample-audit.ts';

function makeHole(reason: string): SourceHole {
  const window = { sinceMs: NOW_MS - 1_000, untilMs: NOW_MS };
  return { window, eventTypes: ALL_EVENT_TYPES, reason, remedy: 'run it again' };
}

const COUNTS = { eventsRead: 5, eventsParsed: 4, malformed: 1, duplicates: 2, requests: 3 };
const FIRST = sampleSource({ holes: [makeHole('a page was lost')] });
const SECOND = sampleSource({
  firstEventMs: null,
  covered: [],
  holes: [makeHole('another page was lost')],
  counts: COUNTS,
});

it('keeps the reach of the first reading and the holes of both', () => {
  const added = addReading(FIRST, SECOND);
  expect(added.holes.map(({ reason }) => reason)).toEqual([
    'a page was lost',
    'another page was lost',
  ]);
  expect(added).toMatchObject({ firstEventMs: FIRST.firstEventMs, covered: FIRST.covered });
  expect(addReading(FIRST, undefined)).toBe(FIRST);
});

it('tells a hole once that the second reading saw a part of, with the remedy for all of it', () => {
  const whole = { ...makeHole('the archive ends'), remedy: 'give the next day too' };
  const part = { ...whole.window, sinceMs: NOW_MS - 500 };
  const first = { ...FIRST, holes: [whole] };
  const again = { ...makeHole('the archive ends'), window: part, remedy: 'give the next hour too' };
  expect(addReading(first, { ...SECOND, holes: [again] }).holes).toEqual([whole]);
  const wider = { ...again, window: { ...part, untilMs: NOW_MS + 1 } };
  expect(addReading(first, { ...SECOND, holes: [wider] }).holes).toEqual([whole, wider]);
  const lost = { ...again, wasLost: true } as const;
  expect(addReading(first, { ...SECOND, holes: [lost] }).holes).toEqual([whole, lost]);
});

it('counts what Okta gave twice, and the records of an archive once', () => {
  const countsOf = (kind: SourceReading['kind']) =>
    addReading({ ...FIRST, kind }, { ...SECOND, kind }).counts;
  expect(countsOf('okta')).toEqual({
    eventsRead: 417,
    eventsParsed: 416,
    malformed: 1,
    duplicates: 2,
    requests: 12,
  });
  expect(countsOf('archive')).toEqual(FIRST.counts);
});
