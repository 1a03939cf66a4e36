import { describe, expect, test } from 'vitest';
import { applyMemory } from '../../src/memory/apply-memory.ts';
import { ASK_ADMINISTRATORS, type Askable } from '../../src/model/askable.ts';
import type { CheckProfile } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import { markEvent } from '../../src/model/finding-id.ts';
import type { RememberedFinding } from '../../src/model/issue-memory.ts';
import type { Severity } from '../../src/model/severity.ts';
import { makeEvents, makeFinding, makeMemory, makeRow } from './make-finding.ts';

const DAY = Date.parse('2026-11-20T08:00Z');
const MINUTE = 60_000;

/** A row that somebody acknowledged when it had `count` events, the last `count - 1` minutes after the first. */
function acknowledged(count: number, changes: Partial<RememberedFinding> = {}): RememberedFinding {
  return makeRow({
    status: 'acknowledged',
    eventCount: count,
    acknowledgedCount: count,
    firstSeenMs: DAY,
    lastSeenMs: DAY + (count - 1) * MINUTE,
    ...changes,
  });
}

function makeProfile(ask: Askable): CheckProfile {
  const { check, title, description, severity, confidence } = makeFinding();
  const words = { techniques: [], references: [], falsePositives: [], nextSteps: [] };
  return { id: check, kind: 'rule', title, description, severity, confidence, ...words, ask };
}

function settle(finding: Partial<Finding>, ...rows: readonly RememberedFinding[]): Finding {
  const [settled, ...rest] = applyMemory({
    findings: [makeFinding(finding)],
    memory: makeMemory({ findings: rows }),
  });
  if (settled === undefined || rest.length > 0) throw new Error(`${rest.length + 1} findings`);
  return settled;
}

describe('a finding of this run', () => {
  const events = makeEvents(DAY, 3);

  test.each<[string, Partial<Finding>, readonly RememberedFinding[], string, number]>([
    ['is new where nobody remembers it', { events }, [], 'new', 0],
    ['is open where a run has listed it', { events }, [makeRow()], 'open', 0],
    ['is still new where none has', { events }, [makeRow({ status: 'new' })], 'new', 0],
    ['is acknowledged as shown', { events }, [acknowledged(3)], 'acknowledged', 0],
    ['reopens with more events, and counts them', { events }, [acknowledged(1)], 'open', 2],
    [
      'stays acknowledged where the window hides some of its events',
      { events: events.slice(2) },
      [acknowledged(3)],
      'acknowledged',
      0,
    ],
    [
      'reopens with a later event, although the window hides as many earlier ones',
      { events: makeEvents(DAY + 2 * MINUTE, 3) },
      [acknowledged(3)],
      'open',
      2,
    ],
    [
      'stays reopened until somebody ticks it again',
      { events },
      [acknowledged(2, { status: 'open' })],
      'open',
      1,
    ],
    [
      'reopens with what came while the minimum severity hid it',
      { events },
      [acknowledged(1, { status: 'new' })],
      'open',
      2,
    ],
    [
      'stays reopened, and counts nothing where the window hides how many are new',
      { events: makeEvents(DAY + 2 * MINUTE, 2) },
      [acknowledged(3, { status: 'open' })],
      'open',
      0,
    ],
    [
      'stays acknowledged where events come over from the finding of an earlier day',
      { events: makeEvents(DAY - 2 * MINUTE, 5), earlierEventCount: 2 },
      [acknowledged(3)],
      'acknowledged',
      0,
    ],
    [
      'reopens with another event of its own day, although some came over from an earlier one',
      { events: makeEvents(DAY - 2 * MINUTE, 5), earlierEventCount: 2 },
      [acknowledged(2, { lastSeenMs: DAY + 2 * MINUTE })],
      'open',
      1,
    ],
    [
      'reopens where it has become evidence',
      { events, role: 'evidence' },
      [acknowledged(3)],
      'open',
      0,
    ],
    [
      'stays acknowledged where it has become weaker',
      { events },
      [acknowledged(3, { role: 'evidence' })],
      'acknowledged',
      0,
    ],
    [
      'is new where it was suppressed until now',
      { events },
      [makeRow({ status: 'suppressed' })],
      'new',
      0,
    ],
    [
      'is acknowledged again where it was before it was suppressed',
      { events },
      [acknowledged(3, { status: 'suppressed' })],
      'acknowledged',
      0,
    ],
    [
      'reopens with a later event where it was suppressed until now, also where the window hides earlier ones',
      { events: makeEvents(DAY + 2 * MINUTE, 2) },
      [acknowledged(3, { status: 'suppressed' })],
      'open',
      1,
    ],
    [
      'is suppressed whatever anybody remembers',
      { events, status: 'suppressed', suppressedBy: 'known' },
      [makeRow()],
      'suppressed',
      0,
    ],
    ['asks for nothing as context', { events, role: 'context' }, [acknowledged(3)], 'new', 0],
  ])('%s', (_title, finding, rows, status, eventsSinceAcknowledged) => {
    expect(settle(finding, ...rows)).toMatchObject({ status, eventsSinceAcknowledged });
  });

  test('without events keeps the times that it first had', () => {
    const row = makeRow({ firstSeenMs: DAY, lastSeenMs: DAY });
    const settled = settle({ firstSeenMs: DAY + 99, lastSeenMs: DAY + 99 }, row);
    expect(settled).toMatchObject({ firstSeenMs: DAY, lastSeenMs: DAY, status: 'open' });
  });
});

test.each([
  ['stays acknowledged while it is on', 'enabled', 'acknowledged'],
  ['stays acknowledged where nobody could tell', 'unknown', 'acknowledged'],
  ['is open again where it was off between', 'disabled', 'open'],
] as const)('support access that Okta gives no end of %s', (_title, supportAccess, status) => {
  const row = acknowledged(1, { eventCount: 0, acknowledgedCount: 0 });
  const memory = makeMemory({ findings: [row], supportAccess });
  expect(applyMemory({ findings: [makeFinding()], memory })[0]?.status).toBe(status);
});

test('support access that no run has listed yet is new, although it was off before', () => {
  const unlisted = makeRow({ severity: 'low', status: 'new', eventCount: 0 });
  const memory = makeMemory({ findings: [unlisted], supportAccess: 'disabled' });
  expect(applyMemory({ findings: [makeFinding()], memory })[0]?.status).toBe('new');
});

test('what events tell stays acknowledged, although support access was off', () => {
  const memory = makeMemory({ findings: [acknowledged(2)], supportAccess: 'disabled' });
  const finding = makeFinding({ events: makeEvents(DAY, 2) });
  expect(applyMemory({ findings: [finding], memory })[0]?.status).toBe('acknowledged');
});

test('a finding below the minimum severity is counted as new by the run that saw it first and the one that lists it first', () => {
  const statusAt = (minimumSeverity: Severity, ...rows: RememberedFinding[]) =>
    applyMemory({
      findings: [makeFinding({ severity: 'low', events: makeEvents(DAY, 1) })],
      memory: makeMemory({ findings: rows }),
      minimumSeverity,
    })[0]?.status;
  const seen = makeRow({ severity: 'low', status: 'new' });
  expect(statusAt('high')).toBe('new');
  expect(statusAt('high', seen)).toBe('open');
  expect(statusAt('low', seen)).toBe('new');
});

describe('a finding that superseded others', () => {
  const events = makeEvents(DAY, 3);
  const supersedes = [
    { id: 'F-00000001', eventCount: 1 },
    { id: 'F-00000002', eventCount: 2 },
  ];

  test.each<[string, readonly RememberedFinding[], string, number]>([
    [
      'is acknowledged where all of them were',
      [
        acknowledged(1, { id: 'F-00000001' }),
        acknowledged(2, { id: 'F-00000002', lastSeenMs: DAY + 2 * MINUTE }),
      ],
      'acknowledged',
      0,
    ],
    [
      'is acknowledged where one of them already was as much as it is now',
      [
        acknowledged(1, { id: 'F-00000001', role: 'context' }),
        acknowledged(2, { id: 'F-00000002', lastSeenMs: DAY + 2 * MINUTE }),
      ],
      'acknowledged',
      0,
    ],
    ['counts what none of them acknowledged', [acknowledged(1, { id: 'F-00000001' })], 'open', 2],
    ['takes no more than what came over', [acknowledged(9, { id: 'F-00000001' })], 'open', 2],
    ['is open and not new where they were', [makeRow({ id: 'F-00000002' })], 'open', 0],
    [
      'adds what they acknowledged to its own',
      [acknowledged(1), acknowledged(2, { id: 'F-00000002', lastSeenMs: DAY + 2 * MINUTE })],
      'acknowledged',
      0,
    ],
    [
      'is open, with nothing acknowledged, where all of them were',
      [makeRow({ id: 'F-00000001' }), makeRow({ id: 'F-00000002' })],
      'open',
      0,
    ],
    [
      'is open where one of them was',
      [acknowledged(1, { id: 'F-00000001' }), makeRow({ id: 'F-00000002' })],
      'open',
      2,
    ],
    [
      'stays reopened where one of them was, although as much was acknowledged',
      [
        acknowledged(1, { id: 'F-00000001', status: 'open' }),
        acknowledged(2, { id: 'F-00000002', lastSeenMs: DAY + 2 * MINUTE }),
      ],
      'open',
      0,
    ],
    [
      'stays reopened where the other one was, likewise',
      [
        acknowledged(1, { id: 'F-00000001' }),
        acknowledged(2, {
          id: 'F-00000002',
          status: 'open',
          lastSeenMs: DAY + 2 * MINUTE,
        }),
      ],
      'open',
      0,
    ],
    [
      'is open where one of them was silenced and never acknowledged',
      [acknowledged(1, { id: 'F-00000001' }), makeRow({ id: 'F-00000002', status: 'suppressed' })],
      'open',
      2,
    ],
  ])('%s', (_title, rows, status, eventsSinceAcknowledged) => {
    expect(settle({ events, supersedes }, ...rows)).toMatchObject({
      status,
      eventsSinceAcknowledged,
    });
  });
});

describe('a finding that an earlier run listed as part of another one', () => {
  const events = makeEvents(DAY, 2);
  const marks = events.map(({ uuid }) => markEvent(uuid));
  const tookAll = { id: 'F-00000001', took: [{ id: 'F-7Q2K4M9X', marks }] };
  const tookOne = (id: string, index: number) => ({
    id,
    took: [{ id: 'F-7Q2K4M9X', marks: marks.slice(index, index + 1) }],
  });
  const statusOf = (finding: Partial<Finding>, ...rows: readonly RememberedFinding[]) =>
    applyMemory({
      findings: [makeFinding({ events, eventCount: events.length, ...finding })],
      memory: makeMemory({ findings: rows }),
    }).find(({ inWindow }) => inWindow)?.status;

  test.each<[string, Partial<Finding>, readonly RememberedFinding[], string]>([
    ['is acknowledged where that one was', {}, [acknowledged(5, tookAll)], 'acknowledged'],
    ['is open and not new where that one waits', {}, [makeRow(tookAll)], 'open'],
    ['is new where none has listed that one', {}, [makeRow({ ...tookAll, status: 'new' })], 'new'],
    [
      'is new where that one was silenced',
      {},
      [makeRow({ ...tookAll, status: 'suppressed' })],
      'new',
    ],
    [
      'is new where it says more than that one did',
      { role: 'evidence' },
      [acknowledged(5, tookAll)],
      'new',
    ],
    ['is new where it has another event as well', {}, [acknowledged(5, tookOne('F-1', 0))], 'new'],
    [
      'counts nothing twice of one that it supersedes in its turn',
      { supersedes: [{ id: 'F-00000001', eventCount: 1 }] },
      [acknowledged(1, { ...tookAll, lastSeenMs: DAY + MINUTE })],
      'open',
    ],
    [
      'is new where another one that was silenced had taken one of its events',
      {},
      [
        acknowledged(5, tookOne('F-00000001', 0)),
        acknowledged(5, { ...tookOne('F-00000002', 1), status: 'suppressed' }),
      ],
      'new',
    ],
    [
      'is acknowledged where several shared its events and all were',
      {},
      [acknowledged(5, tookOne('F-00000001', 0)), acknowledged(5, tookOne('F-00000002', 1))],
      'acknowledged',
    ],
    [
      'is open where one of several waits',
      {},
      [acknowledged(5, tookOne('F-00000001', 0)), makeRow(tookOne('F-00000002', 1))],
      'open',
    ],
    ['goes by its own row where it has one', {}, [makeRow(), acknowledged(5, tookAll)], 'open'],
  ])('%s', (_title, finding, rows, status) => {
    expect(statusOf(finding, ...rows)).toBe(status);
  });
});

describe('a finding that only the memory knows', () => {
  const carry = (row: Partial<RememberedFinding>, profiles: readonly CheckProfile[] = []) =>
    applyMemory({ findings: [], memory: makeMemory({ findings: [makeRow(row)] }), profiles });

  test('is brought back as long as nobody has acknowledged it', () => {
    expect(carry({ eventCount: 4, firstSeenMs: DAY, lastSeenMs: DAY + 1 })).toMatchObject([
      {
        id: 'F-7Q2K4M9X',
        status: 'open',
        inWindow: false,
        summary: 'dana reset the password of lee.',
        eventCount: 4,
        eventsSinceAcknowledged: 0,
        events: [],
        firstSeenMs: DAY,
        lastSeenMs: DAY + 1,
      },
    ]);
    expect(carry({ status: 'new' })).toHaveLength(1);
  });

  test('says how many events came after it was acknowledged', () => {
    expect(carry({ eventCount: 5, acknowledgedCount: 3 })[0]?.eventsSinceAcknowledged).toBe(2);
  });

  test.each<[string, Partial<RememberedFinding>]>([
    ['was acknowledged', { status: 'acknowledged', acknowledgedCount: 1 }],
    ['was suppressed', { status: 'suppressed' }],
    ['is context', { role: 'context' }],
  ])('stays away where it %s', (_title, row) => {
    expect(carry(row)).toEqual([]);
  });

  test('stays in the list without the words that there was no room for', () => {
    const [finding] = carry({ title: '', summary: '' });
    expect(finding?.title).toBe('password-reset');
    expect(finding?.summary).toContain('the run that found it');
  });

  test.each<[string, Partial<RememberedFinding>, Askable, string]>([
    ['whoever its sentence names', {}, 'actor', 'whoever the sentence above names'],
    ['the administrators where only they can tell', {}, 'administrators', ASK_ADMINISTRATORS],
    ['the administrators where its words are gone', { summary: '' }, 'target', ASK_ADMINISTRATORS],
    ['the administrators about a setting', { eventCount: 0 }, 'actor', ASK_ADMINISTRATORS],
  ])('asks %s', (_title, row, ask, whom) => {
    expect(carry(row, [makeProfile(ask)])[0]?.askWhom).toBe(whom);
  });

  test('asks the administrators where its check is gone or switched off, as the sentence may name a suspect', () => {
    expect(carry({})[0]?.askWhom).toBe(ASK_ADMINISTRATORS);
  });
});

test('remembering twice is remembering once', () => {
  const findings = [makeFinding({ id: 'F-00000001', events: makeEvents(DAY, 1) })];
  const memory = makeMemory({
    findings: [makeRow({ id: 'F-00000002' }), acknowledged(1, { id: 'F-00000001' })],
  });
  const once = applyMemory({ findings, memory });
  expect(once).toHaveLength(2);
  expect(applyMemory({ findings: once, memory })).toEqual(once);
});

test('a later reading of the memory decides, also about what was carried', () => {
  const before = makeMemory({ findings: [makeRow({ id: 'F-00000002' })] });
  const after = makeMemory({ findings: [acknowledged(1, { id: 'F-00000002' })] });
  const carried = applyMemory({ findings: [], memory: before });
  expect(applyMemory({ findings: carried, memory: after })).toEqual([]);
});
