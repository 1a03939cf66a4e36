import { describe, expect, test } from 'vitest';
import {
  compileFiles,
  compileOne,
  messagesOf,
  ruleAround,
  ruleSelecting,
  runCheck,
  selects,
} from './compile-yaml.ts';

const USER = { id: '00u1', type: 'User', alternateId: 'ada@corp.example', displayName: 'Ada' };
const OTHER_USER = { id: '00u2', type: 'User', alternateId: 'eve@elsewhere.example' };
const APP = { id: '0oa1', type: 'AppInstance', alternateId: 'Payroll', displayName: 'Payroll' };

test.each([
  ['walks objects', 'outcome.result: SUCCESS', { outcome: { result: 'SUCCESS' } }, true],
  ['gives no leaf for a missing parent', 'outcome.result: SUCCESS', {}, false],
  ['gives no leaf for a null parent', 'outcome.result: SUCCESS', { outcome: null }, false],
  [
    'gives no leaf for a parent that is a text',
    'outcome.result: SUCCESS',
    { outcome: 'result' },
    false,
  ],
  ['branches to every element of an array', 'target.id: 0oa1', { target: [USER, APP] }, true],
  ['branches over arrays inside arrays', 'target.id: 0oa1', { target: [[USER], [[APP]]] }, true],
  [
    'branches over an array of plain values',
    'securityContext.risk.reasons: b',
    { securityContext: { risk: { reasons: ['a', 'b'] } } },
    true,
  ],
  ['passes null elements by', 'target.id: 0oa1', { target: [null, APP] }, true],
  ['takes no object for a leaf', "outcome: '[object Object]'", { outcome: {} }, false],
  [
    'does not see what objects inherit',
    'debugContext.debugData.constructor.name: Object',
    { debugContext: { debugData: {} } },
    false,
  ],
])('a path %s', (_, selection, event, expected) => {
  expect(selects(selection, event)).toBe(expected);
});

test('an atom is true if some leaf satisfies it, and its "not" if no leaf does', () => {
  const rule = compileOne(ruleAround('sel: {target.displayName: Payroll}\ncondition: not sel'));
  const matches = (target: unknown) => runCheck(rule, [{ target }]).length;
  expect([matches([USER, APP]), matches([USER]), matches(null)]).toEqual([0, 1, 1]);
});

test('atoms in one map may be met by two different targets', () => {
  const selection = "target.type: User\ntarget.alternateId|endswith: '@corp.example'";
  const twoTargets = [
    { type: 'User', alternateId: 'eve@elsewhere.example' },
    { type: 'AppUser', alternateId: 'a@corp.example' },
  ];
  expect(selects(selection, { target: twoTargets })).toBe(true);
});

test('derived fields ask about the targets of one type alone', () => {
  const selection = "target.User.alternateId|endswith: '@corp.example'";
  expect(selects(selection, { target: [APP, USER] })).toBe(true);
  expect(selects(selection, { target: [{ ...USER, type: 'AppUser' }, OTHER_USER] })).toBe(false);
  expect(selects('target.user.id: 00u1', { target: [USER] })).toBe(true);
  expect(selects('target.AppInstance|exists: true', { target: [USER] })).toBe(false);
  expect(selects('target.AppInstance: null', { target: [USER] })).toBe(true);
});

test('derived fields ask about the behavior of one name alone', () => {
  const event = {
    securityContext: {
      userBehaviors: [
        { id: 'bhv1', name: 'New Device', result: 'NEGATIVE' },
        { id: 'bhv2', name: 'New IP', result: 'POSITIVE' },
      ],
    },
  };
  expect(selects('securityContext.userBehaviors.New IP.result: POSITIVE', event)).toBe(true);
  expect(selects('securityContext.userBehaviors.new ip.result: POSITIVE', event)).toBe(true);
  expect(selects('securityContext.userBehaviors.New Device.result: POSITIVE', event)).toBe(false);
  expect(selects('securityContext.userBehaviors.Velocity.result|exists: true', event)).toBe(false);
});

test.each(['target[1].id: 0oa1', 'target.1.id: 0oa1'])(
  '%s addresses by index and is warned about',
  (selection) => {
    expect(selects(selection, { target: [USER, APP] })).toBe(true);
    expect(selects(selection, { target: [APP, USER] })).toBe(false);
    const [warning] = messagesOf(compileFiles(ruleSelecting(selection)), 'warning');
    expect(warning).toMatch(
      /^5: The field .* counts on a position in an array; Okta promises no order/,
    );
  },
);

test('an index beside an array in no position matches nothing', () => {
  expect(selects('target[5].id|exists: true', { target: [USER] })).toBe(false);
  expect(selects('target[0].id|exists: true', { target: [USER] })).toBe(true);
  expect(selects('target[0]|exists: true', { target: [USER] })).toBe(true);
  expect(selects('target[1]|exists: true', { target: [USER] })).toBe(false);
  expect(selects('outcome[0]: SUCCESS', { outcome: { 0: 'SUCCESS' } })).toBe(false);
});

test.each([
  ["target.type: User\ntarget.alternateId: 'x'", true],
  ["target.type: User\ntarget.User.alternateId: 'x'", false],
  ["target.User.id: '1'\ntarget.User.alternateId: 'x'", false],
  ['target.alternateId: x\nactor.id: y', false],
  ['target.type: User\nactor.id|fieldref: target.id', true],
  ['target.type: User\nactor.id|fieldref: target.User.id', false],
  ['actor.id|fieldref: target.id', false],
])('two underived target tests in one map are warned about: %s', (selection, expected) => {
  const warnings = messagesOf(compileFiles(ruleSelecting(selection)), 'warning');
  expect(warnings.some((text) => text.includes('two different targets'))).toBe(expected);
});

test.each([
  [
    'sel: {eventType: a}\nfilter: {target.displayName: Payroll}\ncondition: sel and not filter',
    true,
  ],
  [
    'sel: {eventType: a}\nfilter: {target.displayName: Payroll}\ncondition: sel and not 1 of filter*',
    true,
  ],
  ['sel: {target.displayName|neq: Payroll}\ncondition: sel', true],
  ['sel: {target.displayName: Payroll}\ncondition: not (not sel)', false],
  [
    'sel: {eventType: a}\nfilter: {target.AppInstance.displayName: Payroll}\ncondition: sel and not filter',
    false,
  ],
  ['sel: {eventType: a}\nfilter: {target: null}\ncondition: sel and not filter', false],
  ['sel: {eventType: a}\nfilter: {target.id|exists: true}\ncondition: sel and not filter', false],
])('"not" over an underived target test is warned about: %s', (detection, expected) => {
  const warnings = messagesOf(compileFiles(ruleAround(detection)), 'warning');
  expect(warnings.some((text) => text.includes('a second target defeats it'))).toBe(expected);
});

test('all asks that every listed value is met by some leaf', () => {
  const selection = 'target.displayName|contains|all: [pay, ada]';
  expect(selects(selection, { target: [USER, APP] })).toBe(true);
  expect(selects(selection, { target: [APP] })).toBe(false);
});

test('fieldref compares any two leaves, and with neq asks that no pair is equal', () => {
  const self = { actor: { id: '00u1' }, target: [APP, USER] };
  const somebodyElse = { actor: { id: '00u9' }, target: [APP, USER] };
  const nobody = { actor: { id: '00u1' }, target: null };
  const equal = 'actor.id|fieldref: target.id';
  const differs = 'actor.id|fieldref|neq: target.id';
  expect([self, somebodyElse, nobody].map((event) => selects(equal, event))).toEqual([
    true,
    false,
    false,
  ]);
  expect([self, somebodyElse, nobody].map((event) => selects(differs, event))).toEqual([
    false,
    true,
    false,
  ]);
});

test('fieldref takes a list of fields together: equal to some, or with neq to none of them', () => {
  const appUser = { id: '0ua1', type: 'AppUser' };
  const self = { actor: { id: '00u1' }, target: [USER, appUser] };
  const somebodyElse = { actor: { id: '00u9' }, target: [USER, appUser] };
  const noAppUser = { actor: { id: '00u9' }, target: [USER] };
  const nobody = { actor: { id: '00u1' }, target: [APP] };
  const ask = (key: string) =>
    [self, somebodyElse, noAppUser, nobody].map((event) =>
      selects(`${key}: [target.User.id, target.AppUser.id]`, event),
    );
  expect(ask('actor.id|fieldref')).toEqual([true, false, false, false]);
  expect(ask('actor.id|fieldref|neq')).toEqual([false, true, true, false]);
});

test('fieldref ignores case unless cased, and takes contains, startswith and endswith', () => {
  const event = {
    actor: { alternateId: 'ADA@corp.example' },
    target: [{ ...USER, displayName: 'ada' }],
  };
  expect(selects('actor.alternateId|fieldref: target.User.alternateId', event)).toBe(true);
  expect(selects('actor.alternateId|fieldref|cased: target.User.alternateId', event)).toBe(false);
  expect(selects('actor.alternateId|fieldref|startswith: target.User.displayName', event)).toBe(
    true,
  );
  expect(selects('actor.alternateId|fieldref|endswith: target.User.displayName', event)).toBe(
    false,
  );
  expect(selects('actor.alternateId|fieldref|contains: target.User.displayName', event)).toBe(true);
});

test.each([
  ['eventtype: user.session.start', { eventType: 'user.session.start' }, 'eventType'],
  ['OUTCOME.Result: SUCCESS', { outcome: { result: 'SUCCESS' } }, 'outcome.result'],
  [
    'debugcontext.debugdata.requesturi: /a',
    { debugContext: { debugData: { requestUri: '/a' } } },
    'debugContext.debugData.requestUri',
  ],
  ['target.User.alternateid: ada@corp.example', { target: [USER] }, 'target.User.alternateId'],
])('a field in another case is read with a warning: %s', (selection, event, name) => {
  expect(selects(selection, event)).toBe(true);
  const [warning] = messagesOf(compileFiles(ruleSelecting(selection)), 'warning');
  expect(warning).toContain(`is read as ${name}`);
});

test('a key that no catalogue knows is taken exactly, else ignoring case', () => {
  const selection = 'debugContext.debugData.someNewKey: x';
  expect(selects(selection, { debugContext: { debugData: { someNewKey: 'x' } } })).toBe(true);
  expect(selects(selection, { debugContext: { debugData: { SOMENEWKEY: 'x' } } })).toBe(true);
  expect(
    selects(selection, { debugContext: { debugData: { somenewkey: 'x', someNewKey: 'y' } } }),
  ).toBe(false);
  expect(messagesOf(compileFiles(ruleSelecting(selection)), 'warning')).toEqual([]);
});

test.each([
  ['client.userAgent.raw: x', 'No Okta event has the field client.userAgent.raw'],
  ['userAgent.rawUserAgent: x', 'No Okta event has the field userAgent.rawUserAgent'],
  ['actor.id.value: x', 'No Okta event has the field actor.id.value'],
  ['target.User.login: x', 'No Okta event has the field target.User.login'],
])('a field that no Okta event can have is warned about: %s', (selection, expected) => {
  const compiled = compileFiles(ruleSelecting(selection));
  expect(messagesOf(compiled, 'warning').join()).toContain(expected);
  expect(compiled.checks).toHaveLength(1);
});

test.each([
  ['target.id: x', (deep: unknown) => ({ target: deep })],
  ['target: null', (deep: unknown) => ({ target: deep })],
  ['target.id|exists: true', (deep: unknown) => ({ target: deep })],
  [
    'debugContext.debugData.x: y',
    (deep: unknown) => ({ debugContext: { debugData: { x: deep } } }),
  ],
  ['- keyword', (deep: unknown) => ({ target: deep })],
])('a record nested without end does not stop the audit: %s', (selection, around) => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(selects(selection, around(deep))).toBe(selection === 'target: null');
});

describe('a field at which no value can stand', () => {
  const warningsOf = (selection: string): string =>
    messagesOf(compileFiles(ruleSelecting(selection)), 'warning').join();

  test.each([
    ['outcome: SUCCESS', 'write which of them, as outcome.reason, outcome.result.'],
    ['client.userAgent|contains: curl', 'as client.userAgent.browser'],
    ['actor|neq: x', 'The field actor is made of other fields'],
    ['target[0]: x', 'The field target.0 is made of other fields'],
    ['target.email: x', 'The field target.email stands for targets of this type'],
    ['securityContext.userBehaviors.New IP: POSITIVE', 'userBehaviors.New IP.result'],
    ['actor.id|fieldref: target.User', 'The field target.User stands for targets of this type'],
    ['target.*.id: x', 'No Okta event has the field target.*.id'],
  ])('is warned about: %s', (selection, message) => {
    expect(warningsOf(selection)).toContain(message);
  });

  test.each([
    'outcome: null',
    'target.User|exists: true',
    'target.User|neq: null',
    'actor.detailEntry: x',
    'debugContext.debugData.risk: x',
    'debugContext.debugData.own: x',
    'securityContext.risk.reasons: x',
    'uuid: x',
  ])('is not %s', (selection) => {
    expect(warningsOf(selection)).not.toMatch(/nothing equals it/);
  });

  test('is warned about where a correlation groups by it or counts it', () => {
    const correlation =
      'title: C\nname: c\ncorrelation:\n  type: value_count\n  rules: r\n  group-by: actor\n  timespan: 1m\n  condition: {gte: 2, field: target.User}\n---\n';
    const compiled = compileFiles(`${correlation}${ruleSelecting('eventType: a')}name: r\n`);
    expect(messagesOf(compiled, 'warning').map((message) => message.slice(0, 22))).toEqual([
      '6: The field actor is ',
      '8: The field target.Us',
    ]);
  });
});
