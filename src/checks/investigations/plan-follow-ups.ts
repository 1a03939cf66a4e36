import type { Focus } from '../../model/audit-plan.ts';
import type { Finding } from '../../model/finding.ts';
import { type LogEvent, type Party, readActor, readTargets } from '../../model/log-event.ts';
import type { FollowUp } from '../../model/reading.ts';
import { compareRole, compareSeverity } from '../../model/severity.ts';
import { DAY_MS, type TimeWindow, uniteWindows } from '../../model/time-window.ts';
import { isSystem } from '../credential-changes/attribute-change.ts';
import { isUnidentified } from '../name-party.ts';
import { readAddress } from '../read-origin.ts';
import { readSessionIds } from '../read-session-ids.ts';

/** How far before and after a finding its story is read. */
export const STORY_MS = DAY_MS;

/** About as many values as fit into one filter of a request. */
const VALUES_PER_REQUEST = 40;

/** A finding may hold thousands of events; the story is told by the first of them. */
const MAX_EVENTS = 50;

/** The findings whose people and sessions the report investigates. */
const MAX_FOCUSED = 10;

export type Followed = Pick<
  Finding,
  'id' | 'role' | 'severity' | 'firstSeenMs' | 'lastSeenMs' | 'events'
>;

export interface DrillDown {
  readonly followUps: readonly FollowUp[];
  /** Whom to investigate meanwhile. */
  readonly focus: readonly Focus[];
  /** What the budget left out, strongest first, each with the stretch that was not read. */
  readonly cut: readonly {
    readonly finding: string;
    readonly window: TimeWindow;
    readonly reason: string;
  }[];
}

interface Subject {
  readonly field: FollowUp['field'];
  readonly value: string;
  readonly window: TimeWindow;
}

/**
 * Plans one follow-up read: around each finding that matters, its people and sessions from a day before to a day
 * after; around evidence also its addresses. The strongest come first; what the budget of requests cuts is listed.
 */
export function planFollowUps({
  findings,
  maxRequests,
  nowMs,
}: {
  readonly findings: readonly Followed[];
  readonly maxRequests: number;
  readonly nowMs: number;
}): DrillDown {
  const cut: DrillDown['cut'][number][] = [];
  const kept: Followed[] = [];
  let subjects: Subject[] = [];
  for (const finding of sortByStrength(findings)) {
    const more = [...subjects, ...listSubjects(finding, nowMs)];
    if (cut.length > 0 || countRequests(more) > maxRequests) {
      cut.push({
        finding: finding.id,
        window: toStory(finding, nowMs),
        reason: `The budget of ${maxRequests} follow-up requests was used up by stronger findings; focus on it, or use pull: full.`,
      });
      continue;
    }
    subjects = more;
    kept.push(finding);
  }
  return { followUps: toFollowUps(subjects), focus: listFocus(kept), cut };
}

/** Context needs no story. */
function sortByStrength(findings: readonly Followed[]): Followed[] {
  return findings
    .filter((finding) => finding.role !== 'context' && finding.events.length > 0)
    .sort(
      (one, other) =>
        compareRole(other.role, one.role) ||
        compareSeverity(other.severity, one.severity) ||
        one.firstSeenMs - other.firstSeenMs ||
        (one.id < other.id ? -1 : 1),
    );
}

function listSubjects(finding: Followed, nowMs: number): Subject[] {
  const window = toStory(finding, nowMs);
  const events = finding.events.slice(0, MAX_EVENTS);
  const people = events.flatMap(listPeople).flatMap(({ id }) => id ?? []);
  const sessions = events.flatMap((event) => readSessionIds(event).slice(0, 1));
  const addresses =
    finding.role === 'evidence' ? events.flatMap((event) => readAddress(event) ?? []) : [];
  return [
    ...toSubjects('actor.id', people, window),
    ...toSubjects('target.id', people, window),
    ...toSubjects('authenticationContext.externalSessionId', sessions, window),
    ...toSubjects('client.ipAddress', addresses, window),
  ];
}

function toSubjects(
  field: FollowUp['field'],
  values: readonly string[],
  window: TimeWindow,
): Subject[] {
  return [...new Set(values)].map((value) => ({ field, value, window }));
}

/** Users whom Okta knew: its own account is in everything and tells nothing. */
function listPeople(event: LogEvent): Party[] {
  const actor = readActor(event);
  return [...(actor === null ? [] : [actor]), ...readTargets(event)].filter(
    (party) => party.type === 'User' && !isSystem(party) && !isUnidentified(party),
  );
}

function toStory({ firstSeenMs, lastSeenMs }: Followed, nowMs: number): TimeWindow {
  return { sinceMs: firstSeenMs - STORY_MS, untilMs: Math.min(lastSeenMs + STORY_MS, nowMs) };
}

/** One follow-up for each field and stretch of time; stretches that touch are read as one. */
function toFollowUps(subjects: readonly Subject[]): FollowUp[] {
  const fields = [...new Set(subjects.map((subject) => subject.field))];
  return fields.flatMap((field) => {
    const own = subjects.filter((subject) => subject.field === field);
    return uniteWindows(own.map((subject) => subject.window)).map((window) => {
      const inside = own.filter(
        (subject) =>
          subject.window.sinceMs >= window.sinceMs && subject.window.untilMs <= window.untilMs,
      );
      return { field, window, values: [...new Set(inside.map((subject) => subject.value))] };
    });
  });
}

function countRequests(subjects: readonly Subject[]): number {
  return toFollowUps(subjects).reduce(
    (sum, { values }) => sum + Math.ceil(values.length / VALUES_PER_REQUEST),
    0,
  );
}

function listFocus(findings: readonly Followed[]): Focus[] {
  const focus = findings.slice(0, MAX_FOCUSED).flatMap((finding): Focus[] => {
    const events = finding.events.slice(0, MAX_EVENTS);
    return [
      ...events.flatMap(listPeople).flatMap((party): Focus[] => {
        const value = party.login ?? party.id;
        return value === null ? [] : [{ kind: 'user', value }];
      }),
      ...events
        .flatMap((event) => readSessionIds(event).slice(0, 1))
        .map((value): Focus => ({ kind: 'session', value })),
    ];
  });
  return [...new Map(focus.map((each) => [`${each.kind}:${each.value}`, each])).values()];
}
