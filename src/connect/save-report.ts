import type { AuditPlan } from '../model/audit-plan.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { REPORT_FILES } from '../model/report-files.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import type { PrivacyDecision } from '../publish/decide-privacy.ts';
import { writeReportFiles } from '../publish/write-report-files.ts';
import { renderEvidence } from '../report/evidence-ndjson.ts';
import { renderFindingsCsv } from '../report/findings-csv.ts';
import { renderFindingsOcsf } from '../report/findings-ocsf.ts';
import { renderReportHtml } from '../report/report-html.ts';
import { renderReportJson } from '../report/report-json.ts';
import { renderReportPages } from '../report/report-pages.ts';
import type { SavedReport } from './audit-answer.ts';
import { readReportPage } from './read-report-page.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Writes the report files; the evidence first, because the others name its hash. Where everybody could read the run's
 * artifacts nothing is written.
 * @throws AuditError `report-unwritable`.
 */
export async function saveReport({
  plan,
  judged,
  identity,
  privacy,
  completeThroughMs,
  surroundings,
}: {
  plan: Pick<AuditPlan, 'reportDirectory' | 'minimumSeverity'>;
  judged: JudgedAudit;
  identity: RunIdentity;
  privacy: PrivacyDecision;
  /** As the issue will say it. */
  completeThroughMs: number | null;
  surroundings: Pick<Surroundings, 'programFile'>;
}): Promise<SavedReport | null> {
  if (!privacy.mayPrint) return null;
  const { reportDirectory, minimumSeverity } = plan;
  const [written] = await writeReportFiles(reportDirectory, [
    { name: REPORT_FILES.evidence, content: renderEvidence(judged) },
  ]);
  const evidence = { file: REPORT_FILES.evidence, sha256: written?.sha256 ?? '' };
  const answer = { judged, identity, evidence, minimumSeverity, completeThroughMs };
  const assets = await readReportPage(surroundings.programFile);
  const { reportMd, jobSummary } = renderReportPages(answer);
  const [json] = await writeReportFiles(reportDirectory, [
    { name: REPORT_FILES.json, content: renderReportJson(answer) },
    { name: REPORT_FILES.markdown, content: reportMd },
    { name: REPORT_FILES.html, content: renderReportHtml({ ...answer, assets }) },
    { name: REPORT_FILES.csv, content: renderFindingsCsv({ judged }) },
    { name: REPORT_FILES.ocsf, content: renderFindingsOcsf(answer) },
  ]);
  return {
    directory: reportDirectory,
    jsonPath: json?.path ?? '',
    evidence,
    summary: jobSummary,
  };
}
