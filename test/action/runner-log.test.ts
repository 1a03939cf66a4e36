import { afterEach, expect, it, vi } from 'vitest';
import { auditAsAction } from '../../src/action/audit-as-action.ts';
import { readActionInputs } from '../../src/action/read-action-inputs.ts';
import { parseInputs } from '../../src/config/parse-inputs.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { layFiles, toLines } from '../archive/archive-workbench.ts';
import { person, privilegeGrant } from '../simulators/okta/build-event.ts';

const NOW_MS = Date.now();

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Audits an archive as a workflow without a repository, and gives its log. */
async function readRunnerLog(lines: string): Promise<string> {
  vi.stubEnv('INPUT_ARCHIVE', 'log.ndjson');
  vi.stubEnv('INPUT_PUBLISH', 'none');
  const parsed = parseInputs(readActionInputs({}), { nowMs: NOW_MS, needsIssue: true });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  let log = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk: unknown): boolean => {
    log += String(chunk);
    return true;
  });
  const env = { GITHUB_WORKSPACE: layFiles({ 'log.ndjson': lines }) };
  await auditAsAction({ nowMs: NOW_MS, inputs: parsed.inputs, env });
  vi.restoreAllMocks();
  return log;
}

it('the log of a run holds no command of those who named an account', async () => {
  const grant = privilegeGrant({
    actor: person('##[error]dana.reyes@example.com'),
    target: person('j.ortiz@example.com'),
    at: NOW_MS - 36 * HOUR_MS,
  });
  const log = await readRunnerLog(toLines([grant]));
  expect(log).toContain('## [error]dana.reyes@example.com');
  expect(log).not.toContain('##[');
});
