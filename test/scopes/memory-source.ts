import { ALL_EVENT_TYPES, exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { EventSource, SourceHole, SourceReading } from '../../src/model/reading.ts';
import { isInside, subtractWindows, type TimeWindow } from '../../src/model/time-window.ts';
import { removeTypes } from '../../src/sources/archive/coverage/archive-layers.ts';
import { selectEvents } from '../../src/sources/archive/select-events.ts';

export interface MemorySourceOptions {
  /** In the order of time. */
  readonly events: readonly LogEvent[];
  /** The stretch that it vouches for. */
  readonly covered: TimeWindow;
  /** A stretch inside of which nothing was kept. */
  readonly hole?: TimeWindow;
  /** Event types that were left out before anybody stored them. */
  readonly filteredOut?: readonly string[];
}

/** A log that stands in memory: it gives what is asked for, and says truly what it lacks. */
export function createMemorySource(options: MemorySourceOptions): EventSource {
  const { covered, hole } = options;
  const removed = exactEventTypes(options.filteredOut ?? []);
  const kept = options.events.filter((event) => isKept(event, options));
  return {
    kind: 'archive',
    name: 'memory',
    read: async (request, deliver) => {
      const wanted = kept.filter(selectEvents(request));
      for (let index = 0; index < wanted.length; index += 2) {
        deliver(wanted.slice(index, index + 2));
      }
      const read = subtractWindows(covered, hole === undefined ? [] : [hole]).map((window) => ({
        window,
        eventTypes: removeTypes({ types: ALL_EVENT_TYPES, removed, request }),
        missingFields: [],
      }));
      return {
        kind: 'archive',
        name: 'memory',
        firstEventMs: kept.at(0)?.publishedMs ?? null,
        lastEventMs: kept.at(-1)?.publishedMs ?? null,
        covered: read,
        ...(request.followUps.length > 0 && { followed: read }),
        holes: listHoles(options),
        counts: countEvents(kept.length),
      };
    },
  };
}

function isKept(event: LogEvent, { covered, hole, filteredOut = [] }: MemorySourceOptions) {
  const { publishedMs, eventType } = event;
  if (hole !== undefined && isInside(hole, publishedMs)) return false;
  return isInside(covered, publishedMs) && !filteredOut.includes(eventType);
}

function listHoles({ covered, hole, filteredOut = [] }: MemorySourceOptions): SourceHole[] {
  const holes: SourceHole[] = [];
  if (hole !== undefined) {
    const reason = 'the log in memory has a hole';
    holes.push({ window: hole, eventTypes: ALL_EVENT_TYPES, reason, remedy: 'fill it' });
  }
  if (filteredOut.length > 0) {
    const reason = `the log in memory was filtered: ${filteredOut.join(', ')}`;
    const eventTypes = exactEventTypes(filteredOut);
    holes.push({ window: covered, eventTypes, reason, remedy: 'give it unfiltered' });
  }
  return holes;
}

function countEvents(count: number): SourceReading['counts'] {
  return { eventsRead: count, eventsParsed: count, malformed: 0, duplicates: 0, requests: 0 };
}
