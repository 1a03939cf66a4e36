import { describe, expect, test } from 'vitest';
import { compileFiles, messagesOf, ruleSelecting, selects } from './compile-yaml.ts';

const debug = (value: unknown) => ({ debugContext: { debugData: { value } } });
const matchesValue = (written: string, value: unknown): boolean =>
  selects(`debugContext.debugData.value${written}`, debug(value));

describe('leaves and patterns compare as strings', () => {
  test.each([
    [": 'true'", true, true],
    [': true', 'true', true],
    [': true', false, false],
    [': 13335', '13335', true],
    [": '13335'", 13335, true],
    [': 1.5', 1.5, true],
    [': 013', 13, true],
    [": '013'", 13, false],
    [': 0x10', 16, true],
    [': yes', 'yes', true],
    [': yes', true, false],
    [': 2022-01-16', '2022-01-16', true],
    [': ~', null, true],
  ])('%s against %j is %s', (written, value, expected) => {
    expect(matchesValue(written, value)).toBe(expected);
  });
});

describe('comparison ignores case by lower-casing both sides', () => {
  test.each([
    [': SUCCESS', 'success', true],
    [': success', 'SUCCESS', true],
    [': ÄRGER', 'ärger', true],
    [': K', '\u212A', true],
    ['|cased: SUCCESS', 'success', false],
    ['|cased: SUCCESS', 'SUCCESS', true],
    ['|contains: ADMIN', '/admin/app', true],
    ['|contains|cased: ADMIN', '/admin/app', false],
    ['|startswith: ADMIN', 'admin/app', true],
    ['|startswith: ΟΔΟΣ', 'ΟΔΟΣΑ', true],
    ['|contains: ΟΔΟΣ', 'η οδός, ΟΔΟΣΑ', true],
    ['|endswith: Σ', 'ΟΔΟΣ', true],
    [': ΟΔΟΣ', 'οδος', true],
    ['|contains|cased: ΟΔΟΣ', 'οδοσα', false],
    ['|endswith: APP', 'admin/app', true],
    [': ADM*APP', 'admin/app', true],
    ['|cased: ADM*', 'admin', false],
    ['|re: ADMIN', 'admin', false],
    ['|re|i: ADMIN', 'admin', true],
    [': [ONE, TWO]', 'two', true],
    [': [ÖNE, TWO]', 'öne', true],
    ['|cased: [ONE, TWO]', 'two', false],
  ])('%s against %j is %s', (written, value, expected) => {
    expect(matchesValue(written, value)).toBe(expected);
  });

  test('also where lower-casing changes the length', () => {
    expect(matchesValue(': "i\u0307stanbul"', '\u0130stanbul')).toBe(true);
    expect(matchesValue(': "\u0130stanbul"', 'i\u0307stanbul')).toBe(true);
  });
});

describe('lt, lte, gt and gte take numbers and strings that are JSON numbers', () => {
  test.each([
    ['|gt: 5', 6, true],
    ['|gt: 5', 5, false],
    ['|gte: 5', 5, true],
    ['|lt: 5', 4.5, true],
    ['|lt: 5', 5, false],
    ['|lte: 5', 5, true],
    ['|gt: 5', '6', true],
    ['|gt: 5', '6.5e1', true],
    ['|gt: -1', '-0.5', true],
    ['|gt: 5', '06', false],
    ['|gt: 5', ' 6', false],
    ['|gt: 5', '+6', false],
    ['|gt: 5', '0x10', false],
    ['|gt: 5', 'Infinity', false],
    ['|gt: 5', '', false],
    ['|lt: 5', '', false],
    ['|lt: 5', false, false],
    ['|lt: 5', null, false],
    ['|gt: 5', [1, 9], true],
    ['|gt: [8, 100]', 9, true],
    ['|gt|neq: 5', 5, true],
  ])('%s against %j is %s', (written, value, expected) => {
    expect(matchesValue(written, value)).toBe(expected);
  });
});

describe('a value that cannot be meant is an error with its line', () => {
  test.each([
    ['|gt: many', 'the modifier takes a number'],
    ["|gt: '5'", 'the modifier takes a number'],
    ['|exists: maybe', 'exists takes true or false'],
    ['|fieldref: 5', 'fieldref takes the name of a field'],
    ['|contains: null', 'null cannot be combined'],
    [': 12345678901234567890', 'cannot be held exactly'],
    [': .inf', 'cannot be held exactly'],
    [': {nested: x}', 'write nested fields with dots'],
    [': []', 'has an empty list of values'],
    [': [[a]]', 'write nested fields with dots'],
  ])('%s', (written, message) => {
    const compiled = compileFiles(ruleSelecting(`debugContext.debugData.value${written}`));
    expect(messagesOf(compiled, 'error').join()).toMatch(new RegExp(`^5: .*${message}`));
    expect(compiled.checks).toEqual([]);
    expect(compiled.unavailable).toMatchObject([{ status: 'failed' }]);
  });

  test('in a list it is the line of the item', () => {
    const compiled = compileFiles(ruleSelecting('outcome.reason|re:\n  - fine\n  - "("'));
    expect(messagesOf(compiled, 'error').join()).toMatch(
      /^7: outcome.reason\|re: the regular expression/,
    );
  });
});

describe('a number that YAML writes otherwise is a warning with its line', () => {
  test.each([
    [': 00123', '00123 is compared as 123'],
    [': 17.10', '17.10 is compared as 17.1'],
    [':\n  - ok\n  - 0x1F', '0x1F is compared as 31'],
  ])('%j', (written, message) => {
    const compiled = compileFiles(ruleSelecting(`debugContext.debugData.value${written}`));
    const line = 5 + written.split('\n').length - 1;
    expect(messagesOf(compiled, 'warning')).toEqual([
      expect.stringMatching(`^${line}: The number ${message}; put it in quotes`),
    ]);
    expect(compiled.checks).toHaveLength(1);
  });

  test.each([': 123', ": '00123'", ': -1.5', '|gt: 1.50', '|hour: 08', ': 1e'])(
    'and none is: %s',
    (written) => {
      const compiled = compileFiles(ruleSelecting(`published${written}`));
      expect(messagesOf(compiled, 'warning')).toEqual([]);
      expect(compiled.checks).toHaveLength(1);
    },
  );
});

describe('event types are compared exactly, in the spelling of the catalogue', () => {
  const matchesType = (written: string, eventType: string): boolean =>
    selects(`eventType${written}`, { eventType });

  test.each([
    [': user.session.start', 'user.session.start', true],
    [': User.Session.START', 'user.session.start', true],
    [': user.session.start', 'User.Session.Start', false],
    [': user.authentication.auth_via_idp', 'user.authentication.auth_via_IDP', true],
    [': user.authentication.auth_via_idp', 'user.authentication.auth_via_idp', false],
    [': user.new.type', 'user.new.type', true],
    [': user.NEW.type', 'user.new.type', false],
    ['|startswith: SYSTEM.idp.', 'system.idp.lifecycle.create', true],
    [': system.idp.*', 'system.idp.lifecycle.create', true],
    [': system.idp.*', 'System.idp.lifecycle.create', false],
    ['|startswith: user.authentication.auth_via_idp', 'user.authentication.auth_via_IDP', true],
    [
      '|startswith: user.authentication.auth_via_i',
      'user.authentication.auth_via_inbound_SAML',
      true,
    ],
    ['|startswith: user.authentication.auth_via_i', 'user.authentication.auth_via_IDP', false],
    ['|startswith: USER.authentication.auth_via_i', 'user.authentication.auth_via_IDP', false],
    ['|startswith: USER.authentication.auth_via_i', 'USER.authentication.auth_via_i', true],
    ['|startswith: unheard.Of', 'unheard.Of.type', true],
    ['|startswith: unheard.Of', 'unheard.of.type', false],
    ['|cased: User.Session.Start', 'user.session.start', false],
    ['|contains: SESSION', 'user.session.start', true],
    ['|neq: USER.session.start', 'user.session.start', false],
  ])('%s against %s is %s', (written, eventType, expected) => {
    expect(matchesType(written, eventType)).toBe(expected);
  });
});
