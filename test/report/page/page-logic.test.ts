import { describe, expect, it } from 'vitest';
import {
  filterFindings,
  makeSearchable,
  NO_FILTER,
  type SortKey,
  sortFindings,
} from '../../../page/filter-findings.ts';
import { formatTicks } from '../../../page/format-ticks.ts';
import { findWhole, moveRange, zoomRange } from '../../../page/timeline-range.ts';
import { countByHour, SERIES, toTimelineSeries } from '../../../page/timeline-series.ts';
import type { JudgedAudit } from '../../../src/model/judged-audit.ts';
import type { SupportInterval } from '../../../src/model/support-access.ts';
import { HOUR_MS } from '../../../src/model/time-window.ts';
import { hideTypedLogins } from '../../../src/report/hide-typed-logins.ts';
import { LANES, type PageDocument } from '../../../src/report/html/page-document.ts';
import { toPageDocument } from '../../../src/report/html/to-page-document.ts';
import { renderTerminal } from '../../../src/report/terminal.ts';
import { expectGolden } from '../expect-golden.ts';
import { sampleAudit, sampleFinding, sampleSource } from '../sample-audit.ts';
import { person, sampleEvent, stranger } from '../sample-events.ts';
import { incidentAudit, largeAudit, newsAudit, unclearAudit } from '../sample-stories.ts';

/** A line for each stretch and point, with what it is drawn as and what it says. */
function listDrawn({ window, core, spans, points, texts, findings }: PageDocument): string {
  const say = (atMs: number): string => new Date(atMs).toISOString();
  const stretches = [
    ...[window, core].map((span) => ({ kind: 'asked', span, label: '' })),
    ...spans,
  ].map(({ kind, span, label }) => `${kind} ${span.map(say).join(' to ')} ${label}`.trimEnd());
  const moments = points.atMs.map((atMs, index) => {
    const finding = findings[points.finding[index] ?? -1];
    const label = texts[points.label[index] ?? -1];
    return `${say(atMs)} ${LANES[points.lane[index] ?? -1]}: ${label} (${finding?.id ?? 'no finding'})`;
  });
  return `${[...stretches, ...moments].join('\n')}\n`;
}

function makePage(judged: JudgedAudit) {
  return toPageDocument(hideTypedLogins(judged));
}

describe('the document of the page', () => {
  it('keeps no typed login, not even in raw records', () => {
    const finding = sampleFinding({
      events: [
        sampleEvent({
          at: '2026-11-20T10:00:00.000Z',
          eventType: 'user.session.start',
          actor: stranger('My"Secret.Pa55'),
          userAgent: 'curl my"secret.pa55',
        }),
      ],
    });
    const text = JSON.stringify(makePage(sampleAudit({ findings: [finding] })));
    expect(text.toLowerCase()).not.toContain('secret');
    expect(text).toContain('(unknown login, 14 characters)');
  });

  it.each([
    ['what ends a text in JSON', '":"'],
    ['very little', 'x9'],
    ['what the event says elsewhere as well', 'user.session.start'],
    ['a text without end', 'x'.repeat(200_000)],
  ])('is made although somebody typed %s', (_, typed) => {
    const event = sampleEvent({
      at: '2026-11-20T10:00:00.000Z',
      eventType: 'user.session.start',
      actor: stranger(typed),
    });
    const { records } = makePage(sampleAudit({ findings: [sampleFinding({ events: [event] })] }));
    const hidden = `(unknown login, ${typed.length} characters)`;
    expect(records).toMatchObject([{ ...event.raw, actor: { alternateId: hidden } }]);
  });

  it.each([
    ['incident', incidentAudit()],
    ['news', newsAudit()],
    ['unclear', unclearAudit()],
  ])('draws the timeline of %s as reviewed', (name, judged) => {
    expectGolden(`test/report/golden/timeline-${name}.txt`, listDrawn(makePage(judged)));
  });

  it('draws what has no end yet until it lapses, or else until now', () => {
    const { supportIntervals, ...judged } = newsAudit();
    const drawnUntil = (changes: Partial<SupportInterval>) =>
      makePage({
        ...judged,
        supportIntervals: supportIntervals.map((one) => ({
          ...one,
          ...changes,
          sessions: one.sessions.map((session) => ({ ...session, endMs: null, by: null })),
        })),
      }).spans.map(({ kind, span, label }) => [kind, span[1], label]);
    const access = 'Support access open, granted by dana.reyes@acme.example, used';
    for (const [endMs, expectedEndMs, untilMs] of [
      [1, 2, 1],
      [null, 2, 2],
      [null, null, judged.generatedAtMs],
    ] as const) {
      expect(drawnUntil({ endMs, expectedEndMs })).toEqual([
        ['support-used', untilMs, access],
        ['session', untilMs, 'Impersonation session'],
      ]);
    }
  });

  it('draws an event once, however many parts of the answer tell of it', () => {
    const { points, texts } = makePage(incidentAudit());
    const labels = points.label.map((place) => texts[place] ?? '');
    expect(labels.filter((label) => label.startsWith('user.account.reset_password'))).toEqual([
      'user.account.reset_password by system@okta.com on finance.director@acme.example',
    ]);
  });

  it('draws a credential change that no finding tells of', () => {
    const { investigations, ...judged } = incidentAudit();
    const none = { ...investigations, users: [], sessions: [], networks: [] };
    const page = makePage({ ...judged, findings: [], investigations: none });
    expect(page.points.label.map((place) => page.texts[place])).toEqual([
      'user.account.reset_password by system@okta.com on finance.director@acme.example',
    ]);
  });

  it('adds up the records of all archives by the hour, in order', () => {
    const held = (...hours: [hour: number, records: number][]) =>
      sampleSource({ held: { hours, families: [] } });
    const { coverage, ...judged } = sampleAudit();
    const sources = [held([9, 1], [7, 2]), sampleSource(), held([7, 3])];
    expect(makePage({ ...judged, coverage: { ...coverage, sources } }).archived).toEqual([
      [7 * HOUR_MS, 9 * HOUR_MS],
      [5, 1],
    ]);
    expect(makePage({ ...judged, coverage }).archived).toBeNull();
  });

  it('names what failed, who did it and to whom at a point, nobody twice', () => {
    const [dana, lin] = [person('dana.reyes'), person('helpdesk.lin')];
    const given = { at: '2026-11-20T10:00:00.000Z', eventType: 'user.account.lock', actor: dana };
    const events = [
      sampleEvent({ ...given, uuid: '1', targets: [lin], outcome: 'FAILURE' }),
      sampleEvent({ ...given, uuid: '2', targets: [dana] }),
      sampleEvent({ at: given.at, eventType: 'policy.lifecycle.update', uuid: '3' }),
    ];
    const { points, texts } = makePage(sampleAudit({ findings: [sampleFinding({ events })] }));
    expect(points.label.map((place) => texts[place])).toEqual([
      'user.account.lock FAILURE by dana.reyes@acme.example on helpdesk.lin@acme.example',
      'user.account.lock by dana.reyes@acme.example',
      'policy.lifecycle.update',
      'F-M4C7D2QA · high · Administrator role granted to a user',
    ]);
  });

  it('gives each event what its table shows, and counts those without a place', () => {
    const [event] = sampleFinding({
      actor: person('dana.reyes'),
      target: person('j.ortiz'),
    }).events;
    if (event === undefined) throw new Error('the sample has no event');
    const events = Array.from({ length: 1_003 }, () => event);
    const { findings, texts } = makePage(sampleAudit({ findings: [sampleFinding({ events })] }));
    const [atMs, ...places] = findings[0]?.events[0] ?? [];
    expect(atMs).toBe(event.publishedMs);
    expect(places.slice(0, -1).map((place) => texts[place])).toEqual([
      'user.account.privilege.grant',
      'SUCCESS',
      'dana.reyes@acme.example',
      'j.ortiz@acme.example',
      '203.0.113.7',
      'Berlin, Germany',
      'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0',
    ]);
    expect(places.at(-1)).toBe(0);
    expect(findings[0]?.events).toHaveLength(1_000);
    expect(findings[0]?.eventsLeft).toBe(3);
    expect(makePage(incidentAudit()).findings[0]?.facts).toEqual([
      ['first sign in after minutes', '18'],
      ['first sign in network known', 'yes'],
    ]);
  });

  it('gives every point a label and a row, by time', () => {
    const { points, texts, findings } = makePage(incidentAudit());
    expect(points.atMs).toEqual([...points.atMs].sort((one, other) => one - other));
    for (const place of points.label) expect(texts[place]).toBeTypeOf('string');
    for (const place of points.finding) expect(place).toBeLessThan(findings.length);
    expect(
      new Set([points.atMs.length, points.lane.length, points.label.length, points.finding.length])
        .size,
    ).toBe(1);
  });

  it('draws what checks did not see as unread, and no story that was left out', () => {
    const base = sampleAudit();
    const hole = {
      window: base.window,
      reason: 'a page was lost',
      remedy: 'run again',
      checks: ['password-reset'],
      decides: false,
    };
    const story = { ...hole, checks: [], reason: 'a story was not read' };
    const coverage = { ...base.coverage, holes: [hole, story] };
    const { spans } = makePage({ ...base, coverage });
    expect(spans.filter(({ kind }) => kind.endsWith('hole'))).toEqual([
      expect.objectContaining({ kind: 'side-hole', label: 'Not read: a page was lost' }),
    ]);
  });

  it('says of no access that it was granted where nobody is known to have done it', () => {
    const judged = newsAudit();
    const supportIntervals = judged.supportIntervals.map((one) => ({ ...one, grantedBy: null }));
    expect(makePage({ ...judged, supportIntervals }).spans).toContainEqual(
      expect.objectContaining({ kind: 'support-used', label: 'Support access open, used' }),
    );
    expect(
      renderTerminal({
        judged: { ...judged, supportIntervals },
        minimumSeverity: 'low',
        focus: [],
      }),
    ).toMatch(/; open 1 time\s+in the log, used 1 time/);
  });

  it('leaves out what no eye can tell apart, and counts it', () => {
    const base = incidentAudit();
    const [user] = base.investigations.users;
    const [row] = user?.timeline ?? [];
    if (user === undefined || row === undefined) throw new Error('the sample has no user');
    const timeline = Array.from({ length: 60_000 }, (_, index) => ({
      ...row,
      atMs: row.atMs + index,
    }));
    const judged = {
      ...base,
      investigations: { ...base.investigations, users: [{ ...user, timeline }] },
    };
    const page = makePage(judged);
    expect(page.points.atMs).toHaveLength(50_000);
    expect(page.pointsLeft).toBeGreaterThan(9_000);
    expect(page.points.label.filter((label) => page.texts[label]?.startsWith('F-'))).toHaveLength(
      base.findings.length,
    );
  });

  it('keeps a record once, however many findings share it', () => {
    const { events } = sampleFinding();
    const findings = [
      sampleFinding({ id: 'F-AAAAAAA1', events }),
      sampleFinding({ id: 'F-AAAAAAA2', events }),
    ];
    expect(makePage(sampleAudit({ findings })).records).toHaveLength(1);
  });
});

describe('searching', () => {
  const rows = makeSearchable(makePage(newsAudit()));
  const ids = (found: typeof rows) => found.map(({ finding }) => finding.id);

  it.each([
    ['svc-terraform', ['F-M4C7D2QA']],
    ['SVC-Terraform grant', ['F-M4C7D2QA']],
    ['impersonation.extend', ['F-P93XAB5C']],
    ['(unknown login', ['F-5TRANGER']],
    ['horse', []],
    ['  ', ids(rows)],
  ])('for %j finds %j', (search, found) => {
    expect(ids(filterFindings(rows, { ...NO_FILTER, search }))).toEqual(found);
  });
});

describe('sorting', () => {
  const rows = makeSearchable(makePage(largeAudit(40)));

  it.each<SortKey>(['severity', 'role', 'status', 'id', 'title', 'subject', 'first', 'events'])(
    'by %s keeps every finding, and back is the other way round',
    (key) => {
      const up = sortFindings(rows, { key, descending: false });
      const down = sortFindings(rows, { key, descending: true });
      expect(new Set(up)).toEqual(new Set(rows));
      expect(up[0]?.finding[key === 'first' ? 'firstMs' : 'severity']).toBeDefined();
      expect(new Set(down)).toEqual(new Set(rows));
    },
  );

  it('by severity begins with the strongest', () => {
    const [first] = sortFindings([...rows].reverse(), { key: 'severity', descending: false });
    const [last] = sortFindings(rows, { key: 'severity', descending: true });
    expect(first?.finding.severity).toBe('critical');
    expect(last?.finding.severity).toBe('low');
  });

  it('by nothing gives the order of the report', () => {
    expect(sortFindings([...rows].reverse(), { key: null, descending: false })).toEqual(rows);
  });
});

describe('the range of the timeline', () => {
  it.each([
    ['closer', [100_000, 300_000], 0.5, [150_000, 250_000]],
    ['back', [100_000, 300_000], 2, [0, 400_000]],
    ['never beyond the whole', [100_000, 300_000], 100, [0, 1_000_000]],
    ['never closer than ten seconds', [100_000, 120_000], 0.001, [105_000, 115_000]],
  ] as const)('goes %s', (_name, range, factor, expected) => {
    expect(zoomRange([...range], factor, [0, 1_000_000])).toEqual(expected);
  });

  it('keeps what is under the pointer where it is', () => {
    const [since, until] = zoomRange([0, 1_000_000], 0.5, [0, 1_000_000], 250_000);
    expect((250_000 - since) / (until - since)).toBeCloseTo(0.25);
  });

  it('moves and stops at the edges', () => {
    expect(moveRange([100_000, 300_000], 0.25, [0, 1_000_000])).toEqual([150_000, 350_000]);
    expect(moveRange([100_000, 300_000], -5, [0, 1_000_000])).toEqual([0, 200_000]);
    expect(moveRange([100_000, 300_000], 50, [0, 1_000_000])).toEqual([800_000, 1_000_000]);
  });

  it('is as wide as all that the page knows of', () => {
    const [since, until] = findWhole([100, 200], [50, 150], [[190, 400]]);
    expect(since).toBeLessThan(50);
    expect(until).toBeGreaterThan(400);
  });
});

describe('the drawing', () => {
  it('puts each point into one series', () => {
    const page = makePage(incidentAudit());
    const { data } = toTimelineSeries(page);
    expect(data).toHaveLength(SERIES.length + 1);
    for (const index of page.points.atMs.keys()) {
      expect(data.slice(1).filter((column) => column[index] !== null)).toHaveLength(1);
    }
  });

  it('counts events, not findings, by the hour', () => {
    const page = makePage(incidentAudit());
    const [hours, counts] = countByHour(page);
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(hours).toHaveLength(counts.length);
    expect((hours[1] ?? 0) - (hours[0] ?? 0)).toBe(HOUR_MS);
    expect(total).toBe(page.points.atMs.length - page.findings.length);
  });

  it.each([
    ['days', [0, 86_400_000], 86_400_000, ['1970-01-01', '01-02']],
    ['hours', [0, 3_600_000], 3_600_000, ['00:00\n1970-01-01', '01:00']],
    ['seconds', [1_000, 2_000], 1_000, ['00:00:01\n1970-01-01', '00:00:02']],
    ['midnight', [82_800_000, 86_400_000], 3_600_000, ['23:00\n1970-01-01', '00:00\n1970-01-02']],
  ])('names %s in UTC', (_name, moments, step, expected) => {
    expect(formatTicks(moments, step)).toEqual(expected);
  });
});
