import { resolve } from 'node:path';
import { readVersion } from '../catalogue/read-catalogue.ts';
import { parseInputs } from '../config/parse-inputs.ts';
import { toInputError } from '../config/plan-audit.ts';
import { connectAudit } from '../connect/connect-audit.ts';
import { countAlone } from '../connect/count-alone.ts';
import { describeIssue } from '../connect/describe-issue.ts';
import { judgeExit } from '../connect/judge-exit.ts';
import { readPlan } from '../connect/read-plan.ts';
import { toOutputs } from '../connect/to-outputs.ts';
import type { AuditError } from '../errors.ts';
import { terminal } from '../report/escape/terminal.ts';
import { renderTerminal } from '../report/terminal.ts';
import { nameVariables, readFlags } from './read-flags.ts';
import { readSurroundingWorkflow } from './read-surrounding-workflow.ts';
import { showProgress } from './show-progress.ts';

/** Runs the same audit as the Action: the answer to stdout, what happens meanwhile to stderr. */
export async function auditOnTerminal({
  options,
  process,
}: {
  options: Readonly<Record<string, unknown>>;
  process: NodeJS.Process;
}): Promise<void> {
  const nowMs = Date.now();
  const workingDirectory = process.cwd();
  const parsed = parseInputs(readFlags(options, process.env), { nowMs, needsIssue: true });
  if (!parsed.ok) throw toInputError(nameVariables(parsed.problems));
  const { inputs } = parsed;
  const archiveDirectory = readDirectory(options['saveArchive'], workingDirectory);
  if (archiveDirectory !== undefined && inputs.okta === null) throw nothingToSave();
  const tell = (line: string): void => {
    process.stderr.write(`${terminal(line)}\n`);
  };
  for (const notice of inputs.notices) tell(notice);
  const { plan, planFailure } = await readPlan({ nowMs, inputs, workingDirectory });
  const workflowRepository = readSurroundingWorkflow(process.env);
  const answer = await connectAudit({
    plan,
    planFailure,
    surroundings: {
      workingDirectory,
      githubApiUrl: process.env['GITHUB_API_URL'] ?? 'https://api.github.com',
      workflowRepository,
      programFile: process.argv[1],
      isStrict: options['strict'] === true,
      archiveDirectory,
    },
    identity: {
      tool: { name: 'okta-tenant-audit', version: readVersion() },
      run: null,
      config: plan.config,
    },
    env: process.env,
    progress: showProgress(process.stderr),
    tell: { info: tell, warn: tell },
  });
  if (workflowRepository === null || answer.privacy.mayPrint) {
    const { minimumSeverity, focus } = plan;
    const width = process.stdout.columns;
    process.stdout.write(renderTerminal({ judged: answer.judged, minimumSeverity, focus, width }));
  } else {
    process.stdout.write(`${countAlone(toOutputs(answer, workingDirectory))}\n`);
    tell(answer.privacy.warning ?? '');
  }
  if (answer.report !== null) tell(`Report: ${answer.report.directory}`);
  if (answer.issue !== null) tell(describeIssue(answer.issue));
  const failure = judgeExit(plan, answer);
  if (failure === null) return;
  tell(failure);
  process.exitCode = 1;
}

function nothingToSave(): AuditError {
  const message =
    'is missing; --save-archive keeps what is pulled from Okta, and an archive is not';
  return toInputError([{ input: 'okta-org-url', message }]);
}

function readDirectory(given: unknown, workingDirectory: string): string | undefined {
  if (typeof given !== 'string') return undefined;
  if (given.trim() !== '') return resolve(workingDirectory, given.trim());
  // It would be the folder that the audit runs in: `--save-archive "$FOLDER"` where nobody set it.
  const message = 'is empty; write the path of a directory, or leave the flag out';
  throw toInputError([{ input: '--save-archive', message }]);
}
