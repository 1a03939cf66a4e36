import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/model/log-event.ts';
import {
  createEventStore,
  type EventStore,
  type KeptEvent,
} from '../../src/sigma/correlate/event-store.ts';
import { toEvent } from './compile-yaml.ts';

const RECORDS = [
  {
    displayMessage: 'ünïcödé 😀 \ud800 "quoted" \\ \u0000',
    target: null,
    securityContext: { asNumber: 64500 },
  },
  JSON.parse('{"debugContext":{"debugData":{"__proto__":"own","constructor":[],"5":1,"1":2}}}'),
  { target: [{ id: '1' }, null, [], {}], version: 0.1 },
];

function storeMany(count: number): {
  events: LogEvent[];
  kept: KeptEvent[];
  store: EventStore;
} {
  const store = createEventStore();
  const events = Array.from({ length: count }, (_, index) =>
    toEvent({ ...RECORDS[index % RECORDS.length], uuid: `u${index}` }, index),
  );
  const kept = events.map((event) => {
    const noted = store.note(event);
    store.hold(noted, event);
    return noted;
  });
  return { events, kept, store };
}

test.each([1, 255, 256, 257, 1000])(
  '%i events come back as they were, whatever the order that is asked for',
  (count) => {
    const { events, kept, store } = storeMany(count);
    const seen = new Map<string, LogEvent>();
    store.visit(kept.toReversed(), (one, event) => seen.set(store.uuidOf(one), event));
    expect(events.map(({ uuid }) => seen.get(uuid))).toEqual(events);
    expect(JSON.stringify(events.map(({ uuid }) => seen.get(uuid)))).toBe(JSON.stringify(events));
  },
);

test('only those that are asked for are shown, each time', () => {
  const { kept, store } = storeMany(600);
  for (let turn = 0; turn < 2; turn += 1) {
    const shown: string[] = [];
    store.visit(
      [599, 0, 300].map((index) => kept[index]).filter((one) => one !== undefined),
      (one, event) => {
        expect(event.uuid).toBe(store.uuidOf(one));
        shown.push(store.uuidOf(one));
      },
    );
    expect(shown.toSorted()).toEqual(['u0', 'u300', 'u599']);
  }
});

test('an event given twice in a row is one, and held once', () => {
  const store = createEventStore();
  const event = toEvent({});
  const kept = store.note(event);
  store.hold(kept, event);
  store.hold(kept, event);
  expect(store.note(event)).toBe(kept);
  const other = store.note(toEvent({ uuid: 'other' }));
  expect(other).not.toBe(kept);
  store.hold(other, toEvent({ uuid: 'other' }));
  const shown: string[] = [];
  store.visit([other], (_, { uuid }) => shown.push(uuid));
  expect(shown).toEqual(['other']);
});

const UUIDS = [
  '3d5fdc90-d1e3-11ee-8d0a-61c9b6e6d5ab',
  '3d5fdc90-d1e3-11ee-8d0a-61c9b6e6d5ac',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '00000000-0000-0000-0000-000000000000',
  '80000000-7fff-8000-0000-000000000001',
  '3D5FDC90-D1E3-11EE-8D0A-61C9B6E6D5AB',
  '3d5fdc90-d1e3-11ee-8d0a-61c9b6e6d5a',
  '3d5fdc90xd1e3-11ee-8d0a-61c9b6e6d5ab',
  'sha256-3d5fdc90d1e311ee8d0a61c9b6e6d5',
  '3d5fdc90-d1e3-11ee-8d0a-61c9b6e6d5ag',
  'é',
  '',
];

test('uuids come back as they were written, and order events of one moment as texts do', () => {
  const store = createEventStore();
  const kept = UUIDS.map((uuid) => store.note({ ...toEvent({}), uuid }));
  expect(kept.map(store.uuidOf)).toEqual(UUIDS);
  expect([...kept].sort(store.compare).map(store.uuidOf)).toEqual([...UUIDS].sort());
  const earlier = store.note({ ...toEvent({}, -1), uuid: 'z' });
  expect(kept.every((one) => store.compare(earlier, one) < 0)).toBe(true);
});
