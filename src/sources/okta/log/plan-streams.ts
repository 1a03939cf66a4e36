import {
  ALL_EVENT_TYPES,
  type EventTypeSet,
  NO_EVENT_TYPES,
} from '../../../model/event-type-set.ts';
import { groupByKey } from '../../../model/group-by-key.ts';
import type { FollowUp, Need, ReadRequest, SourceHole } from '../../../model/reading.ts';
import {
  intersectWindows,
  isEmptyWindow,
  subtractWindows,
  type TimeWindow,
} from '../../../model/time-window.ts';
import { holeBeforeReach } from './describe-reach.ts';
import { joinStreams } from './join-streams.ts';
import { mergeNeeds } from './merge-needs.ts';
import type { Stream, TypeStream } from './stream.ts';
import { toFollowUpFilters, toOktaFilters } from './to-okta-filter.ts';

export interface StreamPlan {
  /** To be read whole, in slices; null in a targeted pull. */
  readonly whole: TimeWindow | null;
  readonly streams: readonly Stream[];
  /** What is known beforehand not to be read. */
  readonly holes: readonly SourceHole[];
}

/** Says which queries answer a request, inside the log's reach. Pure. */
export function planStreams(request: ReadRequest, reach: TimeWindow): StreamPlan {
  const isFull = request.pull === 'full';
  const whole = isFull ? intersectWindows(request.window, reach) : null;
  const asked: readonly Need[] = isFull
    ? [{ window: request.window, eventTypes: ALL_EVENT_TYPES }, ...request.needs]
    : request.needs;
  const left = leftBeside(whole, asked, reach);
  const askedAround = leftBeside(whole, request.followUps, reach);
  const selective = left.filter(({ eventTypes }) => isSelective(eventTypes));
  return {
    whole,
    streams: [
      ...joinStreams(mergeNeeds(selective).flatMap(streamNeed)),
      ...streamFollowUps(askedAround),
    ],
    holes: [
      ...asked.flatMap((need) => holesBeforeReach(need, reach)),
      ...request.followUps.flatMap((followUp) =>
        holesBeforeReach({ ...followUp, eventTypes: ALL_EVENT_TYPES }, reach),
      ),
      ...left.filter(({ eventTypes }) => !isSelective(eventTypes)).map(holeForEveryType),
    ],
  };
}

/** The parts in reach that reading everything in `whole` does not give anyway. */
function leftBeside<Asked extends { readonly window: TimeWindow }>(
  whole: TimeWindow | null,
  asked: readonly Asked[],
  reach: TimeWindow,
): Asked[] {
  return asked.flatMap((one) => {
    const inReach = intersectWindows(one.window, reach);
    if (inReach === null) return [];
    const parts = whole === null ? [inReach] : subtractWindows(inReach, [whole]);
    return parts.map((window) => ({ ...one, window }));
  });
}

/** A prefix of no letters is as good as no type at all, unless something else narrows it. */
function isSelective(set: EventTypeSet): boolean {
  if (set.kind === 'all') return false;
  return set.terms.every(
    ({ match, eventType, narrowings }) =>
      match === 'exact' || eventType !== '' || narrowings.length > 0,
  );
}

function streamNeed({ window, eventTypes }: ReturnType<typeof mergeNeeds>[number]): TypeStream[] {
  return toOktaFilters(eventTypes).map((filter) => ({
    window,
    filter: filter.text,
    gives: filter.eventTypes,
    loses: filter.eventTypes,
  }));
}

/** Asked for together where the window is the same: who takes part in a story is met in several fields of its events. */
function streamFollowUps(followUps: readonly FollowUp[]): Stream[] {
  const byWindow = groupByKey(followUps, ({ window }) => `${window.sinceMs} ${window.untilMs}`);
  const lost = { gives: NO_EVENT_TYPES, loses: ALL_EVENT_TYPES };
  return [...byWindow.values()].flatMap((group) =>
    group
      .slice(0, 1)
      .flatMap(({ window }) =>
        toFollowUpFilters(group).map((filter) => ({ window, filter, ...lost })),
      ),
  );
}

function holesBeforeReach({ window, eventTypes }: Need, reach: TimeWindow): SourceHole[] {
  const part = { sinceMs: window.sinceMs, untilMs: Math.min(window.untilMs, reach.sinceMs) };
  return isEmptyWindow(part) ? [] : [holeBeforeReach({ window: part, eventTypes })];
}

function holeForEveryType({ window, eventTypes }: Need): SourceHole {
  return {
    window,
    eventTypes,
    reason: 'A targeted pull asks Okta for event types by name, and this needs every event.',
    remedy: 'Use pull: full, or give an archive.',
    onlyForAll: true,
  };
}
