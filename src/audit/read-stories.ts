import {
  type DrillDown,
  MAX_STORIES,
  planFollowUps,
} from '../checks/investigations/plan-follow-ups.ts';
import type { AskedTime } from '../model/asked-time.ts';
import { NO_EVENT_TYPES } from '../model/event-type-set.ts';
import type { Finding } from '../model/finding.ts';
import { formatCount } from '../model/format-count.ts';
import type { EventSource, SourceHole, SourceReading } from '../model/reading.ts';
import { uniteWindows } from '../model/time-window.ts';
import { addReading } from './add-reading.ts';
import { readEvents } from './read-events.ts';
import type { Watch } from './watch-events.ts';

/** A night asks Okta for little; the stories of a bad one are worth a few requests more. */
const STORY_REQUESTS = 4;

/** Reads what happened before and after the findings that matter, for the investigations; what is cut is a hole. */
export async function readStories({
  sources,
  nowMs,
  readings,
  findings,
  time,
  watch,
}: {
  sources: readonly EventSource[];
  nowMs: number;
  readings: readonly SourceReading[];
  findings: readonly Finding[];
  time: AskedTime;
  watch: Watch;
}): Promise<readonly SourceReading[]> {
  const maxRequests = asksOkta(sources) ? STORY_REQUESTS : Number.POSITIVE_INFINITY;
  const { followUps, focus, cut } = planFollowUps({ findings, maxRequests, nowMs });
  if (followUps.length === 0) return addHoles(readings, cut);
  watch.investigate(focus);
  const stories = await readEvents({
    sources,
    requestOf: () => ({ window: time.window, needs: [], followUps, pull: 'targeted' }),
    deliver: watch.acceptStory,
  });
  const added = readings.map((reading, index) => addReading(reading, stories[index]));
  return addHoles(added, cut);
}

/** An archive is read once more for one story as for all of them. */
function asksOkta(sources: readonly EventSource[]): boolean {
  return sources.some(({ kind }) => kind === 'okta');
}

function addHoles(
  [first, ...others]: readonly SourceReading[],
  cut: DrillDown['cut'],
): readonly SourceReading[] {
  if (first === undefined) return others;
  return [{ ...first, holes: [...first.holes, ...toHoles(cut)] }, ...others];
}

/** One hole for all stories that were cut: they are told by the findings themselves. */
function toHoles(cut: DrillDown['cut']): SourceHole[] {
  const windows = uniteWindows(cut.map((story) => story.window));
  const [first] = windows;
  const last = windows.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    {
      window: { sinceMs: first.sinceMs, untilMs: last.untilMs },
      eventTypes: NO_EVENT_TYPES,
      reason: `What happened before and after ${formatCount(cut.length, 'finding')} was not read: a run tells ${MAX_STORIES} stories at most, and asks Okta ${STORY_REQUESTS} times for them`,
      remedy: 'Give whoever else matters as a focus.',
    },
  ];
}
