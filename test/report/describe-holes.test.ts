import { describe, expect, test } from 'vitest';
import type { CoverageHole } from '../../src/model/judged-audit.ts';
import { describeHoles } from '../../src/report/words/describe-holes.ts';
import { span } from '../judgement/judgement-case.ts';

const ASKED = span('2021-12-01', '2022-03-23');

function hole(since: string, until: string, changes: Partial<CoverageHole> = {}): CoverageHole {
  return {
    window: span(since, until),
    reason: 'the archive holds no sign-in for 90 days',
    remedy: `fill ${since}`,
    checks: ['password-reset'],
    decides: false,
    ...changes,
  };
}

const say = (...holes: readonly CoverageHole[]) => describeHoles(holes, ASKED);
const CORE = hole('2022-01-02', '2022-01-23', { decides: true });

describe('a hole that crosses the time that decides', () => {
  test('is told once, with the remedy of the part that decides', () => {
    const around = [hole('2021-12-01', '2022-01-02'), hole('2022-01-23', '2022-03-23')];
    expect(say(CORE, ...around)).toEqual([
      '2022-01-02 to 2022-01-22 UTC, the part that decides of 2021-12-01 to 2022-03-22 UTC: the archive holds no sign-in for 90 days; fill 2022-01-02',
    ]);
  });

  test('is told apart from what ends for another reason, ends elsewhere, or decides as well', () => {
    const other = hole('2022-01-23', '2022-02-01', { reason: 'the archive ends' });
    const elsewhere = hole('2022-02-01', '2022-02-02');
    const deciding = hole('2021-12-20', '2022-01-02', { decides: true });
    expect(say(deciding, CORE, other, elsewhere)).toHaveLength(4);
    expect(say(other, hole('2022-02-01', '2022-03-01', { reason: 'the archive ends' }))).toEqual([
      '2022-01-23 to 2022-01-31 UTC: the archive ends; fill 2022-01-23',
      '2022-02-01 to 2022-02-28 UTC: the archive ends; fill 2022-02-01',
    ]);
  });
});

describe('a hole beyond what was asked about', () => {
  test.each([
    [
      '2021-11-17',
      '2021-11-25',
      '2021-11-17 to 2021-11-24 UTC (checks look back before the window): ',
    ],
    [
      '2021-11-17',
      '2021-12-05',
      '2021-11-17 to 2021-12-04 UTC (checks look back before the window): ',
    ],
    [
      '2022-03-01',
      '2022-03-24',
      '2022-03-01 to 2022-03-23 UTC (checks look ahead after the window): ',
    ],
    ['2021-11-17', '2022-03-24', '2021-11-17 to 2022-03-23 UTC (checks look beyond the window): '],
    ['2021-12-01', '2022-03-23', '2021-12-01 to 2022-03-22 UTC: '],
  ])('from %s to %s says why it counts', (since, until, words) => {
    expect(say(hole(since, until))[0]).toContain(words);
  });

  test('says nothing more where the given times leave it out, or where no check lacks it', () => {
    const leftOut = hole('2021-11-17', '2021-11-25', { isLeftOut: true });
    expect(say(leftOut)[0]).toMatch(/^2021-11-17 to 2021-11-24 UTC: /);
    const story = hole('2021-11-17', '2021-11-25', { checks: [] });
    expect(say(story)[0]).toContain('(2021-11-17 to 2021-11-24 UTC)');
  });
});
