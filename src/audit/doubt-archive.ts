import {
  ALL_EVENT_TYPES,
  coversEventTypes,
  exactEventTypes,
  mayHoldType,
  NO_EVENT_TYPES,
} from '../model/event-type-set.ts';
import { formatCount } from '../model/format-count.ts';
import { formatNumber } from '../model/format-number.ts';
import { formatSome } from '../model/format-some.ts';
import type { LogEvent } from '../model/log-event.ts';
import type { ReadRequest, SourceHole, SourceReading } from '../model/reading.ts';
import { rememberAnswers } from '../model/remember-answers.ts';
import { HOUR_MS, hullOf, isInside, type TimeWindow } from '../model/time-window.ts';

/** An event of the live log, and whether the archive has it too. */
export interface LiveEvent extends Pick<LogEvent, 'uuid' | 'eventType' | 'publishedMs'> {
  readonly isArchived: boolean;
}

/** What is delivered late, or falls between two exports, at the edges of what an archive covers. */
const EDGE_MS = HOUR_MS;
/** A single event that got lost on its way to a store of millions says little about the others. */
const TOLERATED_SHARE = 0.1;
/** So many events that are all missing are no chance. */
const ENOUGH_EVENTS = 3;
const MOST_NAMED = 3;

interface TypeCount {
  expected: number;
  missing: number;
}

/**
 * Compares an archive with the live log where both cover the same time: of event types of which Okta has what the archive lacks,
 * the archive vouches for nothing, also where only it reaches; where it has nothing of what Okta has, for nothing at all.
 */
export function doubtArchive({
  reading,
  request,
  live,
}: {
  readonly reading: SourceReading;
  /** What the archive was asked for: it gave nothing else. */
  readonly request: ReadRequest;
  readonly live: readonly LiveEvent[];
}): SourceReading {
  const counts = countByType(live, rememberAnswers(listClaims(reading, request)));
  const all = sumUp([...counts.values()]);
  const window = hullOf(reading.covered.map((stretch) => stretch.window));
  if (all.missing === 0 || window === null) return reading;
  if (all.missing === all.expected && all.expected >= ENOUGH_EVENTS) {
    const hole = describeStranger(window, all.expected);
    const spoken = { ...hole, eventTypes: NO_EVENT_TYPES };
    return { ...reading, doubted: ALL_EVENT_TYPES, holes: [...reading.holes, hole, spoken] };
  }
  const lacking = [...counts].filter(
    ([, { expected, missing }]) => missing > TOLERATED_SHARE * expected,
  );
  if (lacking.length === 0) return reading;
  const hole = describeLoss(window, lacking);
  return { ...reading, doubted: hole.eventTypes, holes: [...reading.holes, hole] };
}

/** When the archive must have every event of a type. */
function listClaims(
  { covered }: SourceReading,
  request: ReadRequest,
): (eventType: string) => (instantMs: number) => boolean {
  return (eventType) => {
    const types = exactEventTypes([eventType]);
    const claimed = covered
      .filter((stretch) => coversEventTypes(stretch.eventTypes, types))
      .map(({ window }) => ({
        sinceMs: window.sinceMs + EDGE_MS,
        untilMs: window.untilMs - EDGE_MS,
      }));
    const asked = request.needs
      .filter((need) => mayHoldType(need.eventTypes, eventType))
      .map((need) => need.window)
      .concat(request.pull === 'full' ? [request.window] : []);
    const isIn = (windows: readonly TimeWindow[], instantMs: number): boolean =>
      windows.some((window) => isInside(window, instantMs));
    return (instantMs) => isIn(claimed, instantMs) && isIn(asked, instantMs);
  };
}

function countByType(
  live: readonly LiveEvent[],
  claimsOf: (eventType: string) => (instantMs: number) => boolean,
): Map<string, TypeCount> {
  const counts = new Map<string, TypeCount>();
  for (const { eventType, publishedMs, isArchived } of live) {
    if (!claimsOf(eventType)(publishedMs)) continue;
    const count = counts.get(eventType) ?? { expected: 0, missing: 0 };
    count.expected += 1;
    if (!isArchived) count.missing += 1;
    counts.set(eventType, count);
  }
  return counts;
}

function sumUp(counts: readonly TypeCount[]): TypeCount {
  return {
    expected: counts.reduce((sum, count) => sum + count.expected, 0),
    missing: counts.reduce((sum, count) => sum + count.missing, 0),
  };
}

function describeStranger(window: TimeWindow, expected: number): SourceHole {
  return {
    window,
    eventTypes: ALL_EVENT_TYPES,
    reason: `the archive has none of the ${formatCount(expected, 'event')} that Okta's own log has for the same time: it may be of another tenant`,
    remedy: 'give a whole export of the tenant that is audited',
  };
}

function describeLoss(
  window: TimeWindow,
  lacking: readonly (readonly [eventType: string, count: TypeCount])[],
): SourceHole {
  const { expected, missing } = sumUp(lacking.map(([, count]) => count));
  const howMany = missing === expected ? 'all' : `${formatNumber(missing)} of the`;
  const types = lacking.map(([eventType]) => eventType).sort();
  return {
    window,
    eventTypes: exactEventTypes(types),
    reason: `the archive lacks ${howMany} ${formatCount(expected, 'event')} of ${formatSome(types, MOST_NAMED, 'type')} that Okta's own log has for the same time: it may have been filtered, or lost some`,
    remedy: 'give an export that leaves nothing out',
  };
}
