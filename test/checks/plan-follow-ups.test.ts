import { describe, expect, test } from 'vitest';
import {
  type Followed,
  planFollowUps,
  STORY_MS,
} from '../../src/checks/investigations/plan-follow-ups.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  BERLIN_OFFICE,
  OKTA_SYSTEM,
  passwordReset,
  person,
} from '../simulators/okta/build-event.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const LIN = person('helpdesk.lin@example.com');
const NOON = Date.parse('2024-03-12T12:00:00Z');
const NOW = Date.parse('2024-03-20T00:00:00Z');

function reset(atMs: number, details: Partial<Parameters<typeof passwordReset>[0]> = {}): RawEvent {
  return passwordReset({ actor: LIN, target: DANA, session: 's1', ...details, at: atMs });
}

function finding(id: string, raws: readonly RawEvent[], others: Partial<Followed> = {}): Followed {
  const events = raws.map(toEvent);
  return {
    id,
    role: 'review',
    severity: 'medium',
    status: 'new',
    firstSeenMs: events[0]?.publishedMs ?? 0,
    lastSeenMs: events.at(-1)?.publishedMs ?? 0,
    events,
    ...others,
  };
}

function plan(findings: readonly Followed[], maxRequests = 20, nowMs = NOW) {
  return planFollowUps({ findings, maxRequests, nowMs });
}

const WINDOW = { sinceMs: NOON - STORY_MS, untilMs: NOON + STORY_MS };

describe('the story around a finding', () => {
  test('is read for its people and sessions, a day before and after', () => {
    const { followUps, cut } = plan([finding('F-1', [reset(NOON)])]);
    expect(cut).toEqual([]);
    expect(followUps).toEqual([
      { field: 'actor.id', values: [LIN.id, DANA.id], window: WINDOW },
      { field: 'target.id', values: [LIN.id, DANA.id], window: WINDOW },
      { field: 'authenticationContext.externalSessionId', values: ['s1'], window: WINDOW },
    ]);
  });

  test('of evidence is read for its addresses as well', () => {
    const { followUps } = plan([finding('F-1', [reset(NOON)], { role: 'evidence' })]);
    expect(followUps.at(-1)).toEqual({
      field: 'client.ipAddress',
      values: [BERLIN_OFFICE.address],
      window: WINDOW,
    });
  });

  test('ends now at the latest', () => {
    const { followUps } = plan([finding('F-1', [reset(NOON)])], 20, NOON + 1);
    expect(followUps[0]?.window.untilMs).toBe(NOON + 1);
  });

  test('leaves Okta’s own account out, and people whom Okta did not know', () => {
    const typed = { id: 'unknown', type: 'User', alternateId: 'typed', displayName: 'unknown' };
    const bySystem = reset(NOON, { actor: OKTA_SYSTEM, session: 'unknown' });
    const { followUps, focus } = plan([
      finding('F-1', [bySystem, reset(NOON, { actor: typed, session: 'unknown', serial: 2 })]),
    ]);
    expect(followUps.map(({ values }) => values)).toEqual([[DANA.id], [DANA.id]]);
    expect(focus).toEqual([{ kind: 'user', value: 'dana.reyes@example.com' }]);
  });

  test('of two findings on one day is one reading, of distant days two', () => {
    const same = plan([finding('F-1', [reset(NOON)]), finding('F-2', [reset(NOON + 3_600_000)])]);
    expect(same.followUps.filter(({ field }) => field === 'actor.id')).toHaveLength(1);
    const apart = plan([
      finding('F-1', [reset(NOON)]),
      finding('F-2', [reset(NOON - 10 * STORY_MS)]),
    ]);
    expect(apart.followUps.filter(({ field }) => field === 'actor.id')).toHaveLength(2);
  });

  test('of context is not read', () => {
    expect(plan([finding('F-1', [reset(NOON)], { role: 'context' })]).followUps).toEqual([]);
  });

  test('of a finding that only the memory knows is not read', () => {
    expect(plan([finding('F-1', [])])).toEqual({ followUps: [], focus: [], cut: [] });
  });
});

describe('the budget', () => {
  const weak = finding('F-weak', [reset(NOON)]);
  const strong = finding('F-strong', [reset(NOON - 10 * STORY_MS)], { severity: 'high' });
  const evidence = finding('F-evidence', [reset(NOON - 20 * STORY_MS)], { role: 'evidence' });

  test('goes to the strongest, and what it cuts is named with its stretch', () => {
    const { cut, focus } = plan([weak, strong, evidence], 7);
    expect(cut).toEqual([{ finding: 'F-weak', window: WINDOW }]);
    expect(focus.length).toBeGreaterThan(0);
  });

  test.each(['acknowledged', 'suppressed'] as const)(
    'goes to what waits before anything stronger that is %s',
    (status) => {
      const known = [strong, evidence].map((one): Followed => ({ ...one, status }));
      const { cut, followUps } = plan([...known, weak], 3);
      expect(cut.map(({ finding: id }) => id)).toEqual(['F-evidence', 'F-strong']);
      expect(followUps.map(({ window }) => window)).toEqual([WINDOW, WINDOW, WINDOW]);
    },
  );

  test('of nothing cuts everything', () => {
    const { cut, followUps } = plan([weak, strong, evidence], 0);
    expect(followUps).toEqual([]);
    expect(cut.map(({ finding: id }) => id)).toEqual(['F-evidence', 'F-strong', 'F-weak']);
  });

  test('counts a request for about forty values, and shortens a story that needs more', () => {
    const people = Array.from({ length: 81 }, (_, index) => person(`user${index}@example.com`));
    const many = [0, 27, 54].map((from) =>
      finding(
        `F-${from}`,
        people
          .slice(from, from + 27)
          .map((target, index) => reset(NOON + index, { target, actor: target })),
      ),
    );
    const whole = plan(many, 7);
    expect(whole.cut).toEqual([]);
    expect(whole.followUps.map(({ values }) => values.length)).toEqual([81, 81, 1]);
    const shorter = plan(many, 6);
    expect(shorter.cut).toEqual([]);
    expect(shorter.followUps.map(({ values }) => values.length)).toEqual([69, 69, 1]);
    expect(shorter.focus).toHaveLength(70);
  });

  test('always tells something of the strongest, however much that is', () => {
    const many = Array.from({ length: 50 }, (_, index) =>
      reset(NOON + index, { target: person(`user${index}@example.com`), session: `s${index}` }),
    );
    const { followUps, cut } = plan([finding('F-1', many, { role: 'evidence' })], 4);
    expect(cut).toEqual([]);
    expect(followUps.map(({ values }) => values.length)).toEqual([16, 16, 15, 1]);
  });

  test('is spent on no more stories than a report tells', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      finding(`F-${10 + index}`, [reset(NOON, { target: person(`user${index}@example.com`) })]),
    );
    const { followUps, focus, cut } = plan(many);
    expect(cut.map((story) => story.finding)).toEqual(['F-20', 'F-21']);
    expect(followUps[0]?.values).toHaveLength(11);
    expect(focus.filter(({ kind }) => kind === 'user')).toHaveLength(11);
  });
});

test('findings of many events are followed by their first ones', () => {
  const raws = Array.from({ length: 60 }, (_, index) =>
    reset(NOON + index, { target: person(`user${index}@example.com`) }),
  );
  const { followUps } = plan([finding('F-1', raws)]);
  expect(followUps[0]?.values).toHaveLength(51);
});

test('nothing weaker is told where something stronger had to be left out', () => {
  const { followUps, cut } = plan(
    [
      finding('F-1', [reset(NOON)], { severity: 'critical' }),
      finding('F-2', [reset(NOON - 10 * STORY_MS)], { severity: 'high' }),
      finding('F-3', [reset(NOON)], { severity: 'low' }),
    ],
    3,
  );
  expect(cut.map((story) => story.finding)).toEqual(['F-2', 'F-3']);
  expect(followUps.map(({ window }) => window)).toEqual([WINDOW, WINDOW, WINDOW]);
});
