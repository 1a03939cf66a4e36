import type { AskedTime } from '../model/asked-time.ts';
import type { EventSource, SourceCounts, SourceReading } from '../model/reading.ts';
import { readEvents } from './read-events.ts';
import type { Watch } from './watch-events.ts';

/** Reads once more what the checks asked for after the first reading, and adds it to what each source said of that. */
export async function readFollowUps({
  sources,
  first,
  time,
  watch,
}: {
  sources: readonly EventSource[];
  first: readonly SourceReading[];
  time: AskedTime;
  watch: Watch;
}): Promise<readonly SourceReading[]> {
  const followUps = watch.follow();
  if (followUps.length === 0) return first;
  const second = await readEvents({
    sources,
    requestOf: () => ({ window: time.window, needs: [], followUps, pull: 'targeted' }),
    deliver: watch.acceptFollowed,
  });
  return first.map((reading, index) => addReading(reading, second[index]));
}

/** The second reading says nothing about the reach of a source, but what it lost is lost. */
function addReading(first: SourceReading, second: SourceReading | undefined): SourceReading {
  if (second === undefined) return first;
  return {
    ...first,
    holes: [...first.holes, ...second.holes],
    counts: addCounts(first, second.counts),
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
