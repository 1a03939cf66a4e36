import { describe, expect, test } from 'vitest';
import { compileFiles, messagesOf, runCheck } from './compile-yaml.ts';

/**
 * Rules in the forms that public collections for Okta use, written anew: what matters here is that each form loads as it
 * is and behaves as its author meant.
 */
const HEAD = `id: 929a690e-bef0-4204-a928-ef5e620d6fcc
status: test
description: A form.
references:
    - https://developer.okta.com/docs/reference/api/event-types/
author: Somebody
date: 2021-09-12
modified: 2022-10-09
tags:
    - attack.impact
    - attack.t1531
logsource:
    product: okta
    service: okta
`;

function publicRule(detection: string): string {
  const indented = detection
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `title: A public form\n${HEAD}detection:\n${indented}\nfalsepositives:\n    - Unknown\nlevel: medium\n`;
}

interface Form {
  readonly name: string;
  readonly detection: string;
  readonly hit: Readonly<Record<string, unknown>>;
  readonly miss: Readonly<Record<string, unknown>>;
  readonly warnings: number;
}

const FORMS: readonly Form[] = [
  {
    name: 'a list of types',
    detection:
      'selection:\n    eventType:\n        - user.mfa.factor.deactivate\n        - user.mfa.factor.reset_all\ncondition: selection',
    hit: { eventType: 'user.mfa.factor.reset_all' },
    miss: { eventType: 'user.mfa.factor.activate' },
    warnings: 0,
  },
  {
    name: 'lower-case names of older rules',
    detection:
      "selection:\n    eventtype: user.session.start\n    securitycontext.isproxy: 'true'\ncondition: selection",
    hit: { eventType: 'user.session.start', securityContext: { isProxy: true } },
    miss: { eventType: 'user.session.start', securityContext: { isProxy: false } },
    warnings: 2,
  },
  {
    name: 'a display message instead of a type',
    detection:
      'selection:\n    displaymessage: Max sign in attempts exceeded\ncondition: selection',
    hit: { eventType: 'user.account.lock', displayMessage: 'Max sign in attempts exceeded' },
    miss: { eventType: 'user.account.lock', displayMessage: 'User login' },
    warnings: 1,
  },
  {
    name: 'names with the words apart, and with the name of the source before them',
    detection:
      'selection:\n    okta.event_type:\n        - user.session.start\n        - user.session.end\n    okta.debugContext.debugData.behaviors|contains: Velocity=POSITIVE\ncondition: selection',
    hit: {
      eventType: 'user.session.start',
      debugContext: { debugData: { behaviors: '{New IP=NEGATIVE, Velocity=POSITIVE}' } },
    },
    miss: {
      eventType: 'user.session.start',
      debugContext: { debugData: { behaviors: '{New IP=POSITIVE, Velocity=NEGATIVE}' } },
    },
    warnings: 2,
  },
  {
    name: 'a kind of target before its property, its words apart',
    detection:
      "selection:\n    eventtype: [user.lifecycle.create, user.lifecycle.activate]\n    target.user.display.name|contains: 'svc_backup'\ncondition: selection",
    hit: {
      eventType: 'user.lifecycle.activate',
      target: [
        { type: 'UserGroup', displayName: 'Everyone' },
        { type: 'User', displayName: 'svc_backup_2' },
      ],
    },
    miss: {
      eventType: 'user.lifecycle.activate',
      target: [
        { type: 'UserGroup', displayName: 'svc_backup' },
        { type: 'User', displayName: 'Ada Example' },
      ],
    },
    warnings: 2,
  },
  {
    name: 'names joined by underscores',
    detection:
      'selection:\n    eventType: user.session.start\n    client_user_agent_raw_user_agent|contains: python\ncondition: selection',
    hit: {
      eventType: 'user.session.start',
      client: { userAgent: { rawUserAgent: 'Python-requests/2' } },
    },
    miss: { eventType: 'user.session.start', client: { userAgent: { rawUserAgent: 'Mozilla' } } },
    warnings: 1,
  },
  {
    name: 'a part of an address of the API',
    detection:
      'selection:\n    debugContext.debugData.requestUri|contains: admin\n    securityContext.isProxy: true\ncondition: selection',
    hit: {
      eventType: 'x',
      debugContext: { debugData: { requestUri: '/API/Admin/x' } },
      securityContext: { isProxy: true },
    },
    miss: {
      eventType: 'x',
      debugContext: { debugData: { requestUri: '/api' } },
      securityContext: { isProxy: true },
    },
    warnings: 0,
  },
  {
    name: 'all of several selections, one of them a list of maps',
    detection: `selection_event:
    eventType: policy.evaluate_sign_on
    target.displayName: Okta Admin Console
selection_positive:
    - debugContext.debugData.behaviors|contains: POSITIVE
    - debugContext.debugData.logOnlySecurityData|contains: POSITIVE
condition: all of selection_*`,
    hit: {
      eventType: 'policy.evaluate_sign_on',
      target: [{ displayName: 'Other' }, { displayName: 'Okta Admin Console' }],
      debugContext: { debugData: { logOnlySecurityData: '{"behaviors":"New IP=POSITIVE"}' } },
    },
    miss: {
      eventType: 'policy.evaluate_sign_on',
      target: [{ displayName: 'Okta Admin Console' }],
      debugContext: { debugData: { behaviors: 'NEGATIVE' } },
    },
    warnings: 0,
  },
  {
    name: 'a regular expression to leave out',
    detection: `selection:
    legacyEventType: core.user_auth.login_failed
filter_main:
    actor.alternateId|re: '(^0oa.*|[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,10})'
condition: selection and not filter_main`,
    hit: {
      eventType: 'x',
      legacyEventType: 'core.user_auth.login_failed',
      actor: { alternateId: 'hunter2' },
    },
    miss: {
      eventType: 'x',
      legacyEventType: 'core.user_auth.login_failed',
      actor: { alternateId: 'ada@corp.example' },
    },
    warnings: 0,
  },
];

test.each(FORMS)('$name', ({ detection, hit, miss, warnings }) => {
  const compiled = compileFiles(publicRule(detection));
  expect(messagesOf(compiled, 'error')).toEqual([]);
  expect(messagesOf(compiled, 'warning')).toHaveLength(warnings);
  const [check] = compiled.checks;
  expect(check).toMatchObject({ severity: 'medium', techniques: ['T1531'] });
  const fired = [hit, miss].map(
    (event) => check !== undefined && runCheck(check, [event]).length > 0,
  );
  expect(fired).toEqual([true, false]);
});

test('a rule that names the service and no product', () => {
  const text = publicRule('selection: {eventType: zone.delete}\ncondition: selection');
  const { checks, problems } = compileFiles(text.replace('    product: okta\n', ''));
  expect(problems).toEqual([]);
  const [check] = checks;
  expect(check && runCheck(check, [{ eventType: 'zone.delete' }])).toHaveLength(1);
});

test.each([
  ['another product', 'product: windows'],
  ['another product with our service', 'product: azure, service: okta'],
  ['another service alone', 'service: system'],
  ['a category alone', 'category: proxy'],
])('%s is told to be no Okta rule', (_, logsource) => {
  const { checks, unavailable, problems, sources } = compileFiles(
    ruleOn(`logsource: {${logsource}}`),
  );
  expect(checks).toEqual([]);
  expect(unavailable).toMatchObject([
    { status: 'not-evaluated', reason: expect.stringContaining('It is not an Okta rule') },
  ]);
  expect(problems).toMatchObject([{ line: 2, severity: 'note' }]);
  expect(sources.get('Foreign')).toMatchObject({ isForeign: true });
});

test.each([
  ['[a, b]', true],
  ['[a, mine]', false],
  ['[nowhere]', false],
  ['[c]', false],
])('a correlation of %s is about other products: %s', (rules, isForeign) => {
  const named = (name: string, product: string): string =>
    `---\nname: ${name}\n${ruleOn(`logsource: {product: ${product}}`)}`;
  const { sources } = compileFiles(
    `title: C\nname: c\ncorrelation: {type: temporal, rules: ${rules}, timespan: 1m}\n${named('a', 'windows')}${named('b', 'aws')}${named('mine', 'okta')}`,
  );
  expect(sources.get('c')?.isForeign).toBe(isForeign);
});

function ruleOn(line: string): string {
  return `title: Foreign\n${line}\ndetection: {selection: {eventType: zone.delete}, condition: selection}\n`;
}

describe('a placeholder rule', () => {
  const detection = `selection:
    eventType: user.session.impersonation.grant
filter_main_okta:
    actor.alternateId|contains: system@okta.com
filter_main_company:
    actor.alternateId|contains|expand: '%legitimate_identifiers%'
condition: selection and not 1 of filter_main_*`;

  test('waits for the values', () => {
    const { unavailable } = compileFiles(publicRule(detection));
    expect(unavailable).toMatchObject([{ status: 'not-evaluated' }]);
  });

  test('runs with them', () => {
    const [check] = compileFiles(publicRule(detection), {
      placeholders: { legitimate_identifiers: ['@corp.example'] },
    }).checks;
    const fires = (alternateId: string) =>
      check !== undefined &&
      runCheck(check, [{ eventType: 'user.session.impersonation.grant', actor: { alternateId } }])
        .length > 0;
    expect(['ada@corp.example', 'system@okta.com', 'eve@elsewhere.example'].map(fires)).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('is warned about where it forgot the modifier, as it leaves nobody out then', () => {
    const compiled = compileFiles(publicRule(detection.replace('|expand', '')));
    expect(messagesOf(compiled, 'warning')).toEqual([
      expect.stringContaining('%legitimate_identifiers% looks like a placeholder'),
    ]);
    expect(compiled.checks).toHaveLength(1);
    const plain = compileFiles(
      publicRule(detection.replace('%legitimate_identifiers%', '100%25a%')),
    );
    expect(messagesOf(plain, 'warning')).toEqual([]);
  });
});
