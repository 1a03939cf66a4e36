import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRules } from '../../src/cli/check-rules.ts';

const FAILED = `title: A sign-in failed
name: my-failed
logsource: {product: okta}
detection:
  selection: {eventType: user.session.start, outcome.result: FAILURE}
  condition: selection
`;
const MANY = `title: Many failed
name: many-failed
correlation:
  type: event_count
  rules: [my-failed]
  group-by: [actor.id]
  timespan: 10m
  condition: {gte: 2}
`;
const ONE_EVENT = '{eventType: user.session.start, outcome: {result: FAILURE}}';
const CASES = `fires:
  - name: two fail
    events: [${ONE_EVENT}, ${ONE_EVENT}]
quiet:
  - name: one fails
    events: [${ONE_EVENT}]
`;
const PLACEHOLDER = `title: From elsewhere
name: from-elsewhere
logsource: {product: okta}
detection:
  selection: {eventType: user.session.start}
  known: {actor.alternateId|endswith|expand: '@%own_domains%'}
  condition: selection and not known
`;
const PLACEHOLDER_CASES = `fires:
  - name: a stranger
    events: [{eventType: user.session.start, actor: {alternateId: eve@example.net}}]
quiet:
  - name: one of us
    events: [{eventType: user.session.start}]
`;

/** What is told about files with these contents, and whether the process fails. */
async function check(
  files: Readonly<Record<string, string>>,
  { paths = ['.'], config = null }: { paths?: string[]; config?: string | null } = {},
) {
  const directory = mkdtempSync(join(tmpdir(), 'check-rules-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  let text = '';
  const pretended = {
    cwd: () => directory,
    stdout: {
      write: (chunk: string) => {
        text += chunk;
        return true;
      },
    },
    exitCode: undefined,
  };
  await checkRules(paths, { config, process: pretended as unknown as NodeJS.Process });
  return { lines: text.trimEnd().split('\n'), exitCode: pretended.exitCode };
}

describe('rules check', () => {
  it('compiles the files of one call together, and runs the cases of each', async () => {
    const told = await check({
      'a/failed.yml': FAILED,
      'b/rule.yml': MANY,
      'b/cases.yml': CASES,
    });
    expect(told).toEqual({
      lines: ['2 files, 2 rules that run, 2 cases, no errors, no warnings'],
      exitCode: undefined,
    });
  });

  it('reads every rule below a folder, whichever way its name ends', async () => {
    const files = { 'a/failed.yaml': FAILED, 'a/b/many.yml': MANY };
    const told = await check(files, { paths: ['a'] });
    expect(told.lines).toEqual(['2 files, 2 rules that run, no cases, no errors, no warnings']);
  });

  it('takes an empty --config for none, as an audit does', async () => {
    const told = await check({ 'failed.yml': FAILED }, { config: '' });
    expect(told.lines).toEqual(['1 file, 1 rule that runs, no cases, no errors, no warnings']);
  });

  it('does not take an empty path for the root of the file system', async () => {
    await expect(check({ 'failed.yml': FAILED }, { paths: ['failed.yml', ''] })).rejects.toThrow(
      'rules: one of the paths is empty',
    );
  });

  it('knows the built-in rules, by name', async () => {
    const told = await check({ 'rule.yml': MANY.replace('my-failed', 'password-reset') });
    expect(told.lines).toEqual(['1 file, 1 rule that runs, no cases, no errors, no warnings']);
  });

  it('says which case does not hold, and where', async () => {
    const told = await check({
      'rule.yml': `${FAILED}---\n${MANY}`,
      'cases.yml': CASES.replace('one fails', 'two fail, quietly').replace(
        `[${ONE_EVENT}]`,
        `[${ONE_EVENT}, ${ONE_EVENT}, {eventType: zone.update}]`,
      ),
    });
    expect(told).toEqual({
      lines: [
        'cases.yml:5: error: many-failed: "two fail, quietly" should stay quiet and did not.',
        '1 file, 1 rule that runs, 2 cases, 1 error, no warnings',
      ],
      exitCode: 1,
    });
  });

  it('tells the cases of several rules in one folder apart by their names', async () => {
    const files = { 'failed.yml': FAILED, 'many.yml': MANY };
    const named = await check({ ...files, 'many.cases.yml': CASES });
    expect(named.lines).toEqual(['2 files, 2 rules that run, 2 cases, no errors, no warnings']);
    const shared = await check({ ...files, 'cases.yml': CASES });
    expect(shared.exitCode).toBe(1);
    expect(shared.lines).toHaveLength(2);
    expect(shared.lines[0]).toMatch(/^cases\.yml:1: error: The folder holds several rules/);
  });

  it.each(['b/cases.yaml', 'b/many.cases.yaml'])('runs cases that are called %s', async (name) => {
    const files = { 'a/failed.yaml': FAILED, 'b/many.yaml': MANY, [name]: CASES };
    const told = await check(files, { paths: ['a', 'b'] });
    expect(told.lines).toEqual(['2 files, 2 rules that run, 2 cases, no errors, no warnings']);
  });

  it('knows the cases of rules that lie outside the working directory', async () => {
    const outside = await check({
      'failed.yml': FAILED,
      'many.yml': MANY,
      'many.cases.yml': CASES,
    });
    const elsewhere = mkdtempSync(join(tmpdir(), 'check-rules-'));
    for (const [name, text] of [
      ['failed.yml', FAILED],
      ['many.yml', MANY],
      ['many.cases.yml', CASES],
    ] as const) {
      writeFileSync(join(elsewhere, name), text);
    }
    const listed = ['failed.yml', 'many.cases.yml', 'many.yml'].map((name) =>
      join(elsewhere, name),
    );
    for (const paths of [[elsewhere], [join(elsewhere, '*.yml')], listed]) {
      expect(await check({}, { paths })).toEqual(outside);
    }
  });

  it('takes placeholders from the tuning file', async () => {
    const files = {
      'rule.yml': PLACEHOLDER,
      'cases.yml': PLACEHOLDER_CASES,
      'tuning.yml': 'placeholders: {own_domains: [example.com]}\n',
    };
    const filled = await check(files, { paths: ['rule.yml'], config: 'tuning.yml' });
    expect(filled.lines).toEqual(['1 file, 1 rule that runs, 2 cases, no errors, no warnings']);
    const empty = await check(files, { paths: ['rule.yml'] });
    expect(empty.exitCode).toBe(1);
    expect(empty.lines.slice(0, 2)).toEqual([
      'rule.yml:1: warning: from-elsewhere does not run. It needs values for %own_domains%; give them under "placeholders" in the tuning file.',
      'cases.yml:1: error: The cases were not run: no rule of rule.yml runs.',
    ]);
  });

  it('reads the tuning file at its usual place, as an audit does', async () => {
    const told = await check(
      {
        'rule.yml': PLACEHOLDER,
        '.github/okta-audit.yml': 'placeholders: {own_domains: [example.com]}\n',
      },
      { paths: ['rule.yml'] },
    );
    expect(told.lines).toEqual(['1 file, 1 rule that runs, no cases, no errors, no warnings']);
  });

  it('says where a filter of the tuning file does not hold, and which names there no check has', async () => {
    const told = await check(
      {
        'rule.yml': FAILED.replace(
          'logsource',
          'id: e9a2b1c4-1111-4222-8333-444455556666\nlogsource',
        ),
        'tuning.yml': `rules:
  my-failed:
    filter:
      ours: {actor.id: 00u1}
      condition: not theirs
  my-faild: {enabled: false}
  takeover-chain: {level: high}
  e9a2b1c4-1111-4222-8333-444455556666: {level: high}
suppressions:
  - {check: indicator-address, actor: a, reason: r, expires: 2027-02-21}
  - {check: whatever-it-is, actor: a, reason: r, expires: 2027-02-21}
  - {check: e9a2b1c4-1111-4222-8333-444455556666, actor: a, reason: r, expires: 2027-02-21}
`,
      },
      { paths: ['rule.yml'], config: 'tuning.yml' },
    );
    expect(told.lines).toEqual([
      'tuning.yml:3: error: The filter is left out: what it is for runs without it, and reports more. [my-failed]',
      'tuning.yml:4: warning: The condition does not mention the selection ours. [my-failed]',
      'tuning.yml:5: error: The condition names the selection theirs, which does not exist. [my-failed]',
      'tuning.yml:6: warning: There is no check my-faild, so that this has no effect. Did you mean my-failed?',
      'tuning.yml:11: warning: There is no check whatever-it-is, so that this has no effect.',
      'tuning.yml:12: warning: There is no check e9a2b1c4-1111-4222-8333-444455556666, so that this has no effect.',
      '1 file, 1 rule that runs, no cases, 2 errors, 4 warnings',
    ]);
  });

  it('says which event types Okta does not list, of rules and of what correlations see', async () => {
    const typo = FAILED.replace('user.session.start', 'user.sesion.start').replace(
      'my-failed',
      'base',
    );
    const told = await check({
      'a.yml': FAILED.replace('user.session.start', '[user.session.start, brand.new.type]'),
      'b.yml': `${typo}---\n${MANY.replace('my-failed', 'base')}`,
      'c.yml': FAILED.replace('my-failed', 'c')
        .replace('eventType', 'eventType|startswith')
        .replace('user.session.start', 'user.'),
      'd.yml': FAILED.replace('my-failed', 'd')
        .replace('eventType', 'eventType|startswith')
        .replace('user.session.start', 'usr.'),
      'e.yml': FAILED.replace('my-failed', 'e').replace('user.session.start', 'User.Session.START'),
      'f.yml': FAILED.replace('my-failed', 'f')
        .replace('eventType', 'eventType|contains')
        .replace('user.session.start', 'nothing'),
    });
    expect(told.lines.slice(0, -1)).toEqual([
      'a.yml:1: warning: my-failed: Okta lists no event type brand.new.type, so that nothing of it may ever come.',
      'b.yml:8: warning: many-failed: Okta lists no event type user.sesion.start, so that nothing of it may ever come. Did you mean user.session.start?',
      'd.yml:1: warning: d: Okta lists no event type usr., so that nothing of it may ever come.',
    ]);
  });

  it('tells everything that is wrong in one report, and checks the rest', async () => {
    const told = await check({
      'a.yml': FAILED,
      'b.yml': 'title: Broken\nlogsource: {product: okta\ndetection: [\n',
      'c.yml': `title: ${'x'.repeat(1_000_001)}\n`,
      'd.yml': FAILED,
      'e.yml': FAILED.replace('my-failed', 'e').replace('condition: selection', 'condition: other'),
      'f.yml': MANY.replace('many-failed', 'f').replace('[my-failed]', '[f]'),
      'g.yml': FAILED.replace('my-failed', 'g')
        .replace('outcome.result', 'outcome.result|re')
        .replace('FAILURE', "'(?=x)'"),
      'h/rule.yml': FAILED.replace('my-failed', 'h'),
      'h/cases.yml': 'fires:\n  - name: [\n',
    });
    expect(told.exitCode).toBe(1);
    expect(told.lines.map((line) => line.split(':').slice(0, 3).join(':'))).toEqual([
      'b.yml:3: error',
      'b.yml:4: error',
      'c.yml:1: error',
      'd.yml:2: error',
      'e.yml:5: warning',
      'e.yml:6: error',
      'f.yml:5: error',
      'g.yml:5: error',
      'h/cases.yml:3: error',
      '8 files, 2 rules that run, no cases, 8 errors, 1 warning',
    ]);
  });

  it('says where a case file does not hold', async () => {
    const told = await check({ 'rule.yml': FAILED, 'cases.yml': 'fires: []\n' });
    expect(told.exitCode).toBe(1);
    expect(told.lines.slice(0, -1).every((line) => line.startsWith('cases.yml:1: error: '))).toBe(
      true,
    );
    const cases = `fires:
  - name: one
    evnts: []
quiet:
  - name: two
    events: [{eventType: a}]
    note: unknown
`;
    const placed = await check({ 'rule.yml': FAILED, 'cases.yml': cases });
    expect(placed.lines.slice(0, -1).map((line) => line.split(' error: ')[0])).toEqual([
      'cases.yml:2:',
      'cases.yml:2:',
      'cases.yml:5:',
    ]);
    const twice = `fires: [&one {name: one, events: [{eventType: a}]}]\nquiet: [*one]\n`;
    const aliased = await check({ 'rule.yml': FAILED, 'cases.yml': twice });
    expect(aliased.lines[0]).toMatch(/^cases\.yml:2: error: the alias \*one is not followed/);
  });

  it('says which case repeats another one', async () => {
    const cases = `fires:
  - name: one
    events: [{eventType: a}]
quiet:
  - name: one
    events: [{eventType: a}]
`;
    const told = await check({ 'rule.yml': FAILED, 'cases.yml': cases });
    expect(told.lines.slice(0, 2)).toEqual([
      'cases.yml:5: error: Two cases are named "one".',
      'cases.yml:5: error: The case "one" has the same events as another one.',
    ]);
  });

  it('does not fail for a warning', async () => {
    const told = await check({
      'rule.yml': FAILED.replace('outcome.result', 'outcome.rezult'),
    });
    expect(told.exitCode).toBeUndefined();
    expect(told.lines[0]).toMatch(/^rule\.yml:5: warning: No Okta event has the field/);
  });

  it('says once that a rule is for another product', async () => {
    const told = await check({ 'rule.yml': FAILED.replace('product: okta', 'product: windows') });
    expect(told).toEqual({
      lines: [
        'rule.yml:3: note: It is not an Okta rule (product: windows). [my-failed]',
        '1 file, no rules that run, no cases, no errors, no warnings',
      ],
      exitCode: undefined,
    });
  });

  it('makes what files say safe for a terminal', async () => {
    const told = await check({
      'rule.yml': FAILED.replace('condition: selection', 'condition: "a\\e[2Jb"'),
    });
    expect(told.lines.join('\n')).not.toContain('\u001b');
  });

  it('takes no rule for its own cases, whatever its file is called', async () => {
    const files = { 'failed.sigma': FAILED, 'failed.sigma.cases.yml': CASES.replace('two', 'one') };
    const told = await check(files, { paths: ['failed.sigma'] });
    expect(told.lines.at(-1)).toMatch(/^1 file, 1 rule that runs, 2 cases, /);
    expect(told.lines.join()).not.toContain('cases: Unrecognized');
  });

  it('reads no part of what was named where another part is not there', async () => {
    const told = check({ 'failed.yml': FAILED }, { paths: ['failed.yml', 'more/*.yml'] });
    await expect(told).rejects.toThrow('rules: no file matches more/*.yml');
  });

  it('takes cases alone for no rules', async () => {
    const told = check({ 'mine/cases.yml': CASES }, { paths: ['mine'] });
    await expect(told).rejects.toMatchObject({
      code: 'rules-invalid',
      message: 'rules: there are only cases and no rule in mine',
    });
  });
});
