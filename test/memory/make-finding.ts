import type { Finding } from '../../src/model/finding.ts';
import type { IssueMemory, RememberedFinding } from '../../src/model/issue-memory.ts';
import { EMPTY_MEMORY } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { type LogEvent, parseLogEvent } from '../../src/model/log-event.ts';
import type { TimeWindow } from '../../src/model/time-window.ts';

/** `count` events, a minute apart. */
export function makeEvents(sinceMs: number, count: number): LogEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const published = new Date(sinceMs + index * 60_000).toISOString();
    const uuid = `event-${published}`;
    const event = parseLogEvent({ uuid, published, eventType: 'user.account.reset_password' });
    if (event === null) throw new Error('not an event');
    return event;
  });
}

/** A finding as judgement makes it, with times and count from its events. */
export function makeFinding(changes: Partial<Finding> = {}): Finding {
  const { events = [] } = changes;
  return {
    id: 'F-7Q2K4M9X',
    check: 'password-reset',
    title: 'Password reset',
    description: 'Somebody reset a password.',
    severity: 'medium',
    confidence: 'medium',
    role: 'review',
    status: 'new',
    suppressedBy: null,
    inWindow: true,
    summary: 'dana reset the password of lee.',
    actor: null,
    target: null,
    attribution: null,
    circumstances: [],
    firstSeenMs: events[0]?.publishedMs ?? 0,
    lastSeenMs: events.at(-1)?.publishedMs ?? 0,
    eventCount: events.length,
    events,
    eventsSinceAcknowledged: 0,
    techniques: [],
    facts: {},
    alsoSeenBy: [],
    supersedes: [],
    ask: 'target',
    askWhom: 'lee whether they expected this',
    nextSteps: [],
    falsePositives: [],
    query: '',
    ...changes,
  };
}

/** A row as a run leaves it for a finding that it listed and nobody has ticked. */
export function makeRow(changes: Partial<RememberedFinding> = {}): RememberedFinding {
  return {
    id: 'F-7Q2K4M9X',
    check: 'password-reset',
    title: 'Password reset',
    summary: 'dana reset the password of lee.',
    severity: 'medium',
    role: 'review',
    status: 'open',
    firstSeenMs: 0,
    lastSeenMs: 0,
    eventCount: 1,
    acknowledgedCount: null,
    ...changes,
  };
}

export function makeMemory(changes: Partial<IssueMemory> = {}): IssueMemory {
  return { ...EMPTY_MEMORY, ...changes };
}

export function makeAudit(changes: Partial<JudgedAudit> = {}): JudgedAudit {
  const window: TimeWindow = changes.window ?? {
    sinceMs: Date.parse('2026-11-16T00:00Z'),
    untilMs: Date.parse('2026-11-23T02:07Z'),
  };
  return {
    generatedAtMs: window.untilMs,
    tenant: 'acme.example.com',
    scope: {
      id: 'standing',
      title: 'Okta audit',
      summary: '',
      references: [],
      indicators: [],
      core: window,
      isRolling: true,
    },
    window,
    verdict: 'no-evidence',
    verdictSentence: '',
    verdictReasons: [],
    cannotTell: [],
    coverage: { state: 'complete', holes: [], sources: [] },
    checks: [],
    supportAccess: { state: 'disabled', expiresAtMs: null, reason: null, cases: [] },
    supportIntervals: [],
    findings: [],
    investigations: { credentialChanges: [], users: [], sessions: [], networks: [] },
    watched: [],
    ...changes,
  };
}
