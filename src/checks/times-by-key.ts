/** Remembers moments per key, a number each, and finds them again by binary search. */
export interface TimesByKey {
  add(key: string, atMs: number): void;
  /** The first moment of a key from `sinceMs` to `untilMs`, both included; null where there is none. */
  findFirst(key: string, sinceMs: number, untilMs: number): number | null;
}

interface Times {
  readonly values: number[];
  isSorted: boolean;
}

export function createTimesByKey(): TimesByKey {
  const byKey = new Map<string, Times>();
  return {
    add(key, atMs) {
      const times = byKey.get(key);
      if (times === undefined) {
        byKey.set(key, { values: [atMs], isSorted: true });
        return;
      }
      times.isSorted &&= atMs >= (times.values.at(-1) ?? atMs);
      times.values.push(atMs);
    },
    findFirst(key, sinceMs, untilMs) {
      const times = byKey.get(key);
      if (times === undefined) return null;
      if (!times.isSorted) times.values.sort((one, other) => one - other);
      times.isSorted = true;
      const first = times.values[findIndexFrom(times.values, sinceMs)];
      return first === undefined || first > untilMs ? null : first;
    },
  };
}

function findIndexFrom(sorted: readonly number[], sinceMs: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? sinceMs) < sinceMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
