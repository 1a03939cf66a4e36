import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIST, makeDirectory, runCli } from './run-action.ts';

test('the demonstration shows two nights and one incident, without any account', async () => {
  const { exitCode, stdout, stderr } = await runCli({ args: ['demo'] });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const seen = stdout.slice(stdout.indexOf('What you have seen'));
  expect(seen).toMatch(/Issue #1 created · verdict needs-review · coverage complete/);
  expect(seen).toMatch(/Issue #1 updated · verdict needs-review · coverage complete/);
  expect(seen).toMatch(/Issue #2 created · verdict needs-review · coverage complete/);
  expect(stdout).toContain('API token created');
  const page = join(DIST, '..', 'demo-report', 'nightly', 'report.html');
  expect(readFileSync(page, 'utf8')).toContain('Needs review');
}, 120_000);

test('outside a checkout it says where it can be run', async () => {
  const installed = makeDirectory();
  cpSync(DIST, join(installed, 'dist'), { recursive: true });
  const { exitCode, stderr } = await runCli({
    args: ['demo'],
    program: join(installed, 'dist', 'cli.js'),
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npm ci && npm run demo');
});
