import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateGate } from '../../src/sources/okta/transport/rate-gate.ts';

/** A clock that sleeping moves, and nothing else. */
function startClock() {
  let nowMs = 0;
  return {
    now: () => nowMs,
    sleep: async (durationMs: number) => {
      nowMs += durationMs;
    },
    random: () => 0.5,
  };
}

async function enterWithin(gate: { enter(): Promise<void> }): Promise<boolean> {
  let isIn = false;
  gate.enter().then(() => {
    isIn = true;
  });
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return isIn;
}

describe('the rate gate', () => {
  test('lets one request through until an answer has told the limit', async () => {
    const gate = createRateGate(startClock());
    expect(await enterWithin(gate)).toBe(true);
    expect(await enterWithin(gate)).toBe(false);
    expect(gate.parallelism()).toBe(1);
  });

  test('never has more in flight than its own share of what remains', async () => {
    const gate = createRateGate(startClock());
    await gate.enter();
    gate.learn({ limit: 60, remaining: 31, resetInMs: 30_000 });
    gate.leave();
    expect(await enterWithin(gate)).toBe(true);
    expect(await enterWithin(gate)).toBe(false);
  });

  test('never has more than two in flight, and lets the next in when one leaves', async () => {
    const gate = createRateGate(startClock());
    await gate.enter();
    gate.learn({ limit: 600, remaining: 599, resetInMs: 30_000 });
    gate.leave();
    expect(gate.parallelism()).toBe(2);
    const entries = [await enterWithin(gate), await enterWithin(gate), await enterWithin(gate)];
    expect(entries).toEqual([true, true, false]);
    gate.leave();
    expect(await enterWithin(gate)).toBe(true);
    expect(await enterWithin(gate)).toBe(false);
  });

  test('waits for the reset when its share is used up, and not before', async () => {
    const clock = startClock();
    const gate = createRateGate(clock);
    await gate.enter();
    gate.learn({ limit: 60, remaining: 30, resetInMs: 42_000 });
    gate.leave();
    await gate.enter();
    expect(clock.now()).toBeGreaterThan(42_000);
    expect(clock.now()).toBeLessThan(45_000);
  });

  test('goes on with one request a window where others use everything up', async () => {
    const clock = startClock();
    const gate = createRateGate(clock);
    for (let round = 0; round < 3; round++) {
      await gate.enter();
      gate.learn({ limit: 60, remaining: 0, resetInMs: 60_000 });
      gate.leave();
    }
    expect(clock.now()).toBeGreaterThan(120_000);
    expect(clock.now()).toBeLessThan(130_000);
  });

  test('takes a limit of 0 for what it is, too many at once, and not for the limit', async () => {
    const gate = createRateGate(startClock());
    await gate.enter();
    gate.learn({ limit: 600, remaining: 500, resetInMs: 30_000 });
    gate.learn({ limit: 0, remaining: 0, resetInMs: 30_000 });
    gate.leave();
    expect(gate.parallelism()).toBe(2);
    expect(await enterWithin(gate)).toBe(true);
    expect(await enterWithin(gate)).toBe(true);
  });

  test('takes nothing back from an answer that was overtaken by a later one', async () => {
    const gate = createRateGate(startClock());
    await gate.enter();
    gate.learn({ limit: 60, remaining: 31, resetInMs: 30_000 });
    gate.learn({ limit: 60, remaining: 40, resetInMs: 30_000 });
    gate.leave();
    expect(await enterWithin(gate)).toBe(true);
    expect(await enterWithin(gate)).toBe(false);
  });

  test('does not sleep for hours because a clock is wrong', async () => {
    const clock = startClock();
    const gate = createRateGate(clock);
    await gate.enter();
    gate.learn({ limit: 60, remaining: 0, resetInMs: 5_000_000 });
    gate.leave();
    await gate.enter();
    expect(clock.now()).toBeLessThan(125_000);
  });

  test('keeps within the share of every window, whatever the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10),
        fc.integer({ min: 1, max: 80 }),
        async (limit, share, requests) => {
          const clock = startClock();
          const gate = createRateGate(clock, share);
          const usedByWindow = new Map<number, number>();
          const worker = async (count: number) => {
            for (let index = 0; index < count; index++) {
              await gate.enter();
              const window = Math.floor(clock.now() / 60_000);
              const used = (usedByWindow.get(window) ?? 0) + 1;
              usedByWindow.set(window, used);
              await Promise.resolve();
              const resetInMs = (window + 1) * 60_000 - clock.now();
              gate.learn({ limit, remaining: limit - used, resetInMs });
              gate.leave();
            }
          };
          await Promise.all([worker(requests), worker(requests), worker(requests)]);
          const own = Math.max(1, limit - Math.ceil(limit * (1 - share)));
          for (const used of usedByWindow.values()) expect(used).toBeLessThanOrEqual(own);
          expect([...usedByWindow.values()].reduce((sum, used) => sum + used)).toBe(3 * requests);
        },
      ),
    );
  });
});
