import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Runs every benchmark after the other, each in a process of its own, or only those that the command line names.
 * All figures that are compared with each other come from one run.
 */
const BENCHMARKS = [
  'start',
  'live',
  'audit',
  'sigma',
  'checks',
  'report',
  'report-page',
  'archive',
  'archive-drill-down',
];
const asked = process.argv.slice(2);

for (const name of asked.length === 0 ? BENCHMARKS : asked) {
  console.log(`\n== ${name}`);
  const script = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
