import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventTypeSet, EventTypeTerm } from '../../src/model/event-type-set.ts';
import { mayHoldType, termHoldsType } from '../../src/model/event-type-set.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { createFieldReader } from '../../src/sigma/expression/field-path.ts';
import { leavesOf } from '../../src/sigma/match/walk-event.ts';
import { compileFiles, compileOne, ruleAround, ruleSelecting, runCheck } from './compile-yaml.ts';

/** `a`, `b*`, with narrowings in brackets; `ALL` for everything. */
function write(set: EventTypeSet): string {
  if (set.kind === 'all') return 'ALL';
  return set.terms.map(writeTerm).join(' ');
}

function writeTerm({ match, eventType, narrowings }: EventTypeTerm): string {
  const narrowed = narrowings.map(({ field, values }) => `[${field}=${values.join('|')}]`);
  return `${eventType}${match === 'prefix' ? '*' : ''}${narrowed.join('')}`;
}

describe('types follow from a selection', () => {
  test.each([
    ['eventType: a', 'a'],
    ['eventType: [a, b]', 'a b'],
    ['eventType: [a, a]', 'a'],
    ['eventType: A.b', 'A.b'],
    ['eventType: User.Session.Start', 'user.session.start'],
    ['eventtype: a', 'a'],
    ['okta.event_type: a', 'a'],
    ['eventType|startswith: a.', 'a.*'],
    ['eventType: a.*', 'a.*'],
    ['eventType: [a.b, a.*]', 'a.*'],
    ['eventType: a*b', 'ALL'],
    ["eventType: 'a.?'", 'ALL'],
    ["eventType: '*'", 'ALL'],
    ['eventType|contains: a', 'ALL'],
    ['eventType|endswith: a', 'ALL'],
    ['eventType|re: a', 'ALL'],
    ['eventType|neq: a', 'ALL'],
    ['eventType|exists: true', 'ALL'],
    ['eventType: null', 'ALL'],
    ['eventType: [a, null]', 'ALL'],
    ['eventType|all: [a, b]', ''],
    ["eventType|expand: '%types%'", 'a b.*'],
    ['actor.id: a', 'ALL'],
    ['- eventType: a\n- eventType: b', 'a b'],
    ['- eventType: a\n- actor.id: b', 'ALL'],
    ['- eventType: a\n- keyword', 'ALL'],
    ['eventType: a\nactor.type: User', 'a'],
  ])('%s', (selection, expected) => {
    const placeholders = { types: ['a', 'b.*'] };
    const check = compileOne(ruleSelecting(selection), { placeholders });
    expect(write(check.needs.eventTypes)).toBe(expected);
  });
});

describe('types follow from a condition', () => {
  test.each([
    ['a and b', 'x'],
    ['a or b', 'x y z'],
    ['not a', 'ALL'],
    ['a and not b', 'x y'],
    ['1 of *', 'x y z'],
    ['all of *', 'x'],
    ['a or not b', 'ALL'],
    ['not (a or b)', 'ALL'],
  ])('%s', (condition, expected) => {
    const detection = `a: {eventType: [x, y]}\nb: {eventType: [x, z]}\ncondition: ${condition}`;
    expect(write(compileOne(ruleAround(detection)).needs.eventTypes)).toBe(expected);
  });
});

describe('a narrowing is kept where it is exact, and needs a type', () => {
  test.each([
    ['outcome.result: success', 'a[outcome.result=SUCCESS]'],
    ['outcome.result: [FAILURE, DENY]', 'a[outcome.result=FAILURE|DENY]'],
    ['outcome.result: [FAILURE, null]', 'a'],
    ['outcome.result: SOMETHING', 'a'],
    ['outcome.result: SUC*', 'a'],
    ['outcome.result: [SUCCESS, F*]', 'a'],
    ['actor.id|cased: [00u1, 00u2*]', 'a'],
    ['outcome.result|contains: SUCCESS', 'a'],
    ['outcome.result|neq: SUCCESS', 'a'],
    ['securityContext.isProxy: true', 'a[securityContext.isProxy=true]'],
    ["securityContext.isProxy: 'false'", 'a[securityContext.isProxy=false]'],
    ['actor.id: 00u1', 'a'],
    ['actor.id|cased: 00u1', 'a[actor.id=00u1]'],
    ['target.User.id|cased: [00u1, 00u2]', 'a[target.id=00u1|00u2]'],
    ['target[0].id|cased: 00u1', 'a[target.id=00u1]'],
    ['target.detailEntry.id|cased: 00u1', 'a'],
    ['target.User.detailEntry.id|cased: 00u1', 'a'],
    [
      'authenticationContext.externalSessionId|cased: s',
      'a[authenticationContext.externalSessionId=s]',
    ],
    ['actor.alternateId|cased: x', 'a'],
  ])('%s', (selection, expected) => {
    const check = compileOne(ruleSelecting(`eventType: a\n${selection}`));
    expect(write(check.needs.eventTypes)).toBe(expected);
    expect(write(compileOne(ruleSelecting(selection)).needs.eventTypes)).toBe('ALL');
  });

  test('an alternative without it takes it away', () => {
    const selection = '- eventType: a\n  outcome.result: SUCCESS\n- eventType: a';
    expect(write(compileOne(ruleSelecting(selection)).needs.eventTypes)).toBe('a');
  });
});

test('two long lists in one rule leave no type of both out', () => {
  const list = (from: number): string =>
    Array.from({ length: 150 }, (_, index) => `type.${from + index}`).join(', ');
  const detection = `a: {eventType: [${list(0)}]}\nb: {eventType: [${list(100)}]}\ncondition: a and b`;
  const { eventTypes } = compileOne(ruleAround(detection)).needs;
  const both = Array.from({ length: 50 }, (_, index) => `type.${100 + index}`);
  expect(both.filter((eventType) => !mayHoldType(eventTypes, eventType))).toEqual([]);
});

test('a list of more types than Okta has is everything, and quickly so', () => {
  const types = Array.from({ length: 20_000 }, (_, index) => `type.${index}`);
  const check = compileOne(ruleSelecting(`eventType: [${types.join(', ')}]`));
  expect(write(check.needs.eventTypes)).toBe('ALL');
});

describe('whenever a rule matches an event, the event is in its set', () => {
  const typeValue = fc.constantFrom(
    'a',
    'a.b',
    'a.B',
    'a.*',
    'user.*',
    'user.session.start',
    'USER.session.start',
    '*',
    'a*b',
    null,
  );
  const values = <Value>(one: fc.Arbitrary<Value>) =>
    fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
  const test1 = fc.oneof(
    fc.tuple(fc.constantFrom('eventType', 'eventtype'), values(typeValue)),
    fc.tuple(
      fc.constantFrom(
        'eventType|startswith',
        'eventType|contains',
        'eventType|cased',
        'eventType|neq',
        'eventType|all',
      ),
      values(fc.constantFrom('a', 'a.', 'USER.', 'user')),
    ),
    fc.tuple(
      fc.constantFrom('outcome.result', 'outcome.result|cased', 'outcome.result|neq'),
      values(fc.constantFrom('SUCCESS', 'success', 'DENY', 'x', null)),
    ),
    fc.tuple(
      fc.constantFrom('securityContext.isProxy'),
      values(fc.constantFrom(true, false, 'TRUE', null)),
    ),
    fc.tuple(
      fc.constantFrom('actor.id', 'actor.id|cased', 'target.id|cased', 'target.User.id|cased'),
      values(fc.constantFrom('u', 'U', 'v')),
    ),
    fc.tuple(fc.constantFrom('outcome.reason|exists'), fc.boolean()),
  );
  const map = fc
    .array(test1, { minLength: 1, maxLength: 4 })
    .map((tests) => Object.fromEntries(tests));
  const selection = fc.oneof(map, fc.array(map, { minLength: 1, maxLength: 3 }));
  const condition = fc.constantFrom(
    's1',
    's1 and s2',
    's1 or s2',
    'not s1',
    's1 and not s2',
    '1 of s*',
    'all of s*',
    'not (s1 and s2)',
    's1 or (s2 and s1)',
  );
  const event = fc.record({
    eventType: fc.constantFrom('a', 'a.b', 'a.B', 'a.c', 'user.session.start', 'user.x', 'z'),
    outcome: fc.option(
      fc.record(
        {
          result: fc.constantFrom('SUCCESS', 'success', 'DENY', null),
          reason: fc.constantFrom('x', null),
        },
        { requiredKeys: [] },
      ),
    ),
    securityContext: fc.option(fc.record({ isProxy: fc.constantFrom(true, false, null, 'TRUE') })),
    actor: fc.record({ id: fc.constantFrom('u', 'U', 'v', null) }),
    target: fc.option(
      fc.array(
        fc.record({ id: fc.constantFrom('u', 'U', 'v'), type: fc.constantFrom('User', 'App') }),
        { maxLength: 3 },
      ),
    ),
  });
  const readField = createFieldReader();

  /** Whether the event is in the set by type and by every narrowing, as text and ignoring case. */
  function holds(set: EventTypeSet, raw: RawEvent): boolean {
    if (set.kind === 'all') return true;
    return set.terms.some(
      (term) =>
        termHoldsType(term, String(raw['eventType'])) &&
        term.narrowings.every(({ field, values }) => {
          const wanted = values.map((value) => value.toLowerCase());
          const path = readField(field, () => undefined);
          return leavesOf(raw, path).some((leaf) => wanted.includes(leaf.toLowerCase()));
        }),
    );
  }

  test('for random rules and events', () => {
    let matched = 0;
    let narrowed = 0;
    fc.assert(
      fc.property(
        selection,
        selection,
        condition,
        fc.array(event, { minLength: 1, maxLength: 20 }),
        (s1, s2, text, events) => {
          const file = `title: T\nlogsource: {product: okta}\ndetection: ${JSON.stringify({ s1, s2, condition: text })}\n`;
          const [check] = compileFiles(file).checks;
          if (check === undefined) throw new Error(file);
          const set = check.needs.eventTypes;
          if (set.kind === 'some') narrowed += 1;
          for (const raw of events) {
            if (runCheck(check, [raw]).length === 0) continue;
            matched += 1;
            expect(holds(set, raw), `${file} ${JSON.stringify(raw)}`).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(matched).toBeGreaterThan(300);
    expect(narrowed).toBeGreaterThan(60);
  });
});
