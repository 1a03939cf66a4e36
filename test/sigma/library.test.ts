import { describe, expect, test } from 'vitest';
import type { RuleTuning } from '../../src/model/tuning.ts';
import { compileFiles, messagesOf, type RuleFile, runCheck } from './compile-yaml.ts';

const UUID = '929a690e-bef0-4204-a928-ef5e620d6fcc';

function rule(head: string, eventType = 'type.a'): string {
  return `title: T\n${head}\nlogsource: {product: okta}\ndetection: {sel: {eventType: ${eventType}}, condition: sel}\n`;
}

const BUILT_IN: RuleFile = {
  path: 'rules/guarded/rule.yml',
  origin: 'built-in',
  text: rule(`name: guarded\nid: ${UUID}`),
};
const NO_RULE_TUNING: RuleTuning = { enabled: null, severity: null, filter: null };

describe("a user's rule replaces the built-in one", () => {
  test.each([
    ['with its name', 'name: guarded'],
    ['with its id', `id: ${UUID}`],
    ['with its id under another name', `id: ${UUID}\nname: other`],
  ])('%s, and answers to its name', (_, head) => {
    const own: RuleFile = { path: 'own.yml', text: rule(head, 'type.b') };
    for (const files of [
      [BUILT_IN, own],
      [own, BUILT_IN],
    ]) {
      const { checks, problems } = compileFiles(files);
      expect(checks.map(({ id }) => id)).toEqual(['guarded']);
      expect(
        checks
          .flatMap((check) => runCheck(check, [{ eventType: 'type.a' }, { eventType: 'type.b' }]))
          .map(({ anchor }) => anchor.eventType),
      ).toEqual(['type.b']);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  test.each([
    ['name: guarded', []],
    [`id: ${UUID}`, []],
    [`name: guarded\nid: ${UUID}`, []],
    [
      `name: other\nid: ${UUID}`,
      [
        '3: It has the id of the built-in rule guarded and takes its place; give it an id of its own to keep both.',
      ],
    ],
  ])('with %j, and a copy that kept the id is warned about', (head, warnings) => {
    const compiled = compileFiles([BUILT_IN, { path: 'own.yml', text: rule(head) }]);
    expect(messagesOf(compiled, 'warning')).toEqual(warnings);
  });

  test('also where it has the name of one and the id of another', () => {
    const another: RuleFile = {
      ...BUILT_IN,
      text: rule('name: watched\nid: 6f0e9a1e-6a1c-4c43-9a5d-1c9b8f0f2b11', 'type.c'),
    };
    const own: RuleFile = { path: 'own.yml', text: rule(`name: watched\nid: ${UUID}`) };
    const compiled = compileFiles([BUILT_IN, another, own]);
    expect(messagesOf(compiled, 'warning').join()).toContain(
      'has the id of the built-in rule guarded',
    );
  });

  test('also where it does not compile: the built-in one does not step in unseen', () => {
    const own: RuleFile = {
      path: 'own.yml',
      text: rule('name: guarded').replace('eventType', 'eventType|foo'),
    };
    const { checks, unavailable } = compileFiles([BUILT_IN, own]);
    expect(checks).toEqual([]);
    expect(unavailable).toMatchObject([{ id: 'guarded', status: 'failed' }]);
  });

  test('and correlations refer to the new one', () => {
    const correlation =
      'title: C\nname: c\ncorrelation: {type: event_count, rules: guarded, timespan: 1m, condition: {gte: 1}}\n';
    const { checks } = compileFiles([
      BUILT_IN,
      { path: 'c.yml', origin: 'built-in', text: correlation },
      { path: 'own.yml', text: rule('name: guarded', 'type.b') },
    ]);
    expect(checks.find(({ id }) => id === 'c')?.needs.eventTypes).toMatchObject({
      terms: [{ eventType: 'type.b' }],
    });
  });
});

test('the rule that replaces another one answers to all of its names', () => {
  const own: RuleFile = { path: 'own.yml', text: rule('name: guarded', 'type.b') };
  const correlation = `title: C\nname: c\ncorrelation: {type: event_count, rules: ["${UUID}"], timespan: 1m, condition: {gte: 1}}\n`;
  const compiled = compileFiles([BUILT_IN, own, { path: 'c.yml', text: correlation }], {
    rules: { [UUID]: { ...NO_RULE_TUNING, severity: 'critical' } },
  });
  expect(messagesOf(compiled, 'error')).toEqual([]);
  expect(compiled.checks.map(({ id, severity }) => [id, severity])).toEqual([
    ['guarded', 'critical'],
    ['c', 'medium'],
  ]);
});

describe('two rules of one origin with the same id or name', () => {
  test.each([
    ['name', 'name: n\nid: one', 'name: n\nid: two', 3],
    ['id', 'id: n', 'name: other\nid: n', 4],
  ])('are an error on the second, for the same %s', (key, first, second, line) => {
    const compiled = compileFiles([
      { path: 'a.yml', text: rule(first) },
      { path: 'b.yml', text: rule(second).replace('T', 'T\ndate: 2026-01-01') },
    ]);
    expect(compiled.checks).toHaveLength(1);
    expect(compiled.problems).toEqual([
      {
        path: 'b.yml',
        line,
        rule: expect.anything(),
        severity: 'error',
        message: `The ${key} is also that of the rule in a.yml:2; this one does not run.`,
      },
    ]);
    expect(compiled.unavailable).toMatchObject([
      { status: 'failed', id: expect.stringContaining('(b.yml:1)') },
    ]);
  });
});

describe('the tuning file', () => {
  const compileWith = (tuning: Partial<RuleTuning>, name = 'guarded') =>
    compileFiles([BUILT_IN], { rules: { [name]: { ...NO_RULE_TUNING, ...tuning } } });

  test.each(['guarded', UUID])('switches a rule off, by %s', (name) => {
    const { checks, unavailable } = compileWith({ enabled: false }, name);
    expect(checks).toEqual([]);
    expect(unavailable).toEqual([
      {
        id: 'guarded',
        kind: 'rule',
        title: 'T',
        status: 'not-evaluated',
        reason: 'It is switched off in the tuning file.',
        remedy: 'remove enabled: false of guarded from the tuning file',
      },
    ]);
  });

  test.each(['guarded', UUID])("changes a rule's level, by %s", (name) => {
    expect(compileWith({ severity: 'critical' }, name).checks[0]?.severity).toBe('critical');
  });

  test('adds a filter to a rule', () => {
    const filter = {
      known: { 'actor.alternateId|endswith': '@corp.example' },
      condition: 'not known',
    };
    const [check] = compileWith({ filter }).checks;
    const run = (alternateId: string) =>
      check === undefined ? [] : runCheck(check, [{ eventType: 'type.a', actor: { alternateId } }]);
    expect([run('ada@corp.example').length, run('eve@elsewhere.example').length]).toEqual([0, 1]);
  });

  test('tells of a filter that cannot be read, and the rule runs without it', () => {
    const compiled = compileWith({ filter: { known: { x: 1 }, condition: 'not missing' } });
    expect(compiled.checks).toHaveLength(1);
    expect(compiled.problems).toContainEqual({
      path: 'the tuning file',
      line: 1,
      rule: 'guarded',
      severity: 'error',
      message: 'The condition names the selection missing, which does not exist.',
    });
    expect(messagesOf(compiled, 'error').join()).toContain('The filter is left out');
  });

  test('warns of a filter that keeps what it names', () => {
    const compiled = compileWith({ filter: { known: { 'actor.id': '1' }, condition: 'known' } });
    expect(messagesOf(compiled, 'warning').join()).toContain(
      'keeps only the events that meet its condition',
    );
  });
});

describe('a Sigma filter', () => {
  const filter = (rules: string, more = ''): RuleFile => ({
    path: 'filter.yml',
    text: `title: F\n${more}logsource: {product: okta}\nfilter:\n  rules: ${rules}\n  office: {client.ipAddress|cidr: 192.0.2.0/24}\n  condition: not office\n`,
  });
  const other: RuleFile = { path: 'other.yml', text: rule('name: other') };
  const idsThatFire = (files: readonly RuleFile[]) =>
    compileFiles(files)
      .checks.filter(
        (check) =>
          runCheck(check, [{ eventType: 'type.a', client: { ipAddress: '192.0.2.1' } }]).length > 0,
      )
      .map(({ id }) => id);

  test.each([
    ['[guarded]', ['other']],
    [`["${UUID}"]`, ['other']],
    ['guarded', ['other']],
    ['[guarded, other]', []],
    ['any', []],
    ['[]', []],
    ['[nowhere]', ['guarded', 'other']],
  ])('for rules %s leaves out what its condition does', (rules, expected) => {
    expect(idsThatFire([BUILT_IN, other, filter(rules)])).toEqual(expected);
  });

  test('for a correlation filters the events that its rules see there, and only there', () => {
    const correlation =
      'title: C\nname: c\ncorrelation: {type: event_count, rules: guarded, timespan: 1m, condition: {gte: 1}}\n';
    const files = [BUILT_IN, { path: 'c.yml', text: correlation }];
    expect(idsThatFire(files)).toEqual(['guarded', 'c']);
    expect(idsThatFire([...files, filter('[c]')])).toEqual(['guarded']);
    expect(idsThatFire([...files, filter('any')])).toEqual([]);
  });

  test('for a correlation reaches the rules of those inside of it, and leaves those around it alone', () => {
    const inner =
      'title: In\nname: inner\ncorrelation: {type: event_count, rules: guarded, timespan: 1m, condition: {gte: 1}}\n';
    const outer = (type: string) =>
      `title: Out\nname: outer\ncorrelation: {type: ${type}, rules: [guarded, inner], timespan: 1m, condition: {gte: 1}}\n`;
    const files = (type: string) => [
      BUILT_IN,
      { path: 'inner.yml', text: inner },
      { path: 'outer.yml', text: outer(type) },
    ];
    expect(idsThatFire([...files('event_count'), filter('[outer]')])).toEqual(['guarded', 'inner']);
    expect(idsThatFire([...files('event_count'), filter('[inner]')])).toEqual(['guarded', 'outer']);
    const both = files('temporal').map((file) => ({
      ...file,
      text: file.text.replace('inner], timespan: 1m, condition: {gte: 1}', 'inner], timespan: 1m'),
    }));
    expect(idsThatFire(both)).toEqual(['guarded', 'inner', 'outer']);
    expect(idsThatFire([...both, filter('[inner]')])).toEqual(['guarded']);
  });

  test('does not widen what a rule needs', () => {
    const [check] = compileFiles([BUILT_IN, filter('any')]).checks;
    expect(check?.needs.eventTypes).toMatchObject({ terms: [{ eventType: 'type.a' }] });
  });

  test('whose placeholder nobody gave makes its rules not-evaluated', () => {
    const open = filter('[guarded]')
      .text.replace('192.0.2.0/24', "'%office%'")
      .replace('|cidr', '|cidr|expand');
    const { unavailable } = compileFiles([BUILT_IN, { path: 'f.yml', text: open }]);
    expect(unavailable).toMatchObject([{ id: 'guarded', status: 'not-evaluated' }]);
  });

  test.each([
    [
      'names a rule that does not exist',
      filter('[nowhere]').text,
      'warning',
      '4: The filter names the rule nowhere, which does not exist.',
    ],
    [
      'keeps what one of its conditions names',
      filter('any').text.replace('condition: not office', 'condition: [not office, office]'),
      'warning',
      '6: The filter keeps only the events',
    ],
    [
      'keeps what it names by a name with a "not" in it',
      filter('any').text.replaceAll('not office', 'office').replaceAll('office', 'is.not.office'),
      'warning',
      '6: The filter keeps only the events',
    ],
    [
      'is for another product',
      filter('any').text.replace('okta', 'windows'),
      'note',
      '2: It is not an Okta rule (product: windows).',
    ],
    [
      'keeps what it names',
      filter('any').text.replace('not office', 'office'),
      'warning',
      '6: The filter keeps only the events',
    ],
    [
      'has no rules',
      filter('any').text.replace('  rules: any\n', ''),
      'error',
      '3: filter.rules must be',
    ],
    [
      'has no map',
      'title: F\nlogsource: {product: okta}\nfilter: x\n',
      'error',
      '3: The filter must be a map',
    ],
    [
      'has a broken selection',
      filter('any').text.replace('|cidr', '|foo'),
      'error',
      '5: client.ipAddress|foo: The modifier "foo" is unknown.',
    ],
    [
      'names an empty list of rules',
      filter('[]').text,
      'warning',
      'names no rule, so that it is for every rule',
    ],
    ['has no title', filter('any').text.replace('title: F\n', ''), 'error', '1: title'],
    [
      'names no logsource',
      filter('any').text.replace('logsource: {product: okta}\n', ''),
      'error',
      '1: It names no logsource',
    ],
  ] as const)('that %s is reported, and the rules run', (_, text, severity, message) => {
    const compiled = compileFiles([BUILT_IN, { path: 'filter.yml', text }]);
    expect(messagesOf(compiled, severity).join()).toContain(message);
    expect(messagesOf(compiled, 'error').join().includes('The filter is left out')).toBe(
      severity === 'error',
    );
    expect(compiled.checks.map(({ id }) => id)).toEqual(['guarded']);
    expect(compiled.unavailable).toEqual([]);
  });

  test('with the name of a built-in rule takes no place of it', () => {
    const files = [BUILT_IN, other, filter('[other]', 'name: guarded\n')];
    expect(compileFiles(files).checks.map(({ id }) => id)).toEqual(['guarded', 'other']);
  });

  test('that is there twice counts once, and nothing is missing by that', () => {
    const compiled = compileFiles([
      BUILT_IN,
      filter('any', 'name: f\n'),
      { ...filter('any', 'name: f\n'), path: 'twin.yml' },
    ]);
    expect(messagesOf(compiled, 'error')).toEqual([
      expect.stringContaining('The name is also that of the rule in filter.yml:2'),
    ]);
    expect(compiled.unavailable).toEqual([]);
  });
});

test('problems come by file and line', () => {
  const compiled = compileFiles([
    { path: 'b.yml', text: rule('name: b\nlevel: x') },
    {
      path: 'a.yml',
      text: `${rule('name: a').replace('eventType', 'x|foo')}---\n${rule('level: y')}`,
    },
  ]);
  expect(compiled.problems.map(({ path, line }) => `${path}:${line}`)).toEqual([
    'a.yml:4',
    'a.yml:7',
    'b.yml:3',
  ]);
});

test('tells where each check comes from, also one that does not run', () => {
  const { checks, unavailable, sources } = compileFiles([
    BUILT_IN,
    { path: 'own.yml', text: rule('name: own\nlevel: x') },
    { path: 'taken-over.yml', text: rule(`id: ${UUID}`) },
    { path: 'unreadable.yml', text: '[' },
  ]);
  const told = [...checks, ...unavailable].map(({ id }) => [
    id,
    sources.get(id)?.path,
    sources.get(id)?.origin,
  ]);
  expect(told).toEqual([
    ['guarded', 'taken-over.yml', 'user'],
    ['unreadable.yml', 'unreadable.yml', 'user'],
    ['own', 'own.yml', 'user'],
  ]);
});
