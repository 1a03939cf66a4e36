import type { AuditPlan } from '../model/audit-plan.ts';
import { compareSeverity } from '../model/severity.ts';
import type { AuditAnswer } from './audit-answer.ts';
import { listUnreviewed } from './to-outputs.ts';

/** Why the step must fail although the audit looked, or null: the issue or the report could not be kept, or `fail-on` and its like ask for it. */
export function judgeExit(
  plan: Pick<AuditPlan, 'failOn' | 'failOnIncomplete'>,
  { judged, privacy, failure: broken }: AuditAnswer,
): string | null {
  const failure = privacy.error ?? broken;
  if (failure !== null) return `${failure.message}\n${failure.hint}\n[${failure.code}]`;
  const { failOn, failOnIncomplete } = plan;
  if (failOn !== 'never') {
    const severe = listUnreviewed(judged).filter(
      (finding) => compareSeverity(finding.severity, failOn) >= 0,
    );
    if (severe.length > 0) {
      return `fail-on: ${severe.length} unreviewed of severity ${failOn} or above. Verdict: ${judged.verdict}.`;
    }
  }
  if (failOnIncomplete && judged.coverage.state !== 'complete') {
    return `fail-on-incomplete: coverage is ${judged.coverage.state}. Verdict: ${judged.verdict}.`;
  }
  return null;
}
