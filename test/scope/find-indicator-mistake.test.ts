import { describe, expect, it, test } from 'vitest';
import type { IndicatorKind } from '../../src/model/scope.ts';
import { parseScope } from '../../src/scope/parse-scope.ts';

/** What is wrong with an indicator as a file has it, a YAML value; nothing where it is taken. */
function problemsWith(kind: IndicatorKind, yaml: string): readonly string[] {
  const parsed = parseScope({
    path: 'incident.yml',
    text: `id: acme-2026-11
title: Something happened
window: { core: { since: 2026-11-16, until: 2026-11-21 } }
indicators:
  - ${kind}: ${yaml}
    source: https://example.com/advisory
`,
    defaultChecks: [],
    groups: new Map(),
  });
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

/** The value as a text that YAML cannot misread. */
function problemWith(kind: IndicatorKind, value: string): string {
  const [problem = 'is taken'] = problemsWith(kind, JSON.stringify(value));
  return problem;
}

describe('an address', () => {
  it.each([
    '192.0.2.7',
    '192.0.2.7/24',
    '10.0.0.0/8',
    '2001:db8::7',
    '2001:0DB8:0000:0000:0000:0000:0000:0007',
    '2001:db8::7/48',
    '::ffff:192.0.2.7',
    '::FFFF:C000:207',
    '::ffff:192.0.2.0/120',
  ])('%j is taken', (value) => {
    expect(problemWith('address', value)).toBe('is taken');
  });

  it.each([
    '192.0.2.300',
    '192.0.2',
    '10.1/16',
    '010.0.0.1',
    '192.0.2.7.',
    '192.0.2.7:443',
    '[2001:db8::7]',
    '[2001:db8::7]:443',
    'fe80::1%eth0',
    '192.0.2.1-192.0.2.9',
    '192.0.2.1, 192.0.2.9',
    '192.0.2.0/33',
    '192.0.2.0/255.255.255.0',
    '192.0.2.*',
    'evil.example',
  ])('%j is none', (value) => {
    expect(problemWith('address', value)).toContain(
      `"${value}" is no address; write one by itself`,
    );
  });

  it.each(['192[.]0[.]2[.]7', '192.0.2[.]7', '2001[:]db8[:][:]7', '192[dot]0[dot]2[dot]7'])(
    '%j is written so that nobody clicks on it',
    (value) => {
      expect(problemWith('address', value)).toContain('write it as it was, without the brackets');
    },
  );

  it.each(['0.0.0.0/0', '192.0.0.0/7', '::/0', '2000::/3', '::ffff:0.0.0.0/96'])(
    '%s would be met by almost everybody',
    (value) => {
      expect(problemWith('address', value)).toContain('is wider than the network of anybody');
    },
  );

  it('of IPv4 inside IPv6 has a range of as many bits as IPv6', () => {
    expect(problemWith('address', '::ffff:192.0.2.0/24')).toContain('write the range as IPv4');
  });
});

describe('the number of a network', () => {
  it.each(['64496', '"64496"', 'AS64496', 'as064496', '4294967295'])('%s is taken', (yaml) => {
    expect(problemsWith('asn', yaml)).toEqual([]);
  });

  it.each(['ASN64496', 'AS64496x', 'AS 64496', '0', '4294967296', '1.10'])(
    '%j is none',
    (value) => {
      expect(problemWith('asn', value)).toContain('write it as 64496 or AS64496');
    },
  );
});

describe('a browser signature', () => {
  it.each([
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.83 Safari/537.36',
    'python-requests/2.31.0',
    'Ruby',
    'Okta Provisioning Agent (1.0)',
    'Safari/19618.2.12.11.6 CFNetwork/1496.0.7 Darwin/23.5.0',
  ])('%j is taken', (value) => {
    expect(problemWith('user-agent', value)).toBe('is taken');
  });

  test.each([
    ['python-requests/*', 'holds a *'],
    ['^Mozilla', 'is a pattern or a part'],
    ['(?i)python', 'is a pattern or a part'],
    ['/Chrome/', 'is a pattern or a part'],
    [String.raw`Chrome\/99`, 'is a pattern or a part'],
    ['Mozilla/5.0 (X11; Linux...', 'is a pattern or a part'],
    ['Mozilla/5.0 (X11; Linux\u2026', 'is a pattern or a part'],
    ['Chrome/99.0.7113.93', 'write the whole of it, from Mozilla/5.0 on'],
    ['Firefox', 'write the whole of it, from Mozilla/5.0 on'],
    ['User-Agent: curl/8.5.0', 'begins with the name of its header'],
    ['unknown', 'is what Okta writes where it knows nothing'],
    ['\u00abcurl/8.5.0\u00bb', 'is in quotes'],
    ['Mozilla/5.0\u00a0(X11)', 'holds a character that nobody sees'],
  ])('%j is refused, because it %s', (value, why) => {
    expect(problemWith('user-agent', value)).toContain(`"${value}" `);
    expect(problemWith('user-agent', value)).toContain(why);
  });
});

describe('an account', () => {
  it.each([
    'svc_network_backup',
    'Dana.Reyes@ACME.example',
    'Reyes, Dana',
    'Dana Reyes (Contractor)',
    '[EXT] Dana Reyes',
    'Dana @ Acme',
    String.raw`ACME\dana`,
    '00u1abcdefGHIJKLMNOP',
  ])('%j is taken', (value) => {
    expect(problemWith('account', value)).toBe('is taken');
  });

  test.each([
    ['svc_*', 'holds a *'],
    ['svc\u00ad_backup', 'holds a character that nobody sees'],
    ['\u201csvc_backup\u201d', 'is in quotes'],
    ['dana[@]acme.example', 'without the brackets'],
    ['dana@acme[.]example', 'without the brackets'],
    ['dana(at)acme.example', 'without the brackets'],
    ['@acme.example', 'is no login'],
    ['dana@', 'is no login'],
    ['<dana@acme.example>', 'is no login'],
    ['Dana <dana@acme.example>', 'is no login'],
    ['mailto:dana@acme.example', 'is no login'],
    ['dana@acme.example.', 'is no login'],
    ['dana@acme.example,', 'is no login'],
    ['dana@acme.example; lee@acme.example', 'is no login'],
    ['unknown', 'is what Okta writes where it knows nothing'],
  ])('%j is refused, because it %s', (value, why) => {
    expect(problemWith('account', value)).toContain(why);
  });
});

describe('a page', () => {
  it.each(['/reports/password-health/', '/admin', 'password-health', '/app?x=1'])(
    '%j is taken',
    (value) => {
      expect(problemWith('url', value)).toBe('is taken');
    },
  );

  test.each([
    ['https://acme.okta.com/admin/users', 'write its path'],
    ['hxxps://evil[.]example/', 'without the brackets'],
    ['hxxp://evil.example/', 'without the brackets'],
    ['/reports/*', 'holds a *'],
    ['^/admin', 'is a pattern'],
    ['/', 'is in almost every path'],
    ['"/reports"', 'is in quotes'],
  ])('%j is refused, because it %s', (value, why) => {
    expect(problemWith('url', value)).toContain(why);
  });
});

describe('what YAML makes of a value', () => {
  test.each<[IndicatorKind, string]>([
    ['user-agent', ''],
    ['account', '007'],
    ['account', '[svc_backup, ~]'],
    ['url', '{ path: /a }'],
    ['address', '16909060'],
  ])('%s: %s is refused', (kind, yaml) => {
    expect(problemsWith(kind, yaml)).toEqual([
      expect.stringContaining('write a text, in quotes where it looks like a number'),
    ]);
  });

  test.each<[IndicatorKind, string]>([
    ['account', '""'],
    ['address', '[]'],
  ])('%s: %s is refused', (kind, yaml) => {
    expect(problemsWith(kind, yaml)).toEqual([expect.stringContaining('must not be empty')]);
  });

  it('names every value of a list that does not hold', () => {
    expect(problemsWith('address', '[192.0.2.1, 192.0.2.2/99, 192.0.2]')).toHaveLength(2);
  });
});
