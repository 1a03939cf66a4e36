import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSupportStates } from '../../src/checks/support-access/compare-support-states.ts';
import { createSupportAccessOpen } from '../../src/checks/support-access/support-access-open.ts';
import { beginSupportTimeline } from '../../src/checks/support-access/support-timeline.ts';
import type { LogEvent, RawEvent } from '../../src/model/log-event.ts';
import { parseLogEvent } from '../../src/model/log-event.ts';
import type { SupportAccess, SupportInterval } from '../../src/model/support-access.ts';
import { DAY_MS, HOUR_MS, overlaps } from '../../src/model/time-window.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import {
  adminAppAccess,
  type ImpersonationAction,
  impersonationEvent,
  OKTA_SYSTEM,
  person,
  type Somebody,
  thing,
} from '../simulators/okta/build-event.ts';

const DANA = person('dana.reyes@example.com');
const ENGINEER = person('engineer@support.example');
const NOW = Date.parse('2022-02-01T00:00:00Z');

function at(dayAndTime: string): number {
  return Date.parse(`2022-01-${dayAndTime}:00Z`);
}

function toEvent(raw: RawEvent): LogEvent {
  const event = parseLogEvent(raw);
  if (event === null) throw new Error('not an event');
  return event;
}

interface Step {
  readonly do: ImpersonationAction;
  readonly at: string;
  readonly by?: Somebody;
  readonly case?: string;
  readonly session?: string;
  readonly result?: string;
}

function step({ do: action, at: when, by, case: caseNumber, session, result }: Step): LogEvent {
  const isSupport = action === 'initiate' || action === 'end';
  return toEvent(
    impersonationEvent(action, {
      actor: by ?? (isSupport ? ENGINEER : DANA),
      at: at(when),
      session: session ?? 'unknown',
      ...(caseNumber === undefined ? {} : { target: thing('CaseNumber', caseNumber) }),
      ...(result === undefined ? {} : { result }),
    }),
  );
}

function rebuild(steps: readonly Step[], nowMs = NOW): SupportInterval[] {
  const timeline = beginSupportTimeline({ nowMs });
  for (const each of steps) timeline.accept(step(each));
  return timeline.finish();
}

/** Only what a table row names. */
interface Expected {
  readonly start: string;
  readonly end: string | null;
  readonly basis: SupportInterval['endBasis'];
  readonly by?: string | null;
  readonly case?: string | null;
  readonly extensions?: number;
  readonly sessions?: readonly (readonly [string, string | null])[];
}

function describeInterval(interval: SupportInterval): Expected {
  return {
    start: toShort(interval.startMs),
    end: interval.endMs === null ? null : toShort(interval.endMs),
    basis: interval.endBasis,
    by: interval.grantedBy,
    case: interval.caseNumber,
    extensions: interval.extensions,
    sessions: interval.sessions.map((session) => [
      toShort(session.startMs),
      session.endMs === null ? null : toShort(session.endMs),
    ]),
  };
}

function toShort(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(8, 16);
}

const DANA_LOGIN = 'dana.reyes@example.com';

const CASES: readonly {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly expected: readonly Expected[];
}[] = [
  {
    title: 'an org-wide grant that nobody revokes lapses after 8 hours, computed',
    steps: [{ do: 'grant', at: '18T14:05' }],
    expected: [
      {
        start: '18T14:05',
        end: '18T22:05',
        basis: 'computed',
        by: DANA_LOGIN,
        case: null,
        sessions: [],
      },
    ],
  },
  {
    title: 'a grant for a case lasts 24 hours',
    steps: [{ do: 'grant', at: '18T14:05', case: '01234567' }],
    expected: [{ start: '18T14:05', end: '19T14:05', basis: 'computed', case: '01234567' }],
  },
  {
    title: 'a revocation is an observed end',
    steps: [
      { do: 'grant', at: '18T14:05' },
      { do: 'revoke', at: '18T15:00' },
    ],
    expected: [{ start: '18T14:05', end: '18T15:00', basis: 'observed' }],
  },
  {
    title: 'an extension adds 24 hours to what is left',
    steps: [
      { do: 'grant', at: '18T14:00' },
      { do: 'extend', at: '18T15:00' },
    ],
    expected: [{ start: '18T14:00', end: '19T22:00', basis: 'computed', extensions: 1 }],
  },
  {
    title: 'an extension shortly after the computed end shows that access had gone on',
    steps: [
      { do: 'grant', at: '18T14:00' },
      { do: 'extend', at: '19T01:00' },
    ],
    expected: [{ start: '18T14:00', end: '20T01:00', basis: 'computed', extensions: 1 }],
  },
  {
    title: 'an extension long after belongs to a grant that was not read',
    steps: [
      { do: 'grant', at: '10T14:00' },
      { do: 'extend', at: '18T14:00' },
    ],
    expected: [
      { start: '10T14:00', end: '10T22:00', basis: 'computed', extensions: 0 },
      { start: '18T14:00', end: '19T14:00', basis: 'computed', by: null, extensions: 1 },
    ],
  },
  {
    title: 'a revocation without a grant in reach is a moment of its own',
    steps: [{ do: 'revoke', at: '18T14:00' }],
    expected: [{ start: '18T14:00', end: '18T14:00', basis: 'observed', by: null }],
  },
  {
    title: 'a revocation shortly after the computed end moves the end',
    steps: [
      { do: 'grant', at: '18T14:00' },
      { do: 'revoke', at: '18T23:00' },
    ],
    expected: [{ start: '18T14:00', end: '18T23:00', basis: 'observed' }],
  },
  {
    title: 'a second grant while access is open makes it last longer',
    steps: [
      { do: 'grant', at: '18T14:00' },
      { do: 'grant', at: '18T20:00' },
    ],
    expected: [{ start: '18T14:00', end: '19T04:00', basis: 'computed', extensions: 0 }],
  },
  {
    title: 'a second grant after the end is an interval of its own',
    steps: [
      { do: 'grant', at: '18T14:00' },
      { do: 'grant', at: '18T23:00' },
    ],
    expected: [
      { start: '18T14:00', end: '18T22:00', basis: 'computed' },
      { start: '18T23:00', end: '19T07:00', basis: 'computed' },
    ],
  },
  {
    title: 'grants for two cases overlap as two intervals, and a revocation ends its own case',
    steps: [
      { do: 'grant', at: '18T10:00', case: '1' },
      { do: 'grant', at: '18T12:00', case: '2' },
      { do: 'revoke', at: '18T13:00', case: '1' },
    ],
    expected: [
      { start: '18T10:00', end: '18T13:00', basis: 'observed', case: '1' },
      { start: '18T12:00', end: '19T12:00', basis: 'computed', case: '2' },
    ],
  },
  {
    title: 'a revocation that names no case ends everything that is open',
    steps: [
      { do: 'grant', at: '18T10:00', case: '1' },
      { do: 'grant', at: '18T12:00', case: '2' },
      { do: 'revoke', at: '18T13:00' },
    ],
    expected: [
      { start: '18T10:00', end: '18T13:00', basis: 'observed', case: '1' },
      { start: '18T12:00', end: '18T13:00', basis: 'observed', case: '2' },
    ],
  },
  {
    title: 'a revocation of another case ends nothing else',
    steps: [
      { do: 'grant', at: '18T10:00' },
      { do: 'extend', at: '18T11:00', case: '1' },
      { do: 'revoke', at: '18T12:00', case: '2' },
    ],
    expected: [
      { start: '18T10:00', end: '19T18:00', basis: 'computed', case: '1' },
      { start: '18T12:00', end: '18T12:00', basis: 'observed', case: '2', by: null },
    ],
  },
  {
    title: 'an extension that names no case goes to the latest grant',
    steps: [
      { do: 'grant', at: '18T10:00', case: '1' },
      { do: 'grant', at: '18T12:00', case: '2' },
      { do: 'extend', at: '18T13:00' },
    ],
    expected: [
      { start: '18T10:00', end: '19T10:00', basis: 'computed', case: '1', extensions: 0 },
      { start: '18T12:00', end: '20T12:00', basis: 'computed', case: '2', extensions: 1 },
    ],
  },
  {
    title: 'a session is paired with its end by session id',
    steps: [
      { do: 'grant', at: '18T10:00' },
      { do: 'initiate', at: '18T11:00', session: 's1' },
      { do: 'initiate', at: '18T11:10', session: 's2' },
      { do: 'end', at: '18T11:20', session: 's1' },
    ],
    expected: [
      {
        start: '18T10:00',
        end: '18T18:00',
        basis: 'computed',
        sessions: [
          ['18T11:00', '18T11:20'],
          ['18T11:10', null],
        ],
      },
    ],
  },
  {
    title: 'an end that names another session of the same person ends none',
    steps: [
      { do: 'grant', at: '18T10:00' },
      { do: 'initiate', at: '18T11:00', session: 's1' },
      { do: 'end', at: '18T11:20', session: 's2' },
    ],
    expected: [
      {
        start: '18T10:00',
        end: '18T18:00',
        basis: 'computed',
        sessions: [
          ['18T11:00', null],
          ['18T11:20', '18T11:20'],
        ],
      },
    ],
  },
  {
    title: 'without session ids a session is paired by its person',
    steps: [
      { do: 'grant', at: '18T10:00' },
      { do: 'initiate', at: '18T11:00' },
      { do: 'end', at: '18T11:20' },
    ],
    expected: [
      {
        start: '18T10:00',
        end: '18T18:00',
        basis: 'computed',
        sessions: [['18T11:00', '18T11:20']],
      },
    ],
  },
  {
    title: 'a session without a grant in reach is an interval as long as the session',
    steps: [
      { do: 'initiate', at: '18T11:00', session: 's1' },
      { do: 'end', at: '18T12:00', session: 's1' },
    ],
    expected: [
      {
        start: '18T11:00',
        end: '18T12:00',
        basis: 'observed',
        by: null,
        sessions: [['18T11:00', '18T12:00']],
      },
    ],
  },
  {
    title: 'a session with neither grant nor end is counted for the longest single grant',
    steps: [{ do: 'initiate', at: '18T11:00', session: 's1' }],
    expected: [
      { start: '18T11:00', end: '19T11:00', basis: 'computed', sessions: [['18T11:00', null]] },
    ],
  },
  {
    title: 'a session after the computed end is not explained by the lapsed grant',
    steps: [
      { do: 'grant', at: '18T10:00' },
      { do: 'initiate', at: '18T20:00', session: 's1' },
    ],
    expected: [
      { start: '18T10:00', end: '18T18:00', basis: 'computed', by: DANA_LOGIN, sessions: [] },
      { start: '18T20:00', end: '19T20:00', basis: 'computed', by: null },
    ],
  },
  {
    title: 'a session that names another case is not explained by an open grant',
    steps: [
      { do: 'grant', at: '18T10:00', case: '1' },
      { do: 'initiate', at: '18T11:00', case: '2', session: 's1' },
    ],
    expected: [
      { start: '18T10:00', end: '19T10:00', basis: 'computed', case: '1', sessions: [] },
      { start: '18T11:00', end: '19T11:00', basis: 'computed', case: '2', by: null },
    ],
  },
  {
    title: 'an end without its start is shown at the end',
    steps: [
      { do: 'grant', at: '18T10:00' },
      { do: 'end', at: '18T11:00', session: 's1' },
    ],
    expected: [
      {
        start: '18T10:00',
        end: '18T18:00',
        basis: 'computed',
        sessions: [['18T11:00', '18T11:00']],
      },
    ],
  },
  {
    title: 'an end alone is a moment of access',
    steps: [{ do: 'end', at: '18T11:00', session: 's1' }],
    expected: [
      {
        start: '18T11:00',
        end: '18T11:00',
        basis: 'observed',
        by: null,
        sessions: [['18T11:00', '18T11:00']],
      },
    ],
  },
  {
    title: 'attempts that failed open, extend and end nothing',
    steps: [
      { do: 'grant', at: '18T09:00', result: 'FAILURE' },
      { do: 'initiate', at: '18T09:30', result: 'DENY' },
      { do: 'grant', at: '18T10:00' },
      { do: 'extend', at: '18T10:10', result: 'FAILURE' },
      { do: 'revoke', at: '18T10:20', result: 'FAILURE' },
    ],
    expected: [
      { start: '18T10:00', end: '18T18:00', basis: 'computed', extensions: 0, sessions: [] },
    ],
  },
  {
    title: 'a grant, its use and its revocation at the same moment are told in that order',
    steps: [
      { do: 'revoke', at: '18T10:00' },
      { do: 'initiate', at: '18T10:00' },
      { do: 'grant', at: '18T10:00' },
    ],
    expected: [
      { start: '18T10:00', end: '18T10:00', basis: 'observed', sessions: [['18T10:00', null]] },
    ],
  },
  {
    title: 'no events give no intervals',
    steps: [],
    expected: [],
  },
];

describe('support access over time', () => {
  test.each(CASES)('$title', ({ steps, expected }) => {
    const intervals = rebuild(steps).map(describeInterval);
    expect(intervals).toEqual(expected.map((each) => expect.objectContaining(each)));
  });

  test('a grant whose end is still to come is ongoing', () => {
    const [interval] = rebuild([{ do: 'grant', at: '18T14:00' }], at('18T16:00'));
    expect(interval).toMatchObject({
      endMs: null,
      expectedEndMs: at('18T22:00'),
      endBasis: 'ongoing',
    });
  });

  test('a computed end that rests on a choice between sources says so', () => {
    const [interval] = rebuild([
      { do: 'grant', at: '18T14:00', case: '1' },
      { do: 'extend', at: '18T15:00', case: '1' },
    ]);
    expect(interval?.notes?.join(' ')).toMatch(/24 hours on top of what was left/);
    expect(interval?.notes?.join(' ')).toMatch(/24 hours, as grants for a case last/);
  });

  test.each([
    { at: '18T22:00', isSaid: false },
    { at: '18T22:01', isSaid: true },
  ])('an extension at $at outlived the computed end: $isSaid', ({ at: when, isSaid }) => {
    const [interval] = rebuild([
      { do: 'grant', at: '18T14:00' },
      { do: 'extend', at: when },
    ]);
    expect(
      interval?.notes?.some((note) => note.includes('outlived') || note.includes('still open')),
    ).toBe(isSaid);
  });

  test('what was done in a session is listed with it, and nothing else', () => {
    const timeline = beginSupportTimeline({ nowMs: NOW });
    const inside = toEvent(adminAppAccess({ user: ENGINEER, at: at('18T11:05'), session: 's1' }));
    const after = toEvent(adminAppAccess({ user: ENGINEER, at: at('18T13:00'), session: 's1' }));
    const other = toEvent(adminAppAccess({ user: DANA, at: at('18T11:06'), session: 's2' }));
    const start = step({ do: 'initiate', at: '18T11:00', session: 's1' });
    const end = step({ do: 'end', at: '18T12:00', session: 's1' });
    for (const event of [step({ do: 'grant', at: '18T10:00' }), start, inside, other, end, after]) {
      timeline.accept(event);
    }
    timeline.accept(inside);
    expect(timeline.finish()[0]?.sessions[0]?.events).toEqual([start.uuid, inside.uuid, end.uuid]);
    expect(timeline.finish()[0]?.sessions[0]?.events).toHaveLength(3);
  });

  test('a session whose end nobody logged holds what was done within a day, as everywhere', () => {
    const timeline = beginSupportTimeline({ nowMs: NOW });
    const start = step({ do: 'initiate', at: '18T11:00', session: 's1' });
    const inside = toEvent(adminAppAccess({ user: ENGINEER, at: at('19T11:00'), session: 's1' }));
    const later = toEvent(adminAppAccess({ user: ENGINEER, at: at('19T11:01'), session: 's1' }));
    for (const event of [start, inside, later]) timeline.accept(event);
    expect(timeline.finish()[0]?.sessions[0]?.events).toEqual([start.uuid, inside.uuid]);
  });

  test('order and repetition of the events change nothing', () => {
    const events = CASES.flatMap(({ steps }) => steps.map(step));
    const expected = rebuildFrom(events);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        (shuffled) => {
          expect(rebuildFrom(shuffled)).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('intervals never end before they start, and every event that took effect is in exactly one', () => {
    const steps = fc.record({
      do: fc.constantFrom<ImpersonationAction>('grant', 'extend', 'initiate', 'end', 'revoke'),
      at: fc
        .integer({ min: 0, max: 71 })
        .map(
          (hour) =>
            `${String(10 + Math.floor(hour / 24))}T${String(hour % 24).padStart(2, '0')}:00`,
        ),
      case: fc.constantFrom('1', '2'),
      session: fc.constantFrom('s1', 's2', 'unknown'),
    });
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (story) => {
        const intervals = rebuild(story);
        const told = intervals.flatMap((interval) => interval.events).sort();
        const given = [...new Set(story.map((each) => step(each).uuid))].sort();
        expect(told).toEqual(given);
        for (const interval of intervals) {
          expect(interval.endMs ?? NOW).toBeGreaterThanOrEqual(interval.startMs);
        }
      }),
    );
  });
});

function rebuildFrom(events: readonly LogEvent[]): SupportInterval[] {
  const timeline = beginSupportTimeline({ nowMs: NOW });
  for (const event of events) timeline.accept(event);
  return timeline.finish();
}

describe('the check support-access-open', () => {
  function match(steps: readonly Step[], tuning: Pick<Tuning, 'supportCases'> = NO_TUNING) {
    const run = createSupportAccessOpen({ tuning, nowMs: NOW }).begin();
    for (const each of steps) run.accept(step(each));
    return run.finish();
  }

  test('a grant before the window that lapsed by itself overlaps it with its span', () => {
    const [found] = match([{ do: 'grant', at: '15T20:00' }]);
    const window = { sinceMs: at('16T00:00'), untilMs: at('22T00:00') };
    expect(found?.span && overlaps(found.span, window)).toBe(true);
    expect(found?.anchor.publishedMs).toBeLessThan(window.sinceMs);
    expect(found?.facts).toMatchObject({ endBasis: 'computed', end: '2022-01-16T04:00:00.000Z' });
  });

  test('a grant that lapsed before the window does not overlap it', () => {
    const [found] = match([{ do: 'grant', at: '15T10:00' }]);
    const window = { sinceMs: at('16T00:00'), untilMs: at('22T00:00') };
    expect(found?.span && overlaps(found.span, window)).toBe(false);
  });

  test('its events are grants, extensions and revocations; sessions are counted', () => {
    const [found] = match([
      { do: 'grant', at: '18T10:00' },
      { do: 'extend', at: '18T10:30' },
      { do: 'initiate', at: '18T11:00' },
      { do: 'end', at: '18T12:00' },
      { do: 'revoke', at: '18T13:00' },
    ]);
    expect(found?.events.map((event) => event.eventType.split('.').at(-1))).toEqual([
      'grant',
      'extend',
      'revoke',
    ]);
    expect(found?.facts).toMatchObject({ sessions: 1, extensions: 1 });
    expect(found?.ask).toBeUndefined();
    expect(found?.summary).toBe(
      'Okta Support access was opened by dana.reyes@example.com at 2022-01-18 10:00 UTC and ended at 2022-01-18 13:00 UTC; one session used it.',
    );
  });

  test('what its sessions did is a step only where there was one', () => {
    const grant: Step = { do: 'grant', at: '18T10:00' };
    const isAboutSessions = expect.stringContaining('in each session');
    expect(match([grant])[0]?.nextSteps).not.toContainEqual(isAboutSessions);
    expect(match([grant, { do: 'initiate', at: '18T11:00' }])[0]?.nextSteps).toBeUndefined();
    const { nextSteps } = createSupportAccessOpen({ tuning: NO_TUNING, nowMs: NOW });
    expect(nextSteps).toContainEqual(isAboutSessions);
  });

  test.each<[string, readonly Step[], string]>([
    [
      'a revocation',
      [{ do: 'revoke', at: '18T11:30' }],
      'ended at 2022-01-18 11:30 UTC; one session used it, until 2022-01-19 02:00 UTC.',
    ],
    [
      'a grant that lapsed',
      [],
      'lapsed at 2022-01-18 18:00 UTC as computed, because no revocation was read; one session used it, until 2022-01-19 02:00 UTC.',
    ],
  ])('a session that outlasts %s is told with its end', (_, end, told) => {
    const steps: readonly Step[] = [
      { do: 'grant', at: '18T10:00' },
      { do: 'initiate', at: '18T11:00' },
      ...end,
      { do: 'end', at: '19T02:00' },
    ];
    const [found] = match(steps);
    expect(found?.summary).toMatch(told);
    expect(found?.facts['notes']).toContainEqual(expect.stringContaining('2022-01-19 02:00 UTC'));
    expect(rebuild(steps)[0]?.notes?.join()).toContain('2022-01-19 02:00 UTC');
  });

  test.each([undefined, 'one'])(
    'sessions that overlap are counted once each, with session id %s',
    (session) => {
      const sessions = (['initiate', 'initiate', 'initiate', 'end', 'end', 'end'] as const).map(
        (action, index) => ({
          do: action,
          at: `18T1${index + 1}:00`,
          ...(session === undefined ? {} : { session }),
        }),
      );
      const [interval] = rebuild([{ do: 'grant', at: '18T10:00' }, ...sessions]);
      expect(interval?.sessions).toHaveLength(3);
      expect(interval?.sessions.every(({ endMs }) => endMs !== null)).toBe(true);
      expect(interval?.notes).toEqual([]);
    },
  );

  test('access that nobody saw begin is never said to have been opened at its first sign', () => {
    const [found] = match([{ do: 'revoke', at: '18T11:00', case: '1' }]);
    expect(found?.summary).toBe(
      'Okta Support access was already open for case 1 at 2022-01-18 11:00 UTC, by a grant that was not read, and ended at 2022-01-18 11:00 UTC; no session was seen in it.',
    );
  });

  test('a session without a grant tells by its beginning how long access was open', () => {
    const [found] = match([
      { do: 'initiate', at: '18T11:00' },
      { do: 'end', at: '18T13:00' },
    ]);
    expect(found?.events.map((event) => event.eventType)).toEqual([
      'user.session.impersonation.initiate',
    ]);
    expect(found?.span).toEqual({ sinceMs: at('18T11:00'), untilMs: at('18T13:00') });
  });

  test('a session without a grant is nothing of its own where the team listed its case', () => {
    const tuning = { supportCases: ['1'] };
    expect(match([{ do: 'initiate', at: '18T11:00', case: '1' }], tuning)).toEqual([]);
    expect(match([{ do: 'initiate', at: '18T11:00', case: '2' }], tuning)).toHaveLength(1);
  });

  test('a moment alone still has a span', () => {
    const [found] = match([{ do: 'revoke', at: '18T11:00' }]);
    expect(found?.span).toEqual({ sinceMs: at('18T11:00'), untilMs: at('18T11:00') + 1 });
  });

  test('is one finding for a case and its grantor', () => {
    const [found] = match([{ do: 'grant', at: '18T11:00', case: '1' }]);
    expect(found?.group).toEqual(['1', DANA.id]);
    expect(found?.facts['notes']).toEqual([expect.stringContaining('24 hours')]);
  });

  test('Okta’s system account is named like anybody', () => {
    const [found] = match([{ do: 'grant', at: '18T11:00', by: OKTA_SYSTEM }]);
    expect(found?.facts['accessGrantedBy']).toBe('system@okta.com');
  });
});

describe('Okta’s answer beside the log', () => {
  const open: SupportInterval = {
    startMs: NOW - HOUR_MS,
    endMs: null,
    expectedEndMs: NOW + 7 * HOUR_MS,
    endBasis: 'ongoing',
    grantedBy: null,
    caseNumber: null,
    extensions: 0,
    sessions: [],
    events: [],
  };
  const closed: SupportInterval = {
    ...open,
    endMs: NOW,
    expectedEndMs: null,
    endBasis: 'observed',
  };
  function answer(state: SupportAccess['state'], expiresAtMs: number | null = null): SupportAccess {
    return { state, expiresAtMs, reason: null, cases: [] };
  }

  test.each([
    { access: answer('disabled'), intervals: [], said: null },
    { access: answer('disabled'), intervals: [closed], said: null },
    { access: answer('disabled'), intervals: [open], said: /disabled, but by the log/ },
    { access: answer('enabled'), intervals: [], said: /enabled, but no grant/ },
    { access: answer('enabled'), intervals: [open], said: null },
    { access: answer('enabled', NOW + 7 * HOUR_MS), intervals: [open], said: null },
    { access: answer('enabled', NOW + 8 * HOUR_MS), intervals: [open], said: null },
    { access: answer('enabled', NOW + 8 * HOUR_MS + 1), intervals: [open], said: /expires at/ },
    { access: answer('enabled', NOW + 30 * HOUR_MS), intervals: [open], said: /expires at/ },
    {
      access: answer('enabled', NOW + 30 * HOUR_MS),
      intervals: [{ ...open, expectedEndMs: NOW + 30 * HOUR_MS }, open],
      said: null,
    },
    { access: answer('unknown'), intervals: [open], said: /did not say/ },
    { access: answer('unknown'), intervals: [closed], said: null },
  ])('$access.state with $intervals.length intervals says $said', ({ access, intervals, said }) => {
    const sentence = compareSupportStates({ access, intervals, readUntilMs: NOW, nowMs: NOW });
    if (said === null) expect(sentence).toBeNull();
    else expect(sentence).toMatch(said);
  });

  test.each([
    { access: answer('enabled'), intervals: [], said: /asked about ends at .* UTC\.$/ },
    { access: answer('disabled'), intervals: [open], said: null },
    { access: answer('unknown'), intervals: [open], said: null },
  ])('a log that ends a day before now does not contradict $access.state', ({ said, ...asked }) => {
    const sentence = compareSupportStates({ ...asked, readUntilMs: NOW - DAY_MS, nowMs: NOW });
    if (said === null) expect(sentence).toBeNull();
    else expect(sentence).toMatch(said);
  });
});
