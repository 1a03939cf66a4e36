import { describe, expect, test } from 'vitest';
import { beginCorroboration } from '../../src/checks/credential-changes/corroborate.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import { DAY_MS, HOUR_MS } from '../../src/model/time-window.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { FAR_AWAY, factorEvent, passwordReset, person } from '../simulators/okta/build-event.ts';
import { toEvent, toMatch } from './to-event.ts';

const LIN = person('helpdesk.lin@example.com');
const TODAY = Date.parse('2024-03-20T00:00:00Z');

/** So many resets for different people on a day, counted back from today. */
function day(daysAgo: number, people: number, actor = LIN): RawEvent[] {
  return Array.from({ length: people }, (_, index) =>
    passwordReset({
      actor,
      target: person(`user${index}.day${daysAgo}@example.com`),
      at: TODAY - daysAgo * DAY_MS + (index + 1) * 60_000,
    }),
  );
}

function weigh(today: readonly RawEvent[], before: readonly RawEvent[]): Match {
  const corroboration = beginCorroboration({ tuning: NO_TUNING, nowMs: TODAY + 2 * DAY_MS });
  for (const raw of [...before, ...today]) corroboration.accept(toEvent(raw));
  const [first] = today;
  if (first === undefined) throw new Error('a day needs a change');
  const [match] = corroboration.corroborate([toMatch(toEvent(first))]);
  if (match === undefined) throw new Error('a match was lost');
  return match;
}

const USUAL = [1, 2, 3, 7].flatMap((daysAgo) => day(daysAgo, 4));

const BUSY = [4, 5].flatMap((daysAgo) => day(daysAgo, 9));

describe('an administrator’s day', () => {
  test.each([
    { title: 'like every other', today: 4, before: USUAL, isAbove: false },
    { title: 'busy, but not three times the busiest', today: 11, before: USUAL, isAbove: false },
    { title: 'three times the busiest', today: 12, before: USUAL, isAbove: true },
    {
      title: 'of few people, whatever the history',
      today: 9,
      before: [1, 2, 3].flatMap((ago) => day(ago, 1)),
      isAbove: false,
    },
    { title: 'without a history', today: 24, before: [], isAbove: false },
    { title: 'without a history, but of very many people', today: 25, before: [], isAbove: true },
    {
      title: 'with too short a history',
      today: 24,
      before: [1, 2].flatMap((ago) => day(ago, 1)),
      isAbove: false,
    },
    {
      title: 'with a history older than 14 days',
      today: 12,
      before: [15, 16, 17].flatMap((ago) => day(ago, 1)),
      isAbove: false,
    },
    {
      title: 'after days of others',
      today: 12,
      before: [1, 2, 3].flatMap((ago) => day(ago, 1, person('other@example.com'))),
      isAbove: false,
    },
  ])('$title is above the usual: $isAbove', ({ today, before, isAbove }) => {
    const { circumstances } = weigh(day(0, today), before);
    expect(circumstances.includes('above-usual')).toBe(isAbove);
  });

  test.each([
    { title: 'like several', today: 4, before: USUAL, isWithin: true },
    { title: 'like the only busy ones', today: 9, before: [...USUAL, ...BUSY], isWithin: false },
    { title: 'busier than any', today: 5, before: USUAL, isWithin: false },
    { title: 'without a history', today: 1, before: [], isWithin: false },
  ])('$title is within the usual: $isWithin', ({ today, before, isWithin }) => {
    const { circumstances } = weigh(day(0, today), before);
    expect(circumstances.includes('within-usual')).toBe(isWithin);
  });

  test.each([
    { title: 'somewhere else', place: FAR_AWAY },
    { title: 'nobody knows where', place: null },
  ])('is not within the usual where one change came from $title', ({ place }) => {
    const target = person('dana.reyes@example.com');
    const other = passwordReset({ actor: LIN, target, place, at: TODAY + HOUR_MS });
    expect(weigh([...day(0, 3), other], USUAL).circumstances).not.toContain('within-usual');
  });

  test('is told with its numbers', () => {
    expect(weigh(day(0, 12), USUAL).facts).toMatchObject({
      peopleChangedThatDay: 12,
      busiestDayBefore: 4,
    });
    expect(weigh(day(0, 2), []).facts).toMatchObject({
      busiestDayBefore: 'too little history in reach',
    });
  });

  test('counts people, not events', () => {
    const target = person('dana.reyes@example.com');
    const many = Array.from({ length: 30 }, (_, index) =>
      factorEvent('deactivate', { actor: LIN, target, at: TODAY + index * 60_000 }),
    );
    expect(weigh(many, USUAL).facts['peopleChangedThatDay']).toBe(1);
  });

  test('does not count attempts that failed', () => {
    const failed = Array.from({ length: 30 }, (_, index) =>
      passwordReset({
        actor: LIN,
        target: person(`failed${index}@example.com`),
        at: TODAY + index,
        result: 'FAILURE',
      }),
    );
    expect(weigh([...day(0, 1), ...failed], USUAL).facts['peopleChangedThatDay']).toBe(1);
  });

  test('of somebody who changes the own password is none', () => {
    const own = passwordReset({ actor: LIN, target: LIN, at: TODAY });
    expect(weigh([own], USUAL).facts).not.toHaveProperty('peopleChangedThatDay');
  });
});
