import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileOne, ruleSelecting, runCheck } from './compile-yaml.ts';
import { meetsPlainly, type PlainTest } from './plain-evaluator.ts';

const text = fc.constantFrom<string>(
  '',
  'a',
  'A',
  'ab',
  'aB',
  '*',
  'a*',
  '12',
  '1',
  'true',
  'null',
  'é',
  'a\\b',
  '?',
  '-1',
  '1e2',
  '😀',
);
const leaf = fc.oneof(text, fc.constantFrom(1, 12, true, false, null), fc.constant(-1));
const part = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.array(leaf, { maxLength: 2 }), { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.record({ a: leaf }, { requiredKeys: [] }) },
);
const target = fc.record(
  {
    type: fc.constantFrom('User', 'AppInstance'),
    id: part,
    alternateId: part,
    detailEntry: fc.record({ x: part }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const event = fc.record(
  {
    actor: fc.oneof(
      fc.record({ id: part, alternateId: part }, { requiredKeys: [] }),
      fc.constant(null),
      leaf,
    ),
    target: fc.oneof(
      fc.array(fc.oneof(target, fc.constant(null)), { maxLength: 3 }),
      fc.constant(null),
      target,
    ),
    debugContext: fc.record(
      {
        debugData: fc.oneof(
          fc.record({ x: part, a: part }, { requiredKeys: [] }),
          fc.array(fc.record({ x: part }, { requiredKeys: [] }), { maxLength: 2 }),
        ),
      },
      { requiredKeys: [] },
    ),
    severity: part,
  },
  { requiredKeys: [] },
);
const field = fc.constantFrom(
  'actor.id',
  'actor.alternateId',
  'target.id',
  'target.User.id',
  'target.AppInstance.alternateId',
  'target.alternateId',
  'target.detailEntry.x',
  'target.User.detailEntry.x',
  'target[0].id',
  'target.1.id',
  'debugContext.debugData.x',
  'debugContext.debugData.a.a',
  'severity',
  'severity.a',
  'target.type',
  'actor',
  'target',
);
const pattern = fc.constantFrom(
  'a',
  'A',
  'ab',
  '',
  '*',
  'a*',
  '*b',
  'a?',
  '?',
  'a\\*',
  '\\*',
  'a\\b',
  'a\\\\b',
  '12',
  'true',
  'null',
  'É',
  '*a*',
  '\\\\*',
);
const plain = fc.oneof(pattern, fc.constantFrom(1, 12, true, false));
const one: fc.Arbitrary<PlainTest> = fc.oneof(
  fc.record({
    field,
    modifiers: fc.constantFrom([], ['cased'], ['neq'], ['all'], ['all', 'neq']),
    values: fc.array(fc.oneof(plain, fc.constant(null)), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field,
    modifiers: fc
      .tuple(
        fc.constantFrom('contains', 'startswith', 'endswith'),
        fc.subarray(['cased', 'neq', 'all']),
      )
      .map(([f, r]) => [f, ...r]),
    values: fc.array(plain, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field,
    modifiers: fc.constantFrom(['lt'], ['lte'], ['gt'], ['gte'], ['gte', 'neq']),
    values: fc.array(fc.constantFrom(-1, 1, 12, 100, 1.5), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    field,
    modifiers: fc.constantFrom(['exists']),
    values: fc.boolean().map((b) => [b]),
  }),
  fc.record({
    field,
    modifiers: fc.constantFrom(['re'], ['re', 'i'], ['re', 'neq'], ['re', 'all']),
    values: fc.array(fc.constantFrom('a', '^a$', '^$', 'b$', '[0-9]'), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  fc.record({
    field,
    modifiers: fc.constantFrom(
      ['fieldref'],
      ['fieldref', 'neq'],
      ['fieldref', 'startswith'],
      ['fieldref', 'startswith', 'neq'],
    ),
    values: fc.array(
      fc.constantFrom('actor.id', 'target.id', 'target.User.id', 'severity', 'actor.alternateId'),
      { minLength: 1, maxLength: 2 },
    ),
  }),
);

test('a rule says of an event what the page of the semantics says', () => {
  const tests = fc.uniqueArray(one, { minLength: 1, maxLength: 3, selector: keyOf });
  fc.assert(
    fc.property(tests, fc.array(event, { minLength: 1, maxLength: 6 }), (written, events) => {
      const selection = Object.fromEntries(
        written.map((test) => [
          keyOf(test),
          test.values.length === 1 ? test.values[0] : test.values,
        ]),
      );
      const check = compileOne(ruleSelecting(JSON.stringify(selection)));
      const matched = runCheck(check, events).map(({ anchor }) => anchor.raw);
      const expected = events.filter((raw) => written.every((test) => meetsPlainly(raw, test)));
      expect(matched).toMatchObject(expected);
      expect(matched).toHaveLength(expected.length);
    }),
    { numRuns: 1000 },
  );
});

function keyOf({ field, modifiers }: PlainTest): string {
  return [field, ...modifiers].join('|');
}
