import { expect, test } from 'vitest';
import { compileFiles, compileOne, indent, ruleAround, ruleSelecting } from './compile-yaml.ts';

/** Its author says that the fields of no one alternative are needed. */
const SAID = 'audit: {needs: []}\n';

test.each([
  ['eventType: a', []],
  ['outcome.result: FAILURE', ['outcome.result']],
  ['outcome_result|contains: FAIL', ['outcome.result']],
  ['target.User.alternateId|endswith: .example', ['target.alternateId']],
  ['target[0].detailEntry.x: y', ['target.detailEntry.x']],
  ['actor.id: a\nclient.zone|exists: true', ['actor.id', 'client.zone']],
  ['actor.id|all: [a, b]', ['actor.id']],
  ['actor.id|fieldref: target.User.id', ['actor.id', 'target.id']],
  ['actor.id|fieldref: [target.User.id, client.id]', ['actor.id']],
  ['actor.id|fieldref|neq: target.User.id', ['actor.id', 'target.id']],
  ['actor.id|neq: a', []],
  ['client.zone|exists: false', []],
  ['client.zone: null', []],
  ['client.zone: [null, a]', []],
  ['- actor.id: a\n  client.zone: b\n- actor.id: c', ['actor.id']],
  ['- actor.id: a\n- a keyword', []],
  ['actor.id|neq: null', ['actor.id']],
  ['actor.id|neq: [null, a]', ['actor.id']],
  ['client.zone|cased: OffNetwork', ['client.zone', 'capital letters']],
  ['client.zone|cased: [OffNetwork, off]', ['client.zone']],
  ['client.zone|cased: off', ['client.zone']],
  ['outcome.result|cased: FAILURE', ['outcome.result']],
  ['outcome.result|re: ^(FAILURE|DENY)$', ['outcome.result']],
  ["actor.alternateId|re: '[A-Z]'", ['actor.alternateId', 'capital letters']],
  ['actor.alternateId|re: ^Okta', ['actor.alternateId', 'capital letters']],
  ['actor.alternateId|re|i: ^Okta', ['actor.alternateId']],
  ['actor.alternateId|re: (?i)^Okta', ['actor.alternateId']],
  ["actor.alternateId|re: '^\\S+\\p{L}[a-zA-Z]$'", ['actor.alternateId']],
  ['actor.alternateId|re: (?P<Name>[a-z])\\x4A', ['actor.alternateId']],
])('%j cannot be met without %j', (selection, fields) => {
  expect(compileOne(ruleSelecting(selection) + SAID).needs.fields).toEqual(fields);
});

test.each([
  ['a and not b', ['actor.id', 'client.zone']],
  ['not (c or b)', ['client.zone']],
  ['not (c and b)', []],
  ['not not a', ['actor.id']],
  ['not (b and not a)', []],
  ['not (b or not a)', ['client.zone', 'actor.id']],
  ['a or not b', []],
])('with c that names no field and b that asks for nothing, %j needs %j', (condition, fields) => {
  const detection = `a: {actor.id: a}\nb: {client.zone: null}\nc: [a keyword]\ncondition: ${condition}`;
  expect(compileOne(ruleAround(detection) + SAID).needs.fields).toEqual(fields);
});

test.each([
  ['- actor.id: a\n  client.zone: b\n- client.device: c', 'actor.id client.zone client.device'],
  ['- actor.id: a\n- a keyword', 'actor.id debugContext.debugData'],
  ["'|neq': a keyword", ''],
  ['client.zone: [null, a]', ''],
  ['- client.zone: null\n  actor.id: a\n- client.zone: b', 'actor.id client.zone'],
  ['- actor.id|neq: a\n- client.zone|neq: null', 'client.zone'],
  ['actor.id|fieldref: [target.User.id, client.id]', 'actor.id'],
  ['client.zone|cased: [OffNetwork, off]', 'client.zone capital letters'],
])('of a user whose rule says nothing, %j needs %j', (selection, fields) => {
  expect(compileOne(ruleSelecting(selection)).needs.fields.join(' ')).toBe(fields);
});

test('a built-in rule needs what all its alternatives need', () => {
  const text = ruleSelecting('- actor.id: a\n  client.zone: b\n- actor.id: c');
  const { checks } = compileFiles([{ text, origin: 'built-in' }]);
  expect(checks[0]?.needs.fields).toEqual(['actor.id']);
});

test('a correlation needs every field that some rule of it is grouped or counted by', () => {
  const rule = (name: string): string => `---\n${ruleSelecting('eventType: a')}name: ${name}\n`;
  const section =
    'type: value_count\nrules: [a, b]\ngroup-by: p\ntimespan: 1m\ncondition: {gte: 2, field: client.zone}\naliases: {p: {a: target.User.id, b: actor.id}}';
  const { checks } = compileFiles(
    `title: Both\ncorrelation:\n${indent(section)}\n${rule('a')}${rule('b')}`,
  );
  expect(checks[0]?.needs.fields).toEqual(['target.id', 'actor.id', 'client.zone']);
});

test('what the author names is read as any field is', () => {
  const rule = `${ruleSelecting('eventType: a')}audit: {needs: [target.User.id, okta.client_ip_address, client.ipChain]}\n`;
  const compiled = compileFiles(rule);
  expect(compiled.checks[0]?.needs.fields).toEqual([
    'target.id',
    'client.ipAddress',
    'client.ipChain',
  ]);
  expect(compiled.problems.map(({ line, severity }) => [line, severity])).toEqual([
    [7, 'warning'],
    [7, 'warning'],
  ]);
});

test('what the author names comes first, and each is named once', () => {
  const rule = `${ruleSelecting('outcome.result: DENY\nactor.id: a')}audit: {needs: [client, actor.id]}\n`;
  expect(compileOne(rule).needs.fields).toEqual(['client', 'actor.id', 'outcome.result']);
});
