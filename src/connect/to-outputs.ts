import { isAbsolute, relative } from 'node:path';
import type { OutputName } from '../config/input-table.ts';
import { awaitsReview, type Finding } from '../model/finding.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { sumCounts } from '../model/reading.ts';
import { compareSeverity } from '../model/severity.ts';
import { formatInstant } from '../model/time-window.ts';
import type { AuditAnswer } from './audit-answer.ts';

/** The outputs of the Action, each as text. */
export type Outputs = Readonly<Record<OutputName, string>>;

export function toOutputs(answer: AuditAnswer, workspace: string): Outputs {
  const { judged, issue, report } = answer;
  const counted = listCounted(judged);
  const { state, expiresAtMs } = judged.supportAccess;
  return {
    verdict: judged.verdict,
    'finding-count': String(counted.length),
    'new-finding-count': String(counted.filter((finding) => finding.status === 'new').length),
    'highest-severity': highestSeverity(judged.findings.filter(awaitsReview)),
    'support-access': state,
    'support-access-expires-at': expiresAtMs === null ? '' : formatInstant(expiresAtMs),
    coverage: judged.coverage.state,
    'issue-number': issue === null ? '' : String(issue.number),
    'issue-url': issue?.url ?? '',
    'issue-action': issue?.action ?? 'none',
    'report-directory': report === null ? '' : nameFrom(workspace, report.directory),
    'report-json': report === null ? '' : nameFrom(workspace, report.jsonPath),
    'okta-requests': String(sumCounts(judged.coverage.sources, 'requests')),
  };
}

/** Relative inside the workspace and absolute elsewhere: `upload-artifact` takes no `..`, and nothing means no report. */
function nameFrom(workspace: string, path: string): string {
  const inside = relative(workspace, path);
  if (inside === '') return '.';
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}

/** What asks for a person: role evidence or review, and not suppressed. */
function listCounted(judged: JudgedAudit): Finding[] {
  return judged.findings.filter(
    (finding) => finding.role !== 'context' && finding.status !== 'suppressed',
  );
}

function highestSeverity(findings: readonly Finding[]): string {
  const [highest] = findings
    .map((finding) => finding.severity)
    .sort((one, other) => compareSeverity(other, one));
  return highest ?? 'none';
}
