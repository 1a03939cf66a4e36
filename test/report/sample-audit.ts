import { ALL_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { JudgedAudit, JudgedCheck } from '../../src/model/judged-audit.ts';
import type { SourceReading } from '../../src/model/reading.ts';
import type { RunIdentity } from '../../src/model/run-identity.ts';
import { sampleEvent } from './sample-events.ts';

export const NOW_MS = Date.parse('2026-11-23T02:17:00Z');

export const SAMPLE_IDENTITY: RunIdentity = {
  tool: { name: 'okta-tenant-audit', version: '1.0.0' },
  run: { url: 'https://github.com/acme/security/actions/runs/4711', trigger: 'schedule' },
  config: {
    path: '.github/okta-audit.yml',
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  },
};

export const SAMPLE_EVIDENCE = {
  file: 'evidence.ndjson',
  sha256: '3f9a0c1b2d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd',
};

/** A finding that is complete, with whatever a test wants otherwise. */
export function sampleFinding(changes: Partial<Finding> = {}): Finding {
  const firstSeenMs = changes.firstSeenMs ?? Date.parse('2026-11-22T23:48:12Z');
  const events = changes.events ?? [
    sampleEvent({
      at: new Date(firstSeenMs).toISOString(),
      eventType: 'user.account.privilege.grant',
      ...(changes.actor ? { actor: changes.actor } : {}),
      ...(changes.target ? { targets: [changes.target] } : {}),
      address: '203.0.113.7',
      city: 'Berlin',
      country: 'Germany',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0',
    }),
  ];
  return {
    id: 'F-M4C7D2QA',
    check: 'admin-privilege-granted-to-user',
    title: 'Administrator role granted to a user',
    description:
      'A user was given an administrator role. Whoever holds such a role can change who may sign in to everything.',
    severity: 'high',
    confidence: 'medium',
    role: 'review',
    status: 'new',
    suppressedBy: null,
    inWindow: true,
    summary: 'An administrator role was granted.',
    actor: null,
    target: null,
    attribution: null,
    circumstances: [],
    firstSeenMs,
    lastSeenMs: firstSeenMs,
    eventCount: events.length,
    events,
    eventsSinceAcknowledged: 0,
    techniques: ['T1098.003'],
    facts: {},
    alsoSeenBy: [],
    ask: 'actor',
    askWhom: 'whoever owns the change',
    nextSteps: [],
    falsePositives: [],
    query: '',
    ...changes,
  };
}

export function sampleCheck(changes: Partial<JudgedCheck> = {}): JudgedCheck {
  return {
    id: 'admin-privilege-granted-to-user',
    kind: 'rule',
    title: 'Administrator role granted to a user',
    role: 'review',
    status: 'evaluated',
    reasons: [],
    events: 0,
    findings: 0,
    ...changes,
  };
}

export function sampleSource(changes: Partial<SourceReading> = {}): SourceReading {
  const window = { sinceMs: Date.parse('2026-11-16T00:00:00Z'), untilMs: NOW_MS - 600_000 };
  return {
    kind: 'okta',
    name: 'acme.okta.com',
    firstEventMs: window.sinceMs + 61_000,
    lastEventMs: window.untilMs - 4_000,
    covered: [{ window, eventTypes: ALL_EVENT_TYPES, missingFields: [] }],
    holes: [],
    counts: { eventsRead: 412, eventsParsed: 412, malformed: 0, duplicates: 0, requests: 9 },
    ...changes,
  };
}

/** A nightly answer with nothing in it, with whatever a test wants otherwise. */
export function sampleAudit(changes: Partial<JudgedAudit> = {}): JudgedAudit {
  const window = { sinceMs: Date.parse('2026-11-16T00:00:00Z'), untilMs: NOW_MS - 600_000 };
  return {
    generatedAtMs: NOW_MS,
    tenant: 'acme.okta.com',
    scope: {
      id: 'standing',
      title: 'Okta audit',
      summary: 'What every night should tell: support access, credentials, administrators.',
      references: [],
      indicators: [],
      core: window,
      isRolling: true,
    },
    window,
    verdict: 'no-evidence',
    verdictSentence:
      'Nothing in the log of acme.okta.com from 2026-11-16 to 2026-11-23 02:07 UTC has to be explained. Everything in that window was read.',
    verdictReasons: [],
    cannotTell: [],
    coverage: { state: 'complete', holes: [], sources: [sampleSource()] },
    checks: [sampleCheck()],
    supportAccess: { state: 'disabled', expiresAtMs: null, reason: null, cases: [] },
    supportIntervals: [],
    findings: [],
    investigations: { credentialChanges: [], users: [], sessions: [], networks: [] },
    watched: [],
    ...changes,
  };
}
