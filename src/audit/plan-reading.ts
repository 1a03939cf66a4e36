import type { AskedTime } from '../model/asked-time.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import type { CheckNeeds } from '../model/check.ts';
import type { EventSource, ReadRequest } from '../model/reading.ts';
import { planNeeds } from '../scope/plan-needs.ts';

/** Says what a source is asked for: a targeted pull of the live log leaves out what would be most of it. */
export function planReading({
  source,
  plan,
  time,
  needs,
}: {
  source: EventSource;
  plan: Pick<AuditPlan, 'pull'>;
  time: AskedTime;
  needs: readonly CheckNeeds[];
}): ReadRequest {
  const isTargeted = source.kind === 'okta' && plan.pull === 'targeted';
  const asked = isTargeted ? needs.filter((need) => need.onlyInFullPull !== true) : needs;
  return { window: time.window, needs: planNeeds(asked, time), followUps: [], pull: plan.pull };
}
