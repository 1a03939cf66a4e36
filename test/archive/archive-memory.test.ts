import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { NO_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { openOutlet } from '../../src/sources/archive/archive-outlet.ts';
import { createEventNamer } from '../../src/sources/archive/event-namer.ts';
import { measureHeap } from '../measure-heap.ts';
import { days, makeNoise, readArchive, SILENT, toLines } from './archive-workbench.ts';

const EVENTS = 50_000;

function makeEvent(index: number): LogEvent {
  const digits = index.toString(16).padStart(12, '0');
  return {
    uuid: JSON.parse(`"2796c04c-4a7b-11ec-8c43-${digits}"`),
    eventType: 'user.session.start',
    publishedMs: index * 1_000,
    raw: {},
  };
}

test('that each event is handed on once fills no heap, however many there are', () => {
  let delivered = 0;
  const outlet = openOutlet((events) => {
    delivered += events.length;
  }, createEventNamer());
  const before = measureHeap();
  for (let index = 0; index < EVENTS; index += 1) outlet.accept(makeEvent(index));
  const bytes = measureHeap() - before;
  expect(bytes / EVENTS).toBeLessThan(10);
  for (let index = 0; index < EVENTS; index += 1) outlet.accept(makeEvent(index));
  outlet.flush();
  expect({ delivered, duplicates: outlet.countDuplicates() }).toEqual({
    delivered: EVENTS,
    duplicates: EVENTS,
  });
});

test('that packed files follow one another takes no more memory, however many there are', async () => {
  const noise = makeNoise(days('2022-01-01', '2022-01-02'), 80_000);
  const packed = gzipSync(toLines(noise), { level: 0 });
  const files = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`${index}`, packed]));
  const beforeBytes = process.memoryUsage().arrayBuffers;
  let mostBytes = 0;
  const look = (): void => {
    mostBytes = Math.max(mostBytes, process.memoryUsage().arrayBuffers - beforeBytes);
  };
  const { reading } = await readArchive({
    files,
    eventTypes: NO_EVENT_TYPES,
    options: { progress: { ...SILENT, advance: look } },
  });
  expect(reading.counts.eventsRead).toBe(150 * noise.length);
  expect(mostBytes).toBeLessThan(10e6);
});
