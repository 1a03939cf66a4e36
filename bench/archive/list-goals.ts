import type { Results } from './run-sides.ts';

export interface Goal {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly isMet: boolean;
  /** `at most 3`. */
  readonly bound: string;
}

/** Sides that read on one thread in the way that is meant for use. */
const ONE_THREAD = ['plain: audit, WebAssembly', 'gzip: audit', 'zstd: audit'];

/** What one size was to reach; goals whose sides were not run are left out. */
export function listGoals(results: Results): Goal[] {
  const cpu = (name: string): number => results.get(name)?.cpuSeconds ?? Number.NaN;
  const wall = (name: string): number => results.get(name)?.wallSeconds ?? Number.NaN;
  const peak = (name: string): number => results.get(name)?.peakMegabytes ?? Number.NaN;
  const [plain, gzip, zstd] = ['plain: audit, WebAssembly', 'gzip: audit', 'zstd: audit'];
  const parsing = cpu('plain: parse everything');
  return [
    atMost('plain: CPU against reading the bytes', cpu(plain) / cpu('plain: read the bytes'), 3),
    atLeast('plain: times less CPU than parsing everything', parsing / cpu(plain), 6),
    atLeast(
      'plain, on buffers: times less CPU than parsing everything',
      parsing / cpu('plain: audit, buffers'),
      4.5,
    ),
    atMost('gzip: wall against inflating alone', wall(gzip) / wall('gzip: inflate alone'), 1.25),
    atMost('zstd: CPU against inflating alone', cpu(zstd) / cpu('zstd: inflate alone'), 1.5),
    atLeast('plain: times less CPU than DuckDB', cpu('plain: DuckDB') / cpu(plain), 2),
    atLeast('gzip: times less CPU than DuckDB', cpu('gzip: DuckDB') / cpu(gzip), 1.3),
    atLeast('zstd: times less CPU than DuckDB', cpu('zstd: DuckDB') / cpu(zstd), 1.3),
    atLeast('plain: times less CPU than jq', cpu('plain: jq') / cpu(plain), 18),
    atLeast(
      'plain: times less CPU than Python',
      cpu('plain: Python, a function for each rule') / cpu(plain),
      10,
    ),
    ...['two files', 'two gzip files'].map((files) =>
      atMost(
        `${files}, threads allowed: wall against one after the other`,
        wall(`${files}: threads allowed`) / wall(`${files}: one after the other`),
        0.75,
      ),
    ),
    atMost('peak memory on one thread, MB', Math.max(...ONE_THREAD.map(peak)), 150),
  ].filter(({ value }) => !Number.isNaN(value));
}

/** How far memory may grow from the smallest archive to the largest; nothing where one size alone was run. */
export function listGrowthGoals(bySize: readonly Results[]): Goal[] {
  const [smallest, largest] = [bySize[0], bySize.at(-1)];
  if (smallest === undefined || largest === undefined || smallest === largest) return [];
  return ONE_THREAD.map((name) => {
    const [small, large] = [smallest, largest].map(
      (results) => results.get(name)?.peakMegabytes ?? Number.NaN,
    );
    const growth = (large ?? Number.NaN) / (small ?? Number.NaN);
    return atMost(`${name}: peak memory of the largest archive against the smallest`, growth, 1.1);
  });
}

function atMost(what: string, value: number, limit: number): Goal {
  return { what, value, limit, isMet: value <= limit, bound: `at most ${limit}` };
}

function atLeast(what: string, value: number, limit: number): Goal {
  return { what, value, limit, isMet: value >= limit, bound: `at least ${limit}` };
}
