import { describe, expect, it } from 'vitest';
import { extendWatch, findWatchedSince } from '../../src/memory/extend-watch.ts';
import type { IssueMemory } from '../../src/model/issue-memory.ts';
import type { ScopeCheck } from '../../src/model/scope.ts';
import type { TimeWindow } from '../../src/model/time-window.ts';

const CALMED = 'sign-in-page-changed';
const OTHER = 'password-reset';

function nameCheck(id: string, when: ScopeCheck['instead'][number]['when']): ScopeCheck {
  return { id, role: 'review', instead: [{ when, role: 'context' }], required: true };
}

const scope = { checks: [nameCheck(CALMED, 'habitual'), nameCheck(OTHER, 'own-network')] };
const BOTH = new Set([CALMED, OTHER]);

function days(since: number, until: number): TimeWindow {
  const day = (number: number) => Date.UTC(2026, 10, number);
  return { sinceMs: day(since), untilMs: day(until) };
}

function watch(window: TimeWindow): Pick<IssueMemory, 'watched'> {
  return { watched: [{ check: CALMED, window }] };
}

describe('since when somebody is asked about what a habit may calm', () => {
  const since = (window: TimeWindow, memory: Pick<IssueMemory, 'watched'>) =>
    findWatchedSince(CALMED, { scope, window, memory });

  it('is the begin of the first window', () => {
    expect(since(days(8, 15), {})).toBe(days(8, 15).sinceMs);
  });

  it('stays as the windows move on', () => {
    expect(since(days(10, 17), watch(days(8, 15)))).toBe(days(8, 15).sinceMs);
  });

  it('goes back with a run by hand that joins on', () => {
    expect(since(days(1, 9), watch(days(8, 15)))).toBe(days(1, 9).sinceMs);
  });

  it('begins anew after days about which nobody was asked', () => {
    expect(since(days(20, 27), watch(days(8, 15)))).toBe(days(20, 27).sinceMs);
  });

  it('is nothing for what no habit calms', () => {
    expect(findWatchedSince(OTHER, { scope, window: days(8, 15), memory: {} })).toBeNull();
  });
});

/** Of nights that read everything through this day of the month. */
function remember(known: TimeWindow | null, completeThrough: number | null) {
  const completeThroughMs = completeThrough === null ? null : days(completeThrough, 0).sinceMs;
  return { completeThroughMs, ...(known === null ? {} : watch(known)) };
}

describe('what is remembered of it', () => {
  it.each<[string, ReturnType<typeof remember>, TimeWindow, TimeWindow]>([
    ['begins with the first window', remember(null, null), days(8, 15), days(8, 15)],
    ['grows with a window that joins on', remember(days(8, 15), 15), days(9, 16), days(8, 16)],
    [
      'begins anew after nights on which the check was not evaluated',
      remember(days(8, 15), 26),
      days(20, 27),
      days(20, 27),
    ],
    [
      'begins anew after a pause that the log no longer reaches back to',
      remember(days(-200, -150), -150),
      days(-60, 27),
      days(-60, 27),
    ],
    [
      'begins anew after a pause where no run was complete yet',
      remember(days(8, 15), null),
      days(20, 27),
      days(20, 27),
    ],
    [
      'stays where a run by hand looks long before',
      remember(days(8, 15), 15),
      days(1, 3),
      days(8, 15),
    ],
    [
      'stays where a run by hand looks ahead of the next night',
      remember(days(8, 15), 15),
      days(20, 27),
      days(8, 15),
    ],
  ])('%s', (_, memory, window, expected) => {
    const asked = { scope, window, memory, nowMs: days(27, 28).sinceMs, evaluated: BOTH };
    expect(extendWatch(asked)).toEqual(watch(expected).watched);
  });

  it('does not grow by what the check was not evaluated in', () => {
    const nowMs = days(16, 17).sinceMs;
    const asked = { scope, window: days(9, 16), nowMs, evaluated: new Set([OTHER]) };
    expect(extendWatch({ ...asked, memory: remember(null, null) })).toEqual([]);
    expect(extendWatch({ ...asked, memory: remember(days(8, 15), 15) })).toEqual(
      watch(days(8, 15)).watched,
    );
  });
});
