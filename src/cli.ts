import { isMainThread } from 'node:worker_threads';
import { buildProgram } from './cli/build-program.ts';
import { reportFailure } from './cli/report-failure.ts';

/** The same file is what threads are started from. */
async function serveThread(): Promise<void> {
  const { serveAsArchiveWorker } = await import('./sources/archive/threads/archive-worker.ts');
  serveAsArchiveWorker();
}

if (isMainThread) buildProgram(process).parseAsync(process.argv).catch(reportFailure);
else void serveThread();
