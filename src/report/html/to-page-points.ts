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
  /** The label without whom it was done to, which an investigation does not tell. */
  readonly act: string;
  readonly finding: number;
}

/** Everything that has a moment, once each and by time: findings, their events, credential changes, what investigations saw. */
export function toPagePoints(
  judged: JudgedAudit,
  table: TextTable,
): { points: PagePoints; pointsLeft: number } {
  const told = [...listFindings(judged), ...listEvents(judged), ...listChanges(judged)];
  const acts = new Set(told.map(({ atMs, act }) => `${atMs} ${act}`));
  const others = listInvestigated(judged).filter(({ atMs, act }) => !acts.has(`${atMs} ${act}`));
  const unique = new Map<string, Point>();
  for (const point of [...told, ...others]) {
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
  return findings.map(({ firstSeenMs, id, severity, title }, index) => {
    const label = `${id} · ${severity} · ${title}`;
    return { atMs: firstSeenMs, lane: 'findings', label, act: label, finding: index };
  });
}

function listEvents({ findings }: JudgedAudit): Point[] {
  return findings.flatMap(({ events }, index) =>
    events.map((event): Point => {
      const { atMs, eventType, outcome, actor, target } = readEventRow(event);
      return {
        atMs,
        lane: chooseLane(eventType),
        label: describe(eventType, outcome, actor, target),
        act: describe(eventType, outcome, actor, null),
        finding: index,
      };
    }),
  );
}

function listChanges({ investigations }: JudgedAudit): Point[] {
  return investigations.credentialChanges.map(
    ({ atMs, eventType, actor, target }): Point => ({
      atMs,
      lane: 'changes',
      label: describe(eventType, null, actor, target),
      act: describe(eventType, null, actor, null),
      finding: -1,
    }),
  );
}

function listInvestigated({ investigations }: JudgedAudit): Point[] {
  const subjects = [
    ...investigations.users,
    ...investigations.sessions,
    ...investigations.networks,
  ];
  return subjects.flatMap(({ subject, timeline }) =>
    timeline.map(
      ({ atMs, eventType, outcome, actor }): Point => ({
        atMs,
        lane: chooseLane(eventType),
        label: describe(eventType, outcome, actor ?? subject, null),
        act: describe(eventType, outcome, actor, null),
        finding: -1,
      }),
    ),
  );
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
