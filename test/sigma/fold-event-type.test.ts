import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLogEvent } from '../../src/model/log-event.ts';
import {
  compileOne,
  ruleAround,
  ruleSelecting,
  runCheck,
  selects,
  toEvent,
} from './compile-yaml.ts';

const TYPES = ['user.session.start', 'user.session.end', 'user.mfa.update', 'zone.update'];

/**
 * Whatever a rule asks of the event type is answered once a type. The same rule asked of another field, which holds the
 * same text, knows nothing of that: both must agree about every event.
 */
describe('a rule over the event type is the rule over any field', () => {
  const value = fc.constantFrom(...TYPES, 'user.*', '*.update', '*', 'user', 'start');
  const typeTest = fc.tuple(
    fc.constantFrom('', '|contains', '|startswith', '|endswith', '|re', '|neq', '|cased'),
    fc.array(value, { minLength: 1, maxLength: 3 }),
  );
  const selection = fc.record(
    {
      type: typeTest,
      exists: fc.boolean(),
      isNull: fc.constant(true),
      outcome: fc.constantFrom('SUCCESS', 'FAILURE'),
      same: fc.constant('fieldref'),
    },
    { requiredKeys: [] },
  );
  const condition = fc.constantFrom(
    'one',
    'not one',
    'one and two',
    'one or two',
    'one and not two',
    'not (one or two)',
    '(one and two) or not one',
    '1 of *',
    'all of *',
  );
  const event = fc.record({
    eventType: fc.constantFrom(...TYPES),
    outcome: fc.record({ result: fc.constantFrom('SUCCESS', 'FAILURE') }),
  });

  interface Selected {
    readonly type?: [string, string[]];
    readonly exists?: boolean;
    readonly isNull?: boolean;
    readonly outcome?: string;
    readonly same?: string;
  }

  function write(selected: Selected, field: string): Record<string, unknown> {
    const { type, exists, isNull, outcome, same } = selected;
    const tests = {
      ...(type !== undefined && { [`${field}${type[0]}`]: asRegexes(type) }),
      ...(exists !== undefined && { [`${field}|exists`]: exists }),
      ...(isNull !== undefined && { [`${field}|cased`]: [null] }),
      ...(outcome !== undefined && { 'outcome.result': outcome }),
      ...(same !== undefined && { [`${field}|fieldref`]: 'legacyEventType' }),
    };
    return Object.keys(tests).length === 0 ? { [field]: TYPES[0] } : tests;
  }

  function asRegexes([modifier, values]: [string, string[]]): string[] {
    if (modifier !== '|re') return values;
    return values.map((one) => one.replaceAll('.', '\\.').replaceAll('*', '.*'));
  }

  test('for every detection and event', () => {
    fc.assert(
      fc.property(
        selection,
        selection,
        condition,
        fc.array(event, { maxLength: 8 }),
        (one, two, text, events) => {
          const matched = (field: string): readonly string[] => {
            const detection = JSON.stringify({
              one: write(one, field),
              two: write(two, field),
              condition: text,
            });
            const check = compileOne(ruleAround(detection));
            const whole = events.map(({ eventType, outcome }) => ({
              eventType,
              outcome,
              displayMessage: eventType,
              legacyEventType: 'user.mfa.update',
            }));
            return runCheck(check, whole).map(({ anchor }) => anchor.uuid);
          };
          expect(matched('eventType')).toEqual(matched('displayMessage'));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('a type that no rule can match is not asked about at all', () => {
  const run = compileOne(ruleSelecting('eventType: user.session.start')).begin();
  expect(run.acceptorOf?.('user.session.end')).toBeNull();
  expect(run.acceptorOf?.('user.session.start')).not.toBeNull();
});

test('more types than are remembered are all judged', () => {
  const check = compileOne(ruleSelecting('eventType|endswith: "7"'));
  const events = Array.from({ length: 6_000 }, (_, index) =>
    toEvent({ eventType: `x.${index}` }, index),
  );
  const run = check.begin();
  for (const event of [...events, ...events]) run.accept(event);
  expect(run.finish()).toHaveLength(1_200);
});

test('no event has another type than its record says', () => {
  for (const eventType of [null, 7, ['user.session.start'], { a: 'b' }, '']) {
    expect(parseLogEvent({ eventType, published: '2026-01-15T12:00:00Z' })).toBeNull();
  }
});

test('a field below the event type is not the event type', () => {
  const event = { eventType: 'user.session.start' };
  expect(selects('eventType.sub: user.session.start', event)).toBe(false);
  expect(selects('eventType.sub|exists: true', event)).toBe(false);
});
