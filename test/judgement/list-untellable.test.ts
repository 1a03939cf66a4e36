import { describe, expect, test } from 'vitest';
import { judgeAudit } from '../../src/judgement/judge-audit.ts';
import { listUntellable } from '../../src/judgement/verdict/list-untellable.ts';
import { BEHAVIORS_FIELD } from '../../src/model/behaviors-field.ts';
import { ALL_EVENT_TYPES, exactEventTypes } from '../../src/model/event-type-set.ts';
import type { CheckStatus } from '../../src/model/verdict.ts';
import { makeCheck, makeInput, makeScope, name, needsOf, rolling, span } from './judgement-case.ts';

const needs = needsOf({ eventTypes: exactEventTypes(['support.org.view']) });
const viewed = makeCheck('support-staff-viewed', { needs });
const BEFORE = rolling(span('2022-07-31', '2022-08-02'));
const OWN = 'The minutes were never published.';

function list(changes: Partial<Parameters<typeof listUntellable>[0]> = {}) {
  const scope = makeScope([name(viewed.id, 'review')], { cannotTell: [OWN] });
  return listUntellable({
    scope,
    time: BEFORE,
    checks: [viewed],
    outcomes: [],
    isBehaviorUntold: false,
    ...changes,
  });
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

describe('where no sign-in was compared with what is usual', () => {
  const AFTER = rolling(span('2026-01-01', '2026-01-02'));
  const compared = needsOf({ fields: [BEHAVIORS_FIELD] });
  const byBehavior = ['new-device', 'new-place'].map((id) => makeCheck(id, { needs: compared }));
  const asked = {
    time: AFTER,
    scope: makeScope(
      ['new-device', 'new-place', 'zone-deleted'].map((id) => name(id, 'review')),
      { cannotTell: [OWN] },
    ),
    checks: [...byBehavior, makeCheck('zone-deleted')],
    isBehaviorUntold: true,
  };
  const outcomes = (...statuses: CheckStatus[]) =>
    byBehavior.map(({ id }, index) => ({ id, status: statuses[index] ?? 'evaluated' }));

  test('the silence of the checks that go by it means nothing', () => {
    expect(list({ ...asked, outcomes: outcomes('evaluated', 'partly') })).toEqual([
      OWN,
      'No sign-in that was read says whether its device or place was new to the person (Okta writes that only where it evaluates behaviour), so 2 checks that go by it could find nothing.',
    ]);
  });

  test('a check that was not evaluated is not counted, as it says so itself', () => {
    const [, said] = list({ ...asked, outcomes: outcomes('not-evaluated', 'evaluated') });
    expect(said).toContain('so 1 check that goes by it could');
    expect(list({ ...asked, outcomes: outcomes('not-evaluated', 'failed') })).toEqual([OWN]);
  });

  test('nothing is added where some were, or where the question does not go by it', () => {
    expect(list({ ...asked, outcomes: outcomes(), isBehaviorUntold: false })).toEqual([OWN]);
    const scope = makeScope([name('zone-deleted', 'review')], { cannotTell: [OWN] });
    expect(list({ ...asked, outcomes: outcomes(), scope })).toEqual([OWN]);
  });
});
