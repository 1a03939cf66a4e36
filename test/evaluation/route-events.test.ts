import { describe, expect, test } from 'vitest';
import { routeEvents } from '../../src/evaluation/route-events.ts';
import { ALL_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import type { Listener } from '../../src/model/listener.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { toEvent } from '../sigma/compile-yaml.ts';

function listen(types: Listener['eventTypes']): Listener & { readonly heard: string[] } {
  const heard: string[] = [];
  return { eventTypes: types, heard, accept: (event) => heard.push(event.eventType) };
}

function events(...types: readonly string[]): LogEvent[] {
  return types.map((eventType, index) => toEvent({ eventType }, index));
}

describe('events reach whoever may need their type', () => {
  test('by exact type, by prefix, and all', () => {
    const exact = listen({
      kind: 'some',
      terms: [{ match: 'exact', eventType: 'a.b', narrowings: [] }],
    });
    const prefix = listen({
      kind: 'some',
      terms: [{ match: 'prefix', eventType: 'a.', narrowings: [] }],
    });
    const all = listen(ALL_EVENT_TYPES);
    const route = routeEvents([exact, prefix, all]);
    for (const event of events('a.b', 'a.c', 'z', 'a.b')) route(event);
    expect(exact.heard).toEqual(['a.b', 'a.b']);
    expect(prefix.heard).toEqual(['a.b', 'a.c', 'a.b']);
    expect(all.heard).toEqual(['a.b', 'a.c', 'z', 'a.b']);
  });

  test('through what a listener gives for the type, or not at all', () => {
    const heard: string[] = [];
    const asked: string[] = [];
    const route = routeEvents([
      {
        eventTypes: ALL_EVENT_TYPES,
        accept: () => heard.push('never'),
        acceptorOf: (eventType) => {
          asked.push(eventType);
          return eventType === 'z' ? null : () => heard.push(eventType);
        },
      },
    ]);
    for (const event of events('a', 'z', 'a', 'z')) route(event);
    expect(heard).toEqual(['a', 'a']);
    expect(asked).toEqual(['a', 'z']);
  });

  test('also when there are more types than are remembered', () => {
    const all = listen(ALL_EVENT_TYPES);
    const route = routeEvents([all]);
    const types = Array.from({ length: 6_000 }, (_, index) => `x.${index}`);
    for (const event of [...events(...types), ...events(...types)]) route(event);
    expect(all.heard).toEqual([...types, ...types]);
  });
});
