import { expect, it } from 'vitest';
import { wordProblems } from '../../src/connect/word-problems.ts';
import type { SigmaProblem } from '../../src/sigma/index.ts';

function problem(severity: SigmaProblem['severity'], line: number): SigmaProblem {
  return { path: 'rules/x.yml', line, rule: null, message: `Something ${severity}.`, severity };
}

it('says what is wrong line by line, and in one line that many rules are for other products', () => {
  const notes = Array.from({ length: 3_000 }, (_, index) => problem('note', index + 10));
  expect(wordProblems([problem('error', 1), ...notes, problem('warning', 4)])).toEqual([
    'rules/x.yml:1: Something error.',
    'rules/x.yml:4: Something warning.',
    '3,000 rules are for other products than Okta and do not run, the first at rules/x.yml:10.',
  ]);
});

it('names the rule where the message does not', () => {
  const named = { ...problem('error', 5), rule: 'my-rule' };
  expect(wordProblems([named, { ...named, message: 'my-rule: x is unknown.' }])).toEqual([
    'rules/x.yml:5: Something error. [my-rule]',
    'rules/x.yml:5: my-rule: x is unknown.',
  ]);
});

it('names the one rule that is for another product', () => {
  expect(wordProblems([problem('note', 7)])).toEqual(['rules/x.yml:7: Something note.']);
  expect(wordProblems([problem('note', 7), problem('error', 9)])).toEqual([
    'rules/x.yml:9: Something error.',
    'rules/x.yml:7: Something note.',
  ]);
});
