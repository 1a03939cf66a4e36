import type { Activity } from '../../model/activity.ts';
import { formatInstant } from '../../model/time-window.ts';
import { escapeInvisibleJson } from '../escape/invisible-json.ts';
import { toCoverageJson, toInvestigationsJson } from '../report-json.ts';

/** The investigations for machines: `report.json`'s own words, and what was asked about. */
export function renderActivityJson(activity: Activity): string {
  const { tenant, window, questions, coverage, investigations } = activity;
  const document = {
    schemaVersion: 1,
    tenant,
    window: { since: formatInstant(window.sinceMs), until: formatInstant(window.untilMs) },
    coverage: toCoverageJson(coverage),
    questions,
    investigations: toInvestigationsJson(investigations),
  };
  return `${escapeInvisibleJson(JSON.stringify(document, null, 2))}\n`;
}
