import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { limitPoolThreads } from '../../src/connect/limit-pool-threads.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/cli.js');

/** The name that libuv gives its threads. */
const POOL_THREAD = 'libuv-worker\n';

function decide(env: NodeJS.ProcessEnv, cores: number): string | undefined {
  limitPoolThreads(env, cores);
  return env['UV_THREADPOOL_SIZE'];
}

describe('the threads that Node inflates on', () => {
  it.each([
    [1, '2'],
    [2, '2'],
    [3, '3'],
  ])('with %d cores they are %s', (cores, threads) => {
    expect(decide({}, cores)).toBe(threads);
  });

  it('are as many as ever where there are cores for them', () => {
    expect(decide({}, 4)).toBeUndefined();
    expect(decide({}, 64)).toBeUndefined();
  });

  it('are as many as somebody has chosen', () => {
    expect(decide({ UV_THREADPOOL_SIZE: '7' }, 2)).toBe('7');
  });
});

function countPoolThreads({ pid }: ChildProcess): number {
  const names = globSync(`/proc/${pid}/task/*/comm`).map((path) => readFileSync(path, 'utf8'));
  return names.filter((name) => name === POOL_THREAD).length;
}

/**
 * How many threads a program has once it has those awaited and had time for more: each is named by
 * itself, so that a busy machine shows the first ones before the last.
 */
async function awaitPoolThreads(child: ChildProcess, awaited: number): Promise<number> {
  while (countPoolThreads(child) < awaited) await setTimeout(20);
  await setTimeout(200);
  return countPoolThreads(child);
}

describe.skipIf(!existsSync('/proc/self/task'))('the built program', () => {
  it.each([
    [{}, Math.min(Math.max(availableParallelism(), 2), 4)],
    [{ UV_THREADPOOL_SIZE: '3' }, 3],
  ])('says it before Node starts them: %o', async (env, threads) => {
    const child = spawn(process.execPath, [PROGRAM, 'audit', '--archive', '-'], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      expect(await awaitPoolThreads(child, threads)).toBe(threads);
    } finally {
      child.kill();
    }
  });
});
