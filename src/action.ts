import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import * as core from '@actions/core';
import { readActionInputs } from './action/read-action-inputs.ts';
import { reportFailure } from './action/report-failure.ts';
import { parseInputs } from './config/parse-inputs.ts';
import { toInputError } from './config/plan-audit.ts';
import { limitPoolThreads } from './connect/limit-pool-threads.ts';

/** The Action's face: inputs, the audit, outputs. What is heavy is loaded once the inputs hold. */
async function runAction(): Promise<void> {
  limitPoolThreads(process.env, availableParallelism());
  const nowMs = Date.now();
  const parsed = parseInputs(readActionInputs(process.env), { nowMs, needsIssue: true });
  if (!parsed.ok) throw toInputError(parsed.problems);
  for (const notice of parsed.inputs.notices) core.notice(notice);
  const { auditAsAction } = await import('./action/audit-as-action.ts');
  await auditAsAction({ nowMs, inputs: parsed.inputs, env: process.env });
}

/** The same file is what threads are started from. */
async function serveThread(): Promise<void> {
  const { serveAsArchiveWorker } = await import('./sources/archive/threads/archive-worker.ts');
  serveAsArchiveWorker();
}

if (isMainThread) runAction().catch(reportFailure);
else void serveThread();
