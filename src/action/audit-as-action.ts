import * as core from '@actions/core';
import type { CheckedInputs } from '../config/parse-inputs.ts';
import { planAudit } from '../config/plan-audit.ts';
import { connectAudit } from '../connect/connect-audit.ts';
import { readConfigFile } from '../connect/read-config-file.ts';
import { judgeExit } from './judge-exit.ts';
import { logProgress } from './log-progress.ts';
import { readWorkflowRun } from './read-workflow-run.ts';
import { setOutputs } from './set-outputs.ts';
import { toOutputs } from './to-outputs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Plans, runs and publishes one audit inside a workflow; sets every output before it fails on purpose. */
export async function auditAsAction({
  nowMs,
  inputs,
  env,
}: {
  nowMs: number;
  inputs: CheckedInputs;
  env: Environment;
}): Promise<void> {
  const workflow = readWorkflowRun(env);
  const config = { given: inputs.values.config, directory: workflow.workspace };
  const plan = planAudit({
    nowMs,
    inputs,
    configFile: await readConfigFile(config),
    workingDirectory: workflow.workspace,
  });
  const audit = await connectAudit({
    plan,
    workflow,
    progress: logProgress(),
    tell: {
      info: core.info,
      warn: core.warning,
      group: (title, text) => {
        core.startGroup(title);
        core.info(text);
        core.endGroup();
      },
    },
  });
  const answer = await audit.run();
  setOutputs(toOutputs(answer, workflow.workspace));
  const failure = judgeExit(plan, answer);
  if (failure !== null) core.setFailed(failure);
}
