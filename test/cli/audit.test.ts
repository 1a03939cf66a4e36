import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../src/cli/build-program.ts';
import { reportFailure } from '../../src/cli/report-failure.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { writeBeginLine } from '../../src/sources/archive/saved/archive-statement.ts';
import { layFiles, toLines } from '../archive/archive-workbench.ts';
import { person, privilegeGrant } from '../simulators/okta/build-event.ts';

const exitCode = process.exitCode;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = exitCode;
});

const GRANT = privilegeGrant({
  actor: person('dana.reyes@example.com'),
  target: person('j.ortiz@example.com'),
  at: Date.now() - 36 * HOUR_MS,
});

/** Runs `audit` over an archive, which holds one grant unless another is given, and gives what it told beside its answer. */
async function audit(
  args: readonly string[],
  archive = toLines([GRANT]),
): Promise<{ directory: string; stdout: string; stderr: string; exit: unknown }> {
  const directory = layFiles({ 'log.ndjson': archive });
  let stdout = '';
  let stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk: unknown): boolean => {
    stdout += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk: unknown): boolean => {
    stderr += String(chunk);
    return true;
  });
  vi.spyOn(process, 'cwd').mockReturnValue(directory);
  process.exitCode = 0;
  await buildProgram(process)
    .parseAsync(['node', 'okta-tenant-audit', 'audit', '--archive', 'log.ndjson', ...args])
    .catch(reportFailure);
  const exit = process.exitCode;
  vi.restoreAllMocks();
  return { directory, stdout, stderr, exit };
}

it.each(['audit', 'activity'])('says in the help of %s what its exit codes mean', (name) => {
  let help = '';
  const command = buildProgram(process).commands.find((command) => command.name() === name);
  command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  expect(help).toMatch(/^Exit codes: 0 .*, 1 it could not look/m);
});

it('says that credentials are not used where no org is named', async () => {
  vi.stubEnv('OKTA_AUDIT_API_TOKEN', 'secret-token');
  const { stderr, exit } = await audit([]);
  expect(exit).toBe(0);
  expect(stderr).toContain(
    'okta-org-url: is not given, so Okta is not asked and okta-api-token not used',
  );
  expect(stderr).not.toContain('secret-token');
});

it('tells on the terminal of whom it was asked', async () => {
  const { stdout } = await audit(['--focus', 'user:Dana.Reyes@example.com']);
  expect(stdout).toMatch(/^Asked about user:dana\.reyes@example\.com: 1 event, .* UTC$/im);
});

it.each([
  ['where it can matter', [], 0],
  ['all the same where that is asked for', ['--strict'], 1],
])('parses a record %s', async (_, flags, eventsParsed) => {
  const long = ['--since', '2020-01-01', '--until', '2020-01-02', '--report-directory', 'out'];
  const { directory } = await audit([...long, ...flags]);
  const report = JSON.parse(readFileSync(join(directory, 'out', 'report.json'), 'utf8'));
  expect(report.coverage.sources).toMatchObject([{ eventsRead: 1, eventsParsed }]);
});

it('takes no answer about the org that is asked about from what was saved of another one', async () => {
  vi.stubEnv('OKTA_AUDIT_API_TOKEN', 'secret-token');
  const saved = writeBeginLine('globex.okta.com') + toLines([GRANT]);
  const { stdout, stderr, exit } = await audit(['--okta-org-url', 'http://127.0.0.1:1'], saved);
  expect(exit).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/was saved from globex\.okta\.com, and the audit is of 127\.0\.0\.1/);
});

it('does not promise to keep what is not pulled', async () => {
  const { stderr, exit } = await audit(['--save-archive', 'kept']);
  expect(exit).toBe(1);
  expect(stderr).toContain('okta-org-url: is missing; --save-archive keeps what is pulled');
});

it.each(['', ' '])(
  'saves nothing into the folder that it runs in for want of a name: "%s"',
  async (given) => {
    const access = ['--okta-org-url', 'http://127.0.0.1:1'];
    vi.stubEnv('OKTA_AUDIT_API_TOKEN', 'secret-token');
    const { stderr, exit } = await audit([...access, '--save-archive', given]);
    expect(exit).toBe(1);
    expect(stderr).toContain('--save-archive: is empty; write the path of a directory');
  },
);

describe('in a workflow', () => {
  const who = 'dana.reyes@example.com';

  beforeEach(() => {
    vi.stubEnv('GITHUB_ACTIONS', 'true');
    vi.stubEnv('GITHUB_REPOSITORY', 'acme/security');
    vi.stubEnv('GITHUB_TOKEN', '');
  });

  it('prints counts alone where nothing tells who reads them', async () => {
    const { stdout, stderr, exit } = await audit([]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^verdict: [a-z-]+, coverage: \w+, finding-count: 1, new-finding-count: 1$/m,
    );
    expect(stderr).toContain('nothing tells whether acme/security is public');
    expect(stdout + stderr).not.toContain(who);
    expect(stderr).not.toContain('Report:');
  });

  it('prints the answer where somebody allowed it', async () => {
    const { stdout } = await audit(['--allow-public-repository', 'true']);
    expect(stdout).toContain(who);
  });

  it('is not where a terminal names a repository', async () => {
    vi.stubEnv('GITHUB_ACTIONS', '');
    expect((await audit([])).stdout).toContain(who);
  });
});

it('names everything that it was to fail on', async () => {
  const { stderr, exit } = await audit(['--fail-on', 'low', '--fail-on-incomplete', 'true']);
  expect(exit).toBe(1);
  expect(stderr).toContain('fail-on: 1 unreviewed of severity low or above.');
  expect(stderr).toContain('fail-on-incomplete: coverage is');
});

it('fails where the report cannot be written, and gives the answer all the same', async () => {
  const { stdout, stderr, exit } = await audit(['--report-directory', 'log.ndjson']);
  expect(exit).toBe(1);
  expect(stdout).toContain('dana.reyes@example.com');
  expect(stderr).toContain('[report-unwritable]');
  expect(stderr).not.toContain('Report:');
});
