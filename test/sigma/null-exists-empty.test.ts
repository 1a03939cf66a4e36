import { describe, expect, test } from 'vitest';
import { compileOne, ruleAround, runCheck, selects } from './compile-yaml.ts';

describe('field: null asks that no leaf has a non-null value', () => {
  test.each([
    ['absent', {}, true],
    ['null', { outcome: { reason: null } }, true],
    ['with a null parent', { outcome: null }, true],
    ['a text', { outcome: { reason: 'x' } }, false],
    ['an empty text', { outcome: { reason: '' } }, false],
    ['false', { outcome: { reason: false } }, false],
    ['an object', { outcome: { reason: {} } }, false],
    ['an empty array', { outcome: { reason: [] } }, true],
    ['an array of nulls', { outcome: { reason: [null, [null]] } }, true],
    ['an array with a value', { outcome: { reason: [null, 'x'] } }, false],
  ])('%s', (_, event, expected) => {
    expect(selects('outcome.reason: null', event)).toBe(expected);
    expect(selects('outcome.reason|neq: null', event)).toBe(!expected);
  });

  test('over targets', () => {
    expect(selects('target: null', { target: null })).toBe(true);
    expect(selects('target: null', { target: [] })).toBe(true);
    expect(selects('target: null', { target: [{ type: 'User' }] })).toBe(false);
    expect(selects('target.id: null', { target: [{ id: null }, { id: '1' }] })).toBe(false);
  });

  test('among other values', () => {
    expect(selects('outcome.reason: [null, x]', {})).toBe(true);
    expect(selects('outcome.reason: [null, x]', { outcome: { reason: 'x' } })).toBe(true);
    expect(selects('outcome.reason: [null, x]', { outcome: { reason: 'y' } })).toBe(false);
  });

  test('and its "not" asks for a value', () => {
    const rule = compileOne(ruleAround('sel: {outcome.reason: null}\ncondition: not sel'));
    expect(runCheck(rule, [{ outcome: { reason: 'x' } }])).toHaveLength(1);
    expect(runCheck(rule, [{}])).toHaveLength(0);
  });
});

describe('exists asks whether the key is present on some branch', () => {
  test.each([
    ['present', { outcome: { reason: 'x' } }, true],
    ['present with null', { outcome: { reason: null } }, true],
    ['present with an empty array', { outcome: { reason: [] } }, true],
    ['absent', { outcome: {} }, false],
    ['below null', { outcome: null }, false],
  ])('%s', (_, event, expected) => {
    expect(selects('outcome.reason|exists: true', event)).toBe(expected);
    expect(selects('outcome.reason|exists: false', event)).toBe(!expected);
  });

  test('on any element of an array', () => {
    expect(selects('target.id|exists: true', { target: [{}, { id: null }] })).toBe(true);
    expect(selects('target.id|exists: true', { target: [{}, {}] })).toBe(false);
    expect(
      selects('debugContext.debugData.NewKey|exists: true', {
        debugContext: { debugData: { newKey: null } },
      }),
    ).toBe(true);
  });
});

test("field: '' matches the empty string only", () => {
  const matches = (reason: unknown) => selects("outcome.reason: ''", { outcome: { reason } });
  expect([matches(''), matches(' '), matches(null), matches(undefined), matches([])]).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('the literal strings "null" and "unknown" are plain strings', () => {
  expect(selects("client.zone: 'null'", { client: { zone: 'null' } })).toBe(true);
  expect(selects("client.zone: 'null'", { client: { zone: null } })).toBe(false);
  expect(selects('client.zone: null', { client: { zone: 'null' } })).toBe(false);
  expect(selects('transaction.id: unknown', { transaction: { id: 'unknown' } })).toBe(true);
});
