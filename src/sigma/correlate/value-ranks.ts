/**
 * A changing collection of numbers that answers which stands at a rank, each step in the logarithm of the number of
 * different values. All values that will ever be added are given at the start.
 */
export interface ValueRanks {
  add(value: number): void;
  remove(value: number): void;
  readonly size: () => number;
  /** The value at a rank, counted from 1, smallest first; null where there are fewer. */
  at(rank: number): number | null;
}

/** Keeps counts in a binary indexed tree. Source: P. M. Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994. */
export function createValueRanks(possible: Iterable<number>): ValueRanks {
  const values = [...new Set(possible)].sort((one, other) => one - other);
  const places = new Map(values.map((value, index) => [value, index + 1]));
  const tree = new Float64Array(values.length + 1);
  let size = 0;
  const change = (value: number, by: 1 | -1): void => {
    let place = places.get(value);
    if (place === undefined) return;
    size += by;
    for (; place < tree.length; place += place & -place) tree[place] = (tree[place] ?? 0) + by;
  };
  return {
    add: (value) => change(value, 1),
    remove: (value) => change(value, -1),
    size: () => size,
    at: (rank) => (rank < 1 || rank > size ? null : (values[findRank(tree, rank)] ?? null)),
  };
}

/** How many values are smaller than the one at the rank. */
function findRank(tree: Float64Array, rank: number): number {
  let place = 0;
  let left = rank;
  for (let step = 2 ** Math.floor(Math.log2(tree.length)); step >= 1; step /= 2) {
    const next = place + step;
    const count = tree[next];
    if (count === undefined || count >= left) continue;
    place = next;
    left -= count;
  }
  return place;
}
