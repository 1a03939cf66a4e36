import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OwnedGroup, settleOwnership } from '../../src/judgement/findings/settle-ownership.ts';
import { type WeighedMatch, weighMatches } from '../../src/judgement/weigh-matches.ts';
import { CHECK_KINDS, type Check, type CheckKind } from '../../src/model/check.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { CONFIDENCES, ROLES, SEVERITIES } from '../../src/model/severity.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { passwordReset, person } from '../simulators/okta/build-event.ts';
import {
  at,
  makeCheck,
  makeMatch,
  makeScope,
  name,
  needsOf,
  rolling,
  span,
  toEvent,
} from './judgement-case.ts';

const WINDOW = span('2026-11-16', '2026-11-23');
/** The last event; all others are of the day before. */
const NEXT_DAY = 12;
const EVENTS = Array.from({ length: NEXT_DAY + 1 }, (_, index) =>
  toEvent(
    passwordReset({
      actor: person('dana.reyes@example.com'),
      target: person('lee.kim@example.com'),
      at: at(index === NEXT_DAY ? '2026-11-21T08:00' : '2026-11-20T08:00') + index * 60_000,
      serial: index,
    }),
  ),
);

interface Drawn {
  readonly check: string;
  readonly role: (typeof ROLES)[number];
  readonly severity: (typeof SEVERITIES)[number];
  readonly confidence: (typeof CONFIDENCES)[number];
  readonly group: string;
  readonly events: readonly number[];
  readonly kind?: CheckKind;
  readonly onlyInFullPull?: true;
}

function weigh(drawn: readonly Drawn[]): WeighedMatch[] {
  return drawn.flatMap(({ check, role, severity, confidence, group, events, ...more }) => {
    const { kind = 'rule', onlyInFullPull } = more;
    const needs = needsOf(onlyInFullPull === undefined ? {} : { onlyInFullPull });
    const made: Check = makeCheck(check, { severity, confidence, kind, needs });
    const match = makeMatch(events.map(pick), { group: [group] });
    return weighMatches({
      results: [{ check: made, matches: [match] }],
      scope: makeScope([name(check, role)]),
      time: rolling(WINDOW),
      tuning: NO_TUNING,
    });
  });
}

function pick(index: number): LogEvent {
  const event = EVENTS[index];
  if (event === undefined) throw new Error('no such event');
  return event;
}

function describeGroups(groups: readonly OwnedGroup[]): string[] {
  return groups
    .map(({ key, events, superseded, others, matches }) =>
      JSON.stringify({
        key,
        events: events.map((event) => event.uuid),
        superseded: [...superseded.entries()].sort(),
        others: others.map((other) => other.candidate).sort(),
        matches: matches.map(({ match }) => match.events.map((event) => event.uuid)),
      }),
    )
    .sort();
}

const WEAK: Drawn = {
  check: 'b-weak',
  role: 'context',
  severity: 'low',
  confidence: 'low',
  group: 'g',
  events: [0],
};

describe('the strongest match owns an event', () => {
  test.each<[string, Partial<Drawn>]>([
    ['by role first', { role: 'review', severity: 'informational', confidence: 'low' }],
    ['then by severity', { severity: 'medium', confidence: 'low' }],
    ['then by confidence', { confidence: 'medium' }],
    ['then by the id of the check', { check: 'a-strong' }],
  ])('%s', (_title, changes) => {
    const strong = { ...WEAK, check: 'z-strong', ...changes };
    const [group, ...rest] = settleOwnership(weigh([WEAK, strong]));
    expect(rest).toEqual([]);
    expect(group?.key.check).toBe(strong.check);
    expect(group?.others.map(({ check }) => check.id)).toEqual(['b-weak']);
  });
});

describe('partial overlaps', () => {
  const strong: Drawn = { ...WEAK, check: 'a-strong', role: 'evidence', events: [0, 1] };

  test('a weaker match keeps the events that nobody stronger saw', () => {
    const groups = settleOwnership(weigh([strong, { ...WEAK, events: [1, 2, 3] }]));
    expect(groups.map(({ key, events }) => [key.check, events.map((one) => one.uuid)])).toEqual([
      ['a-strong', [pick(0).uuid, pick(1).uuid]],
      ['b-weak', [pick(2).uuid, pick(3).uuid]],
    ]);
    expect(groups.every(({ superseded }) => superseded.size === 0)).toBe(true);
  });

  test('a match that lost all its events takes its strength with it', () => {
    const lost: Drawn = { ...WEAK, role: 'review', severity: 'high', events: [0, 1] };
    const kept: Drawn = { ...WEAK, events: [5] };
    const groups = settleOwnership(weigh([strong, lost, kept]));
    const weak = groups.find(({ key }) => key.check === 'b-weak');
    expect(weak?.matches.map(({ role, severity }) => [role, severity])).toEqual([
      ['context', 'low'],
    ]);
  });

  test('what else of a group saw its events stays with them, also where others saw some of its own', () => {
    const told = { ...strong, severity: 'high' } as const;
    const other: Drawn = { ...WEAK, check: 'c-other', role: 'review', events: [5] };
    const groups = settleOwnership(weigh([told, strong, { ...strong, events: [1, 5] }, other]));
    expect(groups.map(({ key, matches }) => [key.check, matches.length])).toEqual([
      ['a-strong', 3],
    ]);
    const weaker = { ...strong, role: 'context', events: [1, 5] } as const;
    const shared = settleOwnership(weigh([told, strong, weaker, other]));
    expect(shared.map(({ key, matches }) => [key.check, matches.length])).toEqual([
      ['a-strong', 3],
      ['c-other', 1],
    ]);
  });

  test('a group that two others took apart is superseded by both, each with its share', () => {
    const other: Drawn = { ...strong, check: 'a-two', events: [2] };
    const groups = settleOwnership(weigh([strong, other, { ...WEAK, events: [0, 1, 2] }]));
    expect(
      groups.map((group) => [...group.superseded.values()].map((one) => one.eventCount)),
    ).toEqual([[2], [1]]);
  });
});

describe('a story of which a stronger check took a part', () => {
  const strong: Drawn = { ...WEAK, check: 'a-strong', role: 'review', events: [1, 2] };
  const story: Drawn = { ...WEAK, kind: 'correlation', events: [0, 1] };
  const more: Drawn = { ...story, events: [4] };

  function ask(drawn: readonly Drawn[]): unknown[] {
    return settleOwnership(weigh(drawn)).map(({ key, events }) => [key.check, events.length]);
  }

  test('goes along as a whole where it is about the same people', () => {
    const [group, ...rest] = settleOwnership(weigh([strong, story, more]));
    expect(rest).toEqual([]);
    const told = [0, 1, 2, 4].map((index) => pick(index).uuid);
    expect(group?.events.map(({ uuid }) => uuid)).toEqual(told);
    expect(group?.key.check).toBe('a-strong');
    expect([...(group?.superseded.values() ?? [])]).toMatchObject([{ eventCount: 3 }]);
  });

  test('goes along also where an analysis tells it, and not where it is stronger itself', () => {
    const analysis: Drawn = { ...story, kind: 'analysis' };
    expect(ask([strong, analysis])).toEqual([['a-strong', 3]]);
    expect(ask([strong, { ...analysis, role: 'evidence' }])).toEqual([
      ['b-weak', 2],
      ['a-strong', 1],
    ]);
  });

  test('goes where the story went of which it is a part', () => {
    const middle: Drawn = { ...story, check: 'b-middle', severity: 'medium', events: [2, 3] };
    expect(ask([strong, middle, { ...story, events: [3, 4] }])).toEqual([['a-strong', 4]]);
  });

  test('whose group another check writes in other letters is about the same people', () => {
    expect(ask([{ ...strong, group: 'G' }, story])).toEqual([['a-strong', 3]]);
  });

  test.each<[string, Partial<Drawn>]>([
    ['it is about other people', { group: 'h' }],
    ['it is told of another day', { events: [1, NEXT_DAY] }],
    ['its events stand each for themselves', { kind: 'rule' }],
    ['it is a list of indicators', { kind: 'indicator' }],
    ['a targeted pull would lack it', { onlyInFullPull: true }],
  ])('keeps the rest where %s', (_title, changes) => {
    expect(ask([strong, { ...story, ...changes }])).toEqual([
      ['a-strong', 2],
      ['b-weak', 1],
    ]);
  });

  test('keeps all where it is another one', () => {
    expect(ask([strong, { ...story, events: [4, 5] }])).toEqual([
      ['a-strong', 2],
      ['b-weak', 2],
    ]);
  });

  test('goes along where a full pull alone sees both', () => {
    const full = { onlyInFullPull: true } as const;
    expect(
      ask([
        { ...strong, ...full },
        { ...story, ...full },
      ]),
    ).toEqual([['a-strong', 3]]);
  });
});

describe('whatever checks see whatever events', () => {
  const drawn = fc.array(
    fc.record({
      check: fc.constantFrom('a', 'b', 'c', 'd'),
      kind: fc.constantFrom(...CHECK_KINDS),
      role: fc.constantFrom(...ROLES),
      severity: fc.constantFrom(...SEVERITIES),
      confidence: fc.constantFrom(...CONFIDENCES),
      group: fc.constantFrom('g', 'h'),
      events: fc.uniqueArray(fc.nat({ max: EVENTS.length - 1 }), { minLength: 1, maxLength: 6 }),
    }),
    { maxLength: 14 },
  );

  test('no event is in two groups and none is lost', () => {
    fc.assert(
      fc.property(drawn, (matches) => {
        const owned = settleOwnership(weigh(matches)).flatMap(({ events }) =>
          events.map((one) => one.uuid),
        );
        const seen = new Set(
          matches.flatMap(({ events }) => events.map((index) => pick(index).uuid)),
        );
        expect(owned.toSorted()).toEqual([...seen].toSorted());
      }),
    );
  });

  test('the order in which they come changes nothing', () => {
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.nat()), (matches, numbers) => {
        const order = new Map(matches.map((match) => [match, numbers.next().value ?? 0]));
        const shuffled = matches.toSorted(
          (one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0),
        );
        expect(describeGroups(settleOwnership(weigh(shuffled)))).toEqual(
          describeGroups(settleOwnership(weigh(matches))),
        );
      }),
    );
  });

  test('no group is weaker than a match that saw one of its events', () => {
    fc.assert(
      fc.property(drawn, (matches) => {
        for (const group of settleOwnership(weigh(matches))) {
          const role = Math.max(...group.matches.map((one) => ROLES.indexOf(one.role)));
          for (const other of group.others)
            expect(ROLES.indexOf(other.role)).toBeLessThanOrEqual(role);
        }
      }),
    );
  });

  test('every group that vanished has handed all of its events on', () => {
    fc.assert(
      fc.property(drawn, (matches) => {
        const weighed = weigh(matches);
        const groups = settleOwnership(weighed);
        const standing = new Set(groups.map(({ key }) => JSON.stringify(key)));
        const gone = new Map<string, Set<string>>();
        for (const { key, match } of weighed) {
          if (standing.has(JSON.stringify(key))) continue;
          const uuids = gone.get(JSON.stringify(key)) ?? new Set();
          for (const event of match.events) uuids.add(event.uuid);
          gone.set(JSON.stringify(key), uuids);
        }
        const handed = new Map<string, number>();
        for (const { superseded } of groups) {
          for (const { key, eventCount } of superseded.values()) {
            handed.set(JSON.stringify(key), (handed.get(JSON.stringify(key)) ?? 0) + eventCount);
          }
        }
        expect([...handed].toSorted()).toEqual(
          [...gone].map(([key, uuids]) => [key, uuids.size]).toSorted(),
        );
      }),
    );
  });
});
