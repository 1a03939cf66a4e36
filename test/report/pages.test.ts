import { describe, expect, it } from 'vitest';
import { NO_NEWS } from '../../src/model/audit-news.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { toPageDocument } from '../../src/report/html/to-page-document.ts';
import { renderIssueComment } from '../../src/report/issue-comment.ts';
import { renderIssueTitle } from '../../src/report/issue-title.ts';
import { measureBytes } from '../../src/report/markdown/piece.ts';
import { renderReportHtml } from '../../src/report/report-html.ts';
import { renderReportPages } from '../../src/report/report-pages.ts';
import { renderTerminal, type TerminalAnswer } from '../../src/report/terminal.ts';
import { expectGolden } from './expect-golden.ts';
import { readHtml } from './read-html.ts';
import { answerOf, renderBody, SAMPLE_NEWS } from './render-sample.ts';
import { NOW_MS, SAMPLE_IDENTITY, sampleAudit, sampleFinding } from './sample-audit.ts';
import { person } from './sample-events.ts';
import {
  incidentAudit,
  largeAudit,
  newsAudit,
  quietAudit,
  unclearAudit,
} from './sample-stories.ts';

describe('report.md', () => {
  const render = (judged = incidentAudit()) =>
    renderReportPages({ ...answerOf(judged), completeThroughMs: null }).reportMd;

  it('of an incident reads as reviewed', () => {
    expectGolden('test/report/golden/report-incident.md', render());
  });

  it('has no boxes, no hidden comments and no advice on ticking', () => {
    expect(render(newsAudit())).not.toMatch(/\[[ x]\]|<!--|Tick/);
  });

  it('holds every finding and event, however many there are', () => {
    const text = render(largeAudit(400));
    expect(text.match(/^- \*\*F-/gm)).toHaveLength(400);
    expect(text.match(/user\.mfa\.factor\.reset_all` \|/g)).toHaveLength(1_200);
    expect(text).not.toContain('leaves out:');
  });
});

describe('the job summary', () => {
  const render = (judged: ReturnType<typeof sampleAudit>, budgetBytes?: number) =>
    renderReportPages({
      ...answerOf(judged),
      completeThroughMs: null,
      ...(budgetBytes === undefined ? {} : { summaryBudgetBytes: budgetBytes }),
    }).jobSummary;

  it('is the text of report.md where that fits', () => {
    const answer = { ...answerOf(incidentAudit()), completeThroughMs: null };
    const { reportMd, jobSummary } = renderReportPages(answer);
    expect(jobSummary).toBe(reportMd);
  });

  it('stays below its limit and says what it leaves out', () => {
    const text = render(largeAudit(900));
    expect(measureBytes(text)).toBeLessThanOrEqual(900_000);
    expect(text).toContain('leaves out:');
    expect(text.match(/^- \*\*F-/gm)).toHaveLength(900);
  });

  it('counts bytes, not letters', () => {
    const judged = sampleAudit({
      findings: [sampleFinding({ description: `${'\u00e9'.repeat(900)} ${'\u00e9'.repeat(900)}` })],
    });
    const budgetBytes = Buffer.byteLength(render(judged)) - 1;
    expect(Buffer.byteLength(render(judged, budgetBytes))).toBeLessThanOrEqual(budgetBytes);
  });

  it('groups findings by check and day where nothing else fits', () => {
    const text = render(largeAudit(900), 60_000);
    expect(measureBytes(text)).toBeLessThanOrEqual(60_000);
    expect(text).toContain('single findings, which stand together by check and day');
    expect(text).toContain('There are too many for an entry each');
    expect(text).not.toContain('a tick here');
  });
});

describe('the comment', () => {
  const render = (changes = {}, judged = newsAudit()) =>
    renderIssueComment({
      ...answerOf(judged),
      news: SAMPLE_NEWS,
      mentions: ['acme/security'],
      ...changes,
    });

  it('about a night with news reads as reviewed', () => {
    expectGolden('test/report/golden/comment-news.md', render() ?? '');
  });

  it('is not written without news', () => {
    expect(render({ news: NO_NEWS })).toBeNull();
  });

  it('stays on one screen', () => {
    const judged = largeAudit(500);
    const news = { ...NO_NEWS, newFindings: judged.findings.map(({ id }) => id) };
    const text = render({ news }, judged) ?? '';
    expect(text.split('\n').length).toBeLessThan(40);
    expect(text).toContain('**500 new findings**');
    expect(text).toContain('495 more findings in the issue above.');
  });

  it('counts what is new and what came back together, and repeats nothing that is no news', () => {
    const judged = largeAudit(6);
    const [back, ...rest] = judged.findings.map((finding, index) =>
      index === 0 ? { ...finding, status: 'open' as const, eventsSinceAcknowledged: 1 } : finding,
    );
    if (back === undefined) throw new Error('there is no finding');
    const news = {
      ...NO_NEWS,
      newFindings: rest.map(({ id }) => id),
      reopenedFindings: [back.id],
    };
    const findings = [back, ...rest];
    const known = { window: judged.window, reason: 'no answer', remedy: 'wait', checks: ['a'] };
    const holes = [{ ...known, decides: true }];
    const coverage = { state: 'partial' as const, holes, sources: [] };
    const text = render({ news, mentions: [] }, { ...judged, findings, coverage }) ?? '';
    expect(text).toContain('**5 new findings and 1 finding back after review**');
    expect(text).toContain(', 1 more since acknowledged');
    expect(text).toContain('1 more finding in the issue above.');
    expect(text).not.toContain('can enter the tenant now');
    expect(text).not.toContain('Not read');
  });

  it('says what is worse, what was lost and what was found again', () => {
    const hole = {
      window: { sinceMs: NOW_MS - 3 * DAY_MS, untilMs: NOW_MS - 2 * DAY_MS },
      reason: 'the archive ends there',
      remedy: 'give an archive that covers it',
      checks: ['a'],
      decides: true,
    };
    const judged = sampleAudit({
      verdict: 'evidence-found',
      verdictSentence: '1 finding is evidence.',
      coverage: { state: 'partial', holes: [hole], sources: [] },
    });
    const news = {
      ...NO_NEWS,
      weakerVerdictBefore: 'no-evidence' as const,
      coverageLost: true,
      closedHoles: [{ sinceMs: NOW_MS - 9 * DAY_MS, untilMs: NOW_MS - 8 * DAY_MS }],
    };
    const text = render({ news, mentions: [] }, judged) ?? '';
    expect(text).toContain(
      '**The verdict is stronger, not everything could be read and 1 hole closed**',
    );
    expect(text).toContain('**Evidence found.** 1 finding is evidence.');
    expect(text).toContain(
      'Not read: 2026-11-20 02:17 to 2026-11-21 02:17 UTC, the archive ends there.',
    );
    expect(text).toContain('Read since: 2026-11-14 02:17 to 2026-11-15 02:17 UTC.');
  });

  it('counts the holes that it does not name', () => {
    const windows = Array.from({ length: 8 }, (_, index) => {
      const sinceMs = NOW_MS - (20 - index) * DAY_MS;
      return { sinceMs, untilMs: sinceMs + 1000 };
    });
    const holes = windows.map((window) => ({
      window,
      reason: 'a page was lost',
      remedy: 'run again',
      checks: ['a'],
      decides: true,
    }));
    const judged = sampleAudit({ coverage: { state: 'partial', holes, sources: [] } });
    const news = { ...NO_NEWS, coverageLost: true, closedHoles: windows };
    const text = render({ news, mentions: [] }, judged) ?? '';
    expect(text.match(/^Not read: /gm)).toHaveLength(5);
    expect(text).toContain('3 more holes in the issue above.');
    expect(text).toMatch(/Read since: .* UTC and 3 more\.$/m);
  });
});

describe('the title', () => {
  it.each([
    ['a night', sampleAudit(), 'Okta audit: acme.okta.com'],
    ['archives alone', sampleAudit({ tenant: null }), 'Okta audit: archives'],
    [
      'an incident',
      incidentAudit(),
      'Okta incident lookback: January 2022, support vendor compromised (LAPSUS$) · acme.okta.com',
    ],
  ])('of %s', (_name, judged, title) => {
    expect(renderIssueTitle(judged)).toBe(title);
  });
});

it('every report says of a hole before the window that checks look back', () => {
  const { window } = sampleAudit();
  const hole = {
    window: { sinceMs: window.sinceMs - 9 * DAY_MS, untilMs: window.sinceMs - DAY_MS },
    reason: 'the archive begins later',
    remedy: 'give an older one',
    checks: ['support-access-open'],
    decides: false,
  };
  const judged = sampleAudit({ coverage: { state: 'complete', holes: [hole], sources: [] } });
  const answer = { ...answerOf(judged), completeThroughMs: null };
  const texts = [
    renderReportPages(answer).reportMd,
    readHtml(renderReportHtml(answer)),
    renderTerminal({ judged, minimumSeverity: 'low', focus: [] }),
  ];
  for (const text of texts) {
    expect(text.replace(/\s+/g, ' ')).toContain('(checks look back before the window)');
  }
});

describe('the answer on a terminal', () => {
  const show = (judged: JudgedAudit, options: Partial<TerminalAnswer> = {}) =>
    renderTerminal({ judged, minimumSeverity: 'low', focus: [], ...options });

  it.each([
    ['incident', incidentAudit()],
    ['quiet', quietAudit()],
    ['news', newsAudit()],
    ['unclear', unclearAudit()],
  ])('of %s reads as reviewed', (name, judged) => {
    expectGolden(`test/report/golden/terminal-${name}.txt`, show(judged, { width: 100 }));
  });

  it('keeps to its columns', () => {
    for (const judged of [largeAudit(30), incidentAudit()]) {
      const lines = show(judged, { width: 80 }).split('\n');
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });

  it('says what was found of whom somebody asked about, however the login was spelled, and of no other', () => {
    const focus = [{ kind: 'user', value: 'Finance.Director@acme.example' }] as const;
    expect(show(incidentAudit(), { focus, width: 100 })).toContain(`

Asked about user:finance.director@acme.example: 2 events, 21 January 2022, 10:14 to 10:32 UTC
People    finance.director@acme.example, system@okta.com
Addresses 198.51.100.24
Places    Berlin, Germany
Programs  Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1
`);
    const other = [{ kind: 'user', value: 'dana.reyes@acme.example' }] as const;
    expect(show(incidentAudit(), { focus: other })).not.toContain('Asked about');
  });

  it('says of a session and a network what was found too, and which of it may be missing', () => {
    const judged = incidentAudit();
    const [found] = judged.investigations.networks;
    if (found === undefined) throw new Error('nothing was found');
    const sessions = [{ ...found, subject: 'session:idxS1', ids: ['00u1', '00u2'], timeline: [] }];
    const networks = [{ ...found, places: [] }];
    const hole = {
      window: judged.window,
      reason: 'the story was not read',
      remedy: 'give an archive',
      checks: [],
      decides: false,
    };
    const unread = {
      ...judged,
      investigations: { ...judged.investigations, sessions, networks },
      coverage: { ...judged.coverage, holes: [hole] },
    };
    const focus = [
      { kind: 'session', value: 'idxS1' },
      { kind: 'ip', value: '203.0.113.7' },
    ] as const;
    const admission = 'Not everything around the people and sessions here was read';
    const text = show(unread, { focus, width: 200 });
    expect(text).toContain(`\n\n${admission}; the coverage says what is missing.\n\nAsked about`);
    expect(text).toContain('Asked about session:idxS1: 2 events, 21 January 2022, 16:32');
    expect(text).toContain('This login was that of 2 users');
    expect(text).toContain('Of 2 events the first 0 are kept');
    expect(text).toContain('Asked about ip:203.0.113.7: 2 events');
    expect(text.match(/^Places .*$/gm)).toHaveLength(1);
    expect(show(unread, { focus: [] })).not.toContain(admission);
    const whole = { ...unread, coverage: judged.coverage };
    expect(show(whole, { focus, width: 200 })).not.toContain(admission);
  });

  it('says of whom nothing was found that what was read holds nothing', () => {
    const judged = unclearAudit();
    const nobody = {
      subject: 'user:no.body@acme.example',
      firstSeenMs: null,
      lastSeenMs: null,
      countsByEventType: {},
      addresses: [],
      places: [],
      actors: [],
      userAgents: [],
      timeline: [],
    };
    const investigations = { ...judged.investigations, users: [nobody] };
    const focus = [{ kind: 'user', value: 'no.body@acme.example' }] as const;
    const text = show({ ...judged, investigations }, { focus });
    expect(text).toContain(
      'no.body@acme.example: no events, nothing in what was read of the log\n',
    );
    expect(text).toContain('Write a login as Okta does');
  });

  it('names the first findings and counts the rest', () => {
    const text = show(largeAudit(50));
    expect(text).toContain('and 30 more findings in the report files.');
    expect(text.match(/^ {2}F-/gm)).toHaveLength(20);
    expect(show(sampleAudit())).toContain('Findings: none\n');
  });

  it('counts what is below the minimum severity and does not list it', () => {
    const judged = sampleAudit({
      findings: [
        sampleFinding({ id: 'F-00000001', severity: 'high' }),
        sampleFinding({ id: 'F-00000002', severity: 'medium' }),
        sampleFinding({ id: 'F-00000003', severity: 'low', role: 'context' }),
      ],
    });
    const text = show(judged, { minimumSeverity: 'high' });
    expect(text).toContain('Findings: 2 to review and 1 for context');
    expect(text).toContain('F-00000001');
    expect(text).not.toContain('F-00000002');
    expect(text).toContain('1 to review below high, not listed here.');
    expect(show(judged)).not.toContain('not listed here');
  });

  it('shows what was not read, and whether it decides anything', () => {
    const text = show(incidentAudit());
    expect(text).toContain('Not read  2022-03-02 04:00 to 09:00');
    expect(text).toContain(
      'Coverage  complete, 1 hole that decides nothing, 1,204,551 events read\n',
    );
    const [hole] = incidentAudit().coverage.holes;
    if (hole === undefined) throw new Error('the incident has no hole');
    const holes = [{ ...hole, decides: true }, hole];
    expect(show(sampleAudit({ coverage: { state: 'partial', holes, sources: [] } }))).toContain(
      'Coverage  partial, 1 hole in the time that decides, ',
    );
  });

  it('does not count as evaluated that no check looked', () => {
    const coverage = { state: 'none', holes: [], sources: [] } as const;
    const text = show(sampleAudit({ checks: [], coverage }));
    expect(text).toContain('Coverage  none, no check looked at the time that decides, ');
    expect(text).toContain('Checks    none looks for this\n');
  });

  it('counts the holes that it does not name', () => {
    const [hole] = incidentAudit().coverage.holes;
    if (hole === undefined) throw new Error('the incident has no hole');
    const showHoles = (count: number) =>
      show(
        sampleAudit({
          coverage: { state: 'partial', holes: Array(count).fill(hole), sources: [] },
        }),
      );
    expect(showHoles(12)).toContain('          2 more holes\n');
    expect(showHoles(12).match(/the archive\s+has\s+no\s+events/g)).toHaveLength(10);
    expect(showHoles(12).match(/^Not read/gm)).toHaveLength(1);
    expect(showHoles(10)).not.toContain('more hole');
  });

  it.each([
    ['enabled', NOW_MS, 'can enter now, until 2026-11-23 02:17 UTC'],
    ['enabled', null, 'can enter now'],
    ['disabled', null, 'access is off now'],
    ['unknown', null, 'access is unknown'],
  ] as const)('says whether Okta Support can enter: %s, until %s', (state, expiresAtMs, words) => {
    const judged = sampleAudit({ supportAccess: { state, expiresAtMs, reason: null, cases: [] } });
    expect(show(judged)).toContain(`\nSupport   ${words}\n`);
    const told = {
      enabled: `Okta Support can enter the tenant now${words.replace('can enter now', '')}.`,
      disabled: 'Support access is off. That says nothing about the past',
      unknown: 'Whether Okta Support can enter now is unknown.',
    };
    expect(renderReportHtml(answerOf(judged))).toContain(`<p>${told[state]}`);
    expect(renderReportHtml(answerOf(judged))).not.toContain('1970');
  });

  it('does not call access unused of which a part was not read, nor does any report', () => {
    const judged = incidentAudit();
    const supportIntervals = judged.supportIntervals.map((interval) => ({
      ...interval,
      isUnread: true,
    }));
    const unread = { ...judged, supportIntervals };
    expect(show(judged)).toContain('no use seen\n');
    expect(show(unread)).toContain('no use seen, but not all was read\n');
    const { body } = renderBody(unread);
    expect(body).toContain('| unknown, not all was read |');
    expect(body).toContain('Open, not all was read :crit');
    expect(body).not.toContain('Open, not used');
    const html = renderReportHtml(answerOf(unread));
    expect(html).toContain('unknown, not all was read');
    const labels = toPageDocument(unread).spans.map(({ label }) => label);
    expect(labels.join()).toContain('granted by dana.reyes@acme.example, not all of it read');
    expect(labels.join()).not.toContain('not used');
  });

  it('does not say of the time of an untold story that it was not read', () => {
    const judged = incidentAudit();
    const hole = {
      window: judged.window,
      reason: 'what happened before and after 3 findings was not read',
      remedy: 'give whoever else matters as a focus',
      checks: [],
      decides: false,
    };
    const text = show({ ...judged, coverage: { ...judged.coverage, holes: [hole] } });
    expect(text).toContain(
      'Not read  what happened before and after 3 findings was not read (2021',
    );
  });
});

describe('report.html without its program', () => {
  const page = renderReportHtml({ ...answerOf(incidentAudit()) });

  it.each([
    ['incident', incidentAudit(), 'low' as const],
    ['news', newsAudit(), 'low' as const],
    ['unclear', unclearAudit(), 'high' as const],
  ])('of %s reads as reviewed', (name, judged, minimumSeverity) => {
    const text = readHtml(renderReportHtml({ ...answerOf(judged), minimumSeverity }));
    expectGolden(`test/report/golden/page-${name}.txt`, text);
  });

  it('allows nothing but its own style sheet', () => {
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src &apos;none&apos;; style-src &apos;sha256-/,
    );
    expect(page).not.toMatch(/<script|javascript:|\son[a-z]+=/i);
  });

  it('tells every finding with its events', () => {
    for (const { id } of incidentAudit().findings) expect(page).toContain(`<details id="${id}">`);
    expect(page).toContain('198.51.100.24');
  });

  it('hides what an unknown person typed', () => {
    const finding = sampleFinding({
      actor: { id: 'unknown', type: 'User', login: 'typed-secret', name: 'unknown' },
      target: person('lee.kim'),
      summary: 'typed-secret tried to sign in.',
    });
    const text = renderReportHtml(answerOf(sampleAudit({ findings: [finding] })));
    expect(text).not.toContain('typed-secret');
    expect(renderReportHtml({ ...answerOf(newsAudit()), identity: SAMPLE_IDENTITY })).not.toContain(
      'horse',
    );
  });
});

it('the page lists the first of many rows, and says how many it leaves out', () => {
  const { investigations, ...judged } = incidentAudit();
  const repeat = <T>(rows: readonly T[]): T[] =>
    Array.from({ length: 502 }, () => rows.slice(0, 1)).flat();
  const users = investigations.users.map((user) => ({ ...user, timeline: repeat(user.timeline) }));
  const credentialChanges = repeat(investigations.credentialChanges);
  const page = readHtml(
    renderReportHtml(
      answerOf({ ...judged, investigations: { ...investigations, credentialChanges, users } }),
    ),
  );
  expect(page.match(/^2 more rows in report\.json\.$/gm)).toHaveLength(2);
  expect(page.match(/^ ?\| 2022-01-21 10:14:07 \| user\.account\.reset_password/gm)).toHaveLength(
    1_001,
  );
});

it('an investigation says in every report what it keeps, and where a login was that of two users', () => {
  const judged = incidentAudit();
  const users = judged.investigations.users.map((user) => ({
    ...user,
    countsByEventType: { 'user.authentication.sso': 12_345 },
    ids: ['00u1', '00u2'],
  }));
  const answer = answerOf({ ...judged, investigations: { ...judged.investigations, users } });
  const kept = 'Of 12,345 events the first 2 are kept; a narrower window shows later ones.';
  const { reportMd } = renderReportPages({ ...answer, completeThroughMs: null });
  expect(users).toHaveLength(1);
  expect(reportMd).toContain(`- ${kept}`);
  expect(renderReportHtml(answer)).toContain(`<li>${kept}</li>`);
  expect(reportMd).toContain('- This login was that of 2 users');
  expect(renderReportHtml(answer)).toContain('for one of them, 00u1 and 00u2.</li>');
});

describe('an investigation that found nothing', () => {
  const nothing = { firstSeenMs: null, lastSeenMs: null, countsByEventType: {}, timeline: [] };
  const ask = (subject: string, changes: Partial<JudgedAudit> = {}) => {
    const judged = { ...incidentAudit(), ...changes };
    const [user] = judged.investigations.users;
    if (user === undefined) throw new Error('the sample investigates nobody');
    const investigations = {
      ...judged.investigations,
      users: [{ ...user, ...nothing, subject }],
      sessions: [{ ...user, ...nothing, subject: 'session:idx1' }],
    };
    const answer = answerOf({ ...judged, investigations });
    return [
      renderReportPages({ ...answer, completeThroughMs: null }).reportMd,
      renderReportHtml(answer),
    ];
  };
  const named = 'user:finance.director@acme.example';
  const coverage = (holes: JudgedAudit['coverage']['holes']) => ({
    coverage: { state: 'complete' as const, holes, sources: [] },
  });

  it('says in every report that the log may spell a login otherwise', () => {
    for (const text of ask('user:Finance.Director@acme.example'))
      expect(text.split('Write a login as Okta does').length - 1).toBe(1);
  });

  it('doubts no login that a finding names', () => {
    for (const text of ask(named)) expect(text).not.toContain('Write a login as Okta does');
  });

  it('says that there is nothing only of a log that was read whole', () => {
    for (const text of ask(named, coverage([]))) {
      expect(text).toContain('nothing in the log');
      expect(text).not.toContain('Not everything around the people');
    }
    const window = { sinceMs: NOW_MS - DAY_MS, untilMs: NOW_MS };
    const lost = { window, reason: 'HTTP 500', remedy: 'run again', checks: [], decides: false };
    for (const text of ask(named, coverage([lost]))) {
      expect(text).toContain('no events, nothing in what was read of the log');
      expect(text).not.toContain('nothing in the log');
      expect(text).toContain('Not everything around the people and sessions here was read');
    }
  });
});
