import type { Finding } from '../model/finding.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { Party } from '../model/log-event.ts';
import { formatInstant } from '../model/time-window.ts';
import { type CsvCell, csv } from './escape/csv.ts';
import { hideTypedLogins } from './hide-typed-logins.ts';

type Column = readonly [name: string, read: (finding: Finding) => CsvCell];

const COLUMNS: readonly Column[] = [
  ['id', (finding) => finding.id],
  ['severity', (finding) => finding.severity],
  ['role', (finding) => finding.role],
  ['status', (finding) => finding.status],
  ['confidence', (finding) => finding.confidence],
  ['check', (finding) => finding.check],
  ['title', (finding) => finding.title],
  ['summary', (finding) => finding.summary],
  ['first_seen', (finding) => formatInstant(finding.firstSeenMs)],
  ['last_seen', (finding) => formatInstant(finding.lastSeenMs)],
  ['event_count', (finding) => finding.eventCount],
  ['in_window', (finding) => finding.inWindow],
  ...listPartyColumns('actor', (finding) => finding.actor),
  ...listPartyColumns('target', (finding) => finding.target),
  ['attribution', (finding) => finding.attribution],
  ['techniques', (finding) => finding.techniques.join(' ')],
  ['ask', (finding) => finding.askWhom],
  ['suppressed_by', (finding) => finding.suppressedBy],
  ['query', (finding) => finding.query],
];

/** `findings.csv`: one line for each finding, in the order of the answer, also acknowledged and suppressed ones. */
export function renderFindingsCsv({ judged }: { judged: JudgedAudit }): string {
  return csv(
    COLUMNS.map(([name]) => name),
    hideTypedLogins(judged).findings.map((finding) => COLUMNS.map(([, read]) => read(finding))),
  );
}

function listPartyColumns(name: string, read: (finding: Finding) => Party | null): Column[] {
  return [
    [`${name}_id`, (finding) => read(finding)?.id ?? null],
    [`${name}_type`, (finding) => read(finding)?.type ?? null],
    [`${name}_login`, (finding) => read(finding)?.login ?? null],
    [`${name}_name`, (finding) => read(finding)?.name ?? null],
  ];
}
