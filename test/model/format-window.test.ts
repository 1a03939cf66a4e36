import { describe, expect, it } from 'vitest';
import { formatDaysAround } from '../../src/model/format-days-around.ts';
import { formatWindow } from '../../src/model/format-window.ts';

function windowOf(since: string, until: string) {
  return { sinceMs: Date.parse(`${since}Z`), untilMs: Date.parse(`${until}Z`) };
}

describe('a window in words', () => {
  it.each([
    ['whole days', '2022-01-16T00:00', '2022-01-22T00:00', '2022-01-16 to 2022-01-21'],
    ['one whole day', '2022-01-21T00:00', '2022-01-22T00:00', '2022-01-21 00:00 to 24:00'],
    ['hours of a day', '2022-01-21T04:00', '2022-01-21T09:30', '2022-01-21 04:00 to 09:30'],
    ['a day to its end', '2022-01-21T04:00', '2022-01-22T00:00', '2022-01-21 04:00 to 24:00'],
    ['days up to now', '2022-01-16T00:00', '2022-01-22T02:07', '2022-01-16 to 2022-01-22 02:07'],
    [
      'a time to a midnight',
      '2022-01-16T04:00',
      '2022-01-22T00:00',
      '2022-01-16 04:00 to 2022-01-21 24:00',
    ],
    ['two times', '2022-01-16T04:00', '2022-01-22T02:07', '2022-01-16 04:00 to 2022-01-22 02:07'],
    ['a beginning of a day', '2022-01-21T00:00', '2022-01-21T02:07', '2022-01-21 00:00 to 02:07'],
    [
      'seconds of a minute',
      '2022-01-21T04:05:06',
      '2022-01-21T04:05:36',
      '2022-01-21 04:05:06 to 04:05:36',
    ],
    ['less than a second', '2022-01-21T04:05:06', '2022-01-21T04:05:06.500', '2022-01-21 04:05:06'],
  ])('names no day that lies outside of it: %s', (_, since, until, text) => {
    expect(formatWindow(windowOf(since, until))).toBe(text);
  });

  it.each([
    ['2022-01-16T00:00', '2022-01-22T00:00', '2022-01-16 to 2022-01-21'],
    ['2022-01-16T04:00', '2022-01-22T00:01', '2022-01-16 to 2022-01-22'],
    ['2022-01-21T00:00', '2022-01-22T00:00', '2022-01-21'],
  ])('lies within the days %s to %s', (since, until, text) => {
    expect(formatDaysAround(windowOf(since, until))).toBe(text);
  });
});
