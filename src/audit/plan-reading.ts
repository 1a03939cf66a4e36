import { planIndicatorFollowUps } from '../checks/indicators/plan-indicator-follow-ups.ts';
import type { AskedTime } from '../model/asked-time.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import type { EventSource, ReadRequest } from '../model/reading.ts';
import type { Indicator } from '../model/scope.ts';
import { planNeeds } from '../scope/plan-needs.ts';
import type { Watch } from './watch-events.ts';

/** Says what a source is asked for: a targeted pull of the live log leaves out what would be most of it. */
export function planReading({
  source,
  plan,
  time,
  watch,
  indicators,
}: {
  source: EventSource;
  plan: Pick<AuditPlan, 'pull'>;
  time: AskedTime;
  watch: Watch;
  indicators: readonly Indicator[];
}): ReadRequest {
  const isTargeted = source.kind === 'okta' && plan.pull === 'targeted';
  const needs = isTargeted
    ? watch.needs.filter((need) => need.onlyInFullPull !== true)
    : watch.needs;
  return {
    window: time.window,
    needs: planNeeds(needs, time),
    followUps: isTargeted
      ? [...watch.followUps, ...planIndicatorFollowUps(indicators, time.window).followUps]
      : watch.followUps,
    pull: plan.pull,
  };
}
