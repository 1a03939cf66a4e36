import { describe, expect, it } from 'vitest';
import { parseScope } from '../../src/scope/parse-scope.ts';

const MINIMAL = `id: acme-2026-11
title: Something happened
window:
  core: { since: 2026-11-16, until: 2026-11-21 }
`;
const DEFAULTS = [{ id: 'password-reset', role: 'review', instead: [], required: true }] as const;
const GROUPS = new Map([['resets', ['password-reset', 'mfa-factors-reset']]]);

function parse(text: string) {
  return parseScope({ path: 'incident.yml', text, defaultChecks: DEFAULTS, groups: GROUPS });
}

function problemsOf(text: string): string[] {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('parseScope', () => {
  it('reads a day-zero file with the default checks', () => {
    const parsed = parse(MINIMAL);
    expect(parsed.ok && parsed.value.checks).toEqual(DEFAULTS);
    expect(parsed.ok && parsed.value.window).toEqual({
      kind: 'fixed',
      core: { sinceMs: Date.parse('2026-11-16'), untilMs: Date.parse('2026-11-22') },
      coreReason: '',
      review: { sinceMs: Date.parse('2026-11-16'), untilMs: Date.parse('2026-11-22') },
      reviewReason: '',
    });
  });

  it('reads roles, in short and with circumstances in the order they are written', () => {
    const parsed = parse(`${MINIMAL}checks:
  password-reset: context
  support-session-started:
    role: evidence
    instead: { listed-support-case: context, granted-by-own-administrator: review }
    required: false
`);
    expect(parsed.ok && parsed.value.checks).toEqual([
      { id: 'password-reset', role: 'context', instead: [], required: true },
      {
        id: 'support-session-started',
        role: 'evidence',
        instead: [
          { when: 'listed-support-case', role: 'context' },
          { when: 'granted-by-own-administrator', role: 'review' },
        ],
        required: false,
      },
    ]);
  });

  it('reads indicators of every kind, weak unless said', () => {
    const parsed = parse(`${MINIMAL}indicators:
  - { address: 192.0.2.0/24, strength: strong, source: https://example.com }
  - { asn: 64496, source: https://example.com }
  - { account: svc_network_backup, source: https://example.com }
`);
    expect(
      parsed.ok && parsed.value.indicators.map((one) => `${one.kind} ${one.value} ${one.strength}`),
    ).toEqual(['address 192.0.2.0/24 strong', 'asn 64496 weak', 'account svc_network_backup weak']);
  });

  it('gives every check of a group its role, unless the file names the check itself', () => {
    const parsed = parse(`${MINIMAL}checks:
  password-reset: context
  resets: { role: review, required: false }
`);
    expect(parsed.ok && parsed.value.checks).toEqual([
      { id: 'password-reset', role: 'context', instead: [], required: true },
      { id: 'mfa-factors-reset', role: 'review', instead: [], required: false },
    ]);
  });

  it('reads several indicators that share strength and source', () => {
    const parsed = parse(`${MINIMAL}indicators:
  - { address: [192.0.2.1, '2001:db8::/32'], strength: strong, source: https://example.com }
  - { asn: [64496, AS64497], source: https://example.com }
`);
    expect(
      parsed.ok && parsed.value.indicators.map((one) => `${one.kind} ${one.value} ${one.strength}`),
    ).toEqual([
      'address 192.0.2.1 strong',
      'address 2001:db8::/32 strong',
      'asn 64496 weak',
      'asn AS64497 weak',
    ]);
  });

  it('takes an indicator without the blanks around it, as no event has them', () => {
    const parsed = parse(`${MINIMAL}indicators:
  - { account: ' svc_backup', source: https://example.com }
  - { url: ['/reports/ ', '/admin '], source: https://example.com }
`);
    expect(parsed.ok && parsed.value.indicators.map(({ value }) => value)).toEqual([
      'svc_backup',
      '/reports/',
      '/admin',
    ]);
  });

  it('says of an indicator whose kind nobody knows which ones there are', () => {
    expect(
      problemsOf(`${MINIMAL}indicators:\n  - { adress: 192.0.2.1, source: https://example.com }\n`),
    ).toEqual([
      '6: indicators.0: Unrecognized key: "adress"; did you mean address?',
      '6: indicators.0: write one of address, asn, user-agent, account, url in each entry',
    ]);
  });

  it('tells what a page says from what is an inference', () => {
    const parsed = parse(`id: acme-2026-11
title: Something happened
published: 2026-11-23
window:
  core: { since: 2026-11-16, until: 2026-11-21, why: It says so., source: https://example.com/a }
  review: { since: 2026-11-01, until: 2026-11-23, why: To be sure., source: inference }
facts:
  - { says: It rained., source: https://example.com/b }
  - { says: Umbrellas were used., source: inference }
`);
    expect(parsed.ok && parsed.value.background).toEqual({
      published: '2026-11-23',
      facts: [
        { says: 'It rained.', source: 'https://example.com/b' },
        { says: 'Umbrellas were used.', source: null },
      ],
      coreSource: 'https://example.com/a',
      reviewSource: null,
    });
  });

  it('accepts any name of a check, or where told only the known ones and groups', () => {
    const text = `${MINIMAL}checks:\n  resets: review\n  pasword-reset: review\n`;
    expect(parse(text).ok).toBe(true);
    const checked = parseScope({
      path: 'incident.yml',
      text,
      defaultChecks: DEFAULTS,
      groups: GROUPS,
      knownChecks: new Set(['password-reset']),
    });
    expect(checked.ok ? [] : checked.problems).toEqual([
      {
        path: 'incident.yml',
        line: 7,
        message:
          'checks.pasword-reset: there is no check or group of this name; did you mean password-reset?',
      },
    ]);
  });

  it('names a check that nobody knows together with everything else, in the order of the lines', () => {
    const checked = parseScope({
      path: 'incident.yml',
      text: 'id: Acme\nchecks: { pasword-reset: evidence }\nindicators: 192.0.2.1\n',
      defaultChecks: DEFAULTS,
      groups: GROUPS,
      knownChecks: new Set(['password-reset']),
    });
    expect(
      checked.ok ? [] : checked.problems.map(({ line, message }) => `${line}: ${message}`),
    ).toEqual([
      '1: id: write lower-case words joined by hyphens',
      '1: title: is missing; write a text',
      '1: window: is missing; write a map of keys and values',
      '2: checks.pasword-reset: there is no check or group of this name; did you mean password-reset?',
      '3: indicators: write a list, as [one, two]',
    ]);
  });

  it.each([
    [MINIMAL.replace('2026-11-21', '2026-11-15'), /^4: window.core: since must be before until$/],
    [
      MINIMAL.replace('acme-2026-11', 'Acme 2026'),
      /^1: id: write lower-case words joined by hyphens$/,
    ],
    [`${MINIMAL}cheks: {}\n`, /^5: Unrecognized key: "cheks"; did you mean checks\?$/],
    [
      `${MINIMAL}checks:\n  password-reset: proof\n`,
      /^6: checks.password-reset.role: write one of context, review, evidence$/,
    ],
    [
      `${MINIMAL}indicators:\n  - { source: https://example.com }\n`,
      /^6: indicators.0: write one of address, asn, user-agent, account, url in each entry$/,
    ],
    [
      `${MINIMAL}indicators:\n  - { address: 192.0.2.1, asn: 64496, source: https://example.com }\n`,
      /^6: indicators.0: write one of address, asn, user-agent, account, url in each entry$/,
    ],
    [
      `${MINIMAL}indicators:\n  - source: https://example.com\n    address:\n      - 192.0.2.1\n      - 192.0.2.300\n`,
      /^9: indicators.0.address.1: "192.0.2.300" is no address/,
    ],
    [
      `${MINIMAL}facts:\n  - { says: It rained., source: everybody knows }\n`,
      /^6: facts.0.source: write the URL of a page, or inference$/,
    ],
    [
      `${MINIMAL}  review: { since: 2026-11-17, until: 2026-11-23 }\n`,
      /^5: window.review: must enclose core$/,
    ],
    [
      MINIMAL.replace('2026-11-16', '16 November'),
      /^4: window.core.since: write a date \(2022-01-16\)/,
    ],
    [
      `${MINIMAL}checks:\n  password-reset: { role: review, instead: { on-mondays: context } }\n`,
      /^6: checks.password-reset.instead/,
    ],
    [`${MINIMAL}checks:\n  password-reset: [review]\n`, /^6: checks.password-reset: write a role/],
    [`${MINIMAL}published: yesterday\n`, /^5: published: write a day, as 2022-03-22$/],
  ])('names the line of a problem, case %#', (text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});
