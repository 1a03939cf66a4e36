import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLOT_MS } from '../../src/sources/archive/coverage/busy-slots.ts';
import { listSilences } from '../../src/sources/archive/coverage/list-silences.ts';
import {
  listHours,
  startTally,
  tallyEvent,
} from '../../src/sources/archive/coverage/tally-events.ts';

describe('silences', () => {
  it('are the distances between busy slots, however these lie in their numbers and hours', () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ max: 400 })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 40 }), (lengths, fewestSlots) => {
        const busy = [1_000_000];
        for (const length of lengths) busy.push((busy.at(-1) ?? 0) + Math.max(1, length));
        const tally = startTally();
        for (const slot of busy) tallyEvent(tally, slot * SLOT_MS, 'user.session.start');
        const expected = busy
          .map((until, index) => ({ since: (busy[index - 1] ?? until) + 1, until }))
          .filter(({ since, until }) => until - since >= fewestSlots);
        const { sinces, untils } = listSilences(listHours(tally), fewestSlots);
        expect(sinces.map((since, index) => ({ since, until: untils[index] }))).toEqual(expected);
      }),
    );
  });
});
