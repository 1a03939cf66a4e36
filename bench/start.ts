import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Size of the Action's bundle, and the CPU from process start to validated inputs above an empty script.
 * Both scripts run in turn; the figure is the difference of their medians.
 */
const ROUNDS = 11;
const dist = join(import.meta.dirname, '../dist');
const empty = join(tmpdir(), 'okta-audit-empty.mjs');
writeFileSync(empty, '');

const sizes = readdirSync(dist)
  .filter((name) => name.endsWith('index.js'))
  .map((name) => ({ name, bytes: statSync(join(dist, name)).size }));
const entry = sizes.find(({ name }) => name === 'index.js')?.bytes ?? 0;
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(
  `dist/index.js: ${toMegabytes(entry)} MB; with what it loads later: ${toMegabytes(total)} MB (goal: 3.5 MB)`,
);

const emptyMs: number[] = [];
const startMs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  emptyMs.push(measureCpu(empty));
  // Without inputs the run ends with its first answer: what they lack.
  startMs.push(measureCpu(join(dist, 'index.js')));
}
const above = median(startMs) - median(emptyMs);
console.log(
  `CPU to validated inputs: ${above.toFixed(0)} ms above an empty script's ${median(emptyMs).toFixed(0)} ms (goal: 250 ms)`,
);

/** User and system time of one process, in milliseconds, by the shell's account of its children. */
function measureCpu(script: string): number {
  const command = `"${process.execPath}" "${script}" >/dev/null 2>&1; times`;
  const { stdout } = spawnSync('/bin/sh', ['-c', command], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return parseTimes(stdout);
}

/** The second line of `times`: user and system time of the children, as 0m0.123s. */
function parseTimes(text: string): number {
  const [, children = ''] = text.trim().split('\n').slice(-2);
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes = '0', seconds = '0']) => Number(minutes) * 60_000 + Number(seconds) * 1000)
    .reduce((sum, one) => sum + one, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function toMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(2);
}
