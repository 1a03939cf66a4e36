import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { type LogEvent, parseLogEvent } from '../../src/model/log-event.ts';
import type { RunIdentity } from '../../src/model/run-identity.ts';
import { sampleAudit, sampleFinding, sampleSource } from './sample-audit.ts';

/** Hands out the payloads in turn, so that every field gets every one of them sooner or later. */
export type NextText = () => string;

export function takeTurns(texts: readonly string[]): NextText {
  let index = 0;
  return () => {
    const text = texts[index % texts.length] ?? '';
    index += 1;
    return text;
  };
}

/** A run whose tuning file and links are hostile. */
export function hostileIdentity(next: NextText): RunIdentity {
  return {
    tool: { name: 'okta-tenant-audit', version: '1.0.0' },
    run: { url: `https://github.com/acme/${next()}`, trigger: next() },
    config: { path: next(), sha256: 'e3b0c44298fc1c149afbf4c8996fb924' },
  };
}

/** An answer in which every text of a log, an archive's name, Okta's API, a rule, a scope or a tuning file is hostile. */
export function hostileAudit(next: NextText): JudgedAudit {
  const base = sampleAudit();
  const atMs = base.window.sinceMs + 3_600_000;
  const activity = {
    subject: `user:${next()}`,
    firstSeenMs: atMs,
    lastSeenMs: atMs,
    countsByEventType: { [next() || 'x']: 1 },
    addresses: [next()],
    places: [next()],
    userAgents: [next()],
    actors: [next()],
    timeline: [
      {
        atMs,
        eventType: next(),
        outcome: next(),
        actor: next(),
        address: next(),
        place: next(),
        userAgent: next(),
      },
    ],
  };
  const tenant = next();
  return {
    ...base,
    tenant,
    scope: { ...base.scope, title: next(), summary: next(), isRolling: false },
    verdictSentence: `1 finding in the log of ${tenant} has to be explained.`,
    verdictReasons: [next()],
    cannotTell: [next()],
    checks: (['evaluated', 'partly', 'not-evaluated', 'failed'] as const).map((status) => ({
      id: next(),
      kind: 'rule',
      title: next(),
      role: 'review',
      status,
      reasons: [next(), next()],
      events: 1,
      findings: 1,
    })),
    coverage: {
      state: 'partial',
      holes: [true, false].map((decides) => ({
        window: base.window,
        reason: next(),
        remedy: next(),
        checks: [next()],
        decides,
      })),
      sources: [sampleSource({ kind: 'archive', name: next() })],
    },
    supportAccess: {
      state: 'enabled',
      expiresAtMs: atMs,
      reason: next(),
      cases: [
        {
          caseNumber: next(),
          subject: next(),
          impersonation: next(),
          impersonationExpiresAtMs: atMs,
          selfAssigned: next(),
          isOpen: true,
        },
      ],
    },
    supportIntervals: [
      {
        startMs: atMs,
        endMs: null,
        expectedEndMs: atMs + 1,
        endBasis: 'ongoing',
        grantedBy: next(),
        caseNumber: next(),
        extensions: 1,
        sessions: [{ startMs: atMs, endMs: null, by: next(), events: [next()] }],
        events: [next()],
        notes: [next()],
      },
    ],
    findings: [
      hostileFinding(next, { id: 'F-EV1DENCE', role: 'evidence' }),
      hostileFinding(next, { id: 'F-REV1EWXX' }),
      hostileFinding(next, { id: 'F-ACKN0WED', status: 'acknowledged' }),
      hostileFinding(next, { id: 'F-SVPPRESS', status: 'suppressed', suppressedBy: next() }),
      hostileFinding(next, { id: 'F-C0NTEXT0', role: 'context' }),
    ],
    investigations: {
      credentialChanges: [
        {
          atMs,
          eventType: next(),
          actor: next(),
          target: next(),
          address: next(),
          attribution: next(),
        },
      ],
      users: [activity],
      sessions: [activity],
      networks: [activity],
    },
  };
}

function hostileFinding(
  next: NextText,
  changes: Parameters<typeof sampleFinding>[0],
): JudgedAudit['findings'][number] {
  const actor = { id: '00u1', type: 'User', login: next(), name: next() };
  const target = { id: '00u2', type: 'User', login: next(), name: next() };
  return sampleFinding({
    title: next(),
    description: next(),
    summary: `${actor.login} did it to ${target.name}, from ${next()}.`,
    actor,
    target,
    facts: { [next() || 'fact']: next(), list: [next(), next()], toString: next() },
    alsoSeenBy: [next()],
    techniques: [next()],
    askWhom: `${next()} whether they did this`,
    nextSteps: [`Look at ${next()}.`],
    falsePositives: [next()],
    query: `actor.id eq "${next()}" · since ${next()} until ${next()}`,
    events: [hostileEvent(next)],
    ...changes,
  });
}

/** A record in which every text is hostile, whatever Okta says that the field holds. */
function hostileEvent(next: NextText): LogEvent {
  const party = () => ({ id: '00u1', type: 'User', alternateId: next(), displayName: next() });
  const event = parseLogEvent({
    uuid: next(),
    published: '2026-11-20T10:00:00.000Z',
    eventType: next() || 'x',
    severity: next(),
    displayMessage: next(),
    actor: party(),
    client: {
      userAgent: { rawUserAgent: next(), os: next(), browser: next() },
      zone: next(),
      device: next(),
      ipAddress: next(),
      geographicalContext: { city: next(), country: next() },
    },
    outcome: { result: next(), reason: next() },
    target: [party(), { ...party(), type: next() }],
    transaction: { id: next(), detail: { [next() || 'x']: next() } },
    debugContext: { debugData: { url: next(), requestUri: next() } },
  });
  if (event === null) throw new Error('the record is no event');
  return event;
}
