import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  coversEventTypes,
  type EventTypeTerm,
  eventsHolding,
  exactEventTypes,
  findCovering,
  mayShareEvents,
  NO_EVENT_TYPES,
  uniteEventTypes,
} from '../../src/model/event-type-set.ts';

const term: fc.Arbitrary<EventTypeTerm> = fc.record({
  match: fc.constantFrom('exact', 'prefix'),
  eventType: fc.constantFrom('', 'user.', 'user.session.start', 'policy.rule.update'),
  narrowings: fc.array(
    fc.record({
      field: fc.constantFrom('client.ipAddress', 'actor.id'),
      values: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
});
const terms = fc.array(term, { maxLength: 12 });

/** What `findCovering` says, by comparing everything with everything. */
function compareAll(all: readonly EventTypeTerm[], at: number): number[] {
  const covers = (whole: number, part: number): boolean =>
    coversEventTypes(setOf(all.slice(whole, whole + 1)), setOf(all.slice(part, part + 1)));
  return all.flatMap((_, other) =>
    other !== at && covers(other, at) && (other < at || !covers(at, other)) ? [other] : [],
  );
}

function setOf(of: readonly EventTypeTerm[]) {
  return { kind: 'some', terms: of } as const;
}

describe('terms that others cover', () => {
  test('are found as by comparing each with each', () => {
    fc.assert(
      fc.property(terms, (all) => {
        for (const at of all.keys()) {
          expect(findCovering(all, at).toSorted((one, other) => one - other)).toEqual(
            compareAll(all, at),
          );
        }
      }),
    );
  });

  test('are left out of a union, which covers what it was made of all the same', () => {
    fc.assert(
      fc.property(terms, terms, (one, other) => {
        const united = uniteEventTypes([setOf(one), setOf(other)]);
        expect(coversEventTypes(united, setOf([...one, ...other]))).toBe(true);
        expect(uniteEventTypes([united])).toEqual(united);
      }),
    );
  });

  it('are found among more than can be compared with each other', () => {
    const addresses = Array.from({ length: 150_000 }, (_, index) => `address ${index}`);
    const many = eventsHolding(['client.ipAddress'], addresses);
    const named = exactEventTypes(['user.session.start']);
    const united = uniteEventTypes([many, named, many]);
    expect(united).toEqual(
      setOf([
        ...(many.kind === 'some' ? many.terms : []),
        ...(named.kind === 'some' ? named.terms : []),
      ]),
    );
    expect(coversEventTypes(united, many)).toBe(true);
    expect(mayShareEvents(many, united)).toBe(true);
  });
});

describe('sets that may share events', () => {
  test.each([
    [
      'one type and a prefix of it',
      exactEventTypes(['user.session.start']),
      eventsHolding(['actor.id'], ['a']),
      true,
    ],
    [
      'two types',
      exactEventTypes(['user.session.start']),
      exactEventTypes(['user.session.end']),
      false,
    ],
    ['nothing and everything', NO_EVENT_TYPES, { kind: 'all' } as const, false],
    ['something and everything', exactEventTypes(['a.b']), { kind: 'all' } as const, true],
  ])('%s', (_, one, other, expected) => {
    expect(mayShareEvents(one, other)).toBe(expected);
    expect(mayShareEvents(other, one)).toBe(expected);
  });
});
