import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildProgram } from '../../src/cli/build-program.ts';
import { reportFailure } from '../../src/cli/report-failure.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, HOUR_MS } from '../../src/model/time-window.ts';
import { days, layFiles, makeNoise, toLines } from '../archive/archive-workbench.ts';
import { writeFormat } from '../archive/format-writers.ts';
import { API_TOKEN } from '../okta/simulated-tenant.ts';
import { HOSTILE_TEXTS } from '../report/hostile-text.ts';
import type { SimulatedVisibility } from '../simulators/github/github-world.ts';
import { ACTIONS_SECRET, startGitHub } from '../simulators/github/start-github.ts';
import {
  BERLIN_OFFICE,
  factorEvent,
  failedSignIn,
  generateNoise,
  impersonationEvent,
  passwordReset,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import { startOktaSimulator } from '../simulators/okta/start-okta-simulator.ts';

const ALICE = person('Alice@example.com');
const HARPER = person('harper.help@example.com');
const DANA = person('dana.reyes@example.com');
const ENGINEER = person('support.engineer@vendor.example');
const LISBON = { ...BERLIN_OFFICE, address: '198.51.100.7', city: 'Lisbon', country: 'Portugal' };
const exitCode = process.exitCode;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = exitCode;
});

interface Told {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | string | null | undefined;
}

/** Runs `activity` as the program does, in a directory. */
async function activity(args: readonly string[], directory = layFiles({})): Promise<Told> {
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk: unknown): boolean => {
      told[name] += String(chunk);
      return true;
    });
  }
  vi.spyOn(process, 'cwd').mockReturnValue(directory);
  process.exitCode = 0;
  await buildProgram(process)
    .parseAsync(['node', 'okta-tenant-audit', 'activity', ...args])
    .catch(reportFailure);
  const exit = process.exitCode;
  vi.restoreAllMocks();
  return { ...told, exit };
}

const STORY: readonly RawEvent[] = [
  signIn({ user: ALICE, at: '2022-01-17T08:00:00Z', session: 's1', place: BERLIN_OFFICE }),
  signIn({ user: ALICE, at: '2022-01-18T08:00:00Z', session: 's2', place: BERLIN_OFFICE }),
  failedSignIn({ user: ALICE, at: '2022-01-18T09:00:00Z', session: 's2', place: LISBON }),
  factorEvent('reset_all', { actor: HARPER, target: ALICE, at: '2022-01-19T10:00:00Z' }),
  passwordReset({ actor: HARPER, target: DANA, at: '2022-01-19T11:00:00Z' }),
  signIn({ user: DANA, at: '2022-01-19T12:00:00Z', session: 's3', place: LISBON }),
  impersonationEvent('initiate', { actor: ENGINEER, at: '2022-01-20T09:00:00Z', session: 's4' }),
  passwordReset({ actor: DANA, target: HARPER, at: '2022-01-20T09:10:00Z', session: 's4' }),
  impersonationEvent('end', { actor: ENGINEER, at: '2022-01-20T09:20:00Z', session: 's4' }),
];

function layLog(more: readonly RawEvent[] = []): string {
  const noise = makeNoise(days('2021-12-20', '2022-02-01'));
  return layFiles({ 'log.ndjson': toLines([...noise, ...STORY, ...more]) });
}

const WEEK = ['--since', '2022-01-16', '--until', '2022-01-21', '--archive', 'log.ndjson'];

/** The lines of a table, from its heading on. */
function tableAfter(text: string, head: RegExp): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => head.test(line));
  if (from < 0) throw new Error(`no line ${head}`);
  const until = lines.findIndex((line, index) => index > from && line === '');
  return lines.slice(from + 1, until).map((line) => line.replace(/ {2,}/g, ' | '));
}

describe('activity, in a workflow', () => {
  beforeEach(() => {
    vi.stubEnv('GITHUB_ACTIONS', 'true');
    vi.stubEnv('GITHUB_REPOSITORY', 'acme/security');
    vi.stubEnv('GITHUB_TOKEN', '');
  });

  /** Gives the workflow a token, by which GitHub says who can see its repository. */
  async function seeRepository(visibility: SimulatedVisibility): Promise<void> {
    const github = await startGitHub({ repositories: { 'acme/security': visibility } });
    onTestFinished(() => github.close());
    vi.stubEnv('GITHUB_API_URL', github.url);
    vi.stubEnv('GITHUB_TOKEN', ACTIONS_SECRET);
  }

  function expectNothing({ stdout, stderr, exit }: Told): void {
    expect(exit).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('Nothing was looked up: acme/security is public, or nothing tells');
    expect(stderr).not.toContain('events read');
  }

  it('looks nothing up where nothing tells who reads what it prints', async () => {
    expectNothing(await activity(WEEK, layLog()));
  });

  it('looks nothing up where everybody reads what it prints', async () => {
    await seeRepository('public');
    expectNothing(await activity(WEEK, layLog()));
  });

  it('looks nothing up where GitHub does not say who reads it', async () => {
    await seeRepository('unknown');
    const { stdout, stderr, exit } = await activity(WEEK, layLog());
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 });
    expect(stderr).toContain('[github-not-found]');
  });

  it('answers in an internal repository, and says who can read it', async () => {
    await seeRepository('internal');
    const { stdout, stderr } = await activity(WEEK, layLog());
    expect(stderr).toContain('acme/security is internal');
    expect(stdout).toContain('dana.reyes@example.com');
  });

  it('answers in a private repository, and where somebody allowed it', async () => {
    const allowed = await activity([...WEEK, '--allow-public-repository', 'true'], layLog());
    await seeRepository('private');
    for (const told of [allowed, await activity(WEEK, layLog())]) {
      expect(told.exit).toBe(0);
      expect(told.stdout).toContain('dana.reyes@example.com');
    }
  });
});

describe('activity, of an archive', () => {
  it('without a subject lists every credential change, with who caused it', async () => {
    const told = await activity(WEEK, layLog());
    expect(told.exit).toBe(0);
    expect(told.stdout).toContain('Read      everything that was asked about');
    expect(
      tableAfter(told.stdout, /^time \(UTC\)/).filter((line) => !line.includes('self')),
    ).toEqual([
      '2022-01-19 10:00:00 | user.mfa.factor.reset_all | harper.help@example.com | Alice@example.com | 192.0.2.10 | administrator',
      '2022-01-19 11:00:00 | user.account.reset_password | harper.help@example.com | dana.reyes@example.com | 192.0.2.10 | administrator',
      '2022-01-20 09:10:00 | user.account.reset_password | dana.reyes@example.com | harper.help@example.com | 192.0.2.10 | support-impersonation',
    ]);
  });

  it('tells of a user, in whatever case, what they did and had done to them, where and with what', async () => {
    const { stdout, exit } = await activity(['--user', 'alice@EXAMPLE.com', ...WEEK], layLog());
    expect(exit).toBe(0);
    expect(stdout).toContain(
      'USER alice@EXAMPLE.com: 4 events, 17 January 2022, 08:00 to 19 January 2022, 10:00 UTC',
    );
    expect(tableAfter(stdout, /^events {2}type/)).toEqual([
      '3 | user.session.start',
      '1 | user.mfa.factor.reset_all',
    ]);
    expect(tableAfter(stdout, /from +place/)).toEqual([
      '3 | 2022-01-17 08:00 | 2022-01-19 10:00 | 192.0.2.10 | Berlin, Germany',
      '1 | 2022-01-18 09:00 | 2022-01-18 09:00 | 198.51.100.7 | Lisbon, Portugal',
    ]);
    expect(tableAfter(stdout, /last \(UTC\) +with/)[0]).toMatch(/^4 \| .* \| Mozilla/);
    expect(stdout).toContain('CREDENTIAL CHANGES AMONG THESE EVENTS: 1 change\n');
  });

  it('says under which id a login goes on, and where it was that of two users', async () => {
    const again = { ...ALICE, id: '00u0000000000anew000' };
    const login = ['--user', ALICE.alternateId, ...WEEK];
    const one = await activity(login, layLog());
    expect(one.stdout.replace(/\n/g, ' ')).toContain(
      `The id of this user is ${ALICE.id}; ask for it`,
    );
    const two = await activity(
      login,
      layLog([signIn({ user: again, at: '2022-01-20T08:00:00Z' })]),
    );
    expect(two.stdout.replace(/\n/g, ' ')).toMatch(
      new RegExp(`that of 2 users, .* by id for one of them, .*${again.id}`),
    );
    const byId = await activity(['--user', ALICE.id, ...WEEK], layLog());
    expect(byId.stdout).not.toContain('id of this user');
  });

  it('tells of a session what happened in it, in order', async () => {
    const { stdout } = await activity(['--session', 's2', ...WEEK], layLog());
    expect(
      tableAfter(stdout, /^time \(UTC\) +event/).map((line) => line.replace(/ \| Mozilla.*/, '')),
    ).toEqual([
      '2022-01-18 08:00:00 | user.session.start | SUCCESS | Alice@example.com | 192.0.2.10 | Berlin, Germany',
      '2022-01-18 09:00:00 | user.session.start | FAILURE | Alice@example.com | 198.51.100.7 | Lisbon, Portugal',
    ]);
  });

  it('tells of a network who came from it', async () => {
    const { stdout } = await activity(
      ['--ip', '198.51.100.0/24', '--ip', '2001:db8::/32', ...WEEK],
      layLog(),
    );
    expect(tableAfter(stdout, /last \(UTC\) +who/)).toEqual([
      '1 | 2022-01-18 09:00 | 2022-01-18 09:00 | Alice@example.com',
      '1 | 2022-01-19 12:00 | 2022-01-19 12:00 | dana.reyes@example.com',
    ]);
    expect(stdout).toMatch(
      /NETWORK 2001:db8::\/32: no events\n\nNothing, and everything that could hold it was read\./,
    );
  });

  it('never lets what was not read look like nothing that happened', async () => {
    const elsewhere = ['--since', '2023-01-16', '--until', '2023-01-21', '--archive', 'log.ndjson'];
    const outside = await activity(['--user', 'Alice@example.com', ...elsewhere], layLog());
    expect(outside.exit).toBe(2);
    expect(outside.stdout).toContain('Read      NOTHING that was asked about');
    expect(outside.stdout).toMatch(
      /Not read {2}2023-01-16 to 2023-01-21 UTC: the archive ends at 2022-01-31/,
    );
    expect(outside.stdout.match(/this says nothing about what\s+happened/g)).toHaveLength(2);
    expect(outside.stdout).not.toContain('everything that could hold it was read');
    expect(outside.stderr).toContain('Nothing of what was asked about was read: 1 hole.');
    const partly = ['--since', '2021-12-10', '--until', '2021-12-25', '--archive', 'log.ndjson'];
    const half = await activity(['--user', 'Alice@example.com', ...partly], layLog());
    expect(half.exit).toBe(2);
    expect(half.stdout).toContain('NOT EVERYTHING that was asked about');
    expect(half.stdout).toMatch(/A part of what this takes was not read: 2021-12-10 to 2021-12-19/);
  });

  it('says what an archive was not able to hold', async () => {
    const kept = makeNoise(days('2021-12-20', '2022-02-01')).filter(
      ({ eventType }) => eventType === 'user.session.start',
    );
    const directory = layFiles({ 'log.ndjson': toLines(kept) });
    const told = await activity(WEEK, directory);
    expect(told.exit).toBe(2);
    expect(told.stdout).toContain('it may have been filtered before export');
  });

  it('says that an export without the roots of sessions may lack what happened in one', async () => {
    const replace = { authenticationContext: { externalSessionId: 's10', rootSessionId: 'root9' } };
    const rooted = signIn({ user: DANA, at: '2022-01-18T10:00:00Z', replace });
    const log = [...makeNoise(days('2021-12-20', '2022-02-01')), rooted];
    for (const [format, found, exit] of [
      ['system-log', 1, 0],
      ['console-csv', 0, 2],
    ] as const) {
      const directory = layFiles({ 'log.ndjson': writeFormat(format, log, 'lines') });
      const told = await activity([...WEEK, '--session', 'root9', '--format', 'json'], directory);
      const { investigations, questions } = JSON.parse(told.stdout);
      expect(investigations.sessions[0].timeline).toHaveLength(found);
      const reason =
        exit === 0 ? null : expect.stringContaining('authenticationContext.rootSessionId');
      expect(questions).toContainEqual(
        expect.objectContaining({ subject: 'session:root9', reason }),
      );
      expect(told.exit).toBe(exit);
    }
  });

  it('does not say that nothing was read above what was found', async () => {
    const kept = [...makeNoise(days('2021-12-20', '2022-02-01')), ...STORY].filter(
      ({ eventType }) => !String(eventType).startsWith('user.mfa.'),
    );
    const directory = layFiles({ 'log.ndjson': toLines(kept) });
    const told = await activity([...WEEK, '--user', 'Dana.Reyes@example.com'], directory);
    expect(told.exit).toBe(2);
    expect(told.stdout).toContain('CREDENTIAL CHANGES AMONG THESE EVENTS: 2 changes');
    expect(told.stdout).toContain('Read      NOT EVERYTHING that was asked about');
    expect(told.stdout.match(/At no time was all read that this takes/g)).toHaveLength(2);
    expect(told.stdout).not.toContain('this says nothing');
    expect(told.stderr).toContain('Not everything of what was asked about was read: 1 hole.');
  });

  it('writes the same for machines', async () => {
    const args = ['--user', 'Alice@example.com', '--ip', '198.51.100.7', ...WEEK];
    const json = JSON.parse((await activity([...args, '--format', 'json'], layLog())).stdout);
    expect(json).toMatchObject({
      schemaVersion: 1,
      tenant: null,
      window: { since: '2022-01-16T00:00:00.000Z', until: '2022-01-22T00:00:00.000Z' },
      coverage: { state: 'complete', holes: [] },
      questions: [
        { subject: 'credential-changes', status: 'evaluated', reason: null },
        { subject: 'user:Alice@example.com', status: 'evaluated', reason: null },
        { subject: 'ip:198.51.100.7', status: 'evaluated', reason: null },
      ],
    });
    expect(json.investigations.users[0].timeline).toHaveLength(4);
    expect(json.investigations.networks[0].actors).toEqual([
      'Alice@example.com',
      'dana.reyes@example.com',
    ]);
    expect(json.investigations.credentialChanges).toHaveLength(1);
    const { stdout } = await activity([...args, '--format', 'csv'], layLog());
    const rows: Record<string, string>[] = parse(stdout, { columns: true, bom: true });
    expect(rows.map(({ subject }) => subject)).toEqual([
      'credential-changes',
      ...Array.from({ length: 4 }, () => 'user:Alice@example.com'),
      ...Array.from({ length: 2 }, () => 'ip:198.51.100.7'),
    ]);
    expect(rows[0]).toMatchObject({ target: 'Alice@example.com', attribution: 'administrator' });
    expect(rows[3]).toMatchObject({ outcome: 'FAILURE', place: 'Lisbon, Portugal' });
  });

  it('says beside a CSV what no line of it can tell', async () => {
    const partly = ['--since', '2021-12-10', '--until', '2021-12-25', '--archive', 'log.ndjson'];
    const told = await activity([...partly, '--format', 'csv'], layLog());
    expect(told.exit).toBe(2);
    expect(told.stderr).toMatch(/2021-12-10 to 2021-12-19 .*: the archive begins at 2021-12-20/);
  });

  it('says where it keeps the earliest rows alone, beside a CSV too', async () => {
    const many = Array.from({ length: 5_001 }, (_, second) =>
      signIn({ user: DANA, at: Date.parse('2022-01-18T10:00:00Z') + second * 1_000 }),
    );
    const directory = layLog(many);
    const kept = /Of 5,\d{3} events the first 5,000 are kept/;
    for (const [format, place] of [
      ['table', 'stdout'],
      ['csv', 'stderr'],
    ] as const) {
      const told = await activity(['--user', DANA.id, '--format', format, ...WEEK], directory);
      expect(told[place].replace(/\n/g, ' ')).toMatch(kept);
    }
  });

  it('lets no escape sequence, no formula and no typed password through', async () => {
    const evil = HOSTILE_TEXTS.map((text, index) => ({
      ...signIn({ user: ALICE, at: Date.parse('2022-01-18T00:00:00Z') + index * 1_000 }),
      uuid: `evil-${index}`,
      client: {
        ipAddress: '203.0.113.9',
        userAgent: { rawUserAgent: text },
        geographicalContext: { city: text, country: text },
      },
    }));
    const typed = { id: 'unknown', type: 'User', alternateId: 'hunter2!', displayName: 'unknown' };
    const knock = failedSignIn({ user: typed, at: '2022-01-18T03:00:00Z', place: LISBON });
    const directory = layLog([...evil, knock]);
    for (const format of ['table', 'json', 'csv']) {
      const args = ['--ip', '203.0.113.9', '--ip', '198.51.100.7', '--format', format, ...WEEK];
      const { stdout } = await activity(args, directory);
      expect(stdout).toContain('203.0.113.9');
      expect(stdout.replace(/[\r\n]/g, '')).not.toMatch(/\p{Cc}|\u202e/u);
      expect(stdout).not.toContain('hunter2!');
      expect(stdout).toContain('(unknown login, 8 characters)');
    }
  });

  it('says what to change, and exits with 1, where it could not look', async () => {
    const nothing = await activity(['--user', 'Alice@example.com']);
    expect(nothing.exit).toBe(1);
    expect(nothing.stdout).toBe('');
    expect(nothing.stderr).toContain('okta-org-url: is required unless archive is given');
    const subjects = ['--user', '', '--session', 'unknown', '--ip', '300.1.1.1'];
    const broken = await activity([...subjects, '--archive', 'log.ndjson']);
    expect(broken.stderr).toContain(
      '\nuser: "user:" names nobody; write a login or id behind it\n',
    );
    expect(broken.stderr).toContain('\nsession: "unknown" is what Okta writes');
    expect(broken.stderr).toContain('\nip: "300.1.1.1" is no address');
    expect(broken.exit).toBe(1);
    const missing = await activity(['--archive', 'nowhere.ndjson']);
    expect(missing.stderr).toContain('[archive-not-found]');
    expect(missing.exit).toBe(1);
  });
});

const ROOTED = { authenticationContext: { externalSessionId: 's10', rootSessionId: 'root9' } };

describe('activity, of the live log', () => {
  const nowMs = Date.now();
  const seen: readonly RawEvent[] = [
    ...generateNoise({ seed: 9, from: nowMs - 20 * DAY_MS, to: nowMs, count: 4_000 }),
    signIn({ user: ALICE, at: nowMs - 2 * DAY_MS, session: 's9', place: LISBON }),
    factorEvent('reset_all', { actor: HARPER, target: ALICE, at: nowMs - DAY_MS }),
    signIn({ user: DANA, at: nowMs - 3 * HOUR_MS, place: LISBON }),
    signIn({ user: DANA, at: nowMs - HOUR_MS, replace: ROOTED }),
  ];

  async function askLive(args: readonly string[], directory?: string) {
    const okta = await startOktaSimulator({
      now: Date.now,
      events: seen,
      tokens: [{ token: API_TOKEN, role: 'READ_ONLY_ADMIN' }],
    });
    onTestFinished(() => okta.close());
    vi.stubEnv('OKTA_AUDIT_API_TOKEN', API_TOKEN);
    const told = await activity(['--okta-org-url', okta.url, ...args], directory);
    const filters = okta.requestsTo('logs').map(({ query }) => query.get('filter') ?? '');
    return { ...told, filters };
  }

  it('asks Okta for the events of the subjects alone, and gives the same as reading everything', async () => {
    const args = ['--user', 'Alice@example.com', '--session', 's9', '--ip', '198.51.100.7'];
    const targeted = await askLive([...args, '--format', 'json']);
    const full = await askLive([...args, '--format', 'json', '--pull', 'full']);
    expect(targeted.exit).toBe(0);
    const asked = JSON.parse(targeted.stdout);
    expect(asked.investigations).toEqual(JSON.parse(full.stdout).investigations);
    expect(asked.investigations.users[0].timeline).toHaveLength(2);
    expect(asked.investigations.networks[0].actors).toHaveLength(2);
    expect(targeted.filters.join(' ')).toContain('client.ipAddress eq "198.51.100.7"');
    expect(asked.coverage.sources[0].eventsRead).toBeLessThan(300);
  });

  it('asks for a session by its root as well', async () => {
    const told = await askLive(['--session', 'root9', '--format', 'json']);
    expect(JSON.parse(told.stdout).investigations.sessions[0].timeline).toHaveLength(1);
  });

  it('says which range it cannot ask for, and exits with 2', async () => {
    const told = await askLive(['--ip', '198.51.100.0/24', '--user', 'Alice@example.com']);
    expect(told.exit).toBe(2);
    expect(told.stdout).toMatch(
      /NETWORK 198\.51\.100\.0\/24: 1 event.*\n\nAt no time was all read/,
    );
    expect(told.stdout).toMatch(/this needs every event; Use\s+pull: full|set\s+pull: full/);
  });

  it('merges an archive and the live log', async () => {
    const at = new Date(nowMs - 100 * DAY_MS).toISOString();
    const old = signIn({ user: ALICE, at, session: 'old', place: BERLIN_OFFICE });
    const since = nowMs - 110 * DAY_MS;
    const noise = makeNoise({ sinceMs: since, untilMs: nowMs - 80 * DAY_MS });
    const directory = layFiles({});
    writeFileSync(join(directory, 'old.ndjson'), toLines([...noise, old]));
    const args = ['--user', 'Alice@example.com', '--archive', 'old.ndjson', '--format', 'json'];
    const day = new Date(nowMs - 105 * DAY_MS).toISOString().slice(0, 10);
    const told = await askLive([...args, '--since', day], directory);
    const json = JSON.parse(told.stdout);
    expect(json.coverage.state).toBe('complete');
    expect(told.exit).toBe(0);
    expect(json.investigations.users[0].timeline).toHaveLength(3);
    expect(json.coverage.sources.map(({ kind }: { kind: string }) => kind)).toEqual([
      'okta',
      'archive',
    ]);
  });

  it('fails where Okta refuses', async () => {
    const okta = await startOktaSimulator({ now: Date.now, events: seen, tokens: [] });
    onTestFinished(() => okta.close());
    vi.stubEnv('OKTA_AUDIT_API_TOKEN', API_TOKEN);
    const told = await activity(['--okta-org-url', okta.url, '--user', 'Alice@example.com']);
    expect(told.exit).toBe(1);
    expect(told.stderr).toContain('[okta-credentials-rejected]');
    expect(told.stdout).toBe('');
  });
});
