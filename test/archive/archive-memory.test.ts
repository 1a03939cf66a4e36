import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/model/log-event.ts';
import { openOutlet } from '../../src/sources/archive/archive-outlet.ts';
import { createEventNamer } from '../../src/sources/archive/event-namer.ts';
import { measureHeap } from '../measure-heap.ts';

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
