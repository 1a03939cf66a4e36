import type { ActivityRow } from '../../model/judged-audit.ts';

/** Rows that share some values: how many, and when. */
export interface Tally {
  readonly values: readonly string[];
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Counts rows by what is read of them, the most frequent first. */
export function tallyRows(
  rows: readonly ActivityRow[],
  read: (row: ActivityRow) => readonly string[],
): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const values = read(row);
    const key = JSON.stringify(values);
    const known = tallies.get(key);
    tallies.set(key, {
      values,
      count: (known?.count ?? 0) + 1,
      firstMs: Math.min(known?.firstMs ?? row.atMs, row.atMs),
      lastMs: Math.max(known?.lastMs ?? row.atMs, row.atMs),
    });
  }
  return [...tallies.values()].sort(
    (one, other) => other.count - one.count || one.firstMs - other.firstMs,
  );
}
