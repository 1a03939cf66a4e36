import type { Finding } from '../../src/model/finding.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfUtcDay } from '../../src/model/time-window.ts';
import { NOW_MS, sampleAudit, sampleCheck, sampleFinding, sampleSource } from './sample-audit.ts';
import { OKTA_SYSTEM, person, sampleEvent, stranger } from './sample-events.ts';

const CORE = {
  sinceMs: Date.parse('2022-01-16T00:00:00Z'),
  untilMs: Date.parse('2022-01-22T00:00:00Z'),
};
const REVIEW = {
  sinceMs: Date.parse('2021-12-01T00:00:00Z'),
  untilMs: Date.parse('2022-03-23T00:00:00Z'),
};

const FINANCE = person('finance.director');
const DANA = person('dana.reyes');
const LIN = person('helpdesk.lin');

/** January 2022 asked of an archive: three findings to review, routine changes, a hole outside the core window. */
export function incidentAudit(): JudgedAudit {
  return sampleAudit({
    scope: {
      id: 'okta-2022-01-lapsus',
      title: 'January 2022, support vendor compromised (LAPSUS$)',
      summary:
        "An attacker controlled a workstation of Okta's support vendor. From there support staff could see tenants, start password and factor resets, and enter tenants whose administrators had granted access.",
      references: [
        {
          title: "Okta's conclusion of its investigation",
          url: 'https://www.okta.com/blog/2022/04/okta-concludes-its-investigation-into-the-january-2022-compromise/',
        },
      ],
      indicators: [],
      core: CORE,
      isRolling: false,
    },
    window: REVIEW,
    verdict: 'needs-review',
    verdictSentence:
      "3 findings in the log of acme.okta.com from 2021-12-01 to 2022-03-22 have to be explained by a person; nothing there is evidence by itself. Everything in the incident's core window (2022-01-16 to 2022-01-21) was read, and the time around it has 1 hole. No log can show whether support staff looked at the tenant: Okta has recorded that (support.org.view) only since August 2022.",
    verdictReasons: [
      "F-7Q2K4M9X (review, high): Password reset that looks like Okta's support tool",
      'F-P93XAB5C (review, medium): Okta Support was granted access',
      'F-2HK8VW3N (review, medium): API token created',
      'coverage is complete',
    ],
    cannotTell: [
      'No log can show whether support staff looked at the tenant: Okta has recorded that (support.org.view) only since August 2022.',
    ],
    coverage: {
      state: 'complete',
      holes: [
        {
          window: {
            sinceMs: Date.parse('2022-03-02T04:00:00Z'),
            untilMs: Date.parse('2022-03-02T09:00:00Z'),
          },
          reason: 'the archive has no events in these hours, in which it usually has many',
          remedy: 'give an archive that covers 2022-03-02 04:00 to 09:00 UTC',
          checks: ['support-access-open', 'support-tool-reset', 'api-token-created'],
          decides: false,
        },
      ],
      sources: [
        sampleSource({
          kind: 'archive',
          name: 'logs/2021-12/*.ndjson.gz',
          firstEventMs: REVIEW.sinceMs + 7_000,
          lastEventMs: REVIEW.untilMs - 11_000,
          counts: {
            eventsRead: 1_204_551,
            eventsParsed: 412,
            malformed: 0,
            duplicates: 12,
            requests: 0,
          },
        }),
      ],
    },
    checks: incidentChecks(),
    supportAccess: { state: 'disabled', expiresAtMs: null, reason: null, cases: [] },
    supportIntervals: [
      {
        startMs: Date.parse('2022-01-18T14:05:00Z'),
        endMs: Date.parse('2022-01-18T22:05:00Z'),
        expectedEndMs: null,
        endBasis: 'computed',
        grantedBy: 'dana.reyes@acme.example',
        caseNumber: null,
        extensions: 0,
        sessions: [],
        events: ['user.session.impersonation.grant-2022-01-18T14:05:00.000Z'],
      },
    ],
    findings: [
      supportToolReset(),
      supportAccessGrant(),
      tokenFromNewNetwork(),
      ...routineResets(5, CORE.sinceMs),
    ],
    investigations: incidentInvestigations(),
  });
}

function incidentInvestigations(): JudgedAudit['investigations'] {
  const atMs = Date.parse('2022-01-21T10:14:07Z');
  return {
    credentialChanges: [
      {
        atMs,
        eventType: 'user.account.reset_password',
        actor: 'system@okta.com',
        target: 'finance.director@acme.example',
        address: null,
        attribution: 'support-tool',
      },
    ],
    users: [
      {
        subject: 'user:finance.director@acme.example',
        firstSeenMs: atMs,
        lastSeenMs: atMs + 18 * MINUTE_MS,
        countsByEventType: { 'user.session.start': 1, 'user.account.reset_password': 1 },
        actors: ['finance.director@acme.example', 'system@okta.com'],
        addresses: ['198.51.100.24'],
        places: ['Berlin, Germany'],
        userAgents: ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1'],
        timeline: [
          {
            atMs,
            eventType: 'user.account.reset_password',
            outcome: 'SUCCESS',
            actor: 'system@okta.com',
            address: null,
            place: null,
            userAgent: null,
          },
          {
            atMs: atMs + 18 * MINUTE_MS,
            eventType: 'user.session.start',
            outcome: 'SUCCESS',
            actor: 'finance.director@acme.example',
            address: '198.51.100.24',
            place: 'Berlin, Germany',
            userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1',
          },
        ],
      },
    ],
    sessions: [],
    networks: [
      {
        subject: 'ip:203.0.113.7',
        firstSeenMs: Date.parse('2022-01-21T16:32:10Z'),
        lastSeenMs: Date.parse('2022-01-21T16:40:31Z'),
        countsByEventType: { 'system.api_token.create': 1, 'user.session.start': 1 },
        actors: ['a.meyer@acme.example', 'j.ortiz@acme.example'],
        addresses: ['203.0.113.7'],
        places: ['Lagos, Nigeria'],
        userAgents: ['python-requests/2.26'],
        timeline: [
          {
            atMs: Date.parse('2022-01-21T16:32:10Z'),
            eventType: 'user.session.start',
            outcome: 'SUCCESS',
            actor: 'a.meyer@acme.example',
            address: '203.0.113.7',
            place: 'Lagos, Nigeria',
            userAgent: 'python-requests/2.26',
          },
          {
            atMs: Date.parse('2022-01-21T16:40:31Z'),
            eventType: 'system.api_token.create',
            outcome: 'SUCCESS',
            actor: 'j.ortiz@acme.example',
            address: '203.0.113.7',
            place: 'Lagos, Nigeria',
            userAgent: 'python-requests/2.26',
          },
        ],
      },
    ],
  };
}

function incidentChecks(): JudgedAudit['checks'] {
  return [
    sampleCheck({
      id: 'support-impersonation-started',
      title: 'Support impersonation session',
      role: 'evidence',
    }),
    sampleCheck({
      id: 'support-access-open',
      kind: 'analysis',
      title: 'Support access open',
      reasons: ['grants were read from 2 January on, 14 days before the window'],
      events: 1,
      findings: 1,
    }),
    sampleCheck({
      id: 'support-tool-reset',
      kind: 'analysis',
      title: "Password reset that looks like Okta's support tool",
      events: 2,
      findings: 1,
    }),
    sampleCheck({ id: 'api-token-created', title: 'API token created', events: 1, findings: 1 }),
    sampleCheck({
      id: 'password-reset-by-administrator',
      title: 'Password reset by an administrator',
      role: 'context',
      events: 31,
      findings: 5,
    }),
    sampleCheck({
      id: 'password-spray',
      kind: 'correlation',
      title: 'One address tries many accounts',
      role: 'context',
      status: 'not-evaluated',
      reasons: ['it needs every sign-in, which a targeted pull does not read'],
    }),
  ];
}

function supportToolReset(): Finding {
  return sampleFinding({
    id: 'F-7Q2K4M9X',
    check: 'support-tool-reset',
    title: "Password reset that looks like Okta's support tool",
    description:
      "Okta's system account reset this password without a browser, a place or a transaction. A forgotten password looks different: the user's own browser and place are on it.",
    severity: 'high',
    confidence: 'medium',
    summary:
      'system@okta.com reset the password of finance.director@acme.example on 21 January 2022 at 10:14 UTC, from nowhere that the log names.',
    actor: OKTA_SYSTEM,
    target: FINANCE,
    attribution: 'support-tool',
    circumstances: ['support-tool'],
    firstSeenMs: Date.parse('2022-01-21T10:14:07Z'),
    lastSeenMs: Date.parse('2022-01-21T10:31:55Z'),
    events: [
      sampleEvent({
        at: '2022-01-21T10:14:07.000Z',
        eventType: 'user.account.reset_password',
        actor: OKTA_SYSTEM,
        targets: [FINANCE],
        transactionId: 'unknown',
      }),
      sampleEvent({
        at: '2022-01-21T10:31:55.000Z',
        eventType: 'user.session.start',
        actor: FINANCE,
        targets: [FINANCE],
        address: '198.51.100.24',
        city: 'Berlin',
        country: 'Germany',
        userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1',
      }),
    ],
    eventCount: 2,
    facts: { firstSignInAfterMinutes: 18, firstSignInNetworkKnown: true },
    ask: 'target',
    askWhom: 'finance.director@acme.example whether they expected this',
    nextSteps: [
      'Look at the sign-ins of this user from 10:14 on 21 January to 10:14 on 22 January: client.ipAddress and client.userAgent.rawUserAgent.',
      'Look for support.org.update on the same target within 5 minutes of 10:14.',
    ],
    falsePositives: ['A scheduled job that resets passwords leaves the same traces.'],
    query:
      'eventType eq "user.account.reset_password" and target.id eq "00ufinancedirector" · since 2022-01-21T00:00:00.000Z until 2022-01-22T00:00:00.000Z',
    techniques: ['T1098', 'T1199'],
  });
}

function supportAccessGrant(): Finding {
  return sampleFinding({
    id: 'F-P93XAB5C',
    check: 'support-access-open',
    title: 'Okta Support was granted access',
    description:
      'While access is granted, support staff can enter the tenant with the rights of an administrator.',
    severity: 'medium',
    confidence: 'high',
    status: 'open',
    summary:
      'dana.reyes@acme.example granted Okta Support access on 18 January 2022 at 14:05 UTC. Nobody used it; it lapsed at 22:05 UTC (computed).',
    actor: DANA,
    target: null,
    attribution: 'administrator',
    circumstances: ['administrator'],
    firstSeenMs: Date.parse('2022-01-18T14:05:00Z'),
    lastSeenMs: Date.parse('2022-01-18T14:05:00Z'),
    events: [
      sampleEvent({
        at: '2022-01-18T14:05:00.000Z',
        eventType: 'user.session.impersonation.grant',
        actor: DANA,
        address: '192.0.2.10',
        city: 'Hamburg',
        country: 'Germany',
      }),
    ],
    ask: 'actor',
    askWhom: 'dana.reyes@acme.example whether they did this, and why',
    nextSteps: ['Ask for which support case, and compare with the cases of that week.'],
    query:
      'eventType sw "user.session.impersonation" · since 2022-01-18T00:00:00.000Z until 2022-01-19T00:00:00.000Z',
    techniques: ['T1199'],
  });
}

function tokenFromNewNetwork(): Finding {
  const creator = person('j.ortiz');
  return sampleFinding({
    id: 'F-2HK8VW3N',
    check: 'api-token-created',
    title: 'API token created',
    description:
      'A token acts with the rights of the administrator who made it, without a second factor, until somebody revokes it.',
    severity: 'medium',
    confidence: 'medium',
    summary:
      'j.ortiz@acme.example created the API token "ci-bootstrap" on 21 January 2022 at 16:40 UTC from 203.0.113.7.',
    actor: creator,
    target: { id: '00Tci', type: 'Token', login: 'unknown', name: 'ci-bootstrap' },
    attribution: 'administrator',
    circumstances: ['administrator', 'privileged'],
    firstSeenMs: Date.parse('2022-01-21T16:40:31Z'),
    facts: { networkSeenBefore: false, token: 'ci-bootstrap' },
    ask: 'actor',
    askWhom: 'j.ortiz@acme.example whether they did this, and why',
    nextSteps: [
      'Look at what the token did from 16:40 on 21 January: transaction.detail.requestApiTokenId.',
    ],
    query:
      'eventType eq "system.api_token.create" and actor.id eq "00ujortiz" · since 2022-01-21T00:00:00.000Z until 2022-01-22T00:00:00.000Z',
  });
}

function routineResets(days: number, sinceMs: number): Finding[] {
  return Array.from({ length: days }, (_, index) => {
    const firstSeenMs = startOfUtcDay(sinceMs) + index * DAY_MS + 9 * HOUR_MS;
    return sampleFinding({
      id: `F-C0NTEX${String(index).padStart(2, '0')}`,
      check: 'password-reset-by-administrator',
      title: 'Password reset by an administrator',
      severity: 'low',
      role: 'context',
      status: 'open',
      summary: `helpdesk.lin@acme.example reset ${index + 4} passwords; all enrolled again within 2 hours.`,
      actor: LIN,
      attribution: 'administrator',
      circumstances: ['administrator'],
      firstSeenMs,
      lastSeenMs: firstSeenMs + 5 * HOUR_MS,
      eventCount: index + 4,
      facts: { targets: ['a.meyer@acme.example', 'b.sato@acme.example'] },
    });
  });
}

/** The same finding at another time of one moment. */
function at(seenMs: number, finding: Finding): Finding {
  return { ...finding, firstSeenMs: seenMs, lastSeenMs: seenMs };
}

function reopenedGrant(): Finding {
  const dana = { actor: DANA, address: '192.0.2.10', city: 'Hamburg', country: 'Germany' };
  const times = [NOW_MS - 18 * HOUR_MS, NOW_MS - 3 * HOUR_MS, NOW_MS - 2 * HOUR_MS];
  return {
    ...supportAccessGrant(),
    status: 'open',
    summary:
      'dana.reyes@acme.example granted Okta Support access and extended it (2 times) on 2026-11-22 from 08:17 to 00:17 UTC, from 192.0.2.10 (Hamburg, Germany).',
    firstSeenMs: NOW_MS - 18 * HOUR_MS,
    lastSeenMs: NOW_MS - 2 * HOUR_MS,
    events: times.map((timeMs, index) =>
      sampleEvent({
        ...dana,
        at: new Date(timeMs).toISOString(),
        eventType: `user.session.impersonation.${index === 0 ? 'grant' : 'extend'}`,
      }),
    ),
    eventCount: 3,
    eventsSinceAcknowledged: 2,
    query:
      'eventType sw "user.session.impersonation" · since 2026-11-22T08:00:00Z until 2026-11-23T01:00:00Z',
  };
}

/** A night in which nothing waits: two acknowledged findings, routine changes. */
export function quietAudit(): JudgedAudit {
  return sampleAudit({
    checks: [sampleCheck(), sampleCheck({ id: 'api-token-created', title: 'API token created' })],
    findings: [
      at(NOW_MS - 3 * DAY_MS, { ...tokenFromNewNetwork(), status: 'acknowledged' }),
      at(NOW_MS - 2 * DAY_MS, { ...supportAccessGrant(), status: 'acknowledged' }),
      ...routineResets(3, NOW_MS - 5 * DAY_MS),
    ],
    verdict: 'needs-review',
    verdictSentence:
      '2 findings (2 acknowledged) in the log of acme.okta.com from 2026-11-16 to 2026-11-23 02:07 UTC had to be explained by a person; nothing there is evidence by itself. Everything that decides in that window was read.',
  });
}

/** A night with news: an administrator made by a token, a finding that came back, support access open now. */
export function newsAudit(): JudgedAudit {
  const target = person('j.ortiz');
  const automation = {
    id: '00usvcterraform',
    type: 'User',
    login: 'svc-terraform@acme.example',
    name: 'Terraform',
  };
  return sampleAudit({
    verdict: 'needs-review',
    verdictSentence:
      '2 findings in the log of acme.okta.com from 2026-11-16 to 2026-11-23 02:07 UTC have to be explained by a person; nothing there is evidence by itself. Everything that decides in that window was read.',
    supportAccess: {
      state: 'enabled',
      expiresAtMs: NOW_MS + 6 * HOUR_MS,
      reason: null,
      cases: [
        {
          caseNumber: '00123456',
          subject: 'Cannot sign in',
          impersonation: 'ENABLED',
          impersonationExpiresAtMs: NOW_MS + 6 * HOUR_MS,
          selfAssigned: 'NOT_REQUIRED',
          isOpen: true,
        },
      ],
    },
    supportIntervals: [
      {
        startMs: NOW_MS - 18 * HOUR_MS,
        endMs: null,
        expectedEndMs: NOW_MS + 6 * HOUR_MS,
        endBasis: 'ongoing',
        grantedBy: 'dana.reyes@acme.example',
        caseNumber: '00123456',
        extensions: 1,
        sessions: [
          {
            startMs: NOW_MS - 17 * HOUR_MS,
            endMs: NOW_MS - 16 * HOUR_MS,
            by: 'support.one@okta.example',
            events: ['u-1', 'u-2'],
          },
        ],
        events: ['u-0'],
      },
    ],
    findings: [
      sampleFinding({
        id: 'F-M4C7D2QA',
        title: 'Administrator role granted to a user',
        summary:
          'svc-terraform@acme.example made j.ortiz@acme.example Super administrator on 22 November 2026 at 23:48 UTC with an API token, from a network that the token had not used in 30 days.',
        severity: 'high',
        actor: automation,
        target,
        attribution: 'api-token',
        circumstances: ['api-token', 'privileged'],
        ask: 'actor',
        askWhom: "the owner of svc-terraform@acme.example's API token what it did and why",
        nextSteps: ['Look at what the new administrator did from 23:48 on 22 November to now.'],
        query:
          'eventType eq "user.account.privilege.grant" and target.id eq "00ujortiz" · since 2026-11-22T00:00:00.000Z until 2026-11-23T00:00:00.000Z',
      }),
      reopenedGrant(),
      sampleFinding({
        id: 'F-5TRANGER',
        check: 'sign-in-by-unknown-user',
        title: 'Sign-in tried with a login nobody has',
        severity: 'low',
        status: 'open',
        inWindow: false,
        summary: 'correct horse battery tried to sign in from 203.0.113.99.',
        actor: stranger('correct horse battery'),
        askWhom: 'whoever the sentence above names',
        description: 'Somebody guesses names, or typed a password into the wrong field.',
        firstSeenMs: NOW_MS - 20 * DAY_MS,
        events: [],
        eventCount: 2,
      }),
      ...routineResets(2, NOW_MS - 3 * DAY_MS),
    ],
  });
}

/** A night of which a day was not read: evidence beside what waits, what is settled and what is too weak to list. */
export function unclearAudit(): JudgedAudit {
  const settled = [{}, {}, {}, SUPPRESSED, { status: 'acknowledged' } as const, {}];
  const findings = largeAudit(settled.length).findings.map((finding, index) => ({
    ...finding,
    ...settled[index],
    events: finding.events.slice(0, 1),
    circumstances: ['own-network', 'privileged'] as const,
    alsoSeenBy: ['mfa-factors-reset'],
  }));
  return sampleAudit({
    verdict: 'evidence-found',
    verdictSentence:
      '1 finding in the log of acme.okta.com from 2026-11-16 to 2026-11-23 02:07 UTC is evidence, and 3 more (beside 1 acknowledged, 1 suppressed) have to be explained by a person. Not everything in that window was looked at: 1 hole, 2026-11-17 00:00 to 24:00 UTC.',
    coverage: {
      state: 'partial',
      holes: [
        {
          window: {
            sinceMs: Date.parse('2026-11-17T00:00:00Z'),
            untilMs: Date.parse('2026-11-18T00:00:00Z'),
          },
          reason: 'the log broke off',
          remedy: 'run the audit again',
          checks: ['api-token-created'],
          decides: true,
        },
      ],
      sources: [sampleSource({ firstEventMs: null, lastEventMs: null })],
    },
    checks: [
      sampleCheck(),
      sampleCheck({
        id: 'api-token-created',
        title: 'API token created',
        status: 'partly',
        reasons: ['2026-11-17 00:00 to 24:00 UTC: the log broke off'],
      }),
      sampleCheck({
        id: 'support-access-open',
        kind: 'analysis',
        title: 'Support access open',
        status: 'failed',
        reasons: ['2026-11-17 00:00 to 24:00 UTC: the log broke off'],
      }),
    ],
    supportAccess: {
      state: 'unknown',
      expiresAtMs: null,
      reason: 'Okta refused to say (403).',
      cases: [
        { ...CASE, caseNumber: '00000001', isOpen: false },
        { ...CASE, caseNumber: '00000002', isOpen: true },
      ],
    },
    findings,
    investigations: {
      credentialChanges: [],
      users: [],
      sessions: incidentInvestigations().users.map((found) => ({
        ...found,
        subject: 'session:idxTr4nsient',
      })),
      networks: [],
    },
  });
}

const CASE = {
  subject: 'Cannot sign in',
  impersonation: 'ENABLED',
  impersonationExpiresAtMs: null,
  selfAssigned: 'NOT_REQUIRED',
} as const;
const SUPPRESSED = { status: 'suppressed', suppressedBy: 'the yearly exercise' } as const;

/** Many findings over a week, of mixed severity, as a bad week or a noisy rule gives them. */
export function largeAudit(count: number): JudgedAudit {
  const severities = ['critical', 'high', 'medium', 'low'] as const;
  const since = Date.parse('2026-11-16T00:00:00Z');
  const findings = Array.from({ length: count }, (_, index): Finding => {
    const actor = person(`admin.${index % 23}`);
    const target = person(`user.${index % 811}`);
    const firstSeenMs = since + (index % 7) * DAY_MS + (index % 1400) * MINUTE_MS;
    const severity = severities[Math.min(3, Math.floor((index / count) * 4))] ?? 'low';
    return sampleFinding({
      id: toSampleId(index),
      check: `rule-${index % 12}`,
      title: `Factor reset that nobody enrolled again (${index % 12})`,
      severity,
      role: index < count / 50 ? 'evidence' : 'review',
      summary: `${actor.login} reset all factors of ${target.login} from 203.0.113.${index % 250}, and nobody enrolled again within 12 hours.`,
      actor,
      target,
      attribution: 'administrator',
      circumstances: ['administrator', 'outside-help-desk'],
      firstSeenMs,
      lastSeenMs: firstSeenMs + 3 * MINUTE_MS,
      events: Array.from({ length: 3 }, (_unused, step) =>
        sampleEvent({
          uuid: `${index}-${step}`,
          at: new Date(firstSeenMs + step * MINUTE_MS).toISOString(),
          eventType: 'user.mfa.factor.reset_all',
          actor,
          targets: [target],
          address: `203.0.113.${index % 250}`,
          city: 'Lisbon',
          country: 'Portugal',
        }),
      ),
      eventCount: 3,
      facts: { enrolledAgain: false, usualPerDay: 2 },
      askWhom: `${actor.login} whether they did this, and why`,
      nextSteps: ['Look at the sign-ins of the target from the reset on, for 24 hours.'],
      falsePositives: ['A lost phone that is replaced the next day.'],
      query: `eventType eq "user.mfa.factor.reset_all" and target.id eq "${target.id}" · since ${new Date(firstSeenMs).toISOString()} until ${new Date(firstSeenMs + DAY_MS).toISOString()}`,
    });
  });
  return sampleAudit({
    verdict: 'evidence-found',
    verdictSentence: `${Math.ceil(count / 50)} findings in the log of acme.okta.com from 2026-11-16 to 2026-11-23 02:07 UTC are evidence. Everything in that window was read.`,
    findings,
    checks: Array.from({ length: 12 }, (_, index) =>
      sampleCheck({ id: `rule-${index}`, title: `Rule ${index}`, events: 40, findings: 12 }),
    ),
  });
}

const ID_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function toSampleId(index: number): string {
  let rest = index;
  let id = '';
  for (let position = 0; position < 8; position += 1) {
    id = `${ID_ALPHABET.charAt(rest % 32)}${id}`;
    rest = Math.floor(rest / 32);
  }
  return `F-${id}`;
}
