import type { AuditPlan } from '../model/audit-plan.ts';
import { awaitsReview } from '../model/finding.ts';
import { formatNumber } from '../model/format-number.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { compareSeverity } from '../model/severity.ts';
import type { AuditAnswer } from './audit-answer.ts';

/** Why the step must fail although the audit looked, or null: the issue or the report could not be kept, or `fail-on` and its like ask for it. */
export function judgeExit(
  plan: Pick<AuditPlan, 'failOn' | 'failOnIncomplete'>,
  { judged, privacy, failure: broken }: AuditAnswer,
): string | null {
  const failure = privacy.error ?? broken;
  if (failure !== null) return `${failure.message}\n${failure.hint}\n[${failure.code}]`;
  const missed = [
    ...describeSevere(plan.failOn, judged),
    ...(plan.failOnIncomplete && judged.coverage.state !== 'complete'
      ? [`fail-on-incomplete: coverage is ${judged.coverage.state}.`]
      : []),
  ];
  return missed.length === 0 ? null : `${missed.join('\n')} Verdict: ${judged.verdict}.`;
}

function describeSevere(failOn: AuditPlan['failOn'], judged: JudgedAudit): string[] {
  if (failOn === 'never') return [];
  const severe = judged.findings.filter(
    (finding) => awaitsReview(finding) && compareSeverity(finding.severity, failOn) >= 0,
  );
  if (severe.length === 0) return [];
  return [`fail-on: ${formatNumber(severe.length)} unreviewed of severity ${failOn} or above.`];
}
