import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addInputFlags, readFlags } from '../../src/cli/read-flags.ts';

function parse(...args: readonly string[]) {
  const command = addInputFlags(new Command().exitOverride());
  command.parse(args, { from: 'user' });
  return readFlags(command.opts(), {});
}

test('a list takes what a shell makes of a glob, several flags, and the standard input', () => {
  const { archive, since } = parse(
    ...['--archive', 'a.gz', 'b.gz', '--since', '2022-01-16', '--archive', '-'],
  );
  expect({ archive, since }).toEqual({ archive: 'a.gz\nb.gz\n-', since: '2022-01-16' });
});

test('what is no list takes one value', () => {
  expect(() => parse('--since', '2022-01-16', '2022-01-17')).toThrow('too many arguments');
});

test('and takes it once', () => {
  expect(() => parse('--since', '2022-01-16', '--since', '2022-01-17')).toThrow(
    '"2022-01-16" is given before; give one of them.',
  );
});

test('the help of a flag says what applies without it, as it is on a terminal', () => {
  const { options } = addInputFlags(new Command());
  const defaults = options.flatMap(({ long, description }) => {
    const [, value] = / Default: (.+)\.$/.exec(description) ?? [];
    return value === undefined ? [] : [[long, value]];
  });
  expect(Object.fromEntries(defaults)).toEqual({
    '--lookback-days': '7',
    '--pull': 'targeted',
    '--config': '.github/okta-audit.yml, where it exists',
    '--minimum-severity': 'low',
    '--issue-labels': 'okta-audit',
    '--publish': 'none',
    '--allow-public-repository': 'false',
    '--report-directory': 'okta-audit-report',
    '--fail-on': 'never',
    '--fail-on-incomplete': 'false',
  });
});

test.each([
  ['okta-private-key', 'OKTA_AUDIT_PRIVATE_KEY'],
  ['okta-api-token', 'OKTA_AUDIT_API_TOKEN'],
  ['github-token', 'GITHUB_TOKEN'],
])(
  'a secret is no flag: whoever gives %s as one reads where it belongs, and not the secret',
  (name, variable) => {
    const told = catchError(() => parse(`--${name}`, 'synthetic-secret'));
    expect(told).toMatchObject({
      code: 'input-invalid',
      message: `${name}: is no flag, because others can read a command line`,
      hint: expect.stringContaining(`as ${variable};`),
    });
    expect(JSON.stringify(told)).not.toContain('synthetic-secret');
    expect(addInputFlags(new Command()).helpInformation()).not.toContain(`--${name} `);
  },
);

function catchError(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}
