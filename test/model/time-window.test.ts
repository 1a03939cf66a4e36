import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  durationMs,
  hullOf,
  isInside,
  subtractWindows,
  type TimeWindow,
  uniteWindows,
} from '../../src/model/time-window.ts';

const Window = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([sinceMs, length]): TimeWindow => ({ sinceMs, untilMs: sinceMs + length }));
const Windows = fc.array(Window, { maxLength: 6 });
const INSTANTS = Array.from({ length: 90 }, (_, instantMs) => instantMs);

function holds(windows: readonly TimeWindow[], instantMs: number): boolean {
  return windows.some((window) => isInside(window, instantMs));
}

describe('windows', () => {
  it('unite to the same instants, sorted and apart', () => {
    fc.assert(
      fc.property(Windows, (windows) => {
        const united = uniteWindows(windows);
        for (const instant of INSTANTS)
          expect(holds(united, instant)).toBe(holds(windows, instant));
        united.slice(1).forEach((window, index) => {
          expect(window.sinceMs).toBeGreaterThan(united[index]?.untilMs ?? Number.NaN);
        });
      }),
    );
  });

  it('leave exactly what no part covers', () => {
    fc.assert(
      fc.property(Window, Windows, (whole, parts) => {
        const left = subtractWindows(whole, parts);
        for (const instant of INSTANTS) {
          expect(holds(left, instant)).toBe(isInside(whole, instant) && !holds(parts, instant));
        }
        expect(left.every((window) => durationMs(window) > 0)).toBe(true);
      }),
    );
  });

  it('have a hull from the first to the last instant of any, however many they are', () => {
    expect(hullOf([])).toBeNull();
    const many = Array.from({ length: 200_000 }, (_, each) => ({
      sinceMs: 500_000 - each,
      untilMs: 600_000 + each,
    }));
    expect(hullOf(many)).toStrictEqual({ sinceMs: 300_001, untilMs: 799_999 });
  });
});
