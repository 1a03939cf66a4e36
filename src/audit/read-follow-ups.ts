import type { AskedTime } from '../model/asked-time.ts';
import { ALL_EVENT_TYPES } from '../model/event-type-set.ts';
import type { EventSource, FollowedNeed, FollowUp, SourceReading } from '../model/reading.ts';
import { addReading } from './add-reading.ts';
import { readEvents } from './read-events.ts';
import type { Watch } from './watch-events.ts';

export interface FollowedReading {
  /** The first readings, with what the second one says. */
  readonly readings: readonly SourceReading[];
  /** What the checks cannot do without in it. */
  readonly followed: readonly FollowedNeed[];
}

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
}): Promise<FollowedReading> {
  const asked = watch.follow();
  const followUps = asked.flatMap((one) => one.followUps);
  if (followUps.length === 0) return { readings: first, followed: [] };
  const second = await readEvents({
    sources,
    requestOf: () => ({ window: time.window, needs: [], followUps, pull: 'targeted' }),
    deliver: watch.acceptFollowed,
  });
  return {
    readings: first.map((reading, index) => {
      const followed = second[index]?.followed;
      const added = addReading(reading, second[index]);
      return followed === undefined ? added : { ...added, followed };
    }),
    followed: asked.flatMap(({ check, followUps: own }) =>
      own.flatMap((followUp) => toNeed(check, followUp)),
    ),
  };
}

function toNeed(check: string, followUp: FollowUp): FollowedNeed[] {
  const { decidesSinceMs, window, eventTypes = ALL_EVENT_TYPES } = followUp;
  if (decidesSinceMs === undefined) return [];
  return [{ check, eventTypes, window: { sinceMs: decidesSinceMs, untilMs: window.untilMs } }];
}
