import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { january2022Export } from '../scenarios/acme-tenant.ts';
import { makeDirectory, runCli } from './run-action.ts';

const OWN_RULE = `title: My rule
logsource: { product: okta, service: okta }
detection:
  selection: { eventType: zone.delete }
  condition: selection
level: low
`;

function saveArchive(directory: string): void {
  const lines = january2022Export({ noise: 2_000 }).map((event) => JSON.stringify(event));
  writeFileSync(join(directory, 'logs.ndjson'), lines.join('\n'));
}

describe('the terminal program', () => {
  it('answers from an archive: the answer to stdout, the rest to stderr', async () => {
    const cwd = makeDirectory();
    saveArchive(cwd);
    const result = await runCli({
      cwd,
      args: ['audit', '--incident', 'okta-2022-01-lapsus', '--archive', 'logs.ndjson'],
    });
    expect(result.exitCode, result.stderr).toBe(0);
    expect(result.stdout).toContain('NEEDS REVIEW');
    expect(result.stderr).toContain('okta-audit-report');
    const report = JSON.parse(readFileSync(join(cwd, 'okta-audit-report/report.json'), 'utf8'));
    expect(report).toMatchObject({ tenant: null, run: null, verdict: 'needs-review' });
  });

  it('finds archives and rules by globs, whatever its folder is called', async () => {
    const cwd = join(makeDirectory(), 'case [7] (okta)');
    mkdirSync(cwd);
    saveArchive(cwd);
    writeFileSync(join(cwd, 'my-rule.yml'), OWN_RULE);
    const january = ['--since', '2022-01-03', '--until', '2022-01-22'];
    const result = await runCli({
      cwd,
      args: ['audit', ...january, '--archive', '*.ndjson', '--rules', 'my-*.yml'],
    });
    expect(result.exitCode, result.stderr).toBe(0);
    const report = JSON.parse(readFileSync(join(cwd, 'okta-audit-report/report.json'), 'utf8'));
    expect(report.coverage.sources).toMatchObject([{ eventsRead: expect.any(Number) }]);
    expect(report.checks).toContainEqual(expect.objectContaining({ title: 'My rule' }));
  });

  it('names a glob that matches nothing as it was written', async () => {
    const result = await runCli({ args: ['audit', '--archive', 'lgos/*.gz'] });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('No file matches the archive "lgos/*.gz".');
  });

  it('finishes its work when whoever reads it has seen enough', async () => {
    const cwd = makeDirectory();
    saveArchive(cwd);
    const args = ['audit', '--incident', 'okta-2022-01-lapsus', '--archive', 'logs.ndjson'];
    const result = await runCli({ cwd, args, closesOutput: true });
    expect(result.exitCode, result.stderr).toBe(0);
    expect(result.stderr).toContain('Report: ');
  });

  it('looks up what somebody did, and says by its exit code whether everything was read', async () => {
    const cwd = makeDirectory();
    saveArchive(cwd);
    const lookUp = (...args: string[]) =>
      runCli({ cwd, args: ['activity', '--archive', 'logs.ndjson', ...args] });
    const who = ['--user', 'finance.director@acme.example'];
    const inJanuary = await lookUp(...who, '--since', '2022-01-03', '--until', '2022-01-22');
    expect(inJanuary.exitCode, inJanuary.stderr).toBe(0);
    expect(inJanuary.stdout).toMatch(/2022-01-21 10:14:07 .* support-tool/);
    const lastWeek = await lookUp(...who);
    expect(lastWeek.exitCode).toBe(2);
    expect(lastWeek.stdout).toContain('NOTHING that was asked about');
  });

  it('takes an empty flag for its default, as a script gives it', async () => {
    const result = await runCli({
      args: ['audit', '--pull', '', '--fail-on', ' ', '--since', 'soon'],
    });
    expect(result.stderr).toContain('since: write a date');
    expect(result.stderr).not.toMatch(/^(pull|fail-on):/m);
  });

  it('says what to change, and exits with 1', async () => {
    const result = await runCli({ args: ['audit', '--since', 'soon'] });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain('since: write a date');
    expect(result.stderr).toContain('[input-invalid]');
  });

  it.each(['audit', 'activity'])(
    'names the variables that secrets come from, as there is no flag for them (%s)',
    async (command) => {
      const result = await runCli({ args: [command, '--okta-org-url', 'https://acme.okta.com'] });
      expect(result.stderr).toContain('okta-private-key (OKTA_AUDIT_PRIVATE_KEY)');
      expect(result.stderr).toContain('okta-api-token (OKTA_AUDIT_API_TOKEN)');
    },
  );

  it('lists and shows the incidents', async () => {
    const list = await runCli({ args: ['incidents', 'list'] });
    expect(list.stdout).toContain('okta-2022-01-lapsus');
    const shown = await runCli({ args: ['incidents', 'show', 'okta-2022-01-lapsus'] });
    expect(shown.stdout).toContain('2022-01-16 through 2022-01-21');
    const unknown = await runCli({ args: ['incidents', 'show', 'okta-1999'] });
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stderr).toContain('okta-2022-01-lapsus');
  });

  it('checks incident files and rules with file and line', async () => {
    const cwd = makeDirectory();
    writeFileSync(join(cwd, 'mine.yml'), 'id: mine\ntitle: Mine\nwindow: { days: 7 }\ncheks: {}\n');
    const incident = await runCli({ cwd, args: ['incidents', 'check', 'mine.yml'] });
    expect(incident.exitCode).toBe(1);
    expect(incident.stderr).toContain('mine.yml:');
    mkdirSync(join(cwd, 'rules'));
    writeFileSync(
      join(cwd, 'rules/one.yml'),
      'title: One\nlogsource: { product: okta, service: okta }\ndetection:\n  selection: { eventType: zone.delete }\n  condition: selecton\n',
    );
    const rules = await runCli({ cwd, args: ['rules', 'check', 'rules'] });
    expect(rules.exitCode).toBe(1);
    expect(rules.stdout).toMatch(/rules\/one\.yml:\d+: error: .*selecton/);
  });

  it('lists the built-in rules', async () => {
    const list = await runCli({ args: ['rules', 'list'] });
    expect(list.stdout).toContain('support-session-started');
    expect(list.stdout.split('\n').length).toBeGreaterThan(45);
  });

  it.skipIf(process.platform === 'win32')('is a command once npm has linked it', () => {
    const folder = makeDirectory();
    cpSync(join(import.meta.dirname, '../../dist'), join(folder, 'dist'), { recursive: true });
    chmodSync(join(folder, 'dist/cli.js'), 0o755);
    symlinkSync('dist/cli.js', join(folder, 'okta-tenant-audit'));
    const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
    const told = execFileSync(join(folder, 'okta-tenant-audit'), ['--version'], { env: { PATH } });
    expect(told.toString()).toMatch(/^\d+\.\d+\.\d+$/m);
  });

  it('gives its version and its help', async () => {
    expect((await runCli({ args: ['--version'] })).stdout).toMatch(/^\d+\.\d+\.\d+$/m);
    expect((await runCli({ args: ['audit', '--help'] })).stdout).toContain(
      'OKTA_AUDIT_PRIVATE_KEY',
    );
  });
});
