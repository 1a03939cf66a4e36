import type { AskedTime } from '../model/asked-time.ts';
import type { EventSource, SourceReading } from '../model/reading.ts';
import { addReading } from './add-reading.ts';
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
