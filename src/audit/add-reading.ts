import { coversEventTypes } from '../model/event-type-set.ts';
import type { SourceCounts, SourceHole, SourceReading } from '../model/reading.ts';
import { subtractWindows } from '../model/time-window.ts';

/** A later reading says nothing about the reach of a source, but what it lost is lost. */
export function addReading(first: SourceReading, second: SourceReading | undefined): SourceReading {
  if (second === undefined) return first;
  return {
    ...first,
    holes: [...first.holes, ...second.holes.filter((hole) => !isTold(hole, first.holes))],
    counts: addCounts(first, second.counts),
    ...(second.saved === undefined ? {} : { saved: [...(first.saved ?? []), ...second.saved] }),
  };
}

/** An archive begins and ends where it did: a reading that asks about less words another remedy, which would not do. */
function isTold(hole: SourceHole, holes: readonly SourceHole[]): boolean {
  return holes.some(
    (told) =>
      told.reason === hole.reason &&
      told.onlyForAll === hole.onlyForAll &&
      told.wasLost === hole.wasLost &&
      subtractWindows(hole.window, [told.window]).length === 0 &&
      coversEventTypes(told.eventTypes, hole.eventTypes),
  );
}

/** An archive is read again as a whole: its records are the same ones, and only requests add up. */
function addCounts({ kind, counts }: SourceReading, more: SourceCounts): SourceCounts {
  if (kind === 'archive') return counts;
  return {
    eventsRead: counts.eventsRead + more.eventsRead,
    eventsParsed: counts.eventsParsed + more.eventsParsed,
    malformed: counts.malformed + more.malformed,
    duplicates: counts.duplicates + more.duplicates,
    requests: counts.requests + more.requests,
  };
}
