import { ALL_EVENT_TYPES, exactEventTypes, isOfNoType } from '../../../model/event-type-set.ts';
import { isWithinField } from '../../../model/is-within-field.ts';
import type { CoveredStretch, ReadRequest, SourceHole } from '../../../model/reading.ts';
import { intersectWindows, subtractWindows, type TimeWindow } from '../../../model/time-window.ts';
import {
  type ArchiveLayer,
  listAskedTerms,
  removeTypes,
  type StandIn,
  touches,
} from './archive-layers.ts';
import { readArchiveReach } from './archive-reach.ts';
import { describeFiltering, describeLimits, describeSelection } from './describe-limits.ts';
import { findFiltering } from './find-filtering.ts';
import { leaveOutDamage } from './leave-out-damage.ts';

/** Says what a layer vouches for, and what in its time it does not. */
export function claimLayer({
  layer,
  request,
  damaged,
  silent,
  named,
}: {
  readonly layer: ArchiveLayer;
  readonly request: ReadRequest;
  readonly damaged: readonly SourceHole[];
  /** Where the whole archive has a gap or a break: a layer of a few days alone does not know how busy the others are. */
  readonly silent: readonly TimeWindow[];
  readonly named: string;
}): { covered: CoveredStretch[]; holes: SourceHole[] } {
  const stretches = listStretches(layer);
  const holes = [
    ...stretches.flatMap((stretch) => [
      ...describeLimits(layer, stretch, request),
      ...describeSelection(layer, stretch, request),
    ]),
    ...findFiltering({ layer, stretches, request }).map((one) => describeFiltering(named, one)),
  ];
  const { missingFields } = layer;
  let covered: CoveredStretch[] = stretches.map((window) => ({
    window,
    eventTypes: removeTypes({ types: ALL_EVENT_TYPES, removed: layer.cannotContain, request }),
    missingFields,
  }));
  const broken = damaged.map((hole) => hole.window);
  const silences = [...layer.breaks, ...silent]
    .flatMap((window) => leaveOutDamage(window, broken))
    .map((window) => ({ window, eventTypes: ALL_EVENT_TYPES }));
  for (const hole of [...holes, ...damaged, ...silences]) {
    covered = covered.flatMap((stretch) => subtractHole(stretch, hole, request));
  }
  const thinned = layer.thinned.map(({ field, window, eventTypes }) => ({
    window,
    eventTypes: [...eventTypes],
    missingFields: [field],
  }));
  for (const day of [...thinned, ...layer.stoodIn]) {
    covered = covered.flatMap((stretch) => thinStretch(stretch, day, request));
  }
  return { covered, holes };
}

/** What a layer reaches over without a gap. Breaks do not end it: what is missing on both sides of one is missing for as long. */
export function listStretches(layer: ArchiveLayer): TimeWindow[] {
  const reach = readArchiveReach(layer.hours);
  return reach === null ? [] : subtractWindows(reach.window, layer.gaps);
}

function subtractHole(
  stretch: CoveredStretch,
  hole: Pick<SourceHole, 'window' | 'eventTypes'>,
  request: ReadRequest,
): CoveredStretch[] {
  const inside = intersectWindows(stretch.window, hole.window);
  if (inside === null) return [stretch];
  const eventTypes = removeTypes({
    types: stretch.eventTypes,
    removed: hole.eventTypes,
    request,
  });
  const outside = subtractWindows(stretch.window, [hole.window]).map((window) => ({
    ...stretch,
    window,
  }));
  return isOfNoType(eventTypes)
    ? outside
    : [...outside, { ...stretch, window: inside, eventTypes }];
}

/** Sets apart what holds records that lack fields. */
function thinStretch(
  stretch: CoveredStretch,
  { missingFields, window, eventTypes }: StandIn,
  request: ReadRequest,
): CoveredStretch[] {
  const inside = intersectWindows(stretch.window, window);
  if (inside === null) return [stretch];
  const more = missingFields.filter(
    (field) => !stretch.missingFields.some((missing) => isWithinField(field, missing)),
  );
  if (more.length === 0) return [stretch];
  const thinned = exactEventTypes(eventTypes);
  const terms =
    stretch.eventTypes.kind === 'all' ? listAskedTerms(request) : stretch.eventTypes.terms;
  const touched = terms.filter((term) => touches(term, thinned));
  if (touched.length === 0) return [stretch];
  return [
    ...subtractHole(stretch, { window, eventTypes: thinned }, request),
    {
      window: inside,
      eventTypes: { kind: 'some', terms: touched },
      missingFields: [...stretch.missingFields, ...more],
    },
  ];
}
