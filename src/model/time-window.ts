/** A half-open span of time `[sinceMs, untilMs)` in epoch milliseconds, UTC. */
export interface TimeWindow {
  readonly sinceMs: number;
  readonly untilMs: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const ALL_TIME: TimeWindow = {
  sinceMs: Number.NEGATIVE_INFINITY,
  untilMs: Number.POSITIVE_INFINITY,
};

export function isInside(window: TimeWindow, instantMs: number): boolean {
  return instantMs >= window.sinceMs && instantMs < window.untilMs;
}

export function isEmptyWindow(window: TimeWindow): boolean {
  return window.untilMs <= window.sinceMs;
}

export function overlaps(one: TimeWindow, other: TimeWindow): boolean {
  return one.sinceMs < other.untilMs && other.sinceMs < one.untilMs;
}

export function isSameWindow(one: TimeWindow, other: TimeWindow): boolean {
  return one.sinceMs === other.sinceMs && one.untilMs === other.untilMs;
}

/** The part that both share, or null. */
export function intersectWindows(one: TimeWindow, other: TimeWindow): TimeWindow | null {
  const shared = {
    sinceMs: Math.max(one.sinceMs, other.sinceMs),
    untilMs: Math.min(one.untilMs, other.untilMs),
  };
  return isEmptyWindow(shared) ? null : shared;
}

/** The parts that any of the one shares with any of the others. */
export function intersectAll(
  some: readonly TimeWindow[],
  others: readonly TimeWindow[],
): TimeWindow[] {
  return some.flatMap((one) => others.flatMap((other) => intersectWindows(one, other) ?? []));
}

/** The stretch from the first to the last instant of any of them; null where there is none. */
export function hullOf(windows: readonly TimeWindow[]): TimeWindow | null {
  const [first] = windows;
  if (first === undefined) return null;
  let { sinceMs, untilMs } = first;
  for (const window of windows) {
    sinceMs = Math.min(sinceMs, window.sinceMs);
    untilMs = Math.max(untilMs, window.untilMs);
  }
  return { sinceMs, untilMs };
}

/** The same stretch of time as sorted windows that neither touch nor overlap. */
export function uniteWindows(windows: readonly TimeWindow[]): TimeWindow[] {
  const sorted = windows
    .filter((window) => !isEmptyWindow(window))
    .sort((one, other) => one.sinceMs - other.sinceMs);
  const united: TimeWindow[] = [];
  for (const window of sorted) {
    const last = united.at(-1);
    if (last === undefined || window.sinceMs > last.untilMs) {
      united.push(window);
      continue;
    }
    united[united.length - 1] = {
      sinceMs: last.sinceMs,
      untilMs: Math.max(last.untilMs, window.untilMs),
    };
  }
  return united;
}

/** What is left of `whole` without `parts`, sorted. */
export function subtractWindows(whole: TimeWindow, parts: readonly TimeWindow[]): TimeWindow[] {
  const left: TimeWindow[] = [];
  let cursorMs = whole.sinceMs;
  for (const part of uniteWindows(parts)) {
    const gap = intersectWindows(whole, { sinceMs: cursorMs, untilMs: part.sinceMs });
    if (gap !== null) left.push(gap);
    cursorMs = Math.max(cursorMs, part.untilMs);
  }
  const rest = intersectWindows(whole, { sinceMs: cursorMs, untilMs: whole.untilMs });
  if (rest !== null) left.push(rest);
  return left;
}

export function durationMs(window: TimeWindow): number {
  return Math.max(0, window.untilMs - window.sinceMs);
}

/** The last UTC midnight at or before an instant. */
export function startOfUtcDay(instantMs: number): number {
  return Math.floor(instantMs / DAY_MS) * DAY_MS;
}

export function isSameUtcDay(oneMs: number, otherMs: number): boolean {
  return startOfUtcDay(oneMs) === startOfUtcDay(otherMs);
}

/** `2022-01-16T00:00:00.000Z`, the form that Okta's `since` and `until` take. */
export function formatInstant(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

/** `2022-01-16 04:05`, in UTC. */
export function formatUtcMinute(instantMs: number): string {
  return formatInstant(instantMs).slice(0, 16).replace('T', ' ');
}

/** `2022-01-16`. */
export function formatUtcDay(instantMs: number): string {
  return formatInstant(instantMs).slice(0, 10);
}

/** `04:05`, in UTC. */
export function formatUtcClock(instantMs: number): string {
  const minutes = Math.floor((instantMs - startOfUtcDay(instantMs)) / MINUTE_MS);
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
