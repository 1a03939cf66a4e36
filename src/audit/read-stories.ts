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
import { hullOf } from '../model/time-window.ts';
import { addReading } from './add-reading.ts';
import { readEvents } from './read-events.ts';
import type { Watch } from './watch-events.ts';

/** A night asks Okta for little; the stories of a bad one are worth a few requests more. */
const NIGHTLY_REQUESTS = 8;
/** Whoever asks by hand about an incident wants to be told what happened, over weeks that no request spans. */
const INCIDENT_REQUESTS = 20;

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
  const maxRequests = chooseBudget(sources, time);
  const { followUps, focus, cut } = planFollowUps({ findings, maxRequests, nowMs });
  const holes = toHoles(cut, maxRequests);
  if (followUps.length === 0) return addHoles(readings, holes);
  watch.investigate(focus);
  const stories = await readEvents({
    sources,
    requestOf: () => ({ window: time.window, needs: [], followUps, pull: 'targeted' }),
    deliver: watch.acceptStory,
  });
  const added = readings.map((reading, index) => addReading(reading, stories[index]));
  return addHoles(added, holes);
}

/** An archive is read once more for one story as for all of them. */
function chooseBudget(sources: readonly EventSource[], { isRolling }: AskedTime): number {
  if (sources.every(({ kind }) => kind === 'archive')) return Number.POSITIVE_INFINITY;
  return isRolling ? NIGHTLY_REQUESTS : INCIDENT_REQUESTS;
}

function addHoles(
  [first, ...others]: readonly SourceReading[],
  holes: readonly SourceHole[],
): readonly SourceReading[] {
  if (first === undefined) return others;
  return [{ ...first, holes: [...first.holes, ...holes] }, ...others];
}

/** One hole for all stories that were cut: they are told by the findings themselves. */
function toHoles(cut: DrillDown['cut'], maxRequests: number): SourceHole[] {
  const window = hullOf(cut.map((story) => story.window));
  if (window === null) return [];
  const asked = Number.isFinite(maxRequests) ? `, and asks Okta ${maxRequests} times for them` : '';
  return [
    {
      window,
      eventTypes: NO_EVENT_TYPES,
      reason: `what happened before and after ${formatCount(cut.length, 'finding')} was not read: a run tells ${MAX_STORIES} stories at most${asked}`,
      remedy: 'give whoever else matters as a focus',
    },
  ];
}
