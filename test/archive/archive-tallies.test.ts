import { expect, it } from 'vitest';
import { type LogEvent, parseLogEvent, type RawEvent } from '../../src/model/log-event.ts';
import { MINUTE_MS } from '../../src/model/time-window.ts';
import { foldReading, startTallies } from '../../src/sources/archive/coverage/archive-tallies.ts';
import {
  type FileReading,
  noteEvent,
  startFileReading,
} from '../../src/sources/archive/coverage/file-reading.ts';
import {
  type EventTally,
  listHours,
  lookInto,
  mergeTally,
  startTally,
  tallyEvent,
} from '../../src/sources/archive/coverage/tally-events.ts';
import { noteThinned } from '../../src/sources/archive/coverage/thinned-records.ts';
import { makeRecord } from './archive-workbench.ts';

const HOUR = '2022-01-16T10';

function readOne(published: string, format: string): FileReading {
  const reading = startFileReading('a.ndjson');
  reading.front = '{"eventType"';
  const event: LogEvent = {
    uuid: published,
    eventType: 'user.session.start',
    publishedMs: Date.parse(published),
    raw: {},
  };
  noteEvent(reading, event, format);
  return reading;
}

it('files add up by format and keep nothing of their own', () => {
  const tallies = startTallies();
  const files = [
    readOne(`${HOUR}:30:00Z`, 'system-log'),
    readOne(`${HOUR}:10:00Z`, 'system-log'),
    readOne(`${HOUR}:20:00Z`, 'panther'),
  ];
  for (const file of files) foldReading(tallies, file);
  const [systemLog, panther] = ['system-log', 'panther'].map(
    (key) => tallies.exports.get(key)?.tally,
  );
  expect(systemLog && listHours(systemLog)).toMatchObject([
    { events: 2, firstMs: Date.parse(`${HOUR}:10:00Z`), lastMs: Date.parse(`${HOUR}:30:00Z`) },
  ]);
  expect(panther && listHours(panther)).toMatchObject([{ events: 1 }]);
  for (const file of files) expect(file).toMatchObject({ front: '', tallies: new Map() });
});

it('a saved pull is in no sum, because it says itself what it covers', () => {
  const tallies = startTallies();
  const saved = { ...readOne(`${HOUR}:30:00Z`, 'system-log') };
  saved.saved = { begun: 1, orgs: new Set(), ended: [], hours: 0, unread: [] };
  foldReading(tallies, saved);
  expect(tallies.exports.size).toBe(0);
});

it('a file without an event keeps its front, by which it is described', () => {
  const reading = startFileReading('notes.txt');
  reading.front = 'Dear diary';
  foldReading(startTallies(), reading);
  expect(reading.front).toBe('Dear diary');
});

it('adding tallies up leaves each of them as it is', () => {
  const [one, other] = [startTally(), startTally()];
  tallyEvent(one, Date.parse(`${HOUR}:10:00Z`), 'user.session.start');
  tallyEvent(other, Date.parse(`${HOUR}:20:00Z`), 'user.session.start');
  const before = structuredClone([one, other]);
  const sum = startTally();
  for (const tally of [one, other]) mergeTally(sum, tally);
  expect([one, other]).toEqual(before);
  expect(listHours(sum)).toMatchObject([{ events: 2 }]);
});

it('what two tallies noted adds up to what one notes of both', () => {
  const at = (minute: number) => Date.parse('2022-01-16T23:50Z') + minute * MINUTE_MS;
  const failed = { outcome: { result: 'FAILURE' } };
  const records = [
    makeRecord({ at: at(0), actorId: '00ushared' }),
    { ...makeRecord({ at: at(1), targetId: '00ushared' }), target: '@{id=00ushared}' },
    { ...makeRecord({ at: at(20), eventType: 'user.mfa.factor.verify' }), outcome: undefined },
    { ...makeRecord({ at: at(3), actorId: '00ushared' }), ...failed },
    { ...makeRecord({ at: at(90), actorId: '00ushared' }), ...failed, securityContext: null },
    { ...makeRecord({ at: at(4) }), outcome: { result: 'FAILURE', reason: 'LOCKED_OUT' } },
  ];
  const noteAll = (some: readonly RawEvent[]): EventTally => {
    const tally = startTally();
    for (const record of some) {
      const event = parseLogEvent(record);
      if (event === null) throw new Error('no event');
      tallyEvent(tally, event.publishedMs, event.eventType);
      lookInto(tally, record);
      noteThinned(tally.thinned, event);
    }
    return tally;
  };
  for (let cut = 0; cut <= records.length; cut += 1) {
    const tally = noteAll(records.slice(0, cut));
    mergeTally(tally, noteAll(records.slice(cut)));
    expect(tally).toEqual(noteAll(records));
  }
});
