import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCondition } from '../../src/sigma/parse/parse-condition.ts';
import { compileFiles, compileOne, messagesOf, ruleAround, runCheck } from './compile-yaml.ts';

const NAMES = ['sel_a', 'sel_b', 'filter_a', '_hidden'] as const;
const SELECTIONS = NAMES.map((name) => `${name}: {debugContext.debugData.${name}: 1}`).join('\n');

/** Which of the selections hold. */
type Holding = Readonly<Record<(typeof NAMES)[number], boolean>>;

function evaluate(condition: string, holding: Holding): boolean {
  const rule = compileOne(ruleAround(`${SELECTIONS}\ncondition: ${JSON.stringify(condition)}`));
  const debugData = Object.fromEntries(NAMES.map((name) => [name, holding[name] ? 1 : 0]));
  return runCheck(rule, [{ debugContext: { debugData } }]).length > 0;
}

const NONE: Holding = { sel_a: false, sel_b: false, filter_a: false, _hidden: false };

test.each<[string, Partial<Holding>, boolean]>([
  ['sel_a', { sel_a: true }, true],
  ['not sel_a', { sel_a: true }, false],
  ['not not sel_a', { sel_a: true }, true],
  ['sel_a and sel_b', { sel_a: true }, false],
  ['sel_a or sel_b', { sel_a: true }, true],
  ['sel_a or sel_b and filter_a', { sel_a: true }, true],
  ['(sel_a or sel_b) and filter_a', { sel_a: true }, false],
  ['not sel_a and sel_b', { sel_b: true }, true],
  ['not (sel_a and sel_b)', { sel_b: true }, true],
  ['sel_a AND NOT filter_a', { sel_a: true }, true],
  ['1 of sel*', { sel_b: true }, true],
  ['any of sel_*', { sel_b: true }, true],
  ['all of sel*', { sel_b: true }, false],
  ['all of sel*', { sel_a: true, sel_b: true }, true],
  ['1 of *_a', { sel_b: true }, false],
  ['1 of *el*b', { sel_b: true }, true],
  ['1 of sel_a', { sel_a: true }, true],
  ['1 of them', { filter_a: true }, true],
  ['1 of them', { _hidden: true }, false],
  ['all of them', { sel_a: true, sel_b: true, filter_a: true }, true],
  ['all of sel* and not 1 of filter*', { sel_a: true, sel_b: true }, true],
  ['_hidden', { _hidden: true }, true],
])('%s with %j is %s', (condition, holding, expected) => {
  expect(evaluate(condition, { ...NONE, ...holding })).toBe(expected);
});

test('several conditions are linked with or', () => {
  const rule = compileOne(
    ruleAround('a: {outcome.result: DENY}\nb: {outcome.reason: x}\ncondition: [a, b]'),
  );
  expect(
    runCheck(rule, [{ outcome: { reason: 'x' } }, { outcome: { result: 'DENY' } }, {}]),
  ).toHaveLength(2);
});

test('lists of maps are linked with or, and each map with and', () => {
  const rule = compileOne(
    ruleAround(
      'sel:\n  - outcome.result: DENY\n    outcome.reason: x\n  - outcome.result: ALLOW\ncondition: sel',
    ),
  );
  const results = [
    { outcome: { result: 'DENY', reason: 'x' } },
    { outcome: { result: 'DENY' } },
    { outcome: { result: 'ALLOW' } },
  ].map((event) => runCheck(rule, [event]).length);
  expect(results).toEqual([1, 0, 1]);
});

describe('conditions agree with a plain evaluator on random conditions', () => {
  type Tree =
    | { readonly name: (typeof NAMES)[number] }
    | { readonly not: Tree }
    | { readonly op: 'and' | 'or'; readonly left: Tree; readonly right: Tree }
    | { readonly of: 'any' | 'all'; readonly pattern: 'sel*' | 'them' };
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...NAMES).map((name) => ({ name })),
      fc.record({
        of: fc.constantFrom('any' as const, 'all' as const),
        pattern: fc.constantFrom('sel*' as const, 'them' as const),
      }),
      fc.record({ not: tie('tree') }),
      fc.record({
        op: fc.constantFrom('and' as const, 'or' as const),
        left: tie('tree'),
        right: tie('tree'),
      }),
    ),
  }));

  function write(node: Tree): string {
    if ('name' in node) return node.name;
    if ('of' in node) return `${node.of === 'any' ? '1' : 'all'} of ${node.pattern}`;
    if ('not' in node) return `not (${write(node.not)})`;
    return `(${write(node.left)}) ${node.op} (${write(node.right)})`;
  }

  function holds(node: Tree, holding: Holding): boolean {
    if ('name' in node) return holding[node.name];
    if ('not' in node) return !holds(node.not, holding);
    if ('op' in node) {
      const [left, right] = [holds(node.left, holding), holds(node.right, holding)];
      return node.op === 'and' ? left && right : left || right;
    }
    const names = NAMES.filter(
      (name) => name.startsWith(node.pattern === 'them' ? '' : 'sel') && name !== '_hidden',
    );
    return node.of === 'any'
      ? names.some((name) => holding[name])
      : names.every((name) => holding[name]);
  }

  test('with every pair of parentheses written', () => {
    const holding = fc.record({
      sel_a: fc.boolean(),
      sel_b: fc.boolean(),
      filter_a: fc.boolean(),
      _hidden: fc.boolean(),
    });
    fc.assert(
      fc.property(tree, holding, (node, which) => {
        expect(evaluate(write(node), which)).toBe(holds(node, which));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a condition that cannot be meant is an error', () => {
  test.each([
    ["''", 'The condition is empty.'],
    ['sel_a and', 'ends where a selection should stand'],
    ['and sel_a', 'has "and" where a selection should stand'],
    ['sel_a sel_b', 'does not continue with "sel_b"'],
    ['(sel_a', 'parenthesis that is not closed'],
    ['sel_a)', 'does not continue with ")"'],
    ['missing', 'names the selection missing, which does not exist'],
    ['1 of missing*', 'No selection is named as "missing*"'],
    ['1 of sel_a*a', 'No selection is named as "sel_a*a"'],
    ['1 of sel_a*_a', 'No selection is named as "sel_a*_a"'],
    ['2 of sel*', 'has "2 of"'],
    ['1 of', 'without a selection pattern behind it'],
    ['sel_a | count() > 5', 'aggregations of Sigma 1 are not supported'],
    ['sel_a and 1 of (sel_b)', 'without a selection pattern behind it'],
    [`'${'('.repeat(300)}sel_a${')'.repeat(300)}'`, 'nested too deeply'],
    [`'${'not '.repeat(300)}sel_a'`, 'nested too deeply'],
    [`'${'sel_a or '.repeat(4000)}sel_a'`, 'too long'],
    ['5', 'must be a text'],
    ['[]', 'is an empty list'],
  ])('%s', (condition, message) => {
    const compiled = compileFiles(ruleAround(`${SELECTIONS}\ncondition: ${condition}`));
    expect(messagesOf(compiled, 'error').join()).toMatch(/^8: /);
    expect(messagesOf(compiled, 'error').join()).toContain(message);
    expect(compiled.checks).toEqual([]);
  });

  test('and is told beside everything else that is wrong', () => {
    const detection = 'a: {x|foo: 1}\ncondition: [a and b, 1 of c*, b or, not b]';
    expect(messagesOf(compileFiles(ruleAround(detection)), 'error')).toEqual([
      '4: x|foo: The modifier "foo" is unknown.',
      '5: The condition ends where a selection should stand.',
      '5: The condition names the selection b, which does not exist.',
      '5: No selection is named as "c*" in the condition.',
    ]);
  });

  test('and a detection without one', () => {
    expect(messagesOf(compileFiles(ruleAround(SELECTIONS)), 'error')).toEqual([
      '3: The condition must be a text, or a list of texts.',
    ]);
  });

  test.each([
    ['sel: {}\ncondition: sel', 'The selection is an empty map.'],
    ['sel: []\ncondition: sel', 'The selection is an empty list.'],
    ['sel:\ncondition: sel', 'The selection is empty.'],
    ['sel: {a: b}\ntimeframe: 5m\ncondition: sel', 'timeframe belongs to Sigma 1'],
  ])('%s', (detection, message) => {
    expect(messagesOf(compileFiles(ruleAround(detection)), 'error').join()).toContain(message);
  });
});

test('a selection that the condition does not mention is warned about', () => {
  const compiled = compileFiles(
    ruleAround('a: {outcome.result: x}\nb: {outcome.result: y}\ncondition: a'),
  );
  expect(messagesOf(compiled, 'warning')).toEqual([
    '5: The condition does not mention the selection b.',
  ]);
});

test.each([
  ["a: {'eventType|all': [x.one, x.two]}\ncondition: a", true],
  ['a: {eventType: x.one}\nb: {eventType: x.two}\ncondition: a and b', true],
  ["a: {eventType: x.one}\nb: {'eventType|startswith': y.}\ncondition: all of them", true],
  ["a: {'eventType|all': [x.one, x.*]}\ncondition: a", false],
  ['a: {eventType: x.one}\nb: {eventType: x.two}\ncondition: a or b', false],
  ['a: {eventType: x.one}\nb: {eventType: x.two}\ncondition: a and not b', false],
])('a condition that no event can meet is warned about: %j', (detection, isWarned) => {
  const compiled = compileFiles(ruleAround(detection));
  expect(messagesOf(compiled, 'warning').join().includes('No event can meet')).toBe(isWarned);
});

test('the parser answers any text', () => {
  const words = fc.constantFrom(
    'and',
    'or',
    'not',
    '(',
    ')',
    '1',
    'of',
    'all',
    'them',
    'a*',
    'b',
    '|',
    '\n',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(parseCondition(text).ok).toBeTypeOf('boolean');
    }),
    { numRuns: 2000 },
  );
});
