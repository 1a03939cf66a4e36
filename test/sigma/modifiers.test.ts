import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { compileFiles, messagesOf, ruleAround, ruleSelecting, selects } from './compile-yaml.ts';

const matchesReason = (written: string, reason: unknown): boolean =>
  selects(`outcome.reason${written}`, { outcome: { reason } });

describe('text modifiers', () => {
  test.each([
    ['|contains: b', 'abc', true],
    ['|contains: [x, b]', 'abc', true],
    ['|contains|all: [a, b]', 'abc', true],
    ['|contains|all: [a, x]', 'abc', false],
    ['|all|contains: [a, x]', 'abc', false],
    ['|startswith: a', 'abc', true],
    ['|startswith: b', 'abc', false],
    ['|endswith: c', 'abc', true],
    ['|endswith: b', 'abc', false],
    ['|contains: a*c', 'xabcx', true],
    ['|startswith: a?c', 'abcx', true],
    ['|neq: abc', 'abc', false],
    ['|neq: abc', 'x', true],
    ['|neq: [abc, x]', 'x', false],
    ['|neq: abc', null, true],
    ['|contains|neq: b', 'abc', false],
    ['|contains|all|neq: [a, x]', 'abc', true],
  ])('%s against %j is %s', (written, reason, expected) => {
    expect(matchesReason(written, reason)).toBe(expected);
  });
});

describe('re searches unanchored, on a linear engine', () => {
  test.each([
    ["|re: 'b+'", 'abbc', true],
    ["|re: '^b'", 'abc', false],
    ["|re: '^a.*c$'", 'abc', true],
    ["|re: 'a.c'", 'a\nc', false],
    ["|re|s: 'a.c'", 'a\nc', true],
    ["|re: '^b$'", 'a\nb\nc', false],
    ["|re|m: '^b$'", 'a\nb\nc', true],
    ["|re|i|m: '^B$'", 'a\nb\nc', true],
    ["|re|ignorecase: 'B'", 'b', true],
    ["|re: 'a\\*'", 'a*', true],
    ["|re: ['x', 'c$']", 'abc', true],
    ["|re|all: ['a', 'c$']", 'abc', true],
    ["|re|all: ['a', 'x']", 'abc', false],
    ["|re: '13'", 1355, true],
    ["|re: '^13\\d+$'", 1355, true],
    ["|re|neq: 'b'", 'abc', false],
  ])('%s against %j is %s', (written, reason, expected) => {
    expect(matchesReason(written, reason)).toBe(expected);
  });

  test('a catastrophic expression is answered', () => {
    expect(matchesReason("|re: '^(a+)+$'", `${'a'.repeat(30_000)}b`)).toBe(false);
  });

  test.each([
    ["'('", 'cannot be used'],
    ["'(?=a)b'", 'cannot be used'],
    ["'(a)\\1'", 'cannot be used'],
    ["'((a{1000}){1000})'", 'cannot be used'],
    [`'${'x{1000}'.repeat(20)}'`, 'too large'],
  ])('%s is refused with the reason', (source, message) => {
    const compiled = compileFiles(ruleSelecting(`outcome.reason|re: ${source}`));
    expect(messagesOf(compiled, 'error').join()).toMatch(new RegExp(`^5: .*${message}`));
  });
});

describe('cidr', () => {
  const matchesAddress = (written: string, ipAddress: unknown): boolean =>
    selects(`client.ipAddress|cidr${written}`, { client: { ipAddress } });

  test.each([
    [': 192.0.2.0/24', '192.0.2.77', true],
    [': 192.0.2.0/24', '198.51.100.1', false],
    [': 192.0.2.7', '192.0.2.7', true],
    [': 192.0.2.7', '192.0.2.8', false],
    [': 2001:db8::/32', '2001:db8:1::1', true],
    [': 2001:db8::/32', '2001:DB8:1::1', true],
    [': 2001:db8::/32', '2001:db9::1', false],
    [': 2001:db8::1', '2001:db8:0::1', true],
    [': 192.0.2.0/24', '::ffff:192.0.2.7', true],
    [': 192.0.2.0/24', '2001:db8::1', false],
    [': "::ffff:192.0.2.0/120"', '192.0.2.7', true],
    [': "::ffff:192.0.2.0/120"', '::FFFF:C000:207', true],
    [': "::ffff:192.0.2.0/120"', '192.0.3.7', false],
    [': "::ffff:192.0.2.7"', '192.0.2.7', true],
    [': "::ffff:0:0/96"', '198.51.100.1', true],
    [': "::ffff:0:0/96"', '2001:db8::1', false],
    [': "::/0"', '192.0.2.7', false],
    [': 0.0.0.0/0', '2001:db8::1', false],
    [': 192.0.2.0/24', '192.0.2.256', false],
    [': 192.0.2.0/24', '3221226007', false],
    [': 192.0.2.0/24', 'x', false],
    [': 192.0.2.0/24', null, false],
    [': [198.51.100.0/24, 192.0.2.0/24]', '192.0.2.1', true],
  ])('%s against %s is %s', (written, address, expected) => {
    expect(matchesAddress(written, address)).toBe(expected);
  });

  test.each(['192.0.2.0/33', 'x', '192.0.2.*', '1/8'])('%s is refused', (range) => {
    const compiled = compileFiles(ruleSelecting(`client.ipAddress|cidr: '${range}'`));
    expect(messagesOf(compiled, 'error').join()).toContain('cidr takes an address range');
  });
});

describe('encodings', () => {
  const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
    Buffer.from(text, encoding).toString('base64');

  test('base64 encodes the value', () => {
    expect(matchesReason('|base64: ping', base64('ping'))).toBe(true);
    expect(matchesReason('|base64|contains: ping', `x ${base64('ping')} y`)).toBe(true);
    expect(matchesReason('|base64: grüezi', base64('grüezi'))).toBe(true);
  });

  test.each([0, 1, 2, 3, 4, 5])('base64offset finds the value %i bytes into a text', (offset) => {
    for (const value of ['http://', 'secret', 'grüezi', 'ab', 'abcd']) {
      const around = base64(`${'~'.repeat(offset)}${value}${'~'.repeat(3)}`);
      expect(matchesReason(`|base64offset|contains: '${value}'`, around)).toBe(true);
    }
  });

  test('base64offset does not find another value', () => {
    expect(matchesReason('|base64offset|contains: secret', base64('another text'))).toBe(false);
  });

  test.each([
    ['wide', Buffer.from('cmd', 'utf16le')],
    ['utf16le', Buffer.from('cmd', 'utf16le')],
    ['utf16be', Buffer.from('cmd', 'utf16le').swap16()],
    ['utf16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('cmd', 'utf16le')])],
  ])('%s gives the bytes that base64 encodes', (encoding, bytes) => {
    expect(matchesReason(`|${encoding}|base64: cmd`, bytes.toString('base64'))).toBe(true);
    const inside = Buffer.concat([Buffer.from('~'), bytes, Buffer.from('~~')]).toString('base64');
    expect(matchesReason(`|${encoding}|base64offset|contains: cmd`, inside)).toBe(true);
  });

  test('wide alone compares the characters with the bytes as codes', () => {
    expect(matchesReason('|wide|contains: cmd', 'xc\0m\0d\0x')).toBe(true);
  });

  test('windash takes every kind of dash at the start of a word, in either order of modifiers', () => {
    for (const dash of ['-', '/', '–', '—', '―']) {
      expect(matchesReason("|windash|contains: ' -f '", `run ${dash}f x`)).toBe(true);
      expect(matchesReason("|contains|windash: ' /f '", `run ${dash}f x`)).toBe(true);
    }
    expect(matchesReason("|windash|contains: ' -f '", 'run +f x')).toBe(false);
    expect(matchesReason("|windash|contains: 'a-b'", 'a/b')).toBe(false);
    expect(matchesReason("|windash: '* -a* -b'", 'run /a x —b')).toBe(true);
  });

  test('windash before base64 encodes each form', () => {
    expect(matchesReason("|windash|base64: '-f'", base64('/f'))).toBe(true);
  });

  test.each([
    ["|base64: 'a*b'", 'cannot be applied to a value with wildcards'],
    ['|contains|base64: a', 'must stand before contains'],
    ["|windash: ' -a -b -c -d -e -f'", 'at most 5 dashes'],
    ['|base64|re: a', 'cannot be combined'],
  ])('%s is refused', (written, message) => {
    const compiled = compileFiles(ruleSelecting(`outcome.reason${written}`));
    expect(messagesOf(compiled, 'error').join()).toContain(message);
  });
});

describe('time modifiers read a part of a UTC time', () => {
  const matchesTime = (written: string, published: string): boolean =>
    selects(`published${written}`, { published });

  test.each([
    ['|hour: 23', '2022-01-20T23:18:00.000Z', true],
    ['|hour: 22', '2022-01-20T23:18:00.000Z', false],
    ['|hour: [1, 23]', '2022-01-20T23:18:00.000Z', true],
    ['|hour|gte: 22', '2022-01-20T23:18:00.000Z', true],
    ['|hour|lt: 6', '2022-01-20T23:18:00.000Z', false],
    ['|hour|neq: 23', '2022-01-20T23:18:00.000Z', false],
    ['|minute: 18', '2022-01-20T23:18:00.000Z', true],
    ['|day: 20', '2022-01-20T23:18:00.000Z', true],
    ['|month: 1', '2022-01-20T23:18:00.000Z', true],
    ['|year: 2022', '2022-01-20T23:18:00.000Z', true],
    ['|week: 3', '2022-01-20T23:18:00.000Z', true],
    ['|week: 52', '2022-01-02T23:18:00.000Z', true],
    ['|week: 1', '2024-12-30T00:00:00.000Z', true],
    ['|week: 53', '2020-12-31T00:00:00.000Z', true],
    ['|week: 1', '2026-01-01T00:00:00.000Z', true],
    ['|week: 2', '2022-01-16T23:59:59.999Z', true],
    ['|week: 3', '2022-01-17T00:00:00.000Z', true],
  ])('%s of %s is %s', (written, published, expected) => {
    expect(matchesTime(written, published)).toBe(expected);
  });

  test('a time of day without a zone is one in UTC, wherever the machine is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    onTestFinished(() => void vi.unstubAllEnvs());
    const matchesReasonAt = (reason: string): boolean => matchesReason('|hour: 10', reason);
    expect(matchesReasonAt('2026-01-15T10:30:00')).toBe(true);
    expect(matchesReasonAt('2026-01-15T10:30')).toBe(true);
    expect(matchesReasonAt('2026-01-15T05:30:00.000-05:00')).toBe(true);
  });

  test('what is no time has no hour', () => {
    expect(matchesReason('|hour: 0', '0')).toBe(false);
    expect(matchesReason('|hour: 0', '2022')).toBe(false);
  });

  test.each(['|hour: 24', '|minute: -1', '|day: 0', '|month: 1.5', '|week: x'])(
    '%s is refused',
    (written) => {
      const compiled = compileFiles(ruleSelecting(`published${written}`));
      expect(messagesOf(compiled, 'error')).toHaveLength(1);
    },
  );
});

describe('expand fills placeholders', () => {
  const placeholders = { known: ['eve', 'ad*'], empty: [], more: ['x'], net: ['192.0.2.0/24'] };
  const matches = (written: string, reason: string): boolean =>
    selects(`outcome.reason${written}`, { outcome: { reason } }, { placeholders });

  test.each([
    ["|expand: '%known%'", 'eve', true],
    ["|expand: '%known%'", 'adam', true],
    ["|expand: '%known%'", 'bob', false],
    ["|contains|expand: '%known%'", 'not eve at all', true],
    ["|expand|endswith: '@%known%.example'", 'x@eve.example', true],
    ["|expand: '%known% %more%'", 'eve x', true],
    ["|expand: '\\%known%more%'", '%knownx', true],
    ["|expand: '%empty%'", '', false],
    [": '%known%'", '%known%', true],
    [": '%known%'", 'eve', false],
    ["|expand: ['%empty%', 'bob']", 'bob', true],
    ["|expand|all: ['%known%', '%empty%']", 'eve', false],
  ])('%s against %j is %s', (written, reason, expected) => {
    expect(matches(written, reason)).toBe(expected);
  });

  test('cidr takes ranges from a placeholder', () => {
    const event = { client: { ipAddress: '192.0.2.9' } };
    expect(selects("client.ipAddress|cidr|expand: '%net%'", event, { placeholders })).toBe(true);
  });

  test('a placeholder that nobody gave makes the rule not-evaluated, never a wildcard', () => {
    const compiled = compileFiles(ruleSelecting("outcome.reason|expand: '%Nobody% or %nobody2%'"));
    expect(compiled.checks).toEqual([]);
    expect(compiled.unavailable).toEqual([
      {
        id: 'A rule',
        kind: 'rule',
        title: 'A rule',
        status: 'not-evaluated',
        reason:
          'It needs values for %Nobody%, %nobody2%; give them under "placeholders" in the tuning file.',
      },
    ]);
    expect(messagesOf(compiled, 'error')).toEqual([]);
  });

  test('placeholders whose combinations explode are refused', () => {
    const many = Array.from({ length: 400 }, (_, index) => `v${index}`);
    const compiled = compileFiles(ruleSelecting("outcome.reason|expand: '%a% %a%'"), {
      placeholders: { a: many },
    });
    expect(messagesOf(compiled, 'error').join()).toContain('more than 100000 values');
  });
});

describe('keywords look into every leaf of the event', () => {
  test.each([
    [
      '- password-health',
      { debugContext: { debugData: { url: '/reports/PASSWORD-HEALTH/x' } } },
      true,
    ],
    ['- Payroll', { target: [{ displayName: 'the payroll app' }] }, true],
    ['- displayName', { target: [{ displayName: 'x' }] }, false],
    ['- 64500', { securityContext: { asNumber: 64500 } }, true],
    ['- a*z', { displayMessage: 'from a to z' }, true],
    ["'|all': [one, two]", { displayMessage: 'one', outcome: { reason: 'two' } }, true],
    ["'|all': [one, two]", { displayMessage: 'one' }, false],
    ["'|re': '^o.e$'", { displayMessage: 'one' }, true],
    ["'|startswith': one", { displayMessage: 'One by one' }, true],
    ["'|startswith': one", { displayMessage: 'by one' }, false],
    ["'|endswith': one", { displayMessage: 'by one' }, true],
    ["'|endswith': one", { displayMessage: 'one by' }, false],
    ["'|contains|cased': one", { displayMessage: 'by one, too' }, true],
    ['- one\n- outcome.result: DENY', { outcome: { result: 'DENY' } }, true],
    ['- one\n- outcome.result: DENY', { outcome: { result: 'ALLOW' } }, false],
  ])('%s', (selection, event, expected) => {
    expect(selects(selection, event)).toBe(expected);
  });

  test('a single value under a selection is a keyword', () => {
    const compiled = compileFiles(ruleAround('keyword: phishing\ncondition: keyword'));
    expect(compiled.checks).toHaveLength(1);
  });
});

describe('modifiers that do not exist or do not fit are errors that name file, line and rule', () => {
  test.each([
    ['|containsall: a', 'The modifier "containsall" is unknown.'],
    ['|Contains: a', 'The modifier "Contains" is unknown.'],
    ['|constructor: a', 'The modifier "constructor" is unknown.'],
    ['|: a', 'The modifier "" is unknown.'],
    ['|contains|startswith: a', 'The modifier startswith contradicts the one before it.'],
    ['|re|cidr: a', 'The modifier cidr contradicts the one before it.'],
    ['|gt|lt: 1', 'The modifier lt contradicts the one before it.'],
    ['|hour|gt|lt: 1', 'The modifier lt contradicts the one before it.'],
    ['|gt|expand: 1', 'expand cannot be combined with number.'],
    ['|hour|expand: 1', 'expand cannot be combined with time.'],
    ['|fieldref|expand: a', 'expand cannot be combined with fieldref.'],
    ['|base64: null', 'null cannot be combined with this modifier.'],
    ['|expand: null', 'null cannot be combined with this modifier.'],
    ['|contains: null', 'null cannot be combined with this modifier.'],
    ['|i: a', 'The modifier i stands only behind re.'],
    ['|exists|neq: true', 'exists stands alone.'],
    ['|re|contains: a', 'contains, startswith and endswith cannot be combined with regex.'],
    ['|cidr|cased: a', 'cased cannot be combined with cidr.'],
    ['|re|expand: a', 'expand cannot be combined with regex.'],
  ])('%s', (written, message) => {
    const compiled = compileFiles([
      { path: 'own/rules.yml', text: ruleSelecting(`outcome.reason${written}`) },
    ]);
    const [key] = written.split(':');
    expect(compiled.problems).toEqual([
      {
        path: 'own/rules.yml',
        line: 5,
        rule: 'A rule',
        severity: 'error',
        message: `outcome.reason${key}: ${message}`,
      },
    ]);
    expect(compiled.unavailable[0]?.reason).toBe(
      `own/rules.yml:5: outcome.reason${key}: ${message}`,
    );
  });

  test('all over a single value is warned about', () => {
    const compiled = compileFiles(ruleSelecting('outcome.reason|contains|all: a'));
    expect(messagesOf(compiled, 'warning')).toEqual([
      '5: outcome.reason|contains|all has one value only; the modifier all does nothing.',
    ]);
  });

  test.each(["'|exists': true", "'|fieldref': actor.id"])('%s needs a field', (selection) => {
    const compiled = compileFiles(ruleSelecting(selection));
    expect(messagesOf(compiled, 'error').join()).toContain('it needs a field');
  });
});
