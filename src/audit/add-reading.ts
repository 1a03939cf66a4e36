import type { SourceCounts, SourceReading } from '../model/reading.ts';

/** A later reading says nothing about the reach of a source, but what it lost is lost. */
export function addReading(first: SourceReading, second: SourceReading | undefined): SourceReading {
  if (second === undefined) return first;
  return {
    ...first,
    holes: [...first.holes, ...second.holes],
    counts: addCounts(first, second.counts),
    ...(second.saved === undefined ? {} : { saved: [...(first.saved ?? []), ...second.saved] }),
  };
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
