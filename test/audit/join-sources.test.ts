import { expect, test } from 'vitest';
import { joinSources } from '../../src/audit/join-sources.ts';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { makeReading, span } from '../judgement/judgement-case.ts';
import { person, signIn } from '../simulators/okta/build-event.ts';

const DAY = span('2026-11-10', '2026-11-11');
const REQUEST = {
  window: DAY,
  needs: [{ eventTypes: exactEventTypes(['a']), window: DAY }],
  followUps: [],
  pull: 'targeted',
} as const;

/** Has everything that Okta gives. */
const WHOLE = signIn({ user: person('dana.reyes@example.com'), at: DAY.sinceMs });

function event(uuid: string, atMs = DAY.sinceMs + 12 * HOUR_MS): LogEvent {
  return { uuid, eventType: 'a', publishedMs: atMs, raw: WHOLE };
}

function join(heard: readonly (readonly ['okta' | 'archive', LogEvent])[]) {
  const delivered: string[] = [];
  const joined = joinSources(({ uuid }) => delivered.push(uuid));
  for (const [kind, each] of heard) joined.accept(kind, each);
  const review = (kind: 'okta' | 'archive') =>
    joined.review(makeReading([DAY], { kind }), REQUEST).doubted;
  return { delivered, review };
}

test('sources that hold the same events give each of them once, whoever comes first', () => {
  const { delivered } = join([
    ['okta', event('1')],
    ['archive', event('1')],
    ['archive', event('2')],
    ['okta', event('2')],
    ['okta', event('3')],
  ]);
  expect(delivered).toEqual(['1', '2', '3']);
});

test('an archive has an event of the live log by its id, whatever time it gave it', () => {
  const [early, late] = [event('1', DAY.sinceMs + 2 * HOUR_MS), event('1')];
  for (const heard of [
    [['okta', late] as const, ['archive', early] as const],
    [['archive', early] as const, ['okta', late] as const],
  ]) {
    expect(join(heard).review('archive')).toBeUndefined();
  }
});

test('a record of another type under the same id takes no event of the live log away', () => {
  const other = { ...event('1'), eventType: 'b' };
  const { delivered, review } = join([
    ['archive', other],
    ['okta', event('1')],
    ['archive', other],
  ]);
  expect(delivered).toEqual(['1', '1']);
  expect(review('archive')).toEqual(exactEventTypes(['a']));
});

test('what Okta gives twice is not in the archive for that; nothing is said of the live log', () => {
  const twice = join([
    ['okta', event('1')],
    ['okta', event('1')],
  ]);
  expect(twice.delivered).toEqual(['1']);
  expect(twice.review('archive')).toEqual(exactEventTypes(['a']));
  expect(twice.review('okta')).toBeUndefined();
});
