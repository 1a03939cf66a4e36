import { describe, expect, test } from 'vitest';
import { applyMemory } from '../../src/memory/apply-memory.ts';
import { findNews } from '../../src/memory/find-news.ts';
import { type AuditNews, isNews, NO_NEWS } from '../../src/model/audit-news.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { IssueMemory, RememberedFinding } from '../../src/model/issue-memory.ts';
import type { CoverageHole, JudgedAudit } from '../../src/model/judged-audit.ts';
import {
  COVERAGE_STATES,
  type CoverageState,
  VERDICTS,
  type Verdict,
} from '../../src/model/verdict.ts';
import { makeAudit, makeFinding, makeMemory, makeRow } from './make-finding.ts';

const QUIET: IssueMemory = makeMemory({
  verdict: 'no-evidence',
  coverage: 'complete',
  supportAccess: 'disabled',
  holes: [],
});

function tell(audit: Partial<JudgedAudit>, memory: Partial<IssueMemory> = {}): AuditNews {
  return findNews({
    audit: makeAudit(audit),
    memory: { ...QUIET, ...memory },
    minimumSeverity: 'low',
  });
}

function day(number: number): number {
  return Date.parse(`2026-11-${String(number).padStart(2, '0')}T00:00Z`);
}

function hole(from: number, to: number, checks: readonly string[] = ['a']): CoverageHole {
  return {
    window: { sinceMs: day(from), untilMs: day(to) },
    reason: 'r',
    remedy: 'm',
    checks,
    decides: true,
  };
}

test('a night like the last one has no news', () => {
  expect(isNews(tell({}))).toBe(false);
});

test('to a memory that was lost every finding is new, and nothing else', () => {
  const news = findNews({
    audit: makeAudit({ verdict: 'evidence-found', findings: [makeFinding()] }),
    memory: makeMemory(),
    minimumSeverity: 'low',
  });
  expect(news.newFindings).toEqual(['F-7Q2K4M9X']);
  expect(isNews({ ...news, newFindings: [] })).toBe(false);
});

describe('a finding is news', () => {
  const acknowledged = makeRow({ status: 'acknowledged', acknowledgedCount: 1 });

  test.each<[string, Partial<Finding>, string, string]>([
    ['where it is new', { status: 'new' }, 'F-7Q2K4M9X', ''],
    ['where it was acknowledged and is open again', { status: 'open' }, '', 'F-7Q2K4M9X'],
    ['not where it is context', { status: 'new', role: 'context' }, '', ''],
    ['not where it is suppressed', { status: 'suppressed' }, '', ''],
    ['not where it is acknowledged', { status: 'acknowledged' }, '', ''],
    ['not where it is below what is listed', { status: 'new', severity: 'informational' }, '', ''],
  ])('%s', (_title, finding, isNew, isBack) => {
    const news = tell({ findings: [makeFinding(finding)] }, { findings: [acknowledged] });
    expect([news.newFindings.join(), news.reopenedFindings.join()]).toEqual([isNew, isBack]);
    expect(isNews(news)).toBe(isNew + isBack !== '');
  });

  test('where earlier runs knew it and none listed it', () => {
    const tellOf = (row: RememberedFinding) => {
      const memory = makeMemory({ findings: [row] });
      const findings = applyMemory({ findings: [makeFinding()], memory });
      return tell({ findings }, { findings: [row] });
    };
    expect(tellOf(makeRow({ status: 'new' })).newFindings).toEqual(['F-7Q2K4M9X']);
    expect(isNews(tellOf(makeRow({ status: 'open' })))).toBe(false);
  });

  test('where it was acknowledged, then suppressed, and is more when the suppression expires', () => {
    const silenced = makeRow({ status: 'suppressed', acknowledgedCount: 1 });
    const news = tell({ findings: [makeFinding({ status: 'open' })] }, { findings: [silenced] });
    expect(news.reopenedFindings).toEqual(['F-7Q2K4M9X']);
  });

  test('where it superseded one that was acknowledged and was itself suppressed until now', () => {
    const finding = makeFinding({
      id: 'F-00000001',
      status: 'open',
      supersedes: [{ id: 'F-7Q2K4M9X', eventCount: 1 }],
    });
    const silenced = makeRow({ id: 'F-00000001', status: 'suppressed' });
    const news = tell({ findings: [finding] }, { findings: [silenced, acknowledged] });
    expect(news.reopenedFindings).toEqual(['F-00000001']);
  });

  test('not on the second night of being open again', () => {
    const news = tell(
      { findings: [makeFinding({ status: 'open' })] },
      { findings: [makeRow({ acknowledgedCount: 1 })] },
    );
    expect(isNews(news)).toBe(false);
  });

  test('where it superseded one that was acknowledged and brought more', () => {
    const finding = makeFinding({
      id: 'F-00000001',
      status: 'open',
      supersedes: [{ id: 'F-7Q2K4M9X', eventCount: 1 }],
    });
    expect(tell({ findings: [finding] }, { findings: [acknowledged] }).reopenedFindings).toEqual([
      'F-00000001',
    ]);
  });
});

describe('a verdict is news where it is stronger', () => {
  const stronger = new Set([
    'no-evidence needs-review',
    'no-evidence evidence-found',
    'not-assessable needs-review',
    'not-assessable evidence-found',
    'needs-review evidence-found',
  ]);
  const listDeciding = (verdict: Verdict) => {
    if (verdict === 'needs-review') return [makeFinding({ status: 'open', role: 'review' })];
    if (verdict !== 'evidence-found') return [];
    return [makeFinding({ status: 'open', role: 'evidence' })];
  };
  const pairs = VERDICTS.flatMap((from) => VERDICTS.map((to): [Verdict, Verdict] => [from, to]));

  test.each(pairs)('from %s to %s', (from, to) => {
    const findings = listDeciding(to);
    const news = tell({ verdict: to, findings }, { verdict: from });
    expect(news.weakerVerdictBefore).toBe(stronger.has(`${from} ${to}`) ? from : null);
  });

  test.each(pairs)('but not from %s to %s, where it rests on what was known', (from, to) => {
    const deciding = listDeciding(to);
    const rows = deciding.map(({ role }) => makeRow({ role }));
    const findings = [...deciding, makeFinding({ id: 'F-2HK8VW3N', role: 'context' })];
    const news = tell({ verdict: to, findings }, { verdict: from, findings: rows });
    expect(isNews(news)).toBe(false);
  });

  test('beside a finding that decides nothing', () => {
    const findings = [
      makeFinding({ role: 'evidence' }),
      makeFinding({ id: 'F-2HK8VW3N', role: 'context' }),
    ];
    const news = tell({ verdict: 'evidence-found', findings });
    expect(news.weakerVerdictBefore).toBe('no-evidence');
  });

  test('where something known has become evidence', () => {
    const findings = listDeciding('evidence-found');
    const memory = { verdict: 'needs-review' as const, findings: [makeRow({ role: 'review' })] };
    const news = tell({ verdict: 'evidence-found', findings }, memory);
    expect(news.weakerVerdictBefore).toBe('needs-review');
  });
});

describe('support access is news', () => {
  test.each([
    ['disabled', 'enabled', true],
    ['unknown', 'enabled', true],
    [null, 'enabled', true],
    ['enabled', 'enabled', false],
    ['enabled', 'disabled', false],
    ['disabled', 'unknown', false],
  ] as const)('from %s to %s: %s', (from, to, isExpected) => {
    const supportAccess = { state: to, expiresAtMs: null, reason: null, cases: [] };
    const news = tell({ supportAccess }, { supportAccess: from });
    expect([news.supportAccessEnabled, isNews(news)]).toEqual([isExpected, isExpected]);
  });
});

describe('coverage is news', () => {
  const worse = new Set(['complete partial', 'complete none', 'partial none']);
  const pairs = COVERAGE_STATES.flatMap((from) =>
    COVERAGE_STATES.map((to): [CoverageState, CoverageState] => [from, to]),
  );

  test.each(pairs)('from %s to %s, where it is worse', (from, to) => {
    const news = tell({ coverage: { state: to, holes: [], sources: [] } }, { coverage: from });
    expect([news.coverageLost, isNews(news)]).toEqual([
      worse.has(`${from} ${to}`),
      worse.has(`${from} ${to}`),
    ]);
  });

  test.each<[string, CoverageHole, boolean]>([
    ['a hole where none was', hole(21, 22), true],
    ['a hole of a check that had none', hole(17, 18, ['b']), true],
    ['a known hole that touches one check more', hole(17, 20, ['a', 'b']), true],
    ['the same hole, seen through a window that moved on', hole(18, 20), false],
    ['a hole that decides nothing', { ...hole(21, 22), decides: false }, false],
  ])('%s, as bad as before', (_title, now, isExpected) => {
    const coverage = { state: 'partial' as const, holes: [now], sources: [] };
    const old = [hole(17, 20)].map(({ window, checks }) => ({ window, checks }));
    expect(tell({ coverage }, { coverage: 'partial', holes: old }).coverageLost).toBe(isExpected);
  });

  test('by one hole more, although another one is known', () => {
    const holes = [hole(17, 18), hole(20, 21)];
    const coverage = { state: 'partial' as const, holes, sources: [] };
    expect(tell({ coverage }, { coverage: 'partial', holes: [hole(17, 18)] }).coverageLost).toBe(
      true,
    );
  });

  test('not by two holes that are both known', () => {
    const holes = [hole(17, 18), hole(20, 21)];
    const coverage = { state: 'partial' as const, holes, sources: [] };
    expect(isNews(tell({ coverage }, { coverage: 'partial', holes }))).toBe(false);
  });

  test('not by one hole whose checks two known ones touch together', () => {
    const coverage = { state: 'partial' as const, holes: [hole(17, 20, ['a', 'b'])], sources: [] };
    const known = [hole(17, 19), hole(18, 20, ['b'])];
    expect(tell({ coverage }, { coverage: 'partial', holes: known }).coverageLost).toBe(false);
  });

  test('not by holes, where an earlier version remembered none', () => {
    const { holes, ...older } = QUIET;
    expect(holes).toEqual([]);
    const audit = makeAudit({ coverage: { state: 'partial', holes: [hole(17, 18)], sources: [] } });
    const news = findNews({
      audit,
      memory: { ...older, coverage: 'partial' },
      minimumSeverity: 'low',
    });
    expect(isNews(news)).toBe(false);
  });
});

describe('a hole that was closed is news', () => {
  const old = { window: { sinceMs: day(17), untilMs: day(18) }, checks: ['a', 'b'] };
  const close = (audit: Partial<JudgedAudit>, holes = [old]) =>
    tell(audit, { coverage: 'partial', holes }).closedHoles;

  test('where its time was read now', () => {
    expect(close({})).toEqual([old.window]);
    expect(isNews(tell({}, { coverage: 'partial', holes: [old] }))).toBe(true);
  });

  test('as far as this run looked', () => {
    const long = { window: { sinceMs: day(10), untilMs: day(18) }, checks: ['a'] };
    expect(close({}, [long])).toEqual([{ sinceMs: day(16), untilMs: day(18) }]);
  });

  test('although another one is still there', () => {
    const coverage = { state: 'partial' as const, holes: [hole(20, 21)], sources: [] };
    const still = { window: { sinceMs: day(20), untilMs: day(21) }, checks: ['a'] };
    expect(close({ coverage }, [old, still])).toEqual([old.window]);
  });

  test('once for two that touch', () => {
    const next = { window: { sinceMs: day(18), untilMs: day(19) }, checks: ['c'] };
    expect(close({}, [old, next])).toEqual([{ sinceMs: day(17), untilMs: day(19) }]);
  });

  test.each<[string, Partial<JudgedAudit>]>([
    [
      'where a check still misses it',
      { coverage: { state: 'partial', holes: [hole(17, 18, ['b'])], sources: [] } },
    ],
    [
      'where it is missed and decides nothing any more',
      {
        coverage: {
          state: 'complete',
          holes: [{ ...hole(17, 18), decides: false }],
          sources: [],
        },
      },
    ],
    ['where nothing was read', { coverage: { state: 'none', holes: [], sources: [] } }],
    ['where this run looked elsewhere', { window: { sinceMs: day(20), untilMs: day(22) } }],
  ])('but not %s', (_title, audit) => {
    expect(close(audit)).toEqual([]);
  });
});

describe('what was announced and nobody was told is news again', () => {
  const retell = (announced: Partial<AuditNews>, audit: Partial<JudgedAudit> = {}) =>
    tell(audit, {
      verdict: 'needs-review',
      // As the run left it that announced them.
      coverage: audit.coverage?.state ?? 'complete',
      holes: audit.coverage?.holes ?? [],
      supportAccess: audit.supportAccess?.state ?? 'disabled',
      announced: { news: { ...NO_NEWS, ...announced }, digest: '', since: '' },
    });
  const waiting = makeFinding({ status: 'open' });
  const holes = [hole(17, 18)];
  const filled = [{ sinceMs: day(17), untilMs: day(18) }];

  test.each<[string, Partial<AuditNews>, Partial<JudgedAudit>]>([
    ['a new finding', { newFindings: [waiting.id] }, { findings: [waiting] }],
    ['one that came back', { reopenedFindings: [waiting.id] }, { findings: [waiting] }],
    ['a verdict', { weakerVerdictBefore: 'no-evidence' }, { verdict: 'needs-review' }],
    [
      'lost coverage',
      { coverageLost: true },
      { coverage: { state: 'partial', holes, sources: [] } },
    ],
    ['a gap that was read', { closedHoles: filled }, {}],
    [
      'support access',
      { supportAccessEnabled: true },
      { supportAccess: { state: 'enabled', expiresAtMs: null, reason: null, cases: [] } },
    ],
  ])('where %s still holds', (_title, announced, audit) => {
    expect(retell(announced, audit)).toMatchObject(announced);
  });

  test('under the finding that superseded it since', () => {
    const stronger = makeFinding({
      id: 'F-2HK8VW3N',
      status: 'open',
      supersedes: [{ id: waiting.id, eventCount: 1 }],
    });
    expect(retell({ newFindings: [waiting.id] }, { findings: [stronger] })).toMatchObject({
      newFindings: [stronger.id],
    });
  });

  test('as one that came back, where somebody settled it meanwhile and it grew', () => {
    const row = makeRow({ status: 'acknowledged', acknowledgedCount: 1 });
    const announced = { news: { ...NO_NEWS, newFindings: [row.id] }, digest: '', since: '' };
    const news = tell({ findings: [waiting] }, { findings: [row], announced });
    expect(news).toMatchObject({ newFindings: [], reopenedFindings: [row.id] });
  });

  test.each<[string, Partial<AuditNews>, Partial<JudgedAudit>]>([
    [
      'somebody ticked it meanwhile',
      { newFindings: [waiting.id] },
      { findings: [makeFinding({ status: 'acknowledged' })] },
    ],
    ['the verdict is weak again', { weakerVerdictBefore: 'no-evidence' }, {}],
    ['everything could be read again', { coverageLost: true }, {}],
    ['support access is off again', { supportAccessEnabled: true }, {}],
  ])('but not where %s', (_title, announced, audit) => {
    expect(isNews(retell(announced, audit))).toBe(false);
  });
});

test.each<Partial<AuditNews>>([
  { newFindings: ['F-7Q2K4M9X'] },
  { reopenedFindings: ['F-7Q2K4M9X'] },
  { weakerVerdictBefore: 'no-evidence' },
  { supportAccessEnabled: true },
  { coverageLost: true },
  { closedHoles: [{ sinceMs: 0, untilMs: 1 }] },
])('%j is news', (changes) => {
  expect(isNews({ ...NO_NEWS, ...changes })).toBe(true);
  expect(isNews(NO_NEWS)).toBe(false);
});
