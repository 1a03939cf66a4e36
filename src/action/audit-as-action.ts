import * as core from '@actions/core';
import { readVersion } from '../catalogue/read-catalogue.ts';
import type { CheckedInputs } from '../config/parse-inputs.ts';
import type { AuditAnswer } from '../connect/audit-answer.ts';
import { connectAudit } from '../connect/connect-audit.ts';
import { countAlone } from '../connect/count-alone.ts';
import { describeIssue } from '../connect/describe-issue.ts';
import { judgeExit } from '../connect/judge-exit.ts';
import { readPlan } from '../connect/read-plan.ts';
import { toOutputs } from '../connect/to-outputs.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import { writeJobSummary } from '../publish/write-job-summary.ts';
import { toRunnerLine } from '../report/escape/workflow-command.ts';
import { renderTerminal } from '../report/terminal.ts';
import { failStep } from './fail-step.ts';
import { logProgress } from './log-progress.ts';
import { readWorkflowRun } from './read-workflow-run.ts';

/** Plans, runs and publishes one audit inside a workflow; sets every output before it fails on purpose. */
export async function auditAsAction({
  nowMs,
  inputs,
  env,
}: {
  nowMs: number;
  inputs: CheckedInputs;
  env: Readonly<Record<string, string | undefined>>;
}): Promise<void> {
  const workflow = readWorkflowRun(env);
  const workingDirectory = workflow.workspace;
  const { plan, planFailure } = await readPlan({ nowMs, inputs, workingDirectory });
  core.startGroup('What the audit did');
  const answer = await connectAudit({
    plan,
    planFailure,
    surroundings: {
      workingDirectory,
      githubApiUrl: workflow.apiUrl,
      workflowRepository: workflow.repository,
      programFile: process.argv[1],
    },
    identity: {
      tool: { name: 'okta-tenant-audit', version: readVersion() },
      run: workflow.run,
      config: plan.config,
    },
    env,
    progress: logProgress(),
    tell: {
      info: (line) => core.info(toRunnerLine(line)),
      warn: (line) => core.warning(toRunnerLine(line)),
    },
  }).finally(core.endGroup);
  const outputs = toOutputs(answer, workingDirectory);
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  const { summaryPath } = workflow;
  if (answer.privacy.mayPrint) await showAnswer(answer, { plan, summaryPath });
  else core.info(countAlone(outputs));
  if (answer.privacy.warning !== null) core.warning(answer.privacy.warning);
  const failure = judgeExit(plan, answer);
  if (failure !== null) failStep(failure);
}

async function showAnswer(
  { judged, report, issue }: AuditAnswer,
  {
    plan: { minimumSeverity, focus },
    summaryPath,
  }: { plan: AuditPlan; summaryPath: string | null },
): Promise<void> {
  core.startGroup(`Verdict: ${judged.verdict}`);
  const text = renderTerminal({ judged, minimumSeverity, focus, width: LOG_WIDTH });
  for (const line of text.split('\n')) core.info(toRunnerLine(line));
  core.endGroup();
  if (issue !== null) core.info(describeIssue(issue));
  if (report === null) return;
  const written = await writeJobSummary({
    path: summaryPath,
    markdown: report.summary,
    fallback: `Verdict: ${judged.verdict}. The answer is in the report files.`,
  });
  if (written.state === 'failed') core.warning(`No job summary: ${written.reason}`);
}

/** The runner's log shows about this many columns without a scroll bar. */
const LOG_WIDTH = 120;
