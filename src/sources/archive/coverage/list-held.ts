import type { HeldRecords } from '../../../model/reading.ts';
import { DAY_MS, HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
import type { ArchiveTallies } from './archive-tallies.ts';
import { familyOf } from './event-families.ts';

/** Lists what an archive has in a stretch of time, of every record, parsed or not. */
export function listHeld({ exports, saved }: ArchiveTallies, asked: TimeWindow): HeldRecords {
  const records = new Map<number, number>();
  const days = new Map<string, Set<number>>();
  const isAsked = (index: number, lengthMs: number): boolean =>
    index * lengthMs < asked.untilMs && (index + 1) * lengthMs > asked.sinceMs;
  for (const tally of [...[...exports.values()].map((one) => one.tally), saved]) {
    for (const [hour, { events }] of tally.hours) {
      if (isAsked(hour, HOUR_MS)) records.set(hour, (records.get(hour) ?? 0) + events);
    }
    for (const [day, types] of tally.typesByDay) {
      if (!isAsked(day, DAY_MS)) continue;
      for (const family of new Set([...types].map(familyOf))) {
        days.set(family, (days.get(family) ?? new Set()).add(day));
      }
    }
  }
  return {
    hours: [...records].sort(([one], [other]) => one - other),
    families: [...days]
      .map(([family, seen]) => [family, seen.size] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  };
}
