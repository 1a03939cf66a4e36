import {
  ALL_EVENT_TYPES,
  type EventTypeSet,
  isOfNoType,
  uniteEventTypes,
} from '../../../model/event-type-set.ts';
import { groupByKey } from '../../../model/group-by-key.ts';
import type { CoveredStretch, ReadRequest, SourceHole } from '../../../model/reading.ts';
import {
  isInside,
  subtractWindows,
  type TimeWindow,
  uniteWindows,
} from '../../../model/time-window.ts';
import { giveArchive } from './describe-reach.ts';
import type { ReachFinding } from './probe-reach.ts';
import type { Loss, StreamOutcome } from './read-stream.ts';

/**
 * What the streams covered together: sorted stretches that do not overlap, each with every type that was read in it,
 * so that a check whose types were asked for by several queries finds them side by side.
 */
export function compileCovered(outcomes: readonly StreamOutcome[]): CoveredStretch[] {
  const parts = outcomes.flatMap(({ stream, losses }) =>
    subtractWindows(
      stream.window,
      losses.map((loss) => loss.window),
    ).map((window) => ({ window, gives: stream.gives })),
  );
  const edges = [...new Set(parts.flatMap(({ window }) => [window.sinceMs, window.untilMs]))];
  edges.sort((one, other) => one - other);
  const stretches: CoveredStretch[] = [];
  for (const [index, sinceMs] of edges.entries()) {
    const untilMs = edges[index + 1];
    if (untilMs === undefined) break;
    const gives = parts.filter(({ window }) => isInside(window, sinceMs)).map((part) => part.gives);
    const eventTypes = uniteEventTypes(gives);
    if (isOfNoType(eventTypes)) continue;
    stretches.push({ window: { sinceMs, untilMs }, eventTypes, missingFields: [] });
  }
  return joinAlike(stretches);
}

/**
 * Where everything was read that a request follows. One and the same drill-down may take several queries, so that what any
 * of them lost is lost for all.
 */
export function compileFollowed(
  { followUps }: Pick<ReadRequest, 'followUps'>,
  outcomes: readonly StreamOutcome[],
  reach: TimeWindow,
): CoveredStretch[] {
  const lost = outcomes
    .filter(({ stream }) => isOfNoType(stream.gives))
    .flatMap(({ losses }) => losses.map((loss) => loss.window));
  return followUps.flatMap(({ window, eventTypes = ALL_EVENT_TYPES }) =>
    subtractWindows(window, [...lost, ...subtractWindows(window, [reach])]).map((read) => ({
      window: read,
      eventTypes,
      missingFields: [],
    })),
  );
}

/** The losses of the streams as holes, one for each reason and stretch. */
export function compileHoles(outcomes: readonly StreamOutcome[]): SourceHole[] {
  const holes = outcomes.flatMap(({ stream, losses }) =>
    losses.map((loss) => toHole(loss, stream.loses)),
  );
  const byReason = groupByKey(holes, ({ reason, eventTypes }) =>
    JSON.stringify([reason, eventTypes]),
  );
  return [...byReason.values()].flatMap((alike) =>
    uniteWindows(alike.map((hole) => hole.window)).flatMap((window) => {
      const [hole] = alike;
      return hole === undefined ? [] : [{ ...hole, window }];
    }),
  );
}

/** What a probe that found the whole log empty costs a window, and one that was not answered all that was asked for. */
export function holeByProbe(
  finding: ReachFinding,
  { window, asked }: { readonly window: TimeWindow; readonly asked: readonly TimeWindow[] },
): SourceHole[] {
  if (finding.kind === 'alive') return [];
  const eventTypes = ALL_EVENT_TYPES;
  if (finding.kind === 'empty') {
    return [
      {
        window,
        eventTypes,
        reason:
          'Okta gave not a single event of any kind for all the time that it keeps its log, which no org in use would.',
        remedy: `Check that okta-org-url is the org you mean. ${giveArchive(window)}`,
      },
    ];
  }
  const { error } = finding.failure;
  return uniteWindows([window, ...asked]).map((lost) => ({
    window: lost,
    eventTypes,
    reason: `Whether the log reaches over this time could not be probed: ${error.message}`,
    remedy: error.hint,
    wasLost: true,
  }));
}

function toHole({ window, failure }: Loss, eventTypes: EventTypeSet): SourceHole {
  if (failure === null) {
    return {
      window,
      eventTypes,
      reason:
        'At least one record of the System Log could not be read as an event: no type or no time.',
      remedy: `Look at this stretch in the Admin Console. ${giveArchive(window)}`,
      wasLost: true,
    };
  }
  const { message, hint } = failure.error;
  const remedy = `${hint} ${giveArchive(window)}`;
  return { window, eventTypes, reason: message, remedy, wasLost: true };
}

function joinAlike(stretches: readonly CoveredStretch[]): CoveredStretch[] {
  const joined: CoveredStretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    const isAlike =
      last !== undefined &&
      last.window.untilMs === stretch.window.sinceMs &&
      JSON.stringify(last.eventTypes) === JSON.stringify(stretch.eventTypes);
    if (!isAlike) joined.push(stretch);
    else {
      const window = { sinceMs: last.window.sinceMs, untilMs: stretch.window.untilMs };
      joined[joined.length - 1] = { ...last, window };
    }
  }
  return joined;
}
