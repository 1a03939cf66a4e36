import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseTuning } from '../../src/config/parse-tuning.ts';
import { parseCases, runCases } from '../../src/sigma/run-cases.ts';
import { compileFiles, ruleAround } from './compile-yaml.ts';

const DOC = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'RULES.md'), 'utf8');
const EXAMPLES = [...DOC.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```$/gm)].map(
  ([, space = '', text = '']) => text.replaceAll(new RegExp(`^${space}`, 'gm'), ''),
);

function examplesWith(key: RegExp): string[] {
  return EXAMPLES.filter((text) => key.test(text));
}

const RULES = examplesWith(/^title: /m);
const DETECTIONS = examplesWith(/^detection:/).filter((text) => !RULES.includes(text));
const SELECTIONS = examplesWith(/^selection:/m);
const CASES = examplesWith(/^fires:/m);
const TUNING = examplesWith(/^(rules|placeholders):/).filter((text) => !RULES.includes(text));

describe('docs/RULES.md', () => {
  test('has examples of each kind, and no other', () => {
    const kinds = [RULES, DETECTIONS, SELECTIONS, CASES, TUNING];
    expect(kinds.map((kind) => kind.length)).toEqual([6, 1, 2, 1, 2]);
    expect(EXAMPLES).toHaveLength(12);
  });

  test.each(RULES)('the rule compiles: %s', (text) => {
    const placeholders = { own_domains: ['corp.example'] };
    const { unavailable, problems } = compileFiles(text, { placeholders });
    const known = problems.filter(
      ({ message }) => !message.startsWith('The filter names the rule'),
    );
    expect([unavailable, known]).toEqual([[], []]);
  });

  test.each(DETECTIONS)('the detection compiles: %s', (text) => {
    expect(compileFiles(`title: T\nlogsource: {product: okta}\n${text}`).problems).toEqual([]);
  });

  test('of the two selections, the one that is said to be warned about is', () => {
    const warnings = SELECTIONS.map(
      (text) => compileFiles(ruleAround(`${text}condition: selection`)).problems.length,
    );
    expect(warnings).toEqual([1, 0]);
  });

  test.each(TUNING)('the tuning is read: %s', (text) => {
    expect(parseTuning('okta-audit.yml', text).ok).toBe(true);
  });

  test('the cases hold for the first rule', () => {
    const cases = parseCases(parse(CASES[0] ?? ''));
    const [check] = compileFiles(RULES[0] ?? '').checks;
    if (!cases.ok || check === undefined) throw new Error('The example is broken.');
    expect(runCases(check, cases.cases).flatMap(({ problems }) => problems)).toEqual([]);
  });
});
