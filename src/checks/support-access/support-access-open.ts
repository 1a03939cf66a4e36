import type { Check, CheckProfile, CheckRun } from '../../model/check.ts';
import { compareEvents, type LogEvent } from '../../model/log-event.ts';
import type { Facts, Match } from '../../model/match.ts';
import type { SupportInterval } from '../../model/support-access.ts';
import { formatInstant, formatUtcMinute, type TimeWindow } from '../../model/time-window.ts';
import type { Tuning } from '../../model/tuning.ts';
import { assembleIntervals } from './assemble-intervals.ts';
import { type ImpersonationRecord, readImpersonation } from './impersonation-record.ts';
import {
  findOutlastingSession,
  type IntervalDraft,
  isUnexplained,
  toInterval,
} from './interval-draft.ts';
import { SUPPORT_NEEDS } from './support-timeline.ts';

const ASK_FOR_THE_CASE =
  'Ask for which support case it was opened, and what for; who granted it is in actor.alternateId of the user.session.impersonation.grant.';
const LIST_THE_SESSIONS =
  'List what was done in each session that used it: authenticationContext.externalSessionId of each user.session.impersonation.initiate, from its start to its end.';

const PROFILE: CheckProfile = {
  id: 'support-access-open',
  kind: 'analysis',
  title: 'Okta Support access was open',
  description:
    'While it is open, Okta’s support staff can enter the tenant with the rights of an administrator. A stretch counts ' +
    'if any of it lies in the window, also when it was granted earlier or lapsed without a revocation, which the log ' +
    'does not record. Okta’s own support tool is not governed by it.',
  severity: 'medium',
  confidence: 'high',
  techniques: ['T1199'],
  references: ['https://help.okta.com/en-us/content/topics/settings/settings-support-access.htm'],
  falsePositives: ['A support case that your own administrators opened.'],
  nextSteps: [ASK_FOR_THE_CASE, LIST_THE_SESSIONS],
  ask: 'actor',
};

interface Settings {
  readonly tuning: Pick<Tuning, 'supportCases'>;
  readonly nowMs: number;
}

/** Finds the stretches in which Okta Support access was open; each match spans one of them. */
export function createSupportAccessOpen(settings: Settings): Check {
  return { ...PROFILE, needs: SUPPORT_NEEDS, begin: () => beginRun(settings) };
}

function beginRun(settings: Settings): CheckRun {
  const records: ImpersonationRecord[] = [];
  const events = new Map<string, LogEvent>();
  return {
    accept(event) {
      const record = readImpersonation(event);
      if (record === null) return;
      records.push(record);
      events.set(event.uuid, event);
    },
    finish: () =>
      assembleIntervals(records).flatMap((draft) => toMatch({ ...settings, draft, events }) ?? []),
  };
}

/** Null where only a session for a case that the team listed tells of the access. */
function toMatch({
  draft,
  events,
  tuning,
  nowMs,
}: Settings & {
  readonly draft: IntervalDraft;
  readonly events: ReadonlyMap<string, LogEvent>;
}): Match | null {
  const own = listOwn(draft, tuning)
    .flatMap((uuid) => events.get(uuid) ?? [])
    .sort(compareEvents);
  const [anchor] = own;
  if (anchor === undefined) return null;
  const interval = toInterval(draft, nowMs);
  return {
    events: own,
    anchor,
    span: toSpan(draft),
    group: [draft.caseNumber ?? '', draft.grants[0]?.byId ?? draft.grants[0]?.by ?? ''],
    facts: toFacts(interval),
    circumstances: [],
    attribution: null,
    // Who used it can tell nobody of this organisation by whom it was granted.
    ...(isUnexplained(draft) ? { ask: 'administrators' } : {}),
    ...(interval.sessions.length === 0 ? { nextSteps: [ASK_FOR_THE_CASE] } : {}),
    summary: summarize(interval),
  };
}

/**
 * Grants, extensions and revocations. Where nobody saw one, it is how the session began, or how it ended: a session that
 * began in the window is a stronger finding, which then owns its beginning; one that began before it is told by this alone.
 */
function listOwn(draft: IntervalDraft, { supportCases }: Settings['tuning']): string[] {
  if (!isUnexplained(draft)) return draft.events.map(({ uuid }) => uuid);
  if (draft.caseNumber !== null && supportCases.includes(draft.caseNumber)) return [];
  return draft.sessions.flatMap((session) => session.events.slice(0, 1));
}

/** From the first sign of access to the last, so that a moment alone still overlaps a window. */
function toSpan(draft: IntervalDraft): TimeWindow {
  const ends = draft.sessions.map((session) => session.endMs ?? session.startMs);
  return { sinceMs: draft.startMs, untilMs: Math.max(draft.endMs, draft.startMs + 1, ...ends) };
}

function toFacts(interval: SupportInterval): Facts {
  const endMs = interval.endMs ?? interval.expectedEndMs;
  return {
    start: formatInstant(interval.startMs),
    ...(endMs === null ? {} : { end: formatInstant(endMs) }),
    endBasis: interval.endBasis,
    ...(interval.grantedBy === null ? {} : { accessGrantedBy: interval.grantedBy }),
    ...(interval.caseNumber === null ? {} : { supportCase: interval.caseNumber }),
    extensions: interval.extensions,
    sessions: interval.sessions.length,
    notes: interval.notes ?? [],
  };
}

function summarize(interval: SupportInterval): string {
  return `Okta Support access ${describeStart(interval)} and ${describeEnd(interval)}; ${describeUse(interval)}.`;
}

/** Where nobody saw it begin, its start is only the first sign of it. */
function describeStart({ startMs, grantedBy, caseNumber }: SupportInterval): string {
  const forCase = caseNumber === null ? '' : ` for case ${caseNumber}`;
  return grantedBy === null
    ? `was already open${forCase} at ${formatUtcMinute(startMs)} UTC, by a grant that was not read,`
    : `was opened by ${grantedBy}${forCase} at ${formatUtcMinute(startMs)} UTC`;
}

function describeEnd({ endBasis, endMs, expectedEndMs }: SupportInterval): string {
  if (endMs === null) {
    return expectedEndMs === null
      ? 'is still open'
      : `lapses at ${formatUtcMinute(expectedEndMs)} UTC unless it is revoked`;
  }
  return endBasis === 'observed'
    ? `ended at ${formatUtcMinute(endMs)} UTC`
    : `lapsed at ${formatUtcMinute(endMs)} UTC as computed, because no revocation was read`;
}

function describeUse(interval: SupportInterval): string {
  const { sessions } = interval;
  if (sessions.length === 0) return 'no session was seen in it';
  const used =
    sessions.length === 1 ? 'one session used it' : `${sessions.length} sessions used it`;
  const longestMs = findOutlastingSession(interval);
  return longestMs === null ? used : `${used}, until ${formatUtcMinute(longestMs)} UTC`;
}
