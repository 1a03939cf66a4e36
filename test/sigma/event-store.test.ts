import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/model/log-event.ts';
import { createEventStore, type KeptEvent } from '../../src/sigma/correlate/event-store.ts';
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
  visit: ReturnType<typeof createEventStore>['visit'];
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
  return { events, kept, visit: store.visit };
}

test.each([1, 255, 256, 257, 1000])(
  '%i events come back as they were, whatever the order that is asked for',
  (count) => {
    const { events, kept, visit } = storeMany(count);
    const seen = new Map<string, LogEvent>();
    visit(kept.toReversed(), (one, event) => seen.set(one.uuid, event));
    expect(events.map(({ uuid }) => seen.get(uuid))).toEqual(events);
    expect(JSON.stringify(events.map(({ uuid }) => seen.get(uuid)))).toBe(JSON.stringify(events));
  },
);

test('only those that are asked for are shown, each time', () => {
  const { kept, visit } = storeMany(600);
  for (let turn = 0; turn < 2; turn += 1) {
    const shown: string[] = [];
    visit(
      [599, 0, 300].map((index) => kept[index]).filter((one) => one !== undefined),
      (one, event) => {
        expect(event.uuid).toBe(one.uuid);
        shown.push(one.uuid);
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
  const { record } = kept;
  store.hold(kept, event);
  expect(kept.record).toBe(record);
  expect(store.note(event)).toBe(kept);
  expect(store.note(toEvent({}))).not.toBe(kept);
});
