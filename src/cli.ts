#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { buildProgram } from './cli/build-program.ts';
import { outliveReaders } from './cli/outlive-readers.ts';
import { reportFailure } from './cli/report-failure.ts';
import { limitPoolThreads } from './connect/limit-pool-threads.ts';

/** The terminal's face. */
async function runProgram(): Promise<void> {
  limitPoolThreads(process.env, availableParallelism());
  outliveReaders(process);
  await buildProgram(process).parseAsync(process.argv);
}

/** The same file is what threads are started from. */
async function serveThread(): Promise<void> {
  const { serveAsArchiveWorker } = await import('./sources/archive/threads/archive-worker.ts');
  serveAsArchiveWorker();
}

if (isMainThread) runProgram().catch(reportFailure);
else void serveThread();
