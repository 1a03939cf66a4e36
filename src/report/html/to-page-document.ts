import type { JudgedAudit } from '../../model/judged-audit.ts';
import type { SupportInterval } from '../../model/support-access.ts';
import { HOUR_MS } from '../../model/time-window.ts';
import { toVisibleText } from '../escape/visible-text.ts';
import type { PageDocument, PageSpan } from './page-document.ts';
import { createTextTable } from './text-table.ts';
import { createRecordStore, toPageFinding } from './to-page-finding.ts';
import { toPagePoints } from './to-page-points.ts';

/** The answer as its page draws it; typed logins are already hidden in it. */
export function toPageDocument(judged: JudgedAudit): PageDocument {
  const table = createTextTable();
  const records = createRecordStore();
  const findings = judged.findings.map((finding) =>
    toPageFinding({ finding, generatedAtMs: judged.generatedAtMs, table, records }),
  );
  const { points, pointsLeft } = toPagePoints(judged, table);
  const { window, scope } = judged;
  return {
    window: [window.sinceMs, window.untilMs],
    core: [scope.core.sinceMs, scope.core.untilMs],
    isRolling: scope.isRolling,
    spans: listSpans(judged),
    texts: table.texts,
    records: records.records,
    findings,
    points,
    pointsLeft,
    archived: countArchived(judged),
  };
}

function nameUse({ sessions, isUnread }: SupportInterval): string {
  if (sessions.length > 0) return 'used';
  return isUnread === true ? 'not all of it read' : 'not used';
}

function countArchived({ coverage }: JudgedAudit): PageDocument['archived'] {
  const records = new Map<number, number>();
  for (const { held } of coverage.sources) {
    for (const [hour, count] of held?.hours ?? []) {
      records.set(hour, (records.get(hour) ?? 0) + count);
    }
  }
  if (records.size === 0) return null;
  const hours = [...records.keys()].sort((one, other) => one - other);
  return [hours.map((hour) => hour * HOUR_MS), hours.map((hour) => records.get(hour) ?? 0)];
}

function listSpans({ supportIntervals, coverage, generatedAtMs }: JudgedAudit): PageSpan[] {
  const intervals = supportIntervals.map((interval): PageSpan => {
    const untilMs = interval.endMs ?? interval.expectedEndMs ?? generatedAtMs;
    const by =
      interval.grantedBy === null ? '' : `, granted by ${toVisibleText(interval.grantedBy)}`;
    return {
      kind: interval.sessions.length > 0 ? 'support-used' : 'support',
      span: [interval.startMs, untilMs],
      label: `Support access open${by}, ${nameUse(interval)}`,
    };
  });
  const sessions = supportIntervals.flatMap((interval) =>
    interval.sessions.map(
      (session): PageSpan => ({
        kind: 'session',
        span: [
          session.startMs,
          session.endMs ?? interval.endMs ?? interval.expectedEndMs ?? generatedAtMs,
        ],
        label: `Impersonation session${session.by === null ? '' : ` of ${toVisibleText(session.by)}`}`,
      }),
    ),
  );
  // A story that was not read is no hole in what the checks saw, and would look like one.
  const holes = coverage.holes
    .filter(({ checks }) => checks.length > 0)
    .map(
      ({ window, decides, reason }): PageSpan => ({
        kind: decides ? 'hole' : 'side-hole',
        span: [window.sinceMs, window.untilMs],
        label: `Not read: ${toVisibleText(reason)}`,
      }),
    );
  return [...holes, ...intervals, ...sessions];
}
