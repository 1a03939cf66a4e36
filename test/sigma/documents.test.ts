import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { compileRules } from '../../src/sigma/compile-rules.ts';
import { parseSigmaDocuments } from '../../src/sigma/parse/parse-sigma-documents.ts';
import { documentsFromObjects } from '../../src/sigma/sigma-document.ts';
import { compileFiles, messagesOf, ruleAround } from './compile-yaml.ts';

const GOOD = ruleAround('sel: {outcome.result: DENY}\ncondition: sel');

function parse(text: string) {
  return parseSigmaDocuments({ path: 'rules/a.yml', text, origin: 'user' });
}

test('a file holds any number of documents, and empty ones are passed by', () => {
  const { documents, problems } = parse(`---\n${GOOD}---\n${GOOD}---\n# the end\n`);
  expect(documents).toHaveLength(2);
  expect(problems).toEqual([]);
});

test('documents are told apart by their sections', () => {
  const { documents } = parse('detection: {}\n---\ncorrelation: {}\n---\nfilter: {}\n');
  expect(documents.map(({ kind }) => kind)).toEqual(['rule', 'correlation', 'filter']);
});

test('lines are those of the keys, also in later documents', () => {
  const [, second] = parse(
    `${GOOD}---\ntitle: x\ndetection:\n  sel:\n    - a: b\n    - c: [d, e]\n`,
  ).documents;
  const linesOf = [
    [],
    ['title'],
    ['detection', 'sel', 1],
    ['detection', 'sel', 1, 'c', 1],
    ['nowhere'],
    ['detection', 'missing'],
  ];
  expect(linesOf.map((keys) => second?.lineOf(keys))).toEqual([7, 7, 11, 11, 7, 8]);
});

test.each([
  ['malformed YAML', 'title: [a', 1],
  ['a duplicate key', 'title: a\nlevel: low\ntitle: b', 3],
  ['an alias', 'a: &x 1\nb: *x', 2],
  ['an alias as a key', 'a: &x k\n? *x\n: 1', 2],
  ['a tab as indentation', 'a:\n\tb: 1', 2],
  ['a list at the top', '- a', 1],
  ['a text at the top', 'just words', 1],
  ['an unknown tag', 'a: !!python/object x', 1],
  ['no document', '# nothing\n', 1],
  ['an action of Sigma 1', 'action: global\ntitle: x', 1],
])('%s is an error with its line', (_, text, line) => {
  const { documents, problems } = parse(text);
  expect(documents).toEqual([]);
  expect(problems[0]).toMatchObject({ path: 'rules/a.yml', line, severity: 'error' });
});

test('a broken document leaves the others of the file, and is unavailable', () => {
  const compiled = compileFiles(
    `${GOOD}---\ntitle: b\ntitle: c\n---\n${GOOD.replace('A rule', 'Another')}`,
  );
  expect(compiled.checks.map(({ id }) => id)).toEqual(['A rule', 'Another']);
  expect(compiled.unavailable).toEqual([
    {
      id: 'rule.yml',
      kind: 'rule',
      title: 'rule.yml',
      status: 'failed',
      reason: 'rule.yml:8: The same key is written twice in one map.',
    },
  ]);
});

test('a file of ten megabytes is refused before it is read', () => {
  const { problems } = parse(`${GOOD}# ${'x'.repeat(10_000_000)}`);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain('a rule file may have 1000000');
});

test('brackets nested a hundred thousand deep are an error', () => {
  const { documents, problems } = parse('['.repeat(100_000));
  expect(documents).toEqual([]);
  expect(problems[0]?.severity).toBe('error');
});

test.each(['*', '*admin', '*.example'])('%s without quotes is told to need some', (value) => {
  const compiled = compileFiles(
    ruleAround(`a: {actor.id: b}\nc:\n  actor.id: ${value}\ncondition: a`),
  );
  expect(messagesOf(compiled, 'error')).toEqual([
    `6: YAML takes ${value} for an alias, as it begins with an asterisk; put the value in quotes.`,
  ]);
});

test('a merge key is no merge', () => {
  const { documents } = parse('detection:\n  sel:\n    <<: {a: b}\n');
  expect(documents[0]?.content).toEqual({ detection: { sel: { '<<': { a: 'b' } } } });
});

test('documents may come parsed, such as the built-in ones', () => {
  const [read] = parse(GOOD).documents;
  const documents = documentsFromObjects({
    path: 'rules/a/rule.yml',
    origin: 'built-in',
    objects: [read?.content, null, 'x'],
  });
  const { checks, problems } = compileRules({ documents, eventTypes: [], tuning: NO_TUNING });
  expect(checks.map(({ title }) => title)).toEqual(['A rule']);
  expect(problems).toEqual([]);
});

test('a rule that is wrong in two places is told both', () => {
  const compiled = compileFiles(ruleAround('a: {x|foo: 1, y|bar: 2}\ncondition: a'));
  expect(messagesOf(compiled, 'error')).toHaveLength(2);
});

test('any text is answered, and so is any document', () => {
  const words = fc.constantFrom(
    'title: a\n',
    'detection:\n',
    '  condition: sel\n',
    '  sel:\n',
    '    a|re: (\n',
    '    - b\n',
    '---\n',
    '{',
    ']',
    '&a ',
    '*a',
    'correlation:\n',
    '  rules: [a]\n',
    '  type: temporal\n',
    '  timespan: 5m\n',
    'filter:\n',
    'logsource: {product: okta}\n',
    'name: a\n',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(words).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const compiled = compileFiles(text);
      expect(Array.isArray(compiled.checks)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('any parsed value is answered', () => {
  const value = fc.jsonValue();
  const content = fc.record(
    {
      title: fc.oneof(fc.constant('T'), value),
      logsource: fc.oneof(fc.constant({ product: 'okta' }), value),
      detection: fc.oneof(
        fc.record({ sel: value, condition: fc.oneof(fc.constant('sel'), value) }),
        value,
      ),
      correlation: fc.oneof(
        fc.record({
          type: fc.constant('event_count'),
          rules: value,
          timespan: value,
          condition: value,
        }),
        value,
      ),
      filter: fc.oneof(
        fc.record({ rules: value, sel: value, condition: fc.constant('sel') }),
        value,
      ),
      audit: value,
      tags: value,
    },
    { requiredKeys: ['title'] },
  );
  fc.assert(
    fc.property(fc.array(content, { maxLength: 4 }), (objects) => {
      const documents = documentsFromObjects({ path: 'x.yml', origin: 'user', objects });
      const { checks, unavailable } = compileRules({
        documents,
        eventTypes: [],
        tuning: NO_TUNING,
      });
      expect(checks.length + unavailable.length).toBeLessThanOrEqual(objects.length);
    }),
    { numRuns: 400 },
  );
});
