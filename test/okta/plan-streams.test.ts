import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL_EVENT_TYPES,
  coversEventTypes,
  type EventTypeSet,
  exactEventTypes,
} from '../../src/model/event-type-set.ts';
import type { Need, ReadRequest } from '../../src/model/reading.ts';
import {
  ALL_TIME,
  DAY_MS,
  HOUR_MS,
  isInside,
  isSameWindow,
  MINUTE_MS,
  type TimeWindow,
} from '../../src/model/time-window.ts';
import { mergeNeeds } from '../../src/sources/okta/log/merge-needs.ts';
import { planStreams } from '../../src/sources/okta/log/plan-streams.ts';

const DAY = { sinceMs: 100 * HOUR_MS, untilMs: 124 * HOUR_MS };
const REACH = { sinceMs: 50 * HOUR_MS, untilMs: 150 * HOUR_MS };

const terms = fc.record({
  match: fc.constantFrom('exact' as const, 'prefix' as const),
  eventType: fc.constantFrom('user.', 'user.mfa.', 'user.mfa.a', 'user.mfa.b', 'group.a'),
  narrowings: fc.constantFrom(
    [],
    [{ field: 'outcome.result' as const, values: ['FAILURE'] }],
    [{ field: 'outcome.result' as const, values: ['FAILURE', 'DENY'] }],
    [{ field: 'outcome.result' as const, values: ['DENY', 'FAILURE'] }],
  ),
});
const needs: fc.Arbitrary<Need[]> = fc.array(
  fc
    .record({
      terms: fc.array(terms, { minLength: 1, maxLength: 3 }),
      sinceMs: fc.nat(30),
      lengthMs: fc.integer({ min: 1, max: 30 }),
    })
    .map(({ terms: some, sinceMs, lengthMs }) => ({
      eventTypes: { kind: 'some' as const, terms: some },
      window: { sinceMs, untilMs: sinceMs + lengthMs },
    })),
  { maxLength: 6 },
);

describe('merged needs', () => {
  test('lose no event of any need, at no instant', () => {
    fc.assert(
      fc.property(needs, (asked) => {
        const merged = mergeNeeds(asked);
        for (const { eventTypes, window } of asked) {
          if (eventTypes.kind === 'all') continue;
          for (let instantMs = window.sinceMs; instantMs < window.untilMs; instantMs++) {
            const there = merged.filter((need) => isInside(need.window, instantMs));
            for (const term of eventTypes.terms) {
              const part: EventTypeSet = { kind: 'some', terms: [term] };
              expect(there.some((need) => coversEventTypes(need.eventTypes, part))).toBe(true);
            }
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('of almost the same stretch are one, and of a much longer one are not', () => {
    const aLittleMore = { ...DAY, untilMs: DAY.untilMs + 20 * MINUTE_MS };
    const muchMore = { ...DAY, sinceMs: DAY.sinceMs - 48 * HOUR_MS };
    const merged = mergeNeeds([
      { eventTypes: exactEventTypes(['a']), window: DAY },
      { eventTypes: exactEventTypes(['b']), window: aLittleMore },
      { eventTypes: exactEventTypes(['c']), window: muchMore },
    ]);
    expect(merged.map((need) => need.window)).toEqual([muchMore, aLittleMore]);
  });

  test('ask for a type once where a wider stretch or prefix asks for it too', () => {
    const merged = mergeNeeds([
      { eventTypes: exactEventTypes(['user.mfa.a', 'group.a']), window: DAY },
      {
        eventTypes: {
          kind: 'some',
          terms: [{ match: 'prefix', eventType: 'user.mfa.', narrowings: [] }],
        },
        window: DAY,
      },
    ]);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.eventTypes.terms.map((term) => term.eventType).sort()).toEqual([
      'group.a',
      'user.mfa.',
    ]);
  });
});

describe('a plan', () => {
  test('of a targeted pull loses no event of any need, at no instant', () => {
    fc.assert(
      fc.property(needs, fc.constantFrom(1, HOUR_MS, 12 * HOUR_MS), (asked, unitMs) => {
        const scaled = asked.map((need) => ({ ...need, window: scale(need.window, unitMs) }));
        const { streams } = planStreams(targeted(scaled), ALL_TIME);
        for (const { eventTypes, window } of scaled) {
          if (eventTypes.kind === 'all') continue;
          for (let atMs = window.sinceMs; atMs < window.untilMs; atMs += unitMs) {
            const there = streams.filter((stream) => isInside(stream.window, atMs));
            for (const term of eventTypes.terms) {
              const part: EventTypeSet = { kind: 'some', terms: [term] };
              expect(there.some(({ gives }) => coversEventTypes(gives, part))).toBe(true);
            }
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('asks for a few types that do not fit into a filter together with those of a longer stretch', () => {
    const week = { sinceMs: 0, untilMs: 7 * DAY_MS };
    const longer = { sinceMs: -2 * DAY_MS, untilMs: 7 * DAY_MS };
    const many = Array.from({ length: 200 }, (_, index) => `system.agent.number.${index}`);
    const few = ['group.privilege.grant', 'system.api_token.create'];
    const streams = planStreams(
      targeted([
        { eventTypes: exactEventTypes(many), window: week },
        { eventTypes: exactEventTypes(few), window: longer },
      ]),
      ALL_TIME,
    ).streams.map(({ window, gives }) => ({ window, gives }));
    const leftOver = many.slice(-4);
    expect(streams.slice(0, 1)).toEqual([
      { window: longer, gives: exactEventTypes([...few, ...leftOver]) },
    ]);
    expect(streams.slice(1).every((stream) => isSameWindow(stream.window, week))).toBe(true);
  });

  test.each([
    ['one rare type a day longer', 'zone.update', 1],
    ['what most of a log consists of no longer than asked', 'user.session.start', 2],
    ['a rare type not a month longer', 'zone.update', 2, 30],
  ])('reads %s to save a request', (_, eventType, requests, days = 2) => {
    const { streams } = planStreams(
      targeted([
        { eventTypes: exactEventTypes([eventType]), window: { sinceMs: 0, untilMs: DAY_MS } },
        {
          eventTypes: exactEventTypes(['group.a']),
          window: { sinceMs: 0, untilMs: days * DAY_MS },
        },
      ]),
      ALL_TIME,
    );
    expect(streams).toHaveLength(requests);
  });

  test('asks for everybody who takes part in a story at once', () => {
    const { streams } = planStreams(
      {
        ...targeted([]),
        followUps: [
          { field: 'actor.id', values: ['00u1', '00u2'], window: DAY },
          { field: 'target.id', values: ['00u1'], window: DAY },
          { field: 'actor.id', values: ['00u3'], window: REACH },
        ],
      },
      REACH,
    );
    expect(streams.map(({ window, filter }) => ({ window, filter }))).toEqual([
      { window: DAY, filter: 'actor.id eq "00u1" or actor.id eq "00u2" or target.id eq "00u1"' },
      { window: REACH, filter: 'actor.id eq "00u3"' },
    ]);
  });

  test('of a full pull reads the window whole and needs beside it by type', () => {
    const early = { sinceMs: 90 * HOUR_MS, untilMs: 110 * HOUR_MS };
    const plan = planStreams(
      {
        window: DAY,
        needs: [{ eventTypes: exactEventTypes(['a']), window: early }],
        followUps: [{ field: 'actor.id', values: ['00u'], window: DAY }],
        pull: 'full',
      },
      REACH,
    );
    expect(plan.whole).toEqual(DAY);
    expect(plan.streams.map(({ window, filter }) => ({ window, filter }))).toEqual([
      { window: { sinceMs: 90 * HOUR_MS, untilMs: 100 * HOUR_MS }, filter: 'eventType eq "a"' },
    ]);
    expect(plan.holes).toEqual([]);
  });

  test('asks for nothing out of reach, and says what that costs', () => {
    const before = { sinceMs: 0, untilMs: 60 * HOUR_MS };
    const plan = planStreams(
      {
        window: before,
        needs: [{ eventTypes: exactEventTypes(['a']), window: before }],
        followUps: [],
        pull: 'targeted',
      },
      REACH,
    );
    expect(plan.streams.map((stream) => stream.window)).toEqual([
      { sinceMs: REACH.sinceMs, untilMs: 60 * HOUR_MS },
    ]);
    expect(plan.holes.map(({ window, eventTypes }) => ({ window, eventTypes }))).toEqual([
      { window: { sinceMs: 0, untilMs: REACH.sinceMs }, eventTypes: exactEventTypes(['a']) },
    ]);
  });

  test.each<[string, EventTypeSet]>([
    ['every type', ALL_EVENT_TYPES],
    [
      'a prefix of no letters',
      {
        kind: 'some',
        terms: [{ match: 'prefix', eventType: '', narrowings: [] }],
      },
    ],
  ])('leaves a need for %s out of a targeted pull', (_, eventTypes) => {
    const plan = planStreams(
      { window: DAY, needs: [{ eventTypes, window: DAY }], followUps: [], pull: 'targeted' },
      REACH,
    );
    expect(plan.streams).toEqual([]);
    expect(plan.holes).toMatchObject([{ window: DAY, eventTypes }]);
  });
});

function targeted(asked: readonly Need[]): ReadRequest {
  return { window: DAY, needs: asked, followUps: [], pull: 'targeted' };
}

function scale({ sinceMs, untilMs }: TimeWindow, unitMs: number): TimeWindow {
  return { sinceMs: sinceMs * unitMs, untilMs: untilMs * unitMs };
}
