import type { Check, CheckProfile, CheckRun } from '../../model/check.ts';
import { compareEvents, type LogEvent } from '../../model/log-event.ts';
import type { Facts, Match } from '../../model/match.ts';
import type { SupportInterval } from '../../model/support-access.ts';
import { formatInstant, type TimeWindow } from '../../model/time-window.ts';
import { assembleIntervals } from './assemble-intervals.ts';
import { type ImpersonationRecord, readImpersonation } from './impersonation-record.ts';
import { type IntervalDraft, toInterval } from './interval-draft.ts';
import { SUPPORT_NEEDS } from './support-timeline.ts';

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
  nextSteps: [
    'Ask the person in actor.alternateId which support case it was opened for, and what for.',
    'List what was done in its sessions: authenticationContext.externalSessionId of each user.session.impersonation.initiate, from its start to its end.',
  ],
  ask: 'actor',
};

/** Finds the stretches in which Okta Support access was open; each match spans one of them. */
export function createSupportAccessOpen({ nowMs }: { readonly nowMs: number }): Check {
  return { ...PROFILE, needs: SUPPORT_NEEDS, begin: () => beginRun(nowMs) };
}

function beginRun(nowMs: number): CheckRun {
  const records: ImpersonationRecord[] = [];
  const events = new Map<string, LogEvent>();
  return {
    accept(event) {
      const record = readImpersonation(event);
      if (record === null) return;
      records.push(record);
      if (record.action !== 'initiate' && record.action !== 'end') events.set(event.uuid, event);
    },
    finish: () =>
      assembleIntervals(records).flatMap((draft) => toMatch({ draft, events, nowMs }) ?? []),
  };
}

/** Null where only a session tells of the access: that is the session's own finding. */
function toMatch({
  draft,
  events,
  nowMs,
}: {
  readonly draft: IntervalDraft;
  readonly events: ReadonlyMap<string, LogEvent>;
  readonly nowMs: number;
}): Match | null {
  const own = draft.events.flatMap((record) => events.get(record.uuid) ?? []).sort(compareEvents);
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
    summary: summarize(interval),
  };
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
    ...(interval.grantedBy === null ? {} : { grantedBy: interval.grantedBy }),
    ...(interval.caseNumber === null ? {} : { caseNumber: interval.caseNumber }),
    extensions: interval.extensions,
    sessions: interval.sessions.length,
    notes: interval.notes ?? [],
  };
}

function summarize(interval: SupportInterval): string {
  const by =
    interval.grantedBy === null ? 'by a grant that was not read' : `by ${interval.grantedBy}`;
  const forCase = interval.caseNumber === null ? '' : ` for case ${interval.caseNumber}`;
  return `Okta Support access was opened ${by}${forCase} at ${toMinute(interval.startMs)} and ${describeEnd(interval)}; ${describeUse(interval)}.`;
}

function describeEnd({ endBasis, endMs, expectedEndMs }: SupportInterval): string {
  if (endMs === null) {
    return expectedEndMs === null ? 'is still open' : `is open until ${toMinute(expectedEndMs)}`;
  }
  return endBasis === 'observed'
    ? `ended at ${toMinute(endMs)}`
    : `lapsed at ${toMinute(endMs)} as computed, because no revocation was logged`;
}

function describeUse({ sessions }: SupportInterval): string {
  if (sessions.length === 0) return 'no session used it';
  return sessions.length === 1 ? 'one session used it' : `${sessions.length} sessions used it`;
}

function toMinute(instantMs: number): string {
  return `${formatInstant(instantMs).slice(0, 16).replace('T', ' ')} UTC`;
}
