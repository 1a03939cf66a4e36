import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { Investigation, JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { renderReportHtml } from '../../src/report/report-html.ts';
import { renderReportPages } from '../../src/report/report-pages.ts';
import { readVisibleText } from './read-markdown.ts';
import { answerOf, renderBody } from './render-sample.ts';
import { NOW_MS, sampleAudit, sampleCheck, sampleFinding } from './sample-audit.ts';
import { person, sampleEvent } from './sample-events.ts';
import { incidentAudit } from './sample-stories.ts';

const bodyOf = (changes: Partial<JudgedAudit>, more = {}) =>
  renderBody(sampleAudit(changes), more).body;

function withoutFolds(body: string): string {
  return body.replace(/<details>.*?<\/details>/gs, '');
}

describe('routine', () => {
  const routine = (id: string, actor: string, changes: Partial<Finding> = {}): Finding =>
    sampleFinding({
      id,
      role: 'context',
      title: 'Sign-in through a proxy',
      actor: person(actor),
      target: null,
      attribution: null,
      ...changes,
    });
  const rowsOf = (findings: readonly Finding[]) =>
    bodyOf({ findings })
      .split('\n')
      .filter((line) => line.startsWith('| 2026-11-22 |'));

  it('that many people each did for themselves on a day is one row', () => {
    const alone = { title: 'New factor enrolled', attribution: 'self' } as const;
    expect(
      rowsOf([
        routine('F-00000001', 'ann'),
        routine('F-00000002', 'bo'),
        routine('F-00000003', 'cy', { ...alone, target: person('cy') }),
        routine('F-00000004', 'di', { ...alone, target: person('di') }),
      ]),
    ).toEqual([
      '| 2026-11-22 | `ann@acme.example`, `bo@acme.example` | Sign-in through a proxy ×2 |  |',
      '| 2026-11-22 | `cy@acme.example`, `di@acme.example` | New factor enrolled ×2 |  |',
    ]);
  });

  it('that was done to different things stands with whoever did it', () => {
    const change = (id: string, actor: string, name: string) =>
      routine(id, actor, {
        title: 'Policy changed',
        target: { id: `00p${name}`, type: 'PolicyEntity', login: null, name },
      });
    expect(
      rowsOf([
        change('F-00000001', 'ann', 'Offices'),
        change('F-00000002', 'bo', 'Guests'),
        change('F-00000003', 'cy', 'Guests'),
      ]),
    ).toEqual([
      '| 2026-11-22 | `bo@acme.example`, `cy@acme.example` | Policy changed ×2 | `Guests` |',
      '| 2026-11-22 | `ann@acme.example` | Policy changed | `Offices` |',
    ]);
  });

  it('that was done to others stands with whoever did it', () => {
    const reset = { title: 'Password reset', attribution: 'administrator' } as const;
    expect(
      rowsOf([
        routine('F-00000001', 'ann', { ...reset, target: person('cy') }),
        routine('F-00000002', 'bo', { ...reset, target: person('di') }),
      ]),
    ).toEqual([
      '| 2026-11-22 | `ann@acme.example` | Password reset | `cy@acme.example` |',
      '| 2026-11-22 | `bo@acme.example` | Password reset | `di@acme.example` |',
    ]);
  });
});

describe('findings of one check', () => {
  const shared = {
    description: 'Whoever holds such a role can change everything.',
    nextSteps: ['Look at what they did next.'],
    falsePositives: ['A new colleague.'],
  };
  const findings = ['F-AAAAAAA1', 'F-AAAAAAA2', 'F-AAAAAAA3'].map((id) =>
    sampleFinding({ id, circumstances: ['privileged'], askWhom: `ask ${id}`, ...shared }),
  );

  it('say once what they share, and each its own', () => {
    const body = bodyOf({ findings });
    for (const text of [...shared.nextSteps, shared.description, ...shared.falsePositives]) {
      expect(body.split(text), text).toHaveLength(2);
    }
    expect(body.match(/stands with \*\*F-AAAAAAA1\*\*/g)).toHaveLength(2);
    expect(body.match(/\*For:\* it concerns a privileged/g)).toHaveLength(3);
    for (const { id } of findings) expect(body).toContain(`**Ask** ask ${id}.`);
  });

  it('say it each where a check says something else of each', () => {
    const [first, second] = findings;
    const other = { ...second, description: 'This one matters more.' } as Finding;
    const body = bodyOf({ findings: first === undefined ? [] : [first, other] });
    expect(body).toContain('This one matters more.');
    expect(body).not.toContain('stands with');
  });

  it('say it each where one has a step more', () => {
    const [first, second] = findings;
    const steps = ['Look at what they did next.', 'List their sessions.'];
    const other = { ...second, nextSteps: steps } as Finding;
    const body = bodyOf({ findings: first === undefined ? [] : [first, other] });
    expect(body).toContain('List their sessions.');
    expect(body).not.toContain('stands with');
  });

  it('say it once where their steps name other people', () => {
    const [first, second] = findings;
    const other = { ...second, nextSteps: ['Ask lee.kim@acme.example (actor.alternateId).'] };
    const body = bodyOf({ findings: first === undefined ? [] : [first, other as Finding] });
    expect(body).toContain('stands with **F-AAAAAAA1**');
    expect(body).not.toContain('lee.kim');
  });

  it('never point at one that has lost it to the budget', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      sampleFinding({ id: `F-0000${1000 + index}`, ...shared }),
    );
    let pointed = 0;
    for (let budgetBytes = 8_000; budgetBytes < 60_000; budgetBytes += 2_000) {
      const { body } = renderBody(sampleAudit({ findings: many }), { budgetBytes });
      const pointers = body.match(/stands with \*\*F-00001000\*\*/g)?.length ?? 0;
      if (pointers > 0) expect(body, String(budgetBytes)).toContain(shared.description);
      pointed += pointers;
    }
    expect(pointed).toBeGreaterThan(100);
  });
});

it('a query to paste is the filter alone, whatever a name in it holds', () => {
  const filter = 'eventType eq "user.session.start" and target.displayName eq "x · since y"';
  const query = `${filter} · since 2026-11-20T00:00:00Z until 2026-11-21T00:00:00Z`;
  const body = bodyOf({ findings: [sampleFinding({ query })] });
  expect(body).toContain(`\`\`\`text\n  ${filter}\n  \`\`\``);
  expect(body).toContain('since `2026-11-20T00:00:00Z` until `2026-11-21T00:00:00Z`:');
});

it('a query is pasted into the System Log as long as Okta keeps its time, and into no empty one after that', () => {
  const query =
    'eventType eq "user.session.start" · since 2026-08-24T01:00:00Z until 2026-08-24T03:00:00Z';
  const ask = (daysAgo: number) => {
    const judged = sampleAudit({
      findings: [sampleFinding({ query, firstSeenMs: NOW_MS - daysAgo * DAY_MS })],
    });
    return [renderBody(judged).body, renderReportHtml(answerOf(judged))];
  };
  for (const text of ask(90)) expect(text).toContain('To paste into the System Log, since');
  for (const text of ask(91)) {
    expect(text).toContain('To look for in an archive, as Okta no longer keeps this time, since');
    expect(text).not.toContain('System Log, since');
  }
});

it('a query without a time is pasted into the System Log, as of access that is open and began before Okta forgets', () => {
  const query = 'eventType sw "user.session.impersonation."';
  const judged = sampleAudit({
    findings: [sampleFinding({ query, firstSeenMs: NOW_MS - 120 * DAY_MS })],
  });
  for (const text of [renderBody(judged).body, renderReportHtml(answerOf(judged))]) {
    expect(text).toContain('To paste into the System Log:');
    expect(text).not.toContain('no longer keeps');
  }
});

describe('facts', () => {
  const event = sampleEvent({
    at: '2026-11-22T23:48:12Z',
    eventType: 'system.api_token.create',
    actor: person('dana.reyes'),
    address: '203.0.113.7',
    city: 'Berlin',
    country: 'Germany',
  });
  const facts = {
    'client.ipAddress': '203.0.113.7',
    'client.geographicalContext.country': 'Germany',
    'securityContext.asOrg': 'example network',
    enrolledAgainAt: '2026-11-22T23:55:00.000Z',
    seenAt: '2026-11-22T23:55:31.000Z',
    notes: [],
    grantedFrom: '203.0.113.7',
    privilege: 'Super administrator',
    'debugContext.debugData.privilegeGranted': 'Super administrator',
    sessions: 0,
  };

  it('leave out what is empty and what the table of events shows, and keep the names of fields', () => {
    const lines = readVisibleText(
      bodyOf({ findings: [sampleFinding({ events: [event], facts })] }),
    );
    expect(lines).not.toMatch(/client\.(?:ipAddress|geographicalContext)|notes/);
    expect(lines).toContain('securityContext.asOrg: example network');
    expect(lines).toContain('enrolled again at: 2026-11-22 23:55 UTC');
    expect(lines).toContain('seen at: 2026-11-22 23:55:31 UTC');
    expect(lines).toContain('sessions: 0');
    expect(lines).toContain('granted from: 203.0.113.7');
    expect(lines.match(/Super administrator/g)).toHaveLength(1);
    expect(lines).toContain('privilege: Super administrator');
  });

  it('keep a field whose value stands nowhere else', () => {
    const elsewhere = { ...facts, 'client.ipAddress': '198.51.100.1' };
    const body = bodyOf({ findings: [sampleFinding({ events: [event], facts: elsewhere })] });
    expect(body).toContain('- `client.ipAddress`: `198.51.100.1`');
  });
});

describe('checks that share a reason', () => {
  const reason = 'it needs most of the log, and a targeted pull asks Okta only for rare events';
  const unread = Array.from({ length: 8 }, (_, index) =>
    sampleCheck({ id: `check-${index}`, status: 'not-evaluated', reasons: [reason] }),
  );

  it('are one line with the first three names, and one note below the list of all', () => {
    const body = bodyOf({ checks: [sampleCheck({ reasons: ['short'] }), ...unread] });
    expect(withoutFolds(body)).toContain(`- **8 not evaluated**: ${reason} (`);
    expect(withoutFolds(body)).toContain('`check-2` and 5 more)');
    expect(withoutFolds(body)).not.toContain('check-3');
    expect(body.split(reason)).toHaveLength(3);
    expect(body).toContain(`1. ${reason}`);
    expect(body.match(/\| note 1 \|/g)).toHaveLength(8);
    expect(body).toContain('| short |');
  });

  it('are one line for each reason, which says whom a line above has counted already', () => {
    const alone = 'looks back 1 day';
    const body = bodyOf({
      checks: [
        sampleCheck({ id: 'both', status: 'partly', reasons: ['the archive begins late', alone] }),
        sampleCheck({ id: 'one', status: 'partly', reasons: ['the archive begins late'] }),
        sampleCheck({ id: 'more', status: 'partly', reasons: [alone, 'a page was lost'] }),
      ],
    });
    const open = withoutFolds(body);
    expect(open).toContain('- **2 evaluated in part**: the archive begins late (`both`, `one`)');
    expect(open).toContain(
      `- **2 evaluated in part**, 1 of them counted above: ${alone} (\`both\`, \`more\`)`,
    );
    expect(open).toContain('- **1 evaluated in part**, counted above: a page was lost (`more`)');
    expect(body).toContain('| note 1; note 2 |');
  });
});

describe('context', () => {
  const routine = (id: string, login: string, day: number): Finding =>
    sampleFinding({
      id,
      role: 'context',
      title: 'Password reset',
      actor: person('helpdesk.lin'),
      target: person(login),
      summary: `A sentence about ${login}.`,
      firstSeenMs: NOW_MS - day * DAY_MS,
    });
  const findings = [
    ...Array.from({ length: 7 }, (_, index) => routine(`F-0000000${index}`, `user.${index}`, 1)),
    routine('F-00000008', 'user.8', 3),
  ];

  it('is one row for each administrator and day, with whom it was about', () => {
    const rows = bodyOf({ findings })
      .split('\n')
      .filter((line) => line.startsWith('| 2026-'));
    expect(rows).toEqual([
      '| 2026-11-22 | `helpdesk.lin@acme.example` | Password reset ×7 | `user.0@acme.example`, `user.1@acme.example`, `user.2@acme.example`, `user.3@acme.example`, `user.4@acme.example` and 2 more |',
      '| 2026-11-20 | `helpdesk.lin@acme.example` | Password reset | `user.8@acme.example` |',
    ]);
  });

  it('stands in full in report.md', () => {
    const answer = { ...answerOf(sampleAudit({ findings })), completeThroughMs: null };
    const { reportMd } = renderReportPages(answer);
    for (const { summary } of findings) expect(readVisibleText(reportMd)).toContain(summary);
  });
});

describe('investigations', () => {
  const event = sampleEvent({
    at: '2026-11-22T23:48:12Z',
    eventType: 'system.api_token.create',
    actor: person('dana.reyes'),
  });
  const row = {
    atMs: event.publishedMs,
    eventType: event.eventType,
    outcome: 'SUCCESS',
    actor: null,
    address: null,
    place: null,
    userAgent: null,
  };
  const subject = (changes: Partial<Investigation> = {}): Investigation => ({
    subject: 'user:dana.reyes@acme.example',
    firstSeenMs: row.atMs,
    lastSeenMs: row.atMs,
    countsByEventType: { [row.eventType]: 1 },
    actors: [],
    addresses: [],
    places: [],
    userAgents: [],
    timeline: [row],
    ...changes,
  });
  const render = (users: Investigation[]) =>
    bodyOf({
      findings: [sampleFinding({ events: [event] })],
      investigations: { credentialChanges: [], users, sessions: [], networks: [] },
    });

  it('that saw only the events of findings are one sentence together', () => {
    const body = render([subject(), subject({ subject: 'user:lee.kim@acme.example' })]);
    expect(body).toContain(
      'Nothing beside the events of the findings above was seen of user `dana.reyes@acme.example` and user `lee.kim@acme.example`.',
    );
    expect(body).not.toContain('in order');
  });

  it.each([
    [
      'another moment',
      { timeline: [row, { ...row, atMs: row.atMs + 1 }], countsByEventType: { a: 2 } },
    ],
    ['more than they show', { countsByEventType: { a: 2 } }],
    ['nothing at all', { timeline: [], countsByEventType: {}, firstSeenMs: null }],
  ])('that saw %s stand for themselves', (_name, changes) => {
    const body = render([subject(changes)]);
    expect(body).toContain('**User** `dana.reyes@acme.example`:');
    expect(body).not.toContain('Nothing beside');
  });
});

describe('investigations of a quiet night', () => {
  it('are folded, with their counts in sight', () => {
    const change = {
      atMs: NOW_MS - DAY_MS,
      eventType: 'user.account.reset_password',
      actor: 'helpdesk.lin@acme.example',
      target: 'lee.kim@acme.example',
      address: null,
      attribution: 'administrator',
    };
    const body = bodyOf({
      investigations: { credentialChanges: [change], users: [], sessions: [], networks: [] },
    });
    expect(body).toContain('<summary>Investigations: 1 credential change</summary>');
    expect(body).toContain('helpdesk.lin@acme.example');
  });
});

it('investigations of changes alone are no empty heading where the changes have no room', () => {
  const { credentialChanges } = incidentAudit().investigations;
  const changes = Array.from({ length: 25 }, () => credentialChanges).flat();
  const investigations = { credentialChanges: changes, users: [], sessions: [], networks: [] };
  const { body, cut } = renderBody(sampleAudit({ investigations }), { budgetBytes: 5_000 });
  expect(body).toContain(
    `The report files tell what was found around ${changes.length} credential changes.`,
  );
  expect(body).not.toContain('<summary>Investigations:');
  expect(cut).toContain('the events of the investigations');
});

describe('a quiet night', () => {
  const interval = {
    startMs: NOW_MS - 2 * DAY_MS,
    endMs: NOW_MS - DAY_MS,
    expectedEndMs: null,
    endBasis: 'computed' as const,
    grantedBy: 'dana.reyes@acme.example',
    caseNumber: null,
    extensions: 0,
    sessions: [],
    events: [],
  };
  const acknowledged = sampleFinding({ status: 'acknowledged' });

  it('folds what was explained and when support could enter', () => {
    const body = bodyOf({ findings: [acknowledged], supportIntervals: [interval] });
    expect(body).toContain('<summary>Open 1 time in the log, no use seen</summary>');
    expect(body).toContain('<summary>1 finding acknowledged</summary>');
    expect(withoutFolds(body)).not.toMatch(/mermaid|- \[x\]|Tick a finding/);
    expect(
      withoutFolds(body)
        .split('\n')
        .filter((line) => line !== '').length,
    ).toBeLessThan(40);
  });

  it.each<[string, Partial<JudgedAudit>]>([
    ['a finding waits', { findings: [sampleFinding()] }],
    [
      'support can enter now',
      { supportAccess: { state: 'enabled', expiresAtMs: null, reason: null, cases: [] } },
    ],
  ])('is over where %s: the drawing stands in the open', (_name, changes) => {
    expect(withoutFolds(bodyOf({ supportIntervals: [interval], ...changes }))).toContain('mermaid');
  });

  it('does not say twice what the switch does not govern', () => {
    const verdictSentence = "Nothing. Okta's own support tooling is not governed by the switch.";
    expect(bodyOf({ verdictSentence }).match(/support tool/g)).toHaveLength(1);
    expect(bodyOf({}).match(/support tool/g)).toHaveLength(1);
  });
});
