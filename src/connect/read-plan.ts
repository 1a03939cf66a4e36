import type { CheckedInputs } from '../config/parse-inputs.ts';
import { planAudit } from '../config/plan-audit.ts';
import { type AuditError, toAuditError } from '../errors.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import { readConfigFile } from './read-config-file.ts';

export interface PlanReading {
  readonly plan: AuditPlan;
  /** Why the tuning file cannot be used: nothing may be read by this plan, but the issue can say that the run failed. */
  readonly planFailure: AuditError | null;
}

/** Makes the plan of one audit from validated inputs and the tuning file, where there is one. */
export async function readPlan({
  nowMs,
  inputs,
  workingDirectory,
}: {
  nowMs: number;
  inputs: CheckedInputs;
  workingDirectory: string;
}): Promise<PlanReading> {
  const request = { nowMs, inputs, workingDirectory };
  try {
    const given = inputs.values.config;
    const configFile = await readConfigFile({ given, directory: workingDirectory });
    return { plan: planAudit({ ...request, configFile }), planFailure: null };
  } catch (thrown) {
    const plan = planAudit({ ...request, configFile: null });
    return { plan, planFailure: toAuditError(thrown) };
  }
}
