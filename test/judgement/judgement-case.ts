import type { JudgementInput } from '../../src/judgement/judgement-input.ts';
import type { AskedTime } from '../../src/model/asked-time.ts';
import type { Check } from '../../src/model/check.ts';
import { ALL_EVENT_TYPES, exactEventTypes } from '../../src/model/event-type-set.ts';
import { EMPTY_MEMORY } from '../../src/model/issue-memory.ts';
import { compareEvents, type LogEvent, parseLogEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import type { SourceReading } from '../../src/model/reading.ts';
import type { Scope, ScopeCheck } from '../../src/model/scope.ts';
import type { TimeWindow } from '../../src/model/time-window.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';

export const NOW_MS = at('2026-11-23T02:17');

/** A week that ends ten minutes before `NOW_MS`, as a nightly run asks. */
export const WEEK = span('2026-11-16', '2026-11-23T02:07');

/** Epoch milliseconds of a UTC time without its zone. */
export function at(text: string): number {
  return Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`);
}

export function span(since: string, until: string): TimeWindow {
  return { sinceMs: at(since), untilMs: at(until) };
}

export function toEvent(raw: unknown): LogEvent {
  const event = parseLogEvent(raw);
  if (event === null) throw new Error('not an event');
  return event;
}

export function makeCheck(id: string, changes: Partial<Check> = {}): Check {
  return {
    id,
    kind: 'rule',
    title: `Title of ${id}`,
    description: `What ${id} sees.`,
    severity: 'medium',
    confidence: 'medium',
    techniques: ['T1098'],
    references: [],
    falsePositives: [],
    nextSteps: [],
    ask: 'target',
    needs: needsOf({}),
    begin: () => ({ accept: () => undefined, finish: () => [] }),
    ...changes,
  };
}

export function needsOf(changes: Partial<Check['needs']>): Check['needs'] {
  return {
    eventTypes: exactEventTypes(['user.account.reset_password']),
    lookBackMs: 0,
    lookAheadMs: 0,
    fields: [],
    ...changes,
  };
}

export function makeMatch(events: readonly LogEvent[], changes: Partial<Match> = {}): Match {
  const sorted = [...events].sort(compareEvents);
  const anchor = sorted.at(-1);
  if (anchor === undefined) throw new Error('a match has events');
  return {
    events: sorted,
    anchor,
    group: null,
    facts: {},
    circumstances: [],
    attribution: null,
    ...changes,
  };
}

export function name(
  id: string,
  role: ScopeCheck['role'],
  changes: Partial<ScopeCheck> = {},
): ScopeCheck {
  return { id, role, instead: [], required: true, ...changes };
}

export function makeScope(checks: readonly ScopeCheck[], changes: Partial<Scope> = {}): Scope {
  return {
    id: 'standing',
    title: 'Okta audit',
    summary: '',
    window: { kind: 'rolling', days: 7 },
    checks,
    indicators: [],
    exposed: null,
    assessable: true,
    cannotTell: [],
    references: [],
    confidence: null,
    ...changes,
  };
}

export function rolling(window: TimeWindow = WEEK): AskedTime {
  return { window, core: window, aheadMs: 0, leftOut: [], isRolling: true };
}

export function incidentTime(core: TimeWindow, review: TimeWindow = core): AskedTime {
  return { window: review, core, aheadMs: 0, leftOut: [], isRolling: false };
}

export function makeReading(
  windows: readonly TimeWindow[],
  changes: Partial<SourceReading> = {},
): SourceReading {
  return {
    kind: 'okta',
    name: 'acme.example.com',
    firstEventMs: windows[0]?.sinceMs ?? null,
    lastEventMs: windows.at(-1)?.untilMs ?? null,
    covered: windows.map((window) => ({
      window,
      eventTypes: ALL_EVENT_TYPES,
      missingFields: [],
    })),
    holes: [],
    counts: { eventsRead: 10, eventsParsed: 10, malformed: 0, duplicates: 0, requests: 2 },
    ...changes,
  };
}

/** A quiet night in which everything was read; `changes` says what is different. */
export function makeInput(changes: Partial<JudgementInput> = {}): JudgementInput {
  const check = makeCheck('password-reset');
  return {
    nowMs: NOW_MS,
    tenant: 'acme.example.com',
    scope: makeScope([name(check.id, 'review')]),
    time: rolling(),
    checks: [check],
    unavailable: [],
    results: [],
    isBehaviorUntold: false,
    readings: [makeReading([span('2026-08-26', '2026-11-23T02:07')])],
    followed: [],
    supportAccess: { state: 'disabled', expiresAtMs: null, reason: null, cases: [] },
    supportIntervals: [],
    investigations: { credentialChanges: [], users: [], sessions: [], networks: [] },
    tuning: NO_TUNING,
    minimumSeverity: 'low',
    memory: EMPTY_MEMORY,
    ...changes,
  };
}
