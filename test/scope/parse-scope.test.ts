import { describe, expect, it } from 'vitest';
import { parseScope } from '../../src/scope/parse-scope.ts';

const MINIMAL = `id: acme-2026-11
title: Something happened
window:
  core: { since: 2026-11-16, until: 2026-11-21 }
`;
const DEFAULTS = [{ id: 'password-reset', role: 'review', instead: [], required: true }] as const;

function parse(text: string) {
  return parseScope({ path: 'incident.yml', text, defaultChecks: DEFAULTS });
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

  it.each([
    [MINIMAL.replace('2026-11-21', '2026-11-15'), /^4: window/],
    [
      MINIMAL.replace('acme-2026-11', 'Acme 2026'),
      /^1: id: write lower-case words joined by hyphens$/,
    ],
    [`${MINIMAL}cheks: {}\n`, /^1: Unrecognized key: "cheks"$/],
    [
      `${MINIMAL}checks:\n  password-reset: proof\n`,
      /^6: checks.password-reset: write a role \(context, review, evidence\)/,
    ],
    [
      `${MINIMAL}indicators:\n  - { ip: 192.0.2.1 }\n`,
      /^6: indicators.0: write one of address, asn/,
    ],
  ])('names the line of a problem, case %#', (text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});
