import { DAY_MS } from '../../model/time-window.ts';

/** How many days before a day are its history. */
const HISTORY_DAYS = 14;

export interface DayHistory {
  add(key: string, atMs: number): void;
  /** On how many of the 14 UTC days before that of a moment it was; with a begin, of those that lie whole after it. */
  countDaysBefore(key: string, atMs: number, sinceMs?: number): number;
  /** Those days, as numbers. */
  listDaysBefore(key: string, atMs: number, sinceMs?: number): readonly number[];
}

/** Remembers on which days something was, a number each. */
export function createDayHistory(): DayHistory {
  const daysByKey = new Map<string, Set<number>>();
  const listDaysBefore: DayHistory['listDaysBefore'] = (
    key,
    atMs,
    sinceMs = Number.NEGATIVE_INFINITY,
  ) => {
    const today = toDay(atMs);
    const days = [...(daysByKey.get(key) ?? [])].filter((day) => day * DAY_MS >= sinceMs);
    return days.filter((day) => day < today && day >= today - HISTORY_DAYS);
  };
  return {
    add(key, atMs) {
      const days = daysByKey.get(key) ?? new Set();
      daysByKey.set(key, days.add(toDay(atMs)));
    },
    listDaysBefore,
    countDaysBefore: (key, atMs, sinceMs) => listDaysBefore(key, atMs, sinceMs).length,
  };
}

/** The number of a UTC day. */
export function toDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS);
}
