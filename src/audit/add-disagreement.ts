import { compareSupportStates } from '../checks/support-access/compare-support-states.ts';
import type { AskedTime } from '../model/asked-time.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import type { SupportAccess, SupportInterval } from '../model/support-access.ts';

interface AnswerBesideLog extends Pick<AuditPlan, 'okta' | 'nowMs'> {
  readonly answered: SupportAccess;
  readonly supportIntervals: readonly SupportInterval[];
  readonly time: Pick<AskedTime, 'window'>;
}

/** Okta's answer about support access, with a sentence where the log tells it otherwise. */
export function addDisagreement(beside: AnswerBesideLog): SupportAccess {
  const { okta, nowMs, answered, supportIntervals, time } = beside;
  if (okta === null) return answered;
  const disagreement = compareSupportStates({
    access: answered,
    intervals: supportIntervals,
    readUntilMs: time.window.untilMs,
    nowMs,
  });
  if (disagreement === null) return answered;
  const sentences = [answered.reason, disagreement].filter((sentence) => sentence !== null);
  return { ...answered, reason: sentences.join(' ') };
}
