import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { InputName } from '../../src/config/input-table.ts';
import { type CheckedInputs, parseInputs } from '../../src/config/parse-inputs.ts';
import { rawInputs } from './raw-inputs.ts';

const NOW_MS = Date.parse('2026-11-23T02:17:00Z');
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const PEM = RSA.export({ type: 'pkcs8', format: 'pem' }).toString();
const EC_PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

const PUBLIC_PEM = createPublicKey(RSA).export({ type: 'spki', format: 'pem' }).toString();

function encrypt(type: 'pkcs1' | 'pkcs8'): string {
  const options = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'horse' } as const;
  return RSA.export({ type, ...options }).toString();
}

const TOKEN_ACCESS = { 'okta-org-url': 'https://acme.okta.com', 'okta-api-token': 'token-1' };

function parse(given: Partial<Record<InputName, string>>, needsIssue = false) {
  return parseInputs(rawInputs(given), { nowMs: NOW_MS, needsIssue });
}

function accept(given: Partial<Record<InputName, string>>): CheckedInputs {
  const result = parse(given);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.inputs;
}

function problemsOf(given: Partial<Record<InputName, string>>, needsIssue = false): string[] {
  const result = parse(given, needsIssue);
  return result.ok ? [] : result.problems.map(({ input, message }) => `${input}: ${message}`);
}

describe('parseInputs', () => {
  it('accepts a token with an org', () => {
    expect(accept(TOKEN_ACCESS).okta).toEqual({
      orgUrl: 'https://acme.okta.com',
      credentials: { kind: 'api-token', token: 'token-1' },
    });
  });

  it('takes what is empty as not given', () => {
    const { values } = accept(TOKEN_ACCESS);
    const texts = ['okta-client-id', 'okta-key-id', 'incident', 'config', 'github-token'] as const;
    expect(texts.map((name) => values[name])).toEqual(texts.map(() => null));
  });

  it.each([
    ['PEM', PEM, PEM.trim()],
    ['PEM with literal line breaks', PEM.replaceAll('\n', '\\n'), PEM.trim()],
    ['PEM with literal line breaks of Windows', PEM.replaceAll('\n', '\\r\\n'), PEM.trim()],
    [
      'JWK',
      JSON.stringify(RSA.export({ format: 'jwk' })),
      JSON.stringify(RSA.export({ format: 'jwk' })),
    ],
  ])('accepts a private key as %s', (_form, given, expected) => {
    const { okta } = accept({
      'okta-org-url': 'https://acme.okta.com',
      'okta-client-id': '0oa1',
      'okta-private-key': given,
    });
    const key =
      okta?.credentials.kind === 'service-app' ? okta.credentials.privateKey.trim() : null;
    expect(key).toBe(expected);
  });

  it.each([
    ['https://acme.okta.com', 'https://acme.okta.com', 0],
    ['https://acme.okta.com/', 'https://acme.okta.com', 1],
    ['https://acme-admin.okta.com/admin/dashboard', 'https://acme.okta.com', 1],
    ['https://acme.okta.com.', 'https://acme.okta.com', 1],
    ['https://acme-admin.okta.com./', 'https://acme.okta.com', 1],
    ['https://login-admin.example.com', 'https://login-admin.example.com', 0],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 0],
    ['http://[::1]:8080', 'http://[::1]:8080', 0],
    ['http://localhost:8080', 'http://localhost:8080', 0],
    ['https://acme-admin.oktapreview.com', 'https://acme.oktapreview.com', 1],
    ['https://acme-admin.okta-emea.com', 'https://acme.okta-emea.com', 1],
    ['https://acme-admin.okta-gov.com', 'https://acme.okta-gov.com', 1],
  ])('reads the org %s as %s', (given, origin, notices) => {
    const inputs = accept({ ...TOKEN_ACCESS, 'okta-org-url': given });
    expect(inputs.okta?.orgUrl).toBe(origin);
    expect(inputs.notices).toHaveLength(notices);
  });

  it.each<[Partial<Record<InputName, string>>, string]>([
    [
      { 'okta-org-url': 'http://acme.okta.com' },
      'okta-org-url: must be https; write https://acme.okta.com',
    ],
    [
      { 'okta-org-url': 'http://127.0.0.1.example.com' },
      'okta-org-url: must be https; write https://127.0.0.1.example.com',
    ],
    [
      { 'okta-org-url': 'acme.okta.com' },
      'okta-org-url: is not a URL; write the address of your org, as https://acme.okta.com',
    ],
    ...[
      'https://ana:secret@acme.okta.com',
      'https://ana@acme.okta.com',
      'http://:secret@[::1]',
    ].map((org): [Partial<Record<InputName, string>>, string] => [
      { 'okta-org-url': org },
      'okta-org-url: holds a user name or password; write https://acme.okta.com alone',
    ]),
    ...['https://-admin.okta.com', 'https://.okta.com', 'ftp://acme.okta.com'].map(
      (org): [Partial<Record<InputName, string>>, string] => [
        { 'okta-org-url': org },
        'okta-org-url: is not a URL; write the address of your org, as https://acme.okta.com',
      ],
    ),
    [
      { 'lookback-days': '91' },
      'lookback-days: write a whole number of days from 1 to 90, Okta keeps no more',
    ],
    [
      { 'lookback-days': '1.5' },
      'lookback-days: write a whole number of days from 1 to 90, Okta keeps no more',
    ],
    [
      { since: 'yesterday' },
      'since: write a date (2022-01-16) or an instant with its zone (2022-01-16T08:00Z)',
    ],
    [
      { since: '2022-02-30' },
      'since: write a date (2022-01-16) or an instant with its zone (2022-01-16T08:00Z)',
    ],
    [
      { since: '2022-02-30T08:00Z' },
      'since: write a date (2022-01-16) or an instant with its zone (2022-01-16T08:00Z)',
    ],
    [
      { until: '2022-02-29T23:59:59+01:00' },
      'until: write a date (2022-01-16) or an instant with its zone (2022-01-16T08:00Z)',
    ],
    [
      { since: '2022-01-16T08:00' },
      'since: write a date (2022-01-16) or an instant with its zone (2022-01-16T08:00Z)',
    ],
    [{ pull: 'everything' }, 'pull: write one of targeted, full'],
    [
      { 'minimum-severity': 'severe' },
      'minimum-severity: write one of informational, low, medium, high, critical',
    ],
    [
      { 'fail-on': 'always' },
      'fail-on: write one of never, informational, low, medium, high, critical',
    ],
    [{ 'allow-public-repository': 'yes' }, 'allow-public-repository: write one of true, false'],
    ...['acme', 'https://github.com/acme/security', 'acme/security/issues'].map(
      (repository): [Partial<Record<InputName, string>>, string] => [
        { 'issue-repository': repository },
        'issue-repository: write owner/name, as acme/security',
      ],
    ),
    [
      { 'issue-mentions': 'octocat, dana@example.com' },
      'issue-mentions: "dana@example.com" is nobody whom GitHub could tell; write a login, as octocat, or a team, as acme/security',
    ],
    [
      { focus: 'user:alice@example.com\nip:999.1.1.1' },
      'focus: "999.1.1.1" is no address; write all of it, as 192.0.2.7, or a range, as 192.0.2.0/24',
    ],
    [
      { focus: 'dana@example.com' },
      'focus: "dana@example.com" is no focus; write user:<login or id>, session:<id> or ip:<address or CIDR>',
    ],
    [
      { focus: 'superuser:dana' },
      'focus: "superuser:dana" is no focus; write user:<login or id>, session:<id> or ip:<address or CIDR>',
    ],
    [{ focus: 'ip:' }, 'focus: "ip:" names nobody; write an address or CIDR behind it'],
    [
      { focus: 'session:unknown' },
      'focus: "unknown" is what Okta writes where it knows no session; give the id of one',
    ],
    ...[
      'dana*',
      '*@example.com',
      '"dana@example.com"',
      "'dana@example.com'",
      '\u201cdana@example.com\u201d',
    ].map((login): [Partial<Record<InputName, string>>, string] => [
      { focus: `user:${login}` },
      `focus: "${login}" holds a sign that no login or id has; write all of it, without * and without quotes around it`,
    ]),
    ...['\u200Bdana@example.com', 'dana@exam\u00ADple.com\u202C'].map(
      (login): [Partial<Record<InputName, string>>, string] => [
        { focus: `user:${login}` },
        `focus: "${login}" holds a character that nobody sees; write it by hand`,
      ],
    ),
    ...['dana@example.com, kim@example.com', 'dana, session:idx1', 'dana ip:192.0.2.7'].map(
      (several): [Partial<Record<InputName, string>>, string] => [
        { focus: `user:${several}` },
        `focus: "${several}" names more than one; give each by itself, one a line`,
      ],
    ),
    ...['user:dana@example.com,', 'user:dana;', 'session:idx1 ,', 'ip:192.0.2.7,'].map(
      (focus): [Partial<Record<InputName, string>>, string] => [
        { focus },
        `focus: "${focus.replace(/^\w+:/, '')}" ends in a sign that parts a list; give each a line, without it`,
      ],
    ),
    ...['Dana <dana@example.com>', 'mailto:dana@example.com', '@example.com', 'dana@'].map(
      (login): [Partial<Record<InputName, string>>, string] => [
        { focus: `user:${login}` },
        `focus: "${login}" is no login; write one by itself, as dana@acme.example, or an id`,
      ],
    ),
    [
      { focus: 'user:dana@example[.]com' },
      'focus: "dana@example[.]com" is written so that nobody clicks on it; write it as it was, without the brackets',
    ],
    [
      { focus: 'ip:::ffff:192.0.2.0/24' },
      'focus: "::ffff:192.0.2.0/24" counts its bits as IPv6 does and so holds no address of IPv4; write the range as IPv4, as 192.0.2.0/24',
    ],
    [
      { focus: 'user:user:dana@example.com' },
      'focus: "user:dana@example.com" says user: twice; write it once',
    ],
    ...['10.1', '012.1.1.1', '10.1/16'].map(
      (address): [Partial<Record<InputName, string>>, string] => [
        { focus: `ip:${address}` },
        `focus: "${address}" is no address; write all of it, as 192.0.2.7, or a range, as 192.0.2.0/24`,
      ],
    ),
    [
      { 'report-directory': '' },
      'report-directory: write the path of a directory, such as okta-audit-report',
    ],
    [{ since: '2026-11-24' }, 'since: lies in the future; now is 2026-11-23T02:17:00.000Z'],
    [
      { since: '2026-11-23T02:07Z' },
      'since: leaves nothing to read; Okta delivers some events late, so the window ends at 2026-11-23T02:07:00.000Z',
    ],
    [
      { since: '2026-11-10', until: '2026-11-09' },
      'since: must be before until, which ends the window at 2026-11-10T00:00:00.000Z',
    ],
    [
      { incident: 'okta-2022-01-lapsus', 'lookback-days': '7' },
      'lookback-days: cannot be given with incident, which has its own window; use since and until to narrow it',
    ],
  ])('refuses %j', (given, problem) => {
    expect(problemsOf({ ...TOKEN_ACCESS, ...given })).toEqual([problem]);
  });

  it('names what is missing all at once, as where a workflow misspells its variables and secrets', () => {
    expect(problemsOf({})).toEqual([
      'okta-org-url: is required unless archive is given; write the address of your org, as https://acme.okta.com',
      'okta-client-id: is missing or empty; okta-org-url needs okta-client-id with okta-private-key, or okta-api-token',
    ]);
    expect(problemsOf({ 'okta-client-id': '0oa1' })).toEqual([
      'okta-org-url: is required unless archive is given; write the address of your org, as https://acme.okta.com',
      'okta-private-key: is missing or empty; okta-client-id needs its private key',
    ]);
  });

  it.each<[Partial<Record<InputName, string>>, string]>([
    [
      { 'okta-org-url': 'https://acme.okta.com' },
      'okta-client-id: is missing or empty; okta-org-url needs okta-client-id with okta-private-key, or okta-api-token',
    ],
    [
      { 'okta-org-url': 'https://acme.okta.com', 'okta-client-id': '0oa1' },
      'okta-private-key: is missing or empty; okta-client-id needs its private key',
    ],
    [
      { 'okta-org-url': 'https://acme.okta.com', 'okta-private-key': PEM },
      'okta-client-id: is missing or empty; okta-private-key needs its client id',
    ],
    [
      { ...TOKEN_ACCESS, 'okta-client-id': '0oa1', 'okta-private-key': PEM },
      'okta-api-token: is given together with a service app; keep okta-client-id and okta-private-key, or this one',
    ],
    [
      { ...TOKEN_ACCESS, 'okta-private-key': PEM },
      'okta-api-token: is given together with a service app; keep okta-client-id and okta-private-key, or this one',
    ],
    [
      { archive: 'a.ndjson', 'okta-org-url': 'https://acme.okta.com' },
      'okta-client-id: is missing or empty; okta-org-url needs okta-client-id with okta-private-key, or okta-api-token',
    ],
    [
      { archive: 'a.ndjson', 'okta-org-url': 'https://acme.okta.com', 'okta-client-id': '0oa1' },
      'okta-private-key: is missing or empty; okta-client-id needs its private key',
    ],
    ...['pkcs8', 'pkcs1'].map((type): [Partial<Record<InputName, string>>, string] => [
      {
        'okta-org-url': 'https://acme.okta.com',
        'okta-client-id': '0oa1',
        'okta-private-key': encrypt(type === 'pkcs1' ? 'pkcs1' : 'pkcs8'),
      },
      'okta-private-key: is encrypted with a passphrase, which nobody can give here; write the RSA private key of the service app as PEM or JWK',
    ]),
    [
      {
        'okta-org-url': 'https://acme.okta.com',
        'okta-client-id': '0oa1',
        'okta-private-key': PUBLIC_PEM,
      },
      'okta-private-key: is a public key; write the RSA private key of the service app as PEM or JWK',
    ],
    ...[
      ['is in quotes', JSON.stringify(PEM.trim())],
      ['is in quotes', `'${PEM.trim()}'`],
      ['is encoded in base64 once more', Buffer.from(PEM).toString('base64')],
      ['has lost its line breaks', PEM.trim().replaceAll('\n', ' ')],
      ['cannot be read as a private key', PEM.slice(0, 200)],
    ].map(([flaw, key = '']): [Partial<Record<InputName, string>>, string] => [
      {
        'okta-org-url': 'https://acme.okta.com',
        'okta-client-id': '0oa1',
        'okta-private-key': key,
      },
      `okta-private-key: ${flaw}; write the RSA private key of the service app as PEM or JWK`,
    ]),
    [
      { 'okta-org-url': 'https://acme.okta.com', 'okta-api-token': '"token-1"' },
      'okta-api-token: holds a space, a line break or what else no token has; copy it again',
    ],
    [
      {
        'okta-org-url': 'https://acme.okta.com',
        'okta-client-id': '0oa1',
        'okta-private-key': EC_PEM,
      },
      'okta-private-key: is a key of type ec; write the RSA private key of the service app as PEM or JWK',
    ],
    [
      {
        'okta-org-url': 'https://acme.okta.com',
        'okta-client-id': '0oa1',
        'okta-private-key': 'secret',
      },
      'okta-private-key: cannot be read as a private key; write the RSA private key of the service app as PEM or JWK',
    ],
  ])('refuses the credentials of case %#', (given, problem) => {
    expect(problemsOf(given)).toEqual([problem]);
  });

  it.each<[InputName, string]>([
    ['okta-api-token', 'token-1\ntoken-2'],
    ['okta-api-token', 'SSWS token 1'],
    ['okta-api-token', '\u201ctoken-1\u201d'],
    ['github-token', 'ghs_1\r\nghs_2'],
  ])('refuses a token that no header can carry, in %s: %j', (input, given) => {
    expect(problemsOf({ ...TOKEN_ACCESS, [input]: given })).toEqual([
      `${input}: holds a space, a line break or what else no token has; copy it again`,
    ]);
  });

  it('takes a token with the word that Okta sends it behind', () => {
    const { okta } = accept({ ...TOKEN_ACCESS, 'okta-api-token': 'SSWS token-1' });
    expect(okta?.credentials).toEqual({ kind: 'api-token', token: 'token-1' });
  });

  it('reports every problem of one run, each under its own name', () => {
    const names = problemsOf({
      'okta-org-url': 'http://acme.okta.com',
      'lookback-days': '0',
      since: '2026-13-01',
      pull: 'all',
      'okta-client-id': '0oa1',
      'okta-api-token': 'token-1',
    }).map((problem) => problem.split(':')[0]);
    expect(names).toEqual(['okta-org-url', 'lookback-days', 'since', 'pull', 'okta-api-token']);
  });

  it('tells what several inputs have against each other beside what one of them has by itself', () => {
    const given = { archive: 'a.ndjson', pull: 'all', since: '2026-11-10', until: '2026-11-09' };
    expect(problemsOf(given)).toEqual([
      'pull: write one of targeted, full',
      'since: must be before until, which ends the window at 2026-11-10T00:00:00.000Z',
    ]);
  });

  it('says of an input that does not hold nothing else', () => {
    const given = { ...TOKEN_ACCESS, 'okta-api-token': 'a b', 'okta-client-id': '0oa1' };
    expect(problemsOf(given)).toEqual([
      'okta-api-token: holds a space, a line break or what else no token has; copy it again',
    ]);
  });

  it('hands on the whole service app', () => {
    const { okta } = accept({
      'okta-org-url': 'https://acme.okta.com',
      'okta-client-id': '0oa1',
      'okta-private-key': PEM,
      'okta-key-id': 'key-1',
    });
    expect(okta?.credentials).toEqual({
      kind: 'service-app',
      clientId: '0oa1',
      privateKey: PEM,
      keyId: 'key-1',
    });
  });

  it.each(['1', '10', '90'])('takes a window of %s days', (days) => {
    expect(accept({ ...TOKEN_ACCESS, 'lookback-days': days }).values['lookback-days']).toBe(
      Number(days),
    );
  });

  it('takes labels with commas or lines between them, and blanks around them', () => {
    const { values } = accept({
      ...TOKEN_ACCESS,
      'issue-labels': 'okta audit,, security\r\n soc ',
    });
    expect(values['issue-labels']).toEqual(['okta audit', 'security', 'soc']);
  });

  it('takes a repository apart', () => {
    const { values } = accept({ ...TOKEN_ACCESS, 'issue-repository': 'acme/security.log' });
    expect(values['issue-repository']).toEqual({ owner: 'acme', name: 'security.log' });
  });

  it('never repeats a secret', () => {
    const secret = 'not-a-key-0123456789';
    const problems = problemsOf({ 'okta-private-key': secret, 'okta-api-token': secret });
    expect(problems.join()).not.toContain(secret);
  });

  it.each(['issue-assignees', 'issue-mentions'] as const)(
    'takes the names of %s with an at sign',
    (input) => {
      const { values } = accept({ ...TOKEN_ACCESS, [input]: '@octocat, mona_acme' });
      expect(values[input]).toEqual(['octocat', 'mona_acme']);
    },
  );

  it('takes a team of the enterprise as GitHub writes it, at sign or not', () => {
    const given = '@/ent:platform-sre, acme/ent:platform-sre, acme/security';
    const { values } = accept({ ...TOKEN_ACCESS, 'issue-mentions': given });
    const teams = ['/ent:platform-sre', 'acme/ent:platform-sre', 'acme/security'];
    expect(values['issue-mentions']).toEqual(teams);
  });

  it('means the whole UTC day by a date', () => {
    const { values } = accept({ ...TOKEN_ACCESS, since: '2022-01-16', until: '2022-01-21' });
    expect(values.since).toBe(Date.parse('2022-01-16T00:00:00Z'));
    expect(values.until).toBe(Date.parse('2022-01-22T00:00:00Z'));
  });

  it('clips an end in the future to now, and says so', () => {
    const { values, notices } = accept({ ...TOKEN_ACCESS, until: '2026-11-23' });
    expect(values.until).toBe(NOW_MS);
    expect(notices).toEqual(['until: "2026-11-23" lies in the future, so the window ends now']);
  });

  it.each(['192.0.2.7', '192.0.2.7/24', '2001:DB8::1', '2001:db8::/32', '::ffff:192.0.2.7'])(
    'takes the address %s as a focus',
    (address) => {
      const { values } = accept({ ...TOKEN_ACCESS, focus: `ip:${address}` });
      expect(values.focus).toEqual([{ kind: 'ip', value: address }]);
    },
  );

  it.each(["o'hara@example.com", 'dana reyes', 'Reyes, Dana'])(
    'takes the odd login %s as a focus',
    (value) => {
      const { values } = accept({ ...TOKEN_ACCESS, focus: `user:${value}` });
      expect(values.focus).toEqual([{ kind: 'user', value }]);
    },
  );

  it('reads an archive up to now', () => {
    const { values } = accept({ archive: 'a.ndjson', since: '2026-11-23T02:16Z' });
    expect(values.since).toBe(Date.parse('2026-11-23T02:16:00Z'));
  });

  it.each([
    ['okta-client-id', '0oa1'],
    ['okta-private-key', PEM],
    ['okta-key-id', 'k1'],
    ['okta-api-token', 'token-1'],
  ] as const)('needs no whole credentials for an archive: %s alone', (input, value) => {
    const given = { [input]: value };
    expect(accept({ archive: 'a.ndjson', ...given }).notices).toEqual([
      `okta-org-url: is not given, so Okta is not asked and ${input} not used; only the archive is read`,
    ]);
  });

  it('needs no org for an archive', () => {
    expect(accept({ archive: 'logs/*.ndjson.gz\n\nmore/' }).values.archive).toEqual([
      'logs/*.ndjson.gz',
      'more/',
    ]);
  });

  it('asks the Action for what the issue needs, unless nothing is published', () => {
    expect(problemsOf(TOKEN_ACCESS, true)).toEqual([
      'github-token: is empty; give it, or set publish to none',
      'issue-repository: is empty; give it, or set publish to none',
    ]);
    expect(problemsOf({ ...TOKEN_ACCESS, 'github-token': 'ghs_1' }, true)).toEqual([
      'issue-repository: is empty; give it, or set publish to none',
    ]);
    expect(problemsOf({ ...TOKEN_ACCESS, publish: 'none' }, true)).toEqual([]);
  });
});
