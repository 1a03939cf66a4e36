import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layFiles, makeNoise, toLines } from '../archive/archive-workbench.ts';

const PROGRAM = join(import.meta.dirname, '../../src/cli.ts');
const FULL = '/dev/full';
const NOW_MS = Date.now();
const NOISE = makeNoise({ sinceMs: NOW_MS - 86_400_000, untilMs: NOW_MS });

/** Runs a command of which one stream goes to a disk without space, and gives what the other one got. */
async function runOnFullDisk(args: readonly string[], full: 'stdout' | 'stderr') {
  const disk = openSync(FULL, 'w');
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: layFiles({ 'a.ndjson': toLines(NOISE) }),
    stdio: full === 'stdout' ? ['ignore', disk, 'pipe'] : ['ignore', 'pipe', disk],
  });
  closeSync(disk);
  let text = '';
  (child.stdout ?? child.stderr)?.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  return { text, exitCode };
}

describe.skipIf(!existsSync(FULL))('on a full disk', () => {
  it.each([
    ['incidents', 'list'],
    ['audit', '--archive', 'a.ndjson'],
    ['activity', '--archive', 'a.ndjson'],
  ])('an answer that cannot be written is an error without a trace: %s', async (...args) => {
    const { text, exitCode } = await runOnFullDisk(args, 'stdout');
    expect(exitCode).toBe(1);
    expect(text).toMatch(/The answer cannot be written to the standard output: ENOSPC.*\n.*space/);
    expect(text).toContain('[report-unwritable]');
    expect(text).not.toContain('    at ');
  });

  it('the answer is given although nothing else can be told', async () => {
    const { text, exitCode } = await runOnFullDisk(['audit', '--archive', 'a.ndjson'], 'stderr');
    expect(exitCode).toBe(0);
    expect(text).toContain('Coverage');
  });
});
