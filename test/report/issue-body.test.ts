import { describe, expect, it } from 'vitest';
import { NO_NEWS } from '../../src/model/audit-news.ts';
import type { Finding } from '../../src/model/finding.ts';
import { deriveBatchId } from '../../src/model/finding-id.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import type { CoverageState } from '../../src/model/verdict.ts';
import { measureBytes } from '../../src/report/markdown/piece.ts';
import { renderReportHtml } from '../../src/report/report-html.ts';
import { describeVerdict } from '../../src/report/words/describe-verdict.ts';
import { expectGolden } from './expect-golden.ts';
import { listNodes, readMarkdown, readVisibleText } from './read-markdown.ts';
import { answerOf, listBoxes, renderBody, SAMPLE_MARKER, SAMPLE_NEWS } from './render-sample.ts';
import { NOW_MS, sampleAudit, sampleCheck, sampleFinding, sampleSource } from './sample-audit.ts';
import { person, sampleEvent } from './sample-events.ts';
import { incidentAudit, largeAudit, newsAudit, quietAudit } from './sample-stories.ts';

describe('the issue body', () => {
  it.each([
    ['an incident', 'incident', incidentAudit(), {}],
    ['a quiet night', 'quiet', quietAudit(), {}],
    ['a night with news', 'news', newsAudit(), { news: SAMPLE_NEWS }],
    ['an empty night', 'empty', sampleAudit(), { mentions: ['acme/security'] }],
    ['1 finding', '1-finding', largeAudit(1), {}],
    ['30 findings', '30-findings', largeAudit(30), {}],
    ['300 findings', '300-findings', largeAudit(300), {}],
    ['2,000 findings', '2000-findings', largeAudit(2_000), {}],
  ])('of %s reads as reviewed', (_name, file, judged, changes) => {
    expectGolden(`test/report/golden/issue-${file}.md`, renderBody(judged, changes).body);
  });

  it('begins with the marker', () => {
    expect(renderBody(incidentAudit()).body.startsWith(`${SAMPLE_MARKER}\n`)).toBe(true);
  });

  it('is the same for the same answer', () => {
    expect(renderBody(newsAudit())).toEqual(renderBody(newsAudit()));
  });
});

it('says how many findings the drawing of support access has no room for', () => {
  const { supportIntervals } = incidentAudit();
  const bodyOf = (count: number) => renderBody({ ...largeAudit(count), supportIntervals }).body;
  expect(bodyOf(20)).not.toContain('The drawing shows');
  expect(bodyOf(30)).toContain('```\n\nThe drawing shows the first 20 of 30 findings to review.\n');
});

it.each([
  ['complete', 'no event of the kinds asked for · 6 requests to Okta'],
  ['none', 'no events read · 6 requests to Okta'],
] as const)('tells a log without such events from one that was not read: %s', (state, words) => {
  const counts = { eventsRead: 0, eventsParsed: 0, malformed: 0, duplicates: 0, requests: 6 };
  const coverage = { state, holes: [], sources: [sampleSource({ counts })] };
  expect(readVisibleText(renderBody(sampleAudit({ coverage })).body)).toContain(words);
});

describe('boxes', () => {
  it('stand once at each finding to review or acknowledged, and nowhere else', () => {
    const { body } = renderBody(
      sampleAudit({
        findings: [
          sampleFinding({ id: 'F-EV1DENCE', role: 'evidence' }),
          sampleFinding({ id: 'F-REV1EWXX' }),
          sampleFinding({ id: 'F-ACKN0WED', status: 'acknowledged' }),
          sampleFinding({ id: 'F-SVPPRESS', status: 'suppressed', suppressedBy: 'known job' }),
          sampleFinding({ id: 'F-C0NTEXT0', role: 'context' }),
          sampleFinding({
            id: 'F-C0NTEXT1',
            role: 'context',
            status: 'suppressed',
            suppressedBy: 'x',
          }),
          sampleFinding({ id: 'F-1NF0RMAT', severity: 'informational' }),
        ],
      }),
    );
    expect(listBoxes(body)).toEqual([
      [' ', 'F-EV1DENCE'],
      [' ', 'F-REV1EWXX'],
      ['x', 'F-ACKN0WED'],
    ]);
    expect(body).toContain('1 suppressed, 2 for context');
    const boxes = listNodes(readMarkdown(body)).filter(
      (node) => node.type === 'listItem' && typeof node.checked === 'boolean',
    );
    expect(boxes).toHaveLength(3);
  });

  it('stand at each of 300 open findings', () => {
    const boxes = listBoxes(renderBody(largeAudit(300)).body);
    expect(new Set(boxes.map(([, id]) => id)).size).toBe(300);
    expect(boxes.every(([, id]) => id.startsWith('F-'))).toBe(true);
  });

  it('stand at each check and day above 300, bound to the id of both', () => {
    const judged = largeAudit(301);
    const ids = listBoxes(renderBody(judged).body).map(([, id]) => id);
    expect(new Set(ids)).toEqual(new Set(judged.findings.map(deriveBatchId)));
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it('of acknowledged findings stay ticked, one each, also beside open batches', () => {
    const acknowledged = largeAudit(400).findings.map((finding) => ({
      ...finding,
      status: 'acknowledged' as const,
    }));
    const boxes = listBoxes(renderBody(sampleAudit({ findings: acknowledged })).body);
    expect(boxes.every(([mark]) => mark === 'x')).toBe(true);
    expect(boxes).toHaveLength(new Set(boxes.map(([, id]) => id)).size);
  });
});

it('a box that stands for what was acknowledged never stands for what waits', () => {
  const make = (changes: Partial<Finding>, count: number) =>
    Array.from({ length: count }, (_, index) =>
      sampleFinding({ ...changes, id: `F-${changes.check}${10 + index}` }),
    );
  const open = make({ check: 'WAITS1', status: 'open' }, 1);
  const beside = make({ check: 'WAITS1', status: 'acknowledged' }, 40).slice(1);
  const other = make({ check: 'KNOWN1', status: 'acknowledged' }, 40);
  const judged = sampleAudit({ verdict: 'needs-review', findings: [...open, ...beside, ...other] });
  const { body, cut } = renderBody(judged, { budgetBytes: 6_000 });
  expect(cut).toContain('single boxes of acknowledged findings');
  expect(listBoxes(body)).toEqual([
    [' ', 'F-WAITS110'],
    ['x', deriveBatchId(sampleFinding({ check: 'KNOWN1' }))],
  ]);
  const less = renderBody(judged, { budgetBytes: 3_200 });
  expect(less.cut).toContain('the acknowledged findings');
  expect(less.body).toContain('79 findings acknowledged; they are in the report files.');
  expect(listBoxes(less.body)).toEqual([[' ', 'F-WAITS110']]);
});

const ROUTINE = findMany({ role: 'context' });
const SUPPRESSED = findMany({ status: 'suppressed' });
const ACKNOWLEDGED = findMany({ status: 'acknowledged' });

function findMany(changes: Partial<Finding>): Finding[] {
  return Array.from({ length: 2_000 }, (_, index) =>
    sampleFinding({
      ...changes,
      id: `F-MANY${1_000 + index}`,
      check: `check-${index}`,
      actor: person(`admin.${index}`),
      target: person(`user.${index}`),
    }),
  );
}

function failMany(): JudgedAudit['checks'] {
  return Array.from({ length: 2_000 }, (_, index) =>
    sampleCheck({ id: `check-${index}`, status: 'failed', reasons: [`it broke in line ${index}`] }),
  );
}

function investigateMany(): JudgedAudit['investigations'] {
  const nothing = { actors: [], addresses: [], places: [], userAgents: [], timeline: [] };
  const users = Array.from({ length: 2_000 }, (_, index) => ({
    subject: `user:${index}`,
    firstSeenMs: null,
    lastSeenMs: null,
    countsByEventType: {},
    ...nothing,
  }));
  return { credentialChanges: [], users, sessions: [], networks: [] };
}

describe('the budget', () => {
  it.each([1, 30, 100, 300, 301, 2_000])('holds for %i findings', (count) => {
    const { body } = renderBody(largeAudit(count));
    expect(measureBytes(body)).toBeLessThanOrEqual(60_000);
  });

  it.each([4_000, 8_000, 20_000, 59_000])(
    'of %i bytes holds, and what is cut is said',
    (budgetBytes) => {
      const { body, cut } = renderBody(largeAudit(120), { budgetBytes });
      expect(measureBytes(body)).toBeLessThanOrEqual(budgetBytes);
      expect(cut.length).toBeGreaterThan(0);
      for (const words of cut) expect(body).toContain(words);
    },
  );

  it('counts marker and notes', () => {
    const memoryMarker = `<!-- ${'m'.repeat(20_000)} -->`;
    const notes = 'note '.repeat(1_000);
    const { body } = renderBody(largeAudit(100), { memoryMarker, notes });
    expect(measureBytes(body)).toBeLessThanOrEqual(60_000);
    expect(body).toContain(notes.trim());
  });

  it('holds however often Okta Support came in, and the drawing says what it leaves out', () => {
    const startMs = NOW_MS - 100 * DAY_MS;
    const [known] = newsAudit().supportIntervals;
    if (known === undefined) throw new Error('the night with news has no interval');
    const supportIntervals = Array.from({ length: 100 }, (_, day) => ({
      ...known,
      startMs: startMs + day * DAY_MS,
      notes: [`A session of day ${day} went on longer than access was open.`],
      sessions: Array.from({ length: 30 }, () => ({
        startMs: startMs + day * DAY_MS,
        endMs: null,
        by: 'support@okta.example',
        events: [],
      })),
    }));
    const { body } = renderBody(sampleAudit({ supportIntervals }));
    expect(measureBytes(body)).toBeLessThanOrEqual(60_000);
    expect(body).toContain(
      'The drawing shows the first 60 of 3,100 times with access and sessions.',
    );
    expect(body).toContain('\n- 75 more in the report files.');
  });

  it('says how many open cases it does not name', () => {
    const { supportAccess } = newsAudit();
    const cases = Array.from({ length: 30 }, () => supportAccess.cases).flat();
    const { body } = renderBody(sampleAudit({ supportAccess: { ...supportAccess, cases } }));
    expect(body.match(/^\| `00123456` /gm)).toHaveLength(25);
    expect(body).toContain('5 more in the report files.');
  });

  it('says what the memory left behind, also where the body itself fits', () => {
    const memoryCut = ['the memory of 3 acknowledged findings, new again should more of it come'];
    const { body, cut } = renderBody(largeAudit(3), { memoryCut });
    expect(cut).toEqual(memoryCut);
    expect(body).toContain(`it leaves out: ${memoryCut[0]}.`);
    const budgetBytes = measureBytes(renderBody(largeAudit(3)).body) + 180;
    const tight = renderBody(largeAudit(3), { memoryCut, budgetBytes });
    expect(measureBytes(tight.body)).toBeLessThanOrEqual(budgetBytes);
    const full = renderBody(largeAudit(200), { memoryCut });
    expect(full.cut.at(-1)).toBe(memoryCut[0]);
    expect(measureBytes(full.body)).toBeLessThanOrEqual(60_000);
  });

  it('costs nothing where everything fits', () => {
    expect(renderBody(incidentAudit()).cut).toEqual([]);
    expect(renderBody(incidentAudit()).body).not.toContain('leaves out:');
  });

  it('takes the detail of weak findings before that of the ten strongest', () => {
    const { body } = renderBody(largeAudit(120));
    const blocks = body.split(/^- \[ \] /m).slice(1);
    expect(blocks).toHaveLength(120);
    expect(blocks[0]).toContain('Evidence and query');
    expect(blocks[119]).not.toContain('Evidence and query');
  });

  it.each([
    ['Evidence and query', 60_000],
    ['**Ask**', 30_000],
    ['Evidence and query', 20_000],
  ])('takes "%s" from the weakest first', (detail, budgetBytes) => {
    const { body } = renderBody(largeAudit(60), { budgetBytes });
    const [, ...blocks] = body.split(/^- \[ \] /m);
    const kept = blocks.filter((block) => block.includes(detail));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(60);
    expect(kept).toEqual(blocks.slice(0, kept.length));
  });

  it.each<[string, number, string, Partial<JudgedAudit>]>([
    ['routine findings', 6_000, 'most findings for context', { findings: ROUTINE }],
    ['routine findings', 3_000, 'the findings for context', { findings: ROUTINE }],
    ['suppressed ones', 6_000, 'the suppressed findings', { findings: SUPPRESSED }],
    ['acknowledged ones', 6_000, 'the acknowledged findings', { findings: ACKNOWLEDGED }],
    ['failed checks', 6_000, 'all checks, also those that were not', { checks: failMany() }],
    ['people', 6_000, 'the investigations', { investigations: investigateMany() }],
  ])('holds for thousands of %s in %i bytes', (_what, budgetBytes, words, changes) => {
    const { body, cut } = renderBody(sampleAudit(changes), { budgetBytes });
    expect(measureBytes(body)).toBeLessThanOrEqual(budgetBytes);
    expect(cut.join('; ')).toContain(words);
  });

  it('never drops a finding while any finding has detail left', () => {
    for (const budgetBytes of [12_000, 16_000, 24_000, 40_000]) {
      const { body } = renderBody(largeAudit(60), { budgetBytes });
      expect(listBoxes(body).length, String(budgetBytes)).toBe(60);
    }
  });

  it('stays even where nothing but counts is left, and says so', () => {
    const { body, cut } = renderBody(largeAudit(2_000), { budgetBytes: 6_000 });
    expect(measureBytes(body)).toBeLessThanOrEqual(6_000);
    expect(cut.join(' ')).toMatch(/boxes? with their findings/);
    expect(body).toContain('2,000 to review');
  });

  it('keeps the first part of notes that are too long, and says where the rest is', () => {
    const { body, cut } = renderBody(incidentAudit(), { notes: 'é'.repeat(5_000) });
    expect(measureBytes(body)).toBeLessThanOrEqual(60_000);
    expect(cut).toEqual(['the end of the notes']);
    expect(body).toContain('edit history');
    expect(body).not.toContain('\uFFFD');
  });
});

describe('what the reader is told', () => {
  it('names what the minimum severity hides', () => {
    const { body } = renderBody(incidentAudit(), { minimumSeverity: 'high' });
    expect(readVisibleText(body)).toContain(
      '7 findings below high are counted and not listed here: 2 to review and 5 for context.',
    );
    expect(listBoxes(body)).toEqual([[' ', 'F-7Q2K4M9X']]);
  });

  it('warns calmly once everything is reviewed', () => {
    expect(renderBody(quietAudit()).body).toContain('> [!NOTE]\n> **Nothing waits for review.**');
    expect(renderBody(incidentAudit()).body).toContain('> [!WARNING]\n> **Needs review.**');
  });

  it('says how many of the suppressed findings are evidence, and which', () => {
    const findings = [
      sampleFinding({
        id: 'F-ONE11111',
        role: 'evidence',
        status: 'suppressed',
        suppressedBy: 'x',
      }),
      sampleFinding({ id: 'F-TWO22222', role: 'review', status: 'suppressed', suppressedBy: 'y' }),
    ];
    const text = readVisibleText(renderBody({ ...quietAudit(), findings }).body);
    expect(text).toContain('2 findings suppressed by your tuning file, 1 of them evidence');
    expect(text).toContain('F-ONE11111evidence, high,');
    expect(text).toContain('F-TWO22222high,');
  });

  it('never calls evidence reviewed that the tuning file suppressed', () => {
    const headlineOf = (status: 'acknowledged' | 'suppressed') =>
      describeVerdict({
        ...quietAudit(),
        verdict: 'evidence-found',
        findings: [sampleFinding({ role: 'evidence', status })],
      });
    expect(headlineOf('suppressed')).toEqual({
      headline: 'Evidence found, all of it reviewed or suppressed.',
      alert: 'IMPORTANT',
    });
    expect(headlineOf('acknowledged')).toEqual({
      headline: 'Evidence found, all of it reviewed.',
      alert: 'NOTE',
    });
  });

  it.each([
    ['evidence-found', 'Evidence found, all of it reviewed; not everything was read.'],
    ['needs-review', 'Nothing waits for review, but not everything was read.'],
  ] as const)(
    'is not called calm where all of %s is reviewed and some was not read',
    (verdict, headline) => {
      const findings = [sampleFinding({ status: 'acknowledged' })];
      const coverage = { state: 'partial', holes: [], sources: [] } as const;
      const judged = sampleAudit({ verdict, findings, coverage });
      expect(renderBody(judged).body).toContain(`> [!IMPORTANT]\n> **${headline}**`);
      expect(renderReportHtml(answerOf(judged))).toContain(`<strong>${headline}</strong>`);
    },
  );

  it('begins with evidence that still waits from before, ahead of what this run only asks about', () => {
    const asked = [1, 2, 3, 4, 5, 6].map((number) =>
      sampleFinding({ id: `F-0000000${number}`, askWhom: `person ${number} about it` }),
    );
    const carried = sampleFinding({
      id: 'F-00000007',
      role: 'evidence',
      inWindow: false,
      events: [],
    });
    const { body } = renderBody(
      sampleAudit({ verdict: 'needs-review', findings: [carried, ...asked] }),
    );
    expect(body).toContain('1. Look at what still waits from earlier runs: **F-00000007**');
    expect(body).toContain('2. Ask person 1 about it');
  });

  it('is not called calm where nothing was found and something from before waits', () => {
    const carried = sampleFinding({ status: 'open', inWindow: false, events: [] });
    const waiting = sampleAudit({ verdict: 'no-evidence', findings: [carried] });
    expect(renderBody(waiting).body).toContain('> [!WARNING]\n> **No evidence in this window.**');
    expect(renderBody(sampleAudit()).body).toContain('> [!NOTE]\n> **No evidence.**');
  });

  it('does not call a hidden open finding reviewed', () => {
    const { body } = renderBody(incidentAudit(), { minimumSeverity: 'critical' });
    expect(body).toContain('> [!WARNING]');
    expect(body).toContain('## Findings (nothing listed waits for review)');
  });

  it('names the first findings that are new and counts the others', () => {
    const news = { ...NO_NEWS, newFindings: largeAudit(7).findings.map(({ id }) => id) };
    const { body } = renderBody(largeAudit(7), { news });
    expect(body.match(/^- New: /gm)).toHaveLength(5);
    expect(body).toContain('\n- 2 more new findings, listed below or counted.\n');
  });

  it('names the first holes that were closed and counts the others', () => {
    const closedHoles = Array.from({ length: 8 }, (_, index) => {
      const sinceMs = NOW_MS - (20 - index) * DAY_MS;
      return { sinceMs, untilMs: sinceMs + 1000 };
    });
    const { body } = renderBody(largeAudit(1), { news: { ...NO_NEWS, closedHoles } });
    expect(body.match(/^- The hole /gm)).toHaveLength(5);
    expect(body).toContain('\n- 3 more holes read since.\n');
  });

  it('counts the events that it does not show', () => {
    const events = Array.from({ length: 15 }, (_, index) =>
      sampleEvent({ at: '2026-11-22T23:48:12Z', eventType: `user.session.start${index}` }),
    );
    const bodyOf = (count: number) =>
      renderBody(sampleAudit({ findings: [sampleFinding({ events: events.slice(0, count) })] }))
        .body;
    expect(bodyOf(15)).toContain('  5 more events in `evidence.ndjson`.');
    expect(bodyOf(15)).not.toContain('user.session.start10');
    expect(bodyOf(10)).not.toContain('more event');
  });

  it('says of a finding that came back how many events are new', () => {
    expect(renderBody(newsAudit()).body).toContain('**2 more since acknowledged**');
    const many = sampleFinding({ status: 'open', eventsSinceAcknowledged: 1_234 });
    const { body } = renderBody(sampleAudit({ verdict: 'needs-review', findings: [many] }));
    expect(body).toContain('**1,234 more since acknowledged**');
  });

  it('says of a carried finding that its events are elsewhere', () => {
    const { body } = renderBody(newsAudit());
    expect(body).toContain("outside this run's window");
    expect(body).toContain('Look at what still waits from earlier runs: **F-5TRANGER**');
  });

  it('does not say that a carried finding lies outside a window that holds it', () => {
    const unseen = sampleFinding({ id: 'F-VNSEEN00', inWindow: false, events: [] });
    const { body } = renderBody(sampleAudit({ findings: [unseen] }));
    expect(body).toContain('not seen by this run, kept until somebody reviews it');
    expect(body).not.toContain("outside this run's window");
  });

  it('does not look for events behind the setting of support access', () => {
    const enabled = sampleFinding({ id: 'F-ENABLED0', events: [], eventCount: 0 });
    const { body } = renderBody(sampleAudit({ findings: [enabled] }));
    expect(body).toContain("rests on Okta's setting for support access");
    expect(body).not.toContain('Its events lie outside');
  });

  it('puts a hole that decides in the open, with its remedy among the first steps', () => {
    const hole = {
      window: { sinceMs: NOW_MS - 3 * DAY_MS, untilMs: NOW_MS - 2 * DAY_MS },
      reason: 'the log answered with an error',
      remedy: 'run again',
      checks: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      decides: true,
    };
    const judged = sampleAudit({
      verdict: 'not-assessable',
      verdictSentence: 'Nothing was found, and that is no answer.',
      coverage: { state: 'partial', holes: [hole, { ...hole, checks: ['h'] }], sources: [] },
    });
    const { body } = renderBody(judged, { completeThroughMs: NOW_MS - 4 * DAY_MS });
    expect(body.match(/To fill a hole in what was read/g)).toHaveLength(1);
    expect(body).toContain('## What was not read');
    expect(body).toContain('To fill a hole in what was read: run again.');
    expect(body).toContain('and 2 more checks');
    expect(body).toContain(
      '**Last look:** 2026-11-23 02:17 UTC, not complete · read as far as possible through 2026-11-19 02:17 UTC',
    );
  });

  it('counts the first steps that it leaves out as what they are, questions and holes alike', () => {
    const holes = Array.from({ length: 7 }, (_, index) => ({
      window: { sinceMs: NOW_MS - 3 * DAY_MS, untilMs: NOW_MS - 2 * DAY_MS },
      reason: 'the archive was filtered',
      remedy: `give export ${index}`,
      checks: ['a'],
      decides: true,
    }));
    const judged = sampleAudit({ coverage: { state: 'partial', holes, sources: [] } });
    expect(renderBody(judged).body).toContain('\nand 2 more steps below.');
    expect(renderReportHtml(answerOf(judged))).toContain('and 2 more steps below.');
  });

  it('asks one person once about all their findings', () => {
    const asked = { askWhom: 'dana@acme.example whether they did this, and why' };
    const titles = {
      'F-AAAAAAA1': 'One',
      'F-AAAAAAA2': 'Two',
      'F-AAAAAAA3': 'Three',
      'F-AAAAAAA4': 'Four',
    };
    const findings = Object.entries(titles).map(([id, title]) =>
      sampleFinding({ id, title, ...asked }),
    );
    const { body } = renderBody(sampleAudit({ findings }));
    expect(body).toContain(
      '1. Ask `dana@acme.example` whether they did this, and why: **F-AAAAAAA1**, One; **F-AAAAAAA2**, Two; **F-AAAAAAA3**, Three; and 1 more finding.',
    );
  });

  it('never words disabled support access as safety', () => {
    const { body } = renderBody(sampleAudit());
    expect(body).toContain('That says nothing about the past');
    expect(body).not.toMatch(/not exposed/i);
  });

  it.each([
    ['complete', 'The log shows no time at which access was granted.'],
    ['partial', 'What was read of the log shows no time at which access was granted.'],
    ['none', 'Nothing was read that could show when access was granted.'],
  ] as const)('says of grants with %s coverage no more than was read', (state, words) => {
    const judged = sampleAudit({ coverage: { state, holes: [], sources: [] } });
    expect(renderBody(judged).body).toContain(`\n${words}\n`);
    expect(renderReportHtml(answerOf(judged))).toContain(`<p>${words}</p>`);
  });

  it('says until when the door stands open as the first step, in the page as in the issue', () => {
    const judged = newsAudit();
    const until = ' until 23 November 2026, 08:17 UTC. If nobody needs that, revoke it';
    expect(renderBody(judged).body).toContain(
      `1. **Okta Support can enter the tenant now**${until}`,
    );
    expect(renderReportHtml(answerOf(judged))).toContain(
      `<strong>Okta Support can enter the tenant now</strong>${until}`,
    );
  });

  it('tells in the page who used the access, and how its end is known, in the words of the issue', () => {
    const [interval] = newsAudit().supportIntervals;
    if (interval === undefined) throw new Error('the night with news has no interval');
    const end = { endMs: NOW_MS, expectedEndMs: null, endBasis: 'computed' } as const;
    const judged = { ...newsAudit(), supportIntervals: [interval, { ...interval, ...end }] };
    const page = renderReportHtml(answerOf(judged)).replaceAll(/<[^>]+>/g, '');
    const issue = readVisibleText(renderBody(judged).body);
    for (const words of [
      'open, lapses 2026-11-23 08:17',
      '1 time',
      '1 session, first 2026-11-22 09:17 by support.one@okta.example',
      'computed, no revoke was read',
    ]) {
      expect(issue).toContain(words);
      expect(page).toContain(words);
    }
  });

  it('names open cases, and doubts about when access was open, in the page as well', () => {
    const note = 'The end counts 24 hours.';
    const [interval] = incidentAudit().supportIntervals;
    const intervals = interval === undefined ? [] : [{ ...interval, notes: [note] }];
    const judged = { ...newsAudit(), supportIntervals: intervals };
    const open = judged.supportAccess.cases.filter(({ isOpen }) => isOpen);
    const texts = [note, ...open.flatMap(({ caseNumber, subject }) => [caseNumber, subject ?? ''])];
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(renderBody(judged).body).toContain(text);
      expect(renderReportHtml(answerOf(judged))).toContain(text);
    }
  });

  it('says no more of grants than was read around the time that decides', () => {
    const hole = {
      window: { sinceMs: 0, untilMs: 1 },
      reason: 'the archive begins later',
      remedy: 'give an archive that begins before',
      checks: ['support-access-open'],
      decides: false,
    };
    const bodyOf = (state: CoverageState) =>
      renderBody(sampleAudit({ coverage: { state, holes: [hole], sources: [] } })).body;
    expect(bodyOf('complete')).toContain('\nWhat was read of the log shows');
    expect(bodyOf('none')).toContain('\nNothing was read that could show');
  });

  it('names the cases that open the tenant and no others', () => {
    const [open] = newsAudit().supportAccess.cases;
    if (open === undefined) throw new Error('the night with news has no case');
    const closed = { ...open, caseNumber: '00999999', isOpen: false };
    const { supportAccess } = newsAudit();
    const { body } = renderBody({
      ...newsAudit(),
      supportAccess: { ...supportAccess, cases: [closed, open] },
    });
    expect(body).toContain('| `00123456` |');
    expect(body).not.toContain('00999999');
  });

  it('does not say of a check whose events stand with a stronger one that it saw nothing', () => {
    const { body } = renderBody(sampleAudit({ checks: [sampleCheck({ events: 5 })] }));
    expect(body).toContain('| no findings, 5 events |');
    expect(renderBody(sampleAudit()).body).toContain('| nothing |');
  });

  it('names the user among the targets of an event', () => {
    const app = { id: '0oa1', type: 'AppInstance', login: 'Payroll', name: 'Payroll' };
    const user = person('lee.kim');
    const at = '2026-11-22T23:48:12Z';
    const event = sampleEvent({
      at,
      eventType: 'application.user_membership.add',
      targets: [app, user],
    });
    const { body } = renderBody(sampleAudit({ findings: [sampleFinding({ events: [event] })] }));
    expect(body).toContain('| `lee.kim@acme.example` |');
    expect(body).not.toContain('Payroll');
  });

  it('does not call a question that no check looks at one that lacks nothing', () => {
    const coverage = { state: 'none', holes: [], sources: [] } as const;
    const judged = sampleAudit({ verdict: 'not-assessable', coverage, checks: [] });
    expect(renderBody(judged).body).toContain('\nNo check looks for this.\n');
    const page = renderReportHtml(answerOf(judged));
    expect(page).toContain('<dd class="note">no check looked at the time that decides</dd>');
    expect(page).toContain('<p>No check looked at the window.</p>');
    expect(page).toContain('<p>No check looks for this.</p>');
    const whole = renderReportHtml(answerOf(sampleAudit()));
    expect(whole).toContain('<dd class="note">everything that decides was read</dd>');
    expect(whole).toContain('<p>Nothing is missing in the window.</p>');
  });

  it('gives the reason for unknown support access', () => {
    const { body } = renderBody(
      sampleAudit({
        supportAccess: {
          state: 'unknown',
          expiresAtMs: null,
          reason: 'Okta lets only super administrators ask.',
          cases: [],
        },
      }),
    );
    expect(body).toContain('is **unknown**. Okta lets only super administrators ask.');
  });

  it('shows checks that were not evaluated outside of any fold', () => {
    const { body } = renderBody(
      sampleAudit({
        checks: [
          sampleCheck(),
          sampleCheck({ id: 'x', status: 'failed', reasons: ['it does not compile'] }),
        ],
      }),
    );
    const open = body.replace(/<details>.*?<\/details>/gs, '');
    expect(open).toContain('it does not compile');
    expect(open).toContain('2 checks: 1 evaluated and 1 failed.');
  });

  it('offers a suppression for people that are known only', () => {
    const { body } = renderBody(
      sampleAudit({
        findings: [
          sampleFinding({
            actor: { id: 'unknown', type: 'User', login: 'typed', name: 'unknown' },
            target: person('lee.kim'),
          }),
        ],
      }),
    );
    expect(body).toContain('    target: lee.kim@acme.example');
    expect(body).not.toContain('    actor:');
    expect(renderBody(sampleAudit({ findings: [sampleFinding()] })).body).not.toContain(
      'suppressions:',
    );
  });

  it('names what is told on creation with real mentions', () => {
    const { body } = renderBody(sampleAudit(), {
      mentions: ['acme/security', 'octocat'],
      notices: ['This repository is visible to the whole company.'],
    });
    expect(body).toContain('@acme/security @octocat');
    expect(body).toContain('> [!IMPORTANT]\n> This repository is visible to the whole company.');
  });
});
