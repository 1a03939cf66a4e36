import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  coversEventTypes,
  type EventTypeSet,
  type EventTypeTerm,
  exactEventTypes,
  mayHoldType,
  NARROWING_FIELDS,
  termHoldsType,
  uniteEventTypes,
} from '../../src/model/event-type-set.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  MAX_FILTER_LENGTH,
  toFollowUpFilters,
  toOktaFilters,
} from '../../src/sources/okta/log/to-okta-filter.ts';
import { compileFilter } from '../simulators/okta/scim-filter.ts';

type SomeTypes = Extract<EventTypeSet, { kind: 'some' }>;

const TYPES = ['user.session.start', 'user.session.end', 'user.account.reset_password', 'user.s'];
const VALUES = ['SUCCESS', 'FAILURE', 'true', 'false', '00uana', '00uben', 'CORP\\ana', 'a "b"'];

const narrowings = fc.array(
  fc.record({
    field: fc.constantFrom(...NARROWING_FIELDS),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { maxLength: 4 }),
  }),
  { maxLength: 2 },
);
const someTypes: fc.Arbitrary<SomeTypes> = fc
  .array(
    fc.record({
      match: fc.constantFrom('exact' as const, 'prefix' as const),
      eventType: fc.constantFrom(...TYPES, 'user.', 'user.account.'),
      narrowings,
    }),
    { maxLength: 5 },
  )
  .map((terms) => ({ kind: 'some', terms }));

const text = fc.constantFrom(...VALUES, null);
const events: fc.Arbitrary<RawEvent> = fc.record({
  eventType: fc.constantFrom(...TYPES),
  outcome: fc.record({ result: text }),
  securityContext: fc.constantFrom(null, { isProxy: true }, { isProxy: false }, { isProxy: null }),
  actor: fc.record({ id: text }),
  target: fc.oneof(fc.constant(null), fc.array(fc.record({ id: text }), { maxLength: 3 })),
  authenticationContext: fc.record({ externalSessionId: text }),
});

/** The meaning of a set, written down a second time and plainly. */
function isInSet(set: SomeTypes, event: RawEvent): boolean {
  return set.terms.some(
    (term: EventTypeTerm) =>
      termHoldsType(term, String(event['eventType'])) &&
      term.narrowings.every(({ field, values }) =>
        leavesAt(event, field.split('.')).some((leaf) => values.includes(String(leaf))),
      ),
  );
}

function leavesAt(value: unknown, keys: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((entry) => leavesAt(entry, keys));
  const [key, ...rest] = keys;
  if (key === undefined) return value === null || value === undefined ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return leavesAt((value as Record<string, unknown>)[key], rest);
}

describe('filters for event types', () => {
  test('ask for exactly the events of the set', () => {
    fc.assert(
      fc.property(
        someTypes,
        fc.array(events, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 20, max: 400 }),
        (set, log, maxLength) => {
          const holds = toOktaFilters(set, maxLength).map((filter) => compileFilter(filter.text));
          for (const event of log) {
            expect(holds.some((hold) => hold(event))).toBe(isInSet(set, event));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('say what each of them asks for', () => {
    fc.assert(
      fc.property(someTypes, events, fc.integer({ min: 20, max: 400 }), (set, event, maxLength) => {
        for (const filter of toOktaFilters(set, maxLength)) {
          if (filter.eventTypes.kind === 'all') throw new Error('a filter never asks for all');
          expect(compileFilter(filter.text)(event)).toBe(isInSet(filter.eventTypes, event));
          if (isInSet(set, event) && isInSet(filter.eventTypes, event)) {
            expect(mayHoldType(filter.eventTypes, String(event['eventType']))).toBe(true);
          }
        }
      }),
    );
  });

  test('stay below the length that fits twice into one header line', () => {
    const many = Array.from({ length: 400 }, (_, index) => `user.account.some_long_name_${index}`);
    const filters = toOktaFilters(asSome(exactEventTypes(many)));
    expect(filters.length).toBeGreaterThan(1);
    for (const { text: filter } of filters) {
      expect(new URLSearchParams({ filter }).toString().length).toBeLessThanOrEqual(
        MAX_FILTER_LENGTH + 'filter='.length,
      );
    }
  });

  test('split a term by its values where it is too long alone', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `00u${index}`);
    const term: EventTypeTerm = {
      match: 'prefix',
      eventType: 'user.',
      narrowings: [{ field: 'target.id', values: ids }],
    };
    const filters = toOktaFilters({ kind: 'some', terms: [term] });
    expect(filters.length).toBeGreaterThan(2);
    for (const id of ids) {
      const event = { eventType: 'user.x', target: [{ id: 'other' }, { id }] };
      expect(filters.filter((filter) => compileFilter(filter.text)(event))).toHaveLength(1);
    }
    const read = uniteEventTypes(filters.map(({ eventTypes }) => eventTypes));
    expect(coversEventTypes(read, { kind: 'some', terms: [term] })).toBe(true);
    const [, ...others] = filters.map(({ eventTypes }) => eventTypes);
    expect(coversEventTypes(uniteEventTypes(others), { kind: 'some', terms: [term] })).toBe(false);
  });

  test.each([
    [exactEventTypes(['user.session.start']), 'eventType eq "user.session.start"'],
    [
      some({ match: 'prefix', eventType: 'user.session.impersonation.', narrowings: [] }),
      'eventType sw "user.session.impersonation."',
    ],
    [
      some({
        match: 'exact',
        eventType: 'user.session.start',
        narrowings: [
          { field: 'outcome.result', values: ['SUCCESS', 'ALLOW'] },
          { field: 'securityContext.isProxy', values: ['true'] },
        ],
      }),
      '(eventType eq "user.session.start" and (outcome.result eq "SUCCESS" or outcome.result eq "ALLOW") and securityContext.isProxy eq "true")',
    ],
  ])('%j becomes %s', (set, expected) => {
    expect(toOktaFilters(asSome(set)).map((filter) => filter.text)).toEqual([expected]);
  });

  test('an impossible narrowing asks for nothing', () => {
    const term: EventTypeTerm = {
      match: 'exact',
      eventType: 'user.session.start',
      narrowings: [{ field: 'outcome.result', values: [] }],
    };
    expect(toOktaFilters({ kind: 'some', terms: [term] })).toEqual([]);
  });
});

describe('filters for follow-ups', () => {
  test('ask for each value once and split when long', () => {
    const values = Array.from({ length: 200 }, (_, index) => `2001:db8::${index.toString(16)}`);
    const filters = toFollowUpFilters([
      { field: 'client.ipAddress', values },
      { field: 'client.ipAddress', values },
    ]);
    expect(filters.length).toBeGreaterThan(1);
    const found = values.map((ipAddress) =>
      filters.filter((filter) => compileFilter(filter)({ client: { ipAddress } })),
    );
    expect(found.every((hits) => hits.length === 1)).toBe(true);
  });

  test('quote what people choose as logins', () => {
    const [filter = ''] = toFollowUpFilters([
      { field: 'target.alternateId', values: ['CORP\\ana', 'a" or eventType pr or x eq "'] },
    ]);
    const holds = compileFilter(filter);
    expect(holds({ target: [{ alternateId: 'CORP\\ana' }] })).toBe(true);
    expect(holds({ target: [{ alternateId: 'somebody' }], eventType: 'x' })).toBe(false);
  });
});

function some(...terms: EventTypeTerm[]): EventTypeSet {
  return { kind: 'some', terms };
}

function asSome(set: EventTypeSet): SomeTypes {
  if (set.kind === 'all') throw new Error('expected a selective set');
  return set;
}
