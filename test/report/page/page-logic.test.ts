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
import { HOUR_MS } from '../../../src/model/time-window.ts';
import { hideTypedLogins } from '../../../src/report/hide-typed-logins.ts';
import { toPageDocument } from '../../../src/report/html/to-page-document.ts';
import { renderTerminal } from '../../../src/report/terminal.ts';
import { sampleAudit, sampleFinding } from '../sample-audit.ts';
import { sampleEvent, stranger } from '../sample-events.ts';
import { incidentAudit, largeAudit, newsAudit } from '../sample-stories.ts';

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
      renderTerminal({ judged: { ...judged, supportIntervals }, minimumSeverity: 'low' }),
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
