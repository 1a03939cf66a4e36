import { describe, expect, it } from 'vitest';
import { parseTuning } from '../../src/config/parse-tuning.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';

function problemsOf(text: string): string[] {
  const parsed = parseTuning('okta-audit.yml', text);
  return parsed.ok ? [] : parsed.problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('parseTuning', () => {
  it('reads an empty file as no tuning', () => {
    expect(parseTuning('okta-audit.yml', '# nothing yet\n')).toEqual({
      ok: true,
      value: { ...NO_TUNING, place: expect.objectContaining({ path: 'okta-audit.yml' }) },
    });
  });

  it('takes people and case numbers without the blanks that were copied with them', () => {
    const parsed = parseTuning(
      'okta-audit.yml',
      "help-desk: [lin@example.com\u00A0]\nprivileged-users: [' CFO@example.com']\nsupport-cases: ['00123456 ']\n",
    );
    expect(parsed.ok && parsed.value).toMatchObject({
      helpDesk: ['lin@example.com'],
      privilegedUsers: ['cfo@example.com'],
      supportCases: ['00123456'],
    });
    expect(problemsOf("help-desk: [' ']")).toEqual(['1: help-desk.0: must not be empty']);
  });

  it('takes the subjects of a suppression without the blanks around them', () => {
    const file = (subject: string) =>
      `suppressions:\n  - { check: a, ${subject}, reason: r, expires: 2027-02-21 }\n`;
    const parsed = parseTuning('t.yml', file(`actor: ' Lin@example.com', target: "00u1\\u00A0"`));
    expect(parsed.ok && parsed.value.suppressions).toMatchObject([
      { actor: 'lin@example.com', target: '00u1' },
    ]);
    expect(problemsOf(file("actor: ' '"))).toEqual(['2: suppressions.0.actor: must not be empty']);
  });

  it('reads every section', () => {
    const parsed = parseTuning(
      'okta-audit.yml',
      `suppressions:
  - check: api-token-created
    actor: Svc-Terraform@Example.com
    reason: Rotated by the platform team
    expires: 2027-02-21
rules:
  mfa-bypass-attempted: { enabled: false }
  api-token-created:
    level: high
    filter: { selection: { actor.id: 00u1 }, condition: not selection }
own-domains: [Example.com, '@EU.example.com']
own-networks: [192.0.2.0/24, '2001:db8::1']
help-desk: [lin@example.com]
privileged-users: [cfo@example.com]
support-cases: ['00123456']
placeholders:
  office: [Berlin]
`,
    );
    expect(parsed).toEqual({
      ok: true,
      value: {
        suppressions: [
          {
            check: 'api-token-created',
            actor: 'svc-terraform@example.com',
            target: null,
            reason: 'Rotated by the platform team',
            expiresMs: Date.parse('2027-02-22T00:00:00Z'),
          },
        ],
        rules: {
          'mfa-bypass-attempted': { enabled: false, severity: null, filter: null },
          'api-token-created': {
            enabled: null,
            severity: 'high',
            filter: { selection: { 'actor.id': '00u1' }, condition: 'not selection' },
          },
        },
        ownDomains: ['example.com', 'eu.example.com'],
        ownNetworks: ['192.0.2.0/24', '2001:db8::1'],
        helpDesk: ['lin@example.com'],
        privilegedUsers: ['cfo@example.com'],
        supportCases: ['00123456'],
        placeholders: { office: ['Berlin'] },
        place: expect.objectContaining({ path: 'okta-audit.yml' }),
      },
    });
  });

  it.each([
    ['own-domain: [example.com]', ['1: Unrecognized key: "own-domain"; did you mean own-domains?']],
    [
      'help-desk: []\nown-domain: [example.com]\n\n\nhelpdesk: []',
      [
        '2: Unrecognized key: "own-domain"; did you mean own-domains?',
        '5: Unrecognized key: "helpdesk"; did you mean help-desk?',
      ],
    ],
    ['nonsense: 1', ['1: Unrecognized key: "nonsense"']],
    [
      'rules:\n  a:\n    enable: false',
      ['3: rules.a: Unrecognized key: "enable"; did you mean enabled?'],
    ],
    [
      'suppressions:\n  - check: a\n    user: x\n    reasons: r\n    actor: x\n    reason: r\n    expires: 2027-02-21',
      [
        '3: suppressions.0: Unrecognized key: "user"',
        '4: suppressions.0: Unrecognized key: "reasons"; did you mean reason?',
      ],
    ],
    ['\n\nown-domains: example.com', ['3: own-domains: write a list, as [one, two]']],
    [
      'suppressions:\n  - check: a\n    actor: 7\n    expires: 2027-02-21\nrules:\n  a: { enabled: no }\n  b: off\nown-domain: []',
      [
        '2: suppressions.0.reason: is missing; write a text',
        '3: suppressions.0.actor: write a text, in quotes',
        '6: rules.a.enabled: write true or false',
        '7: rules.b: write a map of keys and values',
        '8: Unrecognized key: "own-domain"; did you mean own-domains?',
      ],
    ],
    [
      "help-desk: ['*@example.com']\nprivileged-users: [cfo@example.com, admin-*]",
      [
        '1: help-desk.0: write a whole login or id; * stands for nothing else here',
        '2: privileged-users.1: write a whole login or id; * stands for nothing else here',
      ],
    ],
    [
      'help-desk: [Lin <lin@example.com>]\nprivileged-users: ["cfo@example[.]com", "@example.com", cto@example.com.]',
      [
        '1: help-desk.0: is no login; write one by itself, as dana@acme.example, or an id',
        '2: privileged-users.0: is written so that nobody clicks on it; write it as it was, without the brackets',
        '2: privileged-users.1: is no login; write one by itself, as dana@acme.example, or an id',
        '2: privileged-users.2: is no login; write one by itself, as dana@acme.example, or an id',
      ],
    ],
    [
      'help-desk: [\u200Blin@example.com]\nprivileged-users:\n  - cfo@example.com, ceo@example.com\n  - cto@example.com;',
      [
        '1: help-desk.0: holds a character that nobody sees; write it by hand',
        '3: privileged-users.0: write one login or id in each line, without a comma or semicolon',
        '4: privileged-users.1: write one login or id in each line, without a comma or semicolon',
      ],
    ],
    [
      "suppressions:\n  - { check: a, actor: svc-*, target: '00u1, 00u2;', reason: r, expires: 2027-02-21 }\n  - { check: a, target: '​lin@example.com', reason: r, expires: soon }",
      [
        '2: suppressions.0.actor: write a whole login or id; * stands for nothing else here',
        '2: suppressions.0.target: write one login or id in each line, without a comma or semicolon',
        '3: suppressions.1.target: holds a character that nobody sees; write it by hand',
        '3: suppressions.1.expires: write the last day as a date, such as 2027-02-21',
      ],
    ],
    [
      'help-desk: [\u201clin@example.com\u201d, \'"ann@example.com"\']\nprivileged-users: [cfo@example.com\u00a0and\u00a0more]\nsupport-cases: [\u201c01234567\u201d]\nown-domains: [\u201eexample.com\u201c]',
      [
        '1: help-desk.0: write it without these quotes, or in straight ones',
        '1: help-desk.1: write it without these quotes, or in straight ones',
        '2: privileged-users.0: holds a character that nobody sees; write it by hand',
        '3: support-cases.0: put the case number in straight quotes',
        '4: own-domains.0: write a domain, such as acme.example',
      ],
    ],
    [
      "own-domains: ['https://example.com']",
      ['1: own-domains.0: write a domain, such as acme.example'],
    ],
    [
      "own-domains: ['*.example.com', dana@example.com]",
      [
        '1: own-domains.0: write a domain, such as acme.example',
        '1: own-domains.1: write a domain, such as acme.example',
      ],
    ],
    [
      'own-networks:\n  - 192.0.2.0/24\n  - 10.0.0.0/99',
      ['3: own-networks.1: write an address or a CIDR range'],
    ],
    [
      "own-networks: [0.0.0.0/0, '::/0', 10.0.0.0/7, '::ffff:0:0/96', 10.0.0.0/8, 'fc00::/7', 192.0.2.7, '::ffff:10.0.0.0/104']",
      [0, 1, 2, 3].map(
        (index) =>
          `1: own-networks.${index}: is wider than the network of anybody; write the ranges that are your own`,
      ),
    ],
    ['support-cases: [123]', ['1: support-cases.0: put the case number in quotes']],
    [
      "support-cases: ['0012*', '00123456, 00123457']",
      [0, 1].map(
        (index) =>
          `1: support-cases.${index}: write one whole case number in each line; * stands for nothing else here`,
      ),
    ],
    [
      'rules:\n  a: { level: loud }',
      ['2: rules.a.level: write one of informational, low, medium, high, critical'],
    ],
    [
      'suppressions:\n  - check: a\n    actor: x\n    reason: r\n    expires: soon',
      ['5: suppressions.0.expires: write the last day as a date, such as 2027-02-21'],
    ],
    [
      'suppressions:\n  - check: a\n    reason: r\n    expires: 2027-02-21',
      [
        '2: suppressions.0: name an actor or a target: a suppression of everything a check finds is a switched-off check',
      ],
    ],
    [
      'help-desk: &team [a]\nprivileged-users: *team\nsupport-cases: *other',
      [
        '2: the alias *team is not followed; write the value out',
        '3: the alias *other is not followed; write the value out',
      ],
    ],
    ['help-desk: [a]\nhelp-desk: [b]', ['2: the same key is written twice in one map']],
    [
      'a: [',
      ['1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['help-desk: [a]\n---\nown-domains: [b]', ['2: a second document begins here; write one']],
  ])('names line and field of %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('knows where each value stands', () => {
    const parsed = parseTuning(
      'okta-audit.yml',
      'own-domains: []\nrules:\n  a:\n    filter:\n      ours:\n        actor.id: 1\n      condition:\n        not ours\nhelp-desk: [\n  a]\n',
    );
    if (!parsed.ok) throw new Error('It does not parse.');
    const lineOf = (...keys: (string | number)[]): number | undefined =>
      parsed.value.place?.lineOf(keys);
    expect([
      lineOf('rules', 'a'),
      lineOf('rules', 'a', 'filter', 'ours', 'actor.id'),
      lineOf('rules', 'a', 'filter', 'condition'),
      lineOf('help-desk', 0),
      lineOf('rules', 'nowhere', 'filter'),
      lineOf('nowhere'),
    ]).toEqual([3, 6, 7, 10, 3, 1]);
  });

  it('gives all problems at once', () => {
    expect(problemsOf('own-domain: []\nsupport-cases: [1, 2]')).toHaveLength(3);
  });
});
