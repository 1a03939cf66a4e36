import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstNight } from '../scenarios/acme-tenant.ts';
import { createServiceApp } from '../simulators/okta/service-app.ts';
import { startOktaSimulator } from '../simulators/okta/start-okta-simulator.ts';
import { makeDirectory, runCli } from './run-action.ts';

const NOW = '2026-11-23T02:17:00Z';

interface Report {
  readonly verdict: string;
  readonly window: { readonly since: string; readonly until: string };
  readonly coverage: {
    readonly state: string;
    readonly holes: readonly { readonly reason: string }[];
    readonly sources: readonly { readonly saved?: readonly { readonly sha256: string }[] }[];
  };
  readonly checks: readonly { readonly id: string; readonly status: string }[];
  readonly findings: readonly {
    readonly id: string;
    readonly severity: string;
    readonly role: string;
    readonly events: readonly string[];
  }[];
}

/** Audits a night of the simulated tenant with the built program and saves what it pulled beside the report. */
async function auditLive(cwd: string, pull: string): Promise<Report> {
  const app = createServiceApp();
  const nowMs = Date.parse(NOW);
  const startedMs = performance.now();
  const readClock = () => nowMs + performance.now() - startedMs;
  const okta = await startOktaSimulator({
    clients: [app.client],
    events: firstNight({ nowMs, noise: 3_000 }),
    now: readClock,
    clientNow: readClock,
  });
  const { exitCode, stderr } = await runCli({
    cwd,
    args: [
      ...['audit', '--okta-org-url', okta.url, '--okta-client-id', app.client.clientId],
      ...['--pull', pull, '--save-archive', 'kept', '--publish', 'none'],
    ],
    env: { OKTA_AUDIT_PRIVATE_KEY: app.privateKeyPem, TEST_NOW: NOW },
  });
  await okta.close();
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/^Saved [1-9][\d,]* events: .*kept.* \(SHA-256 [0-9a-f]{64}\)$/m);
  return readReport(cwd);
}

/** Asks the archive as little after the window as no clock of the pull can have been, however busy the machine is. */
async function auditKept(cwd: string, window: Report['window']): Promise<Report> {
  const now = new Date(Date.parse(window.until) + 5 * 60_000).toISOString();
  const { exitCode, stderr } = await runCli({
    cwd,
    args: [
      ...['audit', '--archive', 'kept', '--since', window.since, '--until', window.until],
      ...['--publish', 'none'],
    ],
    env: { TEST_NOW: now },
  });
  expect(exitCode, stderr).toBe(0);
  return readReport(cwd);
}

function readReport(cwd: string): Report {
  return JSON.parse(readFileSync(join(cwd, 'okta-audit-report/report.json'), 'utf8')) as Report;
}

const sayFindings = ({ findings }: Report) =>
  findings
    .map(({ id, severity, role, events }) => ({ id, severity, role, events }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));

describe('a pull that was saved', () => {
  it.each(['targeted', 'full'])('%s answers the same question as Okta did', async (pull) => {
    const cwd = makeDirectory();
    const live = await auditLive(cwd, pull);
    const again = await auditKept(cwd, live.window);
    expect(live.findings.length).toBeGreaterThan(0);
    expect(sayFindings(again)).toEqual(sayFindings(live));
    expect(again).toMatchObject({ verdict: live.verdict, coverage: { state: 'complete' } });
    expect(again.checks.map(({ id, status }) => [id, status]).sort()).toEqual(
      live.checks.map(({ id, status }) => [id, status]).sort(),
    );
    const sums = readFileSync(join(cwd, 'kept/SHA256SUMS'), 'utf8');
    const saved = live.coverage.sources.flatMap((source) => source.saved ?? []);
    expect(saved.length).toBeGreaterThan(0);
    for (const { sha256 } of saved) expect(sums).toContain(sha256);
  });

  it('is not taken for a complete log outside its window', async () => {
    const cwd = makeDirectory();
    await auditLive(cwd, 'targeted');
    const earlier = { since: '2026-10-20T00:00:00Z', until: '2026-10-27T00:00:00Z' };
    const report = await auditKept(cwd, earlier);
    expect(report).toMatchObject({ verdict: 'not-assessable', coverage: { state: 'none' } });
  });
});
