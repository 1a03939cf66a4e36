import type { Activity } from '../../model/activity.ts';
import type { Investigation } from '../../model/judged-audit.ts';
import { formatInstant } from '../../model/time-window.ts';
import { escapeInvisibleJson } from '../escape/invisible-json.ts';
import { toCoverageJson, toInvestigationsJson } from '../report-json.ts';

/** The investigations for machines: `report.json`'s own words, with who acted in every row, and what was asked about. */
export function renderActivityJson(activity: Activity): string {
  const { tenant, window, questions, coverage, investigations } = activity;
  const document = {
    schemaVersion: 1,
    tenant,
    window: { since: formatInstant(window.sinceMs), until: formatInstant(window.untilMs) },
    coverage: toCoverageJson(coverage),
    questions,
    investigations: {
      ...toInvestigationsJson(investigations),
      users: investigations.users.map(toSubjectJson),
      sessions: investigations.sessions.map(toSubjectJson),
      networks: investigations.networks.map(toSubjectJson),
    },
  };
  return `${escapeInvisibleJson(JSON.stringify(document, null, 2))}\n`;
}

function toSubjectJson({ firstSeenMs, lastSeenMs, timeline, ...found }: Investigation) {
  return {
    ...found,
    firstSeen: firstSeenMs === null ? null : formatInstant(firstSeenMs),
    lastSeen: lastSeenMs === null ? null : formatInstant(lastSeenMs),
    timeline: timeline.map(({ atMs, ...row }) => ({ at: formatInstant(atMs), ...row })),
  };
}
