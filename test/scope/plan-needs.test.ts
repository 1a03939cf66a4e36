import { describe, expect, it } from 'vitest';
import type { CheckNeeds } from '../../src/model/check.ts';
import { ALL_EVENT_TYPES, exactEventTypes } from '../../src/model/event-type-set.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { planNeeds } from '../../src/scope/plan-needs.ts';

const WINDOW = { sinceMs: 100 * HOUR_MS, untilMs: 200 * HOUR_MS };
const TIME = { window: WINDOW, core: WINDOW, aheadMs: 0, leftOut: [], isRolling: true };

function needs(eventTypes: CheckNeeds['eventTypes'], lookBackMs = 0, lookAheadMs = 0): CheckNeeds {
  return { eventTypes, lookBackMs, lookAheadMs, fields: [] };
}

describe('planNeeds', () => {
  it('unites the types of checks that need the same stretch', () => {
    const planned = planNeeds(
      [needs(exactEventTypes(['a'])), needs(exactEventTypes(['b', 'a']))],
      TIME,
    );
    expect(planned).toEqual([{ window: WINDOW, eventTypes: exactEventTypes(['a', 'b']) }]);
  });

  it('reads further back and ahead only what asks for it, the earliest first', () => {
    const planned = planNeeds(
      [needs(exactEventTypes(['a'])), needs(exactEventTypes(['b']), 3 * HOUR_MS, HOUR_MS)],
      TIME,
    );
    expect(planned).toEqual([
      {
        window: { sinceMs: 97 * HOUR_MS, untilMs: 201 * HOUR_MS },
        eventTypes: exactEventTypes(['b']),
      },
      { window: WINDOW, eventTypes: exactEventTypes(['a']) },
    ]);
  });

  it('keeps a check that needs everything from swallowing the others', () => {
    const planned = planNeeds([needs(exactEventTypes(['a'])), needs(ALL_EVENT_TYPES)], TIME);
    expect(planned).toEqual([
      { window: WINDOW, eventTypes: exactEventTypes(['a']) },
      { window: WINDOW, eventTypes: ALL_EVENT_TYPES },
    ]);
  });
});
