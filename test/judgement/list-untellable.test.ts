import { expect, test } from 'vitest';
import { judgeAudit } from '../../src/judgement/judge-audit.ts';
import { listUntellable } from '../../src/judgement/verdict/list-untellable.ts';
import { ALL_EVENT_TYPES, exactEventTypes } from '../../src/model/event-type-set.ts';
import { makeCheck, makeInput, makeScope, name, needsOf, rolling, span } from './judgement-case.ts';

const needs = needsOf({ eventTypes: exactEventTypes(['support.org.view']) });
const viewed = makeCheck('support-staff-viewed', { needs });
const BEFORE = rolling(span('2022-07-31', '2022-08-02'));
const OWN = 'The minutes were never published.';

function list(changes: Partial<Parameters<typeof listUntellable>[0]> = {}) {
  const scope = makeScope([name(viewed.id, 'review')], { cannotTell: [OWN] });
  return listUntellable({ scope, time: BEFORE, checks: [viewed], ...changes });
}

test('before August 2022 the silence of what looks for staff that viewed the tenant means nothing', () => {
  expect(list()).toEqual([
    OWN,
    'No log can show whether support staff looked at the tenant before August 2022: Okta records that (support.org.view) only since then.',
  ]);
});

test.each<[string, Parameters<typeof list>[0]]>([
  ['from August 2022 on', { time: rolling(span('2022-08-01', '2022-08-02')) }],
  ['where nothing looks for it', { checks: [makeCheck(viewed.id)] }],
  ['where only a check beside the scope does', { scope: makeScope([], { cannotTell: [OWN] }) }],
])('%s nothing is added', (_, changes) => {
  expect(list(changes)).toEqual([OWN]);
});

test('a check that needs every event looks for it too', () => {
  const all = makeCheck(viewed.id, { needs: needsOf({ eventTypes: ALL_EVENT_TYPES }) });
  expect(list({ checks: [all] })).toHaveLength(2);
});

test('a scope that says it in its own words is not told it again', () => {
  const cannotTell = ['No log shows it: support.org.view came later.'];
  const scope = makeScope([name(viewed.id, 'review')], { cannotTell });
  expect(list({ scope })).toEqual(cannotTell);
});

test('it stands in the verdict sentence', () => {
  const { verdictSentence, cannotTell } = judgeAudit(
    makeInput({ scope: makeScope([name(viewed.id, 'review')]), checks: [viewed], time: BEFORE }),
  );
  expect(cannotTell).toHaveLength(1);
  expect(verdictSentence).toContain(cannotTell[0]);
});
