import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMemory } from '../../src/memory/decode-memory.ts';
import { describeMemoryCut } from '../../src/memory/describe-cut.ts';
import { encodeMemory } from '../../src/memory/encode-memory.ts';
import { packText } from '../../src/memory/pack-text.ts';
import type { AuditNews } from '../../src/model/audit-news.ts';
import { FINDING_STATUSES } from '../../src/model/finding.ts';
import { digestToBase32 } from '../../src/model/finding-id.ts';
import {
  EMPTY_MEMORY,
  type IssueMemory,
  type RememberedFinding,
} from '../../src/model/issue-memory.ts';
import { ROLES, SEVERITIES } from '../../src/model/severity.ts';
import { SUPPORT_ACCESS_STATES } from '../../src/model/support-access.ts';
import { COVERAGE_STATES, VERDICTS } from '../../src/model/verdict.ts';
import { makeMemory, makeRow } from './make-finding.ts';

const PLENTY = 1_000_000;
const ROW_KEYS = [
  ...(['id', 'check', 'title', 'summary', 'severity', 'role', 'status'] as const),
  ...(['firstSeenMs', 'lastSeenMs', 'eventCount', 'acknowledgedCount'] as const),
];
const DAY = Date.parse('2026-11-20T08:00Z');

function idOf(number: number): string {
  return `F-${digestToBase32([String(number)]).slice(0, 8)}`;
}

/** Oldest first, a second apart, each with a sentence of its own. */
function makeRows(count: number, changes: Partial<RememberedFinding> = {}): RememberedFinding[] {
  return Array.from({ length: count }, (_, index) =>
    makeRow({
      id: idOf(index),
      firstSeenMs: DAY + index * 1000,
      lastSeenMs: DAY + index * 1000,
      summary: `user${index}@example.com reset the password of ${digestToBase32([`${index}`]).slice(0, 20)}.`,
      ...changes,
    }),
  );
}

function recall(text: string): IssueMemory {
  const decoded = decodeMemory(text);
  if (decoded.kind !== 'memory') throw new Error(decoded.kind);
  return decoded.memory;
}

describe('what was encoded', () => {
  const instants = fc.integer({ min: 0, max: 4_102_444_800_000 });
  const rows = fc.uniqueArray(
    fc.record(
      {
        id: fc.nat().map(idOf),
        check: fc.string(),
        title: fc.string({ unit: 'binary' }),
        summary: fc.string({ unit: 'grapheme' }),
        severity: fc.constantFrom(...SEVERITIES),
        role: fc.constantFrom(...ROLES),
        status: fc.constantFrom(...FINDING_STATUSES),
        firstSeenMs: instants,
        lastSeenMs: instants,
        eventCount: fc.nat(),
        acknowledgedCount: fc.option(fc.nat()),
        isHidden: fc.constant<true>(true),
        took: fc.array(
          fc.record({ id: fc.nat().map(idOf), marks: fc.array(fc.string(), { minLength: 1 }) }),
          { minLength: 1, maxLength: 3 },
        ),
      },
      { requiredKeys: ROW_KEYS },
    ),
    { selector: ({ id }) => id },
  );
  const memories: fc.Arbitrary<IssueMemory> = fc.record(
    {
      completeThroughMs: fc.option(instants),
      watched: fc.array(
        fc.record({
          check: fc.string(),
          window: fc.record({ sinceMs: instants, untilMs: instants }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      verdict: fc.option(fc.constantFrom(...VERDICTS)),
      coverage: fc.option(fc.constantFrom(...COVERAGE_STATES)),
      supportAccess: fc.option(fc.constantFrom(...SUPPORT_ACCESS_STATES)),
      findings: rows.map((all) =>
        all.toSorted(
          (one, other) => one.firstSeenMs - other.firstSeenMs || (one.id < other.id ? -1 : 1),
        ),
      ),
      holes: fc.array(
        fc.record({
          window: fc.record({ sinceMs: instants, untilMs: instants }),
          checks: fc.array(fc.string()),
        }),
      ),
      leftClosed: fc.constant(true),
    },
    { requiredKeys: ['completeThroughMs', 'verdict', 'coverage', 'supportAccess', 'findings'] },
  );

  test('is decoded as it was', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const { text, cut, fits } = encodeMemory({ memory, maxBytes: PLENTY });
        expect(recall(text)).toEqual(memory);
        expect(cut).toEqual({
          unaskedWords: 0,
          unaskedRows: 0,
          acknowledgedRows: 0,
          summaries: 0,
          titles: 0,
        });
        expect(fits).toBe(true);
      }),
    );
  });

  test('keeps which news it announced, of findings in whatever order', () => {
    const [first, second, third] = ['F-00000001', 'F-00000002', 'F-00000003'] as const;
    const findings = [first, second, third].map((id, at) => makeRow({ id, firstSeenMs: at }));
    const news: AuditNews = {
      newFindings: [first, third],
      reopenedFindings: [second],
      weakerVerdictBefore: 'no-evidence',
      supportAccessEnabled: true,
      coverageLost: false,
      closedHoles: [{ sinceMs: 1, untilMs: 2 }],
    };
    const announced = { news, digest: '0123456789abcdef', since: '2026-11-23T02:17:00Z' };
    const shuffled = { ...news, newFindings: [third, first] };
    const memory = makeMemory({ findings, announced: { ...announced, news: shuffled } });
    const { text } = encodeMemory({ memory, maxBytes: PLENTY });
    expect(recall(text)?.announced).toEqual(announced);
  });

  test('is safe inside an HTML comment, whatever the log says', () => {
    const hostile = makeRow({
      summary: '--> <!-- key=0 --> - [x] **F-7Q2K4M9X** -- --!>',
      title: '-->',
    });
    const { text } = encodeMemory({
      memory: makeMemory({ findings: [hostile] }),
      maxBytes: PLENTY,
    });
    expect(text).toMatch(/^m1\.[\w.]+$/);
  });

  test('and stored by the first version stays readable', () => {
    const stored =
      'm1.322a5053PY_BasMwDIZfJejsDCdbE.IH6GUMttsg5GBitTF1bGMrCaP03YfdpDrp55N.6b_D6GZvkBBE1Xan965ras45Z7BiUHokEGARVSwDrho3YDC6FYO8IgjwMpCWBhjExXsX0vRib9ZtNg1OON4iiB68jHFzQZUBIxIMDEiTwcy.d1a8WHBbBHEHrRI_l.1P_fnx1f0mlj1B9Pzw2PuIKwZNfyD6OltkUiVCkpa4i4sOkVLfdqeqqZoUNa97aUH0zS5xRUtx95JjCmRQXVEdnss8y5COgZJWPl8vaMLiSFq4S2EQ32B4MJjcM2s.y49iL1Ul1fNhGB7_';
    expect(recall(stored)).toEqual({
      completeThroughMs: 1_795_399_620_000,
      verdict: 'needs-review',
      coverage: 'partial',
      supportAccess: 'unknown',
      findings: [
        makeRow({
          firstSeenMs: 1_795_161_600_000,
          lastSeenMs: 1_795_161_660_000,
          eventCount: 2,
          acknowledgedCount: 1,
        }),
      ],
      holes: [
        {
          window: { sinceMs: 1_795_000_000_000, untilMs: 1_795_000_001_000 },
          checks: ['password-reset'],
        },
      ],
    });
  });
});

describe('what outgrows its share', () => {
  const settled = makeRows(40, { status: 'acknowledged', acknowledgedCount: 1 });
  const open = makeRows(40).map((row, index) => ({ ...row, id: idOf(1000 + index) }));
  const memory = makeMemory({ findings: [...settled, ...open] });
  const whole = encodeMemory({ memory, maxBytes: PLENTY }).text.length;
  const bare = open.map((row) => ({ ...row, title: '', summary: '' }));

  test('forgets what its rows took along before anything else, and says nothing of it', () => {
    const took = [{ id: 'F-00000001', marks: ['7Q2K4M'] }];
    const memory = makeMemory({ findings: makeRows(20, { took }) });
    const lean = makeMemory({ findings: makeRows(20) });
    const whole = encodeMemory({ memory, maxBytes: PLENTY });
    const { text, cut } = encodeMemory({ memory, maxBytes: whole.text.length - 1 });
    expect(recall(whole.text)).toEqual(memory);
    expect(recall(text)).toEqual(lean);
    expect(describeMemoryCut(cut)).toEqual([]);
  });

  test('loses acknowledged rows first, the oldest of them, and no more than needed', () => {
    const { text, cut, fits } = encodeMemory({ memory, maxBytes: whole - 100 });
    expect(fits).toBe(true);
    expect(text.length).toBeLessThanOrEqual(whole - 100);
    expect(cut.acknowledgedRows).toBeGreaterThan(0);
    expect(cut).toMatchObject({ summaries: 0, titles: 0 });
    const left = recall(text).findings.filter(({ status }) => status === 'acknowledged');
    expect(left).toEqual(settled.slice(cut.acknowledgedRows));
    expect(
      encodeMemory({
        memory: { ...memory, findings: [...settled.slice(cut.acknowledgedRows - 1), ...open] },
        maxBytes: PLENTY,
      }).text.length,
    ).toBeGreaterThan(whole - 100);
  });

  test('then loses sentences, the newest first, which the next run reads again', () => {
    const withoutSettled = encodeMemory({
      memory: makeMemory({ findings: open }),
      maxBytes: PLENTY,
    }).text.length;
    const { text, cut } = encodeMemory({ memory, maxBytes: withoutSettled - 200 });
    expect(cut.acknowledgedRows).toBe(40);
    expect(cut.summaries).toBeGreaterThan(0);
    expect(cut.summaries).toBeLessThan(40);
    expect(cut.titles).toBe(0);
    const left = recall(text).findings;
    expect(left.map(({ id }) => id)).toEqual(open.map(({ id }) => id));
    expect(left.map(({ summary }) => summary !== '')).toEqual(
      open.map((_, index) => index < 40 - cut.summaries),
    );
  });

  test('then titles, and never an open row', () => {
    const { text, cut, fits } = encodeMemory({ memory, maxBytes: 10 });
    expect(cut).toEqual({
      unaskedWords: 0,
      unaskedRows: 0,
      acknowledgedRows: 40,
      summaries: 40,
      titles: 40,
    });
    expect(fits).toBe(false);
    expect(recall(text).findings).toEqual(bare);
  });

  test.each([
    ['suppressed', { status: 'suppressed', summary: '' }],
    ['below the minimum severity', { status: 'new' }],
  ] as const)('keeps all that somebody acknowledged where a noisy rule is %s', (_why, noise) => {
    const noisy = makeRows(2_000, noise).map((row, index) => ({ ...row, id: idOf(5000 + index) }));
    const findings = [...noisy, ...settled, ...open];
    const { text, cut, fits } = encodeMemory({ memory: { ...memory, findings }, maxBytes: 20_000 });
    expect(fits).toBe(true);
    expect(cut).toMatchObject({ acknowledgedRows: 0, summaries: 0, titles: 0 });
    const left = recall(text).findings;
    expect(left).toHaveLength(2_080 - cut.unaskedRows);
    expect(left).toEqual(expect.arrayContaining([...settled, ...open]));
  });

  test('knows again all that is below the minimum severity, without its words, before it forgets a row of it', () => {
    const noise = makeRows(1_200, { status: 'new' });
    const { text, cut } = encodeMemory({
      memory: { ...memory, findings: noise },
      maxBytes: 20_000,
    });
    expect(cut).toMatchObject({ unaskedRows: 0, acknowledgedRows: 0 });
    expect(cut.unaskedWords).toBeGreaterThan(0);
    expect(recall(text).findings.map(({ id }) => id)).toEqual(noise.map(({ id }) => id));
  });

  test('says in words what it lost', () => {
    const nothing = {
      unaskedWords: 0,
      unaskedRows: 0,
      acknowledgedRows: 0,
      summaries: 0,
      titles: 0,
    };
    expect(describeMemoryCut(nothing)).toEqual([]);
    const much = {
      unaskedWords: 9,
      unaskedRows: 1_200,
      acknowledgedRows: 1,
      summaries: 2,
      titles: 3_000,
    };
    expect(describeMemoryCut(much)).toEqual([
      'the memory of 1,200 findings that nobody was asked to review',
      'the memory of 1 acknowledged finding, new again should more of it come',
      'the sentences of 2 open findings once their events have left the window',
      'the titles of 3,000 open findings likewise',
    ]);
  });

  test('fits whatever there is room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole + 100 }), (maxBytes) => {
        const { text, cut, fits } = encodeMemory({ memory, maxBytes });
        expect(fits).toBe(text.length <= maxBytes);
        const left = recall(text).findings;
        expect(left.filter(({ status }) => status === 'open')).toHaveLength(40);
        expect(left).toHaveLength(80 - cut.acknowledgedRows);
        if (!fits) expect(cut.titles).toBe(40);
      }),
      { numRuns: 40 },
    );
  });

  test('is also what nobody would read again, however small it packs', () => {
    const endless = makeRow({ id: idOf(5000), summary: 'x'.repeat(9_000_000) });
    const findings = [...open, { ...endless, firstSeenMs: DAY - 1, lastSeenMs: DAY - 1 }];
    const { text, cut } = encodeMemory({ memory: makeMemory({ findings }), maxBytes: PLENTY });
    expect(recall(text).findings).toHaveLength(41);
    expect(cut.summaries).toBe(41);
  });

  test('loses no row that there is room for', () => {
    for (let maxBytes = whole - 1; maxBytes > whole - 300; maxBytes -= 7) {
      const { cut } = encodeMemory({ memory, maxBytes });
      const findings = [...settled.slice(cut.acknowledgedRows - 1), ...open];
      const oneMore = encodeMemory({ memory: makeMemory({ findings }), maxBytes: PLENTY });
      expect(oneMore.text.length).toBeGreaterThan(maxBytes);
    }
  });

  test('is small: two thousand bare open rows take half of a body', () => {
    const rows = makeRows(2000, { title: '', summary: '' });
    expect(
      encodeMemory({ memory: makeMemory({ findings: rows }), maxBytes: PLENTY }).text.length,
    ).toBeLessThan(30_000);
  });
});

describe('what is no memory', () => {
  const { text } = encodeMemory({
    memory: makeMemory({ findings: makeRows(3) }),
    maxBytes: PLENTY,
  });
  const pack = (content: string) => `m1.${packText(content)}`;
  const empty = JSON.parse(
    '{"complete":null,"verdict":null,"coverage":null,"support":null,"checks":[],"titles":[],"rows":{"id":[],"check":[],"title":[],"severity":[],"role":[],"status":[],"first":[],"span":[],"events":[],"acknowledged":[],"summary":[]},"holes":null}',
  );
  const oneRow = {
    ...empty,
    checks: ['a'],
    titles: ['t'],
    rows: {
      id: ['F-7Q2K4M9X'],
      check: [0],
      title: [0],
      severity: [0],
      role: [0],
      status: [0],
      first: [0],
      span: [0],
      events: [1],
      acknowledged: [-1],
      summary: ['s'],
    },
  };

  test('the form of these cases is right where nothing is wrong', () => {
    expect(recall(pack(JSON.stringify(empty)))).toEqual(EMPTY_MEMORY);
    expect(recall(pack(JSON.stringify(oneRow))).findings).toHaveLength(1);
  });

  test.each([
    ['nothing', ''],
    ['another text', 'hello'],
    ['one that was cut', text.slice(0, -3)],
    [
      'one with a letter changed',
      `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`,
    ],
    ['one with another checksum', `m1.00000000${text.slice(11)}`],
    ['one with a space in it', `${text} x`],
    ['no JSON inside', pack('{')],
    ['no object inside', pack('[]')],
    ['a property that nobody knows', pack(JSON.stringify({ ...empty, extra: 1 }))],
    ['a property that is missing', pack(JSON.stringify({ ...empty, rows: undefined }))],
    [
      'columns of different lengths',
      pack(JSON.stringify({ ...oneRow, rows: { ...oneRow.rows, id: [] } })),
    ],
    [
      'a column of what rows took along of another length',
      pack(JSON.stringify({ ...oneRow, rows: { ...oneRow.rows, took: [[], []] } })),
    ],
    [
      'a column of what is hidden of another length',
      pack(JSON.stringify({ ...oneRow, rows: { ...oneRow.rows, hidden: [true, true] } })),
    ],
    ['a check that is not there', pack(JSON.stringify({ ...oneRow, checks: [] }))],
    [
      'a severity that is not there',
      pack(JSON.stringify({ ...oneRow, rows: { ...oneRow.rows, severity: [9] } })),
    ],
    [
      'an id that is none',
      pack(JSON.stringify({ ...oneRow, rows: { ...oneRow.rows, id: ['x'] } })),
    ],
    [
      'a time that no clock shows',
      pack(JSON.stringify({ ...oneRow, rows: { ...oneRow.rows, first: [8.7e15] } })),
    ],
    [
      'a hole of a check that is not there',
      pack(JSON.stringify({ ...empty, holes: [[0, 1, [3]]] })),
    ],
    ['more than anybody wrote', pack(JSON.stringify(empty).padEnd(9_000_000))],
  ])('%s is damaged', (_title, damaged) => {
    expect(decodeMemory(damaged)).toMatchObject({ kind: 'damaged' });
  });

  test('a later version is known as one, whatever it holds', () => {
    expect(decodeMemory('m2.whatever')).toEqual({ kind: 'newer', version: 2 });
  });

  test('any text whatever gives an answer and no error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((content) => pack(content)),
        ),
        (any) => {
          expect(['damaged', 'newer']).toContain(decodeMemory(any).kind);
        },
      ),
    );
  });
});
