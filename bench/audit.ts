import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { runAction } from '../test/e2e/run-action.ts';
import { ACTIONS_SECRET, startGitHub } from '../test/simulators/github/start-github.ts';
import type { ProcessCost } from './tell-cost.ts';

const NOW = '2026-11-23T02:17:00.000Z';
const MOST_REQUESTS = 12;
const MOST_BYTES = 250e6;
/** Plain JavaScript, because Node's own reader of TypeScript would add 18 MB to the process that is measured. */
const TELL_COST = join(import.meta.dirname, '../node_modules/.cache/tell-cost.mjs');

interface Tenant {
  readonly days: number;
  readonly noise: number;
  readonly relevant: number;
}

interface Finding {
  readonly id: string;
  readonly check: string;
  readonly severity: string;
  readonly role: string;
  readonly events: readonly string[];
}

interface Check {
  readonly id: string;
  readonly status: string;
}

interface Report {
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
}

interface Measurement {
  readonly cost: ProcessCost;
  readonly requests: number;
  readonly verdict: string;
  readonly report: Report;
}

/**
 * Measures whole audits as the runner runs them: the built action, all checks, against a simulated org in a process of
 * its own. The requests of a targeted week, whether it finds what a full pull finds, and the peak memory of a full pull.
 */
await build({
  entryPoints: [join(import.meta.dirname, 'tell-cost.ts')],
  outfile: TELL_COST,
  format: 'esm',
});
const github = await startGitHub();
const week = { days: 7, noise: 60_000, relevant: 40 };
const targeted = await measure(week, 'targeted');
const whole = await measure(week, 'full');
print(`targeted week, ${week.noise} + ${week.relevant} events`, targeted);
console.log(`  ${judge(targeted.requests, MOST_REQUESTS, `${targeted.requests} requests`)}`);
print('the same week in full', whole);
console.log(`  findings: ${compareFindings(targeted.report, whole.report)}`);
const month = { days: 30, noise: 200_000, relevant: 40 };
const large = await measure(month, 'full');
print(`full month, ${month.noise} + ${month.relevant} events`, large);
console.log(
  `  ${judge(large.cost.peakBytes, MOST_BYTES, `peak ${megabytes(large.cost.peakBytes)}`)}`,
);
await github.close();

async function measure({ days, noise, relevant }: Tenant, pull: string): Promise<Measurement> {
  const simulator = fork(
    join(import.meta.dirname, 'live-simulator.ts'),
    [NOW, days, noise, relevant].map(String),
  );
  const [url] = await once(simulator, 'message');
  const workspace = mkdtempSync(join(tmpdir(), 'bench-audit-'));
  const costFile = join(workspace, 'cost.json');
  const { outputs, stdout } = await runAction({
    workspace,
    githubApiUrl: github.url,
    now: NOW,
    env: { NODE_OPTIONS: `--import ${pathToFileURL(TELL_COST).href}`, BENCH_COST_FILE: costFile },
    inputs: {
      'okta-org-url': url,
      'okta-api-token': 'bench',
      'github-token': ACTIONS_SECRET,
      'lookback-days': String(days),
      'minimum-severity': 'informational',
      publish: 'none',
      pull,
    },
  });
  simulator.disconnect();
  const reportPath = outputs['report-json'];
  if (reportPath === undefined || reportPath === '') throw new Error(stdout);
  const measurement = {
    cost: JSON.parse(readFileSync(costFile, 'utf8')),
    requests: Number(outputs['okta-requests']),
    verdict: `${outputs['verdict']}, coverage ${outputs['coverage']}`,
    report: JSON.parse(readFileSync(join(workspace, reportPath), 'utf8')),
  };
  rmSync(workspace, { recursive: true });
  return measurement;
}

/** Findings of the checks that both pulls evaluated, with everything that must be the same. */
function compareFindings(one: Report, other: Report): string {
  const both = evaluatedBy(one).filter((id) => evaluatedBy(other).includes(id));
  const [left, right] = [one, other].map(({ findings }) =>
    findings
      .filter(({ check }) => both.includes(check))
      .map(({ id, severity, role, events }) => `${id} ${severity} ${role} ${events.toSorted()}`)
      .toSorted(),
  );
  const isEqual = JSON.stringify(left) === JSON.stringify(right);
  if (!isEqual || left?.length === 0) process.exitCode = 1;
  return `${left?.length} by ${both.length} checks, ${isEqual ? 'equal' : `NOT EQUAL to ${right?.length}`}`;
}

function evaluatedBy({ checks }: Report): string[] {
  return checks.filter(({ status }) => status === 'evaluated').map(({ id }) => id);
}

function print(what: string, { verdict, requests, cost }: Measurement): void {
  const seconds = (cost.cpuMs / 1000).toFixed(1);
  console.log(
    `audit: ${what}: ${verdict}, ${requests} requests, CPU ${seconds} s, peak ${megabytes(cost.peakBytes)}`,
  );
}

function judge(value: number, limit: number, shown: string): string {
  const isEnough = value <= limit;
  if (!isEnough) process.exitCode = 1;
  const most = limit >= 1e6 ? megabytes(limit) : String(limit);
  return `${shown} (at most ${most}: ${isEnough ? 'ok' : 'TOO MUCH'})`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
