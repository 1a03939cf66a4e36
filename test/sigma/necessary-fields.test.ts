import { expect, test } from 'vitest';
import { compileOne, ruleSelecting } from './compile-yaml.ts';

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
])('%j cannot be met without %j', (selection, fields) => {
  expect(compileOne(ruleSelecting(selection)).needs.fields).toEqual(fields);
});

test('what the author names comes first, and each is named once', () => {
  const rule = `${ruleSelecting('outcome.result: DENY\nactor.id: a')}audit: {needs: [client, actor.id]}\n`;
  expect(compileOne(rule).needs.fields).toEqual(['client', 'actor.id', 'outcome.result']);
});
