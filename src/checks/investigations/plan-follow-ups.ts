import type { Focus } from '../../model/audit-plan.ts';
import { type Finding, isWaiting } from '../../model/finding.ts';
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

/** A finding may hold thousands of events; its story is told by the first of them, by as many as the budget allows. */
const TOLD_EVENTS: readonly number[] = [50, 15, 5, 1];

/** Beyond these, a report of stories would be read by nobody. */
export const MAX_STORIES = 10;

export type Followed = Pick<
  Finding,
  'id' | 'role' | 'severity' | 'status' | 'firstSeenMs' | 'lastSeenMs' | 'events'
>;

export interface DrillDown {
  readonly followUps: readonly FollowUp[];
  /** Whom to investigate meanwhile. */
  readonly focus: readonly Focus[];
  /** The findings left without a story, in that order, each with the stretch that was not read. */
  readonly cut: readonly { readonly finding: string; readonly window: TimeWindow }[];
}

/** A finding with the events by which it is told, and the stretch that is read for it. */
type Story = Pick<Followed, 'role' | 'events'> & { readonly window: TimeWindow };

interface Subject {
  readonly field: FollowUp['field'];
  readonly value: string;
  readonly window: TimeWindow;
}

/**
 * Plans one follow-up read: around each finding that matters, its people and sessions from a day before to a day
 * after; around evidence also its addresses. What nobody has explained or silenced comes first, of it the strongest;
 * what is beyond the budget of requests, or beyond what a report tells, is listed.
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
  const told: Story[] = [];
  for (const finding of sortByUse(findings)) {
    const whole = { ...finding, window: toStoryWindow(finding, nowMs) };
    const isFull = cut.length > 0 || told.length === MAX_STORIES;
    const story = isFull
      ? undefined
      : shorten(whole).find((shorter) => countRequests([...told, shorter]) <= maxRequests);
    if (story === undefined) cut.push({ finding: finding.id, window: whole.window });
    else told.push(story);
  }
  return { followUps: toFollowUps(told), focus: listFocus(told), cut };
}

function shorten(story: Story): Story[] {
  return TOLD_EVENTS.map((most) => ({ ...story, events: story.events.slice(0, most) }));
}

/** Context needs no story, and what somebody has explained takes none from what waits. */
function sortByUse(findings: readonly Followed[]): Followed[] {
  return findings
    .filter((finding) => finding.role !== 'context' && finding.events.length > 0)
    .sort(
      (one, other) =>
        Number(isWaiting(other)) - Number(isWaiting(one)) ||
        compareRole(other.role, one.role) ||
        compareSeverity(other.severity, one.severity) ||
        one.firstSeenMs - other.firstSeenMs ||
        (one.id < other.id ? -1 : 1),
    );
}

function listSubjects({ role, window, events }: Story): Subject[] {
  const people = events.flatMap(listPeople).flatMap(({ id }) => id ?? []);
  const sessions = events.flatMap((event) => readSessionIds(event).slice(0, 1));
  const addresses = role === 'evidence' ? events.flatMap((event) => readAddress(event) ?? []) : [];
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

function toStoryWindow({ firstSeenMs, lastSeenMs }: Followed, nowMs: number): TimeWindow {
  return { sinceMs: firstSeenMs - STORY_MS, untilMs: Math.min(lastSeenMs + STORY_MS, nowMs) };
}

/** One follow-up for each field and stretch of time; stretches that touch are read as one. */
function toFollowUps(stories: readonly Story[]): FollowUp[] {
  const subjects = stories.flatMap(listSubjects);
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

function countRequests(stories: readonly Story[]): number {
  return toFollowUps(stories).reduce(
    (sum, { values }) => sum + Math.ceil(values.length / VALUES_PER_REQUEST),
    0,
  );
}

function listFocus(stories: readonly Story[]): Focus[] {
  const focus = stories.flatMap(({ events }): Focus[] => {
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
