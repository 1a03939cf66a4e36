import { type Activity, CREDENTIAL_CHANGES } from '../../model/activity.ts';
import { formatInstant } from '../../model/time-window.ts';
import { type CsvCell, csv } from '../escape/csv.ts';
import { listSubjects } from './list-subjects.ts';

const HEADER = [
  'subject',
  'time',
  'event_type',
  'outcome',
  'actor',
  'target',
  'address',
  'place',
  'user_agent',
  'attribution',
] as const;

/** One line for each credential change and each event of each subject. What was not read is no line: say it beside. */
export function renderActivityCsv(activity: Activity): string {
  const changes = activity.investigations.credentialChanges.map((change): CsvCell[] => [
    CREDENTIAL_CHANGES,
    formatInstant(change.atMs),
    change.eventType,
    null,
    change.actor,
    change.target,
    change.address,
    null,
    null,
    change.attribution,
  ]);
  const rows = listSubjects(activity).flatMap(({ found }) =>
    found.timeline.map((row): CsvCell[] => [
      found.subject,
      formatInstant(row.atMs),
      row.eventType,
      row.outcome,
      row.actor,
      null,
      row.address,
      row.place,
      row.userAgent,
      null,
    ]),
  );
  return csv(HEADER, [...changes, ...rows]);
}
