import { describe, expect, test } from 'vitest';
import { prepareChecks } from '../../src/audit/prepare-checks.ts';
import type { Scope } from '../../src/model/scope.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { makeScope } from '../judgement/judgement-case.ts';

const WORDS_ALONE = `
title: Words alone
name: words-alone
logsource: {product: okta}
detection:
  selection: {displayMessage: Something happened}
  condition: selection
`;
const EVERY_SIGN_IN = WORDS_ALONE.replace('words-alone', 'every-sign-in').replace(
  'displayMessage: Something happened',
  'eventType: user.session.start',
);
const RARE = WORDS_ALONE.replace('words-alone', 'rare').replace(
  'displayMessage: Something happened',
  'eventType: zone.delete',
);
const BROKEN = WORDS_ALONE.replace('words-alone', 'broken').replace(
  'condition: selection',
  'condition: nothing',
);

function requiredOf(scope: Scope): Record<string, boolean> {
  const texts = [WORDS_ALONE, EVERY_SIGN_IN, RARE, BROKEN];
  const prepared = prepareChecks({
    plan: { nowMs: 0, tuning: NO_TUNING },
    scope,
    ruleFiles: texts.map((text, index) => ({ path: `rule-${index}.yml`, text })),
  });
  return Object.fromEntries(prepared.scope.checks.map(({ id, required }) => [id, required]));
}

describe('a rule that somebody brings', () => {
  test('is not required of a night where a targeted pull cannot ask for its events', () => {
    expect(requiredOf(makeScope([]))).toEqual({
      'words-alone': false,
      'every-sign-in': false,
      rare: true,
      broken: true,
    });
  });

  test('is required of an incident, whatever it needs', () => {
    const window = {
      kind: 'fixed',
      core: { sinceMs: 0, untilMs: 1 },
      coreReason: '',
      review: { sinceMs: 0, untilMs: 1 },
      reviewReason: '',
    } as const;
    expect(Object.values(requiredOf(makeScope([], { window })))).toEqual([true, true, true, true]);
  });
});

test.each(['takeover-chain', 'support-access-open', 'indicator-address'])(
  'a rule that is called %s as a check of another kind does not run, and is missed',
  (name) => {
    const { checks, unavailable, problems, scope } = prepareChecks({
      plan: { nowMs: 0, tuning: NO_TUNING },
      scope: makeScope([]),
      ruleFiles: [{ path: 'own.yml', text: RARE.replace('name: rare', `name: ${name}`) }],
    });
    const id = `${name} (own.yml:2)`;
    expect(checks).toEqual([]);
    expect(unavailable).toMatchObject([{ id, status: 'failed' }]);
    expect(scope.checks).toMatchObject([{ id, required: true }]);
    expect(problems).toMatchObject([{ line: 3, severity: 'error' }]);
  },
);

describe('a built-in rule that only serves a correlation', () => {
  const prepare = (rules: Tuning['rules']) =>
    prepareChecks({
      plan: { nowMs: 0, tuning: { ...NO_TUNING, rules } },
      scope: makeScope([]),
      ruleFiles: [],
    });

  test('is looked for where the tuning file switches it on', () => {
    const on = { enabled: true, severity: null, filter: null };
    const { checks, scope } = prepare({ 'push-flood-sent': on });
    expect(checks.map(({ id }) => id)).toEqual(['push-flood-sent']);
    expect(scope.checks).toMatchObject([{ id: 'push-flood-sent', role: 'review' }]);
  });

  test('is not where the tuning file only weighs it', () => {
    const weighed = { enabled: null, severity: 'low', filter: null } as const;
    expect(prepare({ 'push-flood-sent': weighed }).checks).toEqual([]);
  });
});
