import type { JudgedAudit } from '../../model/judged-audit.ts';
import { readEventRow } from '../words/read-event-row.ts';
import { chooseLane } from './choose-lane.ts';
import { LANES, type Lane, type PagePoints } from './page-document.ts';
import type { TextTable } from './text-table.ts';

/** More the eye cannot tell apart; findings come first, so that none of them is left out. */
const MOST_POINTS = 50_000;

interface Point {
  readonly atMs: number;
  readonly lane: Lane;
  readonly label: string;
  readonly finding: number;
}

/** Everything that has a moment, once each and by time: findings, their events, credential changes, what investigations saw. */
export function toPagePoints(
  judged: JudgedAudit,
  table: TextTable,
): { points: PagePoints; pointsLeft: number } {
  const all = [...listFindings(judged), ...listEvents(judged), ...listInvestigated(judged)];
  const unique = new Map<string, Point>();
  for (const point of all) {
    const key = `${point.atMs} ${point.lane} ${point.label}`;
    if (!unique.has(key)) unique.set(key, point);
  }
  const kept = [...unique.values()]
    .slice(0, MOST_POINTS)
    .sort((one, other) => one.atMs - other.atMs);
  return {
    points: {
      atMs: kept.map(({ atMs }) => atMs),
      lane: kept.map(({ lane }) => LANES.indexOf(lane)),
      label: kept.map(({ label }) => table.place(label)),
      finding: kept.map(({ finding }) => finding),
    },
    pointsLeft: unique.size - kept.length,
  };
}

function listFindings({ findings }: JudgedAudit): Point[] {
  return findings.map(({ firstSeenMs, id, severity, title }, index) => ({
    atMs: firstSeenMs,
    lane: 'findings',
    label: `${id} · ${severity} · ${title}`,
    finding: index,
  }));
}

function listEvents({ findings }: JudgedAudit): Point[] {
  return findings.flatMap(({ events }, index) =>
    events.map((event): Point => {
      const { atMs, eventType, outcome, actor, target } = readEventRow(event);
      return {
        atMs,
        lane: chooseLane(eventType),
        label: describe(eventType, outcome, actor, target),
        finding: index,
      };
    }),
  );
}

function listInvestigated({ investigations }: JudgedAudit): Point[] {
  const changes = investigations.credentialChanges.map(
    ({ atMs, eventType, actor, target }): Point => ({
      atMs,
      lane: 'changes',
      label: describe(eventType, null, actor, target),
      finding: -1,
    }),
  );
  const subjects = [
    ...investigations.users,
    ...investigations.sessions,
    ...investigations.networks,
  ];
  const rows = subjects.flatMap(({ subject, timeline }) =>
    timeline.map(
      ({ atMs, eventType, outcome, actor }): Point => ({
        atMs,
        lane: chooseLane(eventType),
        label: describe(eventType, outcome, actor ?? subject, null),
        finding: -1,
      }),
    ),
  );
  return [...changes, ...rows];
}

function describe(
  eventType: string,
  outcome: string | null,
  actor: string | null,
  target: string | null,
): string {
  const how = outcome === null || outcome === 'SUCCESS' ? '' : ` ${outcome}`;
  const by = actor === null ? '' : ` by ${actor}`;
  const on = target === null || target === actor ? '' : ` on ${target}`;
  return `${eventType}${how}${by}${on}`;
}
