import {
  ALL_EVENT_TYPES,
  coversEventTypes,
  type EventTypeTerm,
  exactEventTypes,
  isOfNoType,
} from '../../../model/event-type-set.ts';
import { formatDaysAround } from '../../../model/format-days-around.ts';
import {
  type CoveredStretch,
  hullOfReading,
  hullOfRequest,
  type ReadRequest,
  type SourceHole,
} from '../../../model/reading.ts';
import {
  durationMs,
  intersectWindows,
  overlaps,
  subtractWindows,
  type TimeWindow,
} from '../../../model/time-window.ts';
import { claimSaved } from '../saved/claim-saved.ts';
import {
  type ArchiveLayer,
  type ArchiveLayers,
  buildLayers,
  listAskedTerms,
  removeTypes,
  type StandIn,
  touches,
} from './archive-layers.ts';
import { readArchiveReach } from './archive-reach.ts';
import type { ArchiveTallies } from './archive-tallies.ts';
import { SLOT_MS } from './busy-slots.ts';
import { describeDamage } from './describe-damage.ts';
import { describeReach } from './describe-reach.ts';
import { listTypes, wasSeen } from './event-families.ts';
import type { FileReading } from './file-reading.ts';
import { findCutSearches, findLimitedSearches, findOpenSearches } from './find-cut-searches.ts';
import { type Filtering, findFiltering } from './find-filtering.ts';
import { findSampled } from './find-sampled.ts';
import { locateDamage } from './locate-damage.ts';
import { sayDuration } from './say-stretch.ts';

export interface CoverageClaim {
  readonly covered: readonly CoveredStretch[];
  /** Where everything was read that the request follows. */
  readonly followed: readonly CoveredStretch[];
  readonly holes: readonly SourceHole[];
}

/**
 * Says what an archive may vouch for: from its own first event to its own last, gaps, breaks and lost records out, and only
 * event types that its formats can contain and that nobody seems to have filtered away.
 * Holes are told as far as they concern what was asked.
 */
export function claimCoverage({
  files,
  tallies,
  request,
}: {
  readonly files: readonly FileReading[];
  readonly tallies: ArchiveTallies;
  readonly request: ReadRequest;
}): CoverageClaim {
  const asked = hullOfRequest(request);
  const exports = files.filter((file) => file.saved === null);
  const saved = claimSaved(
    files.filter((file) => file.saved !== null),
    request,
  );
  const damaged = [
    ...exports.flatMap((file) => locateDamage(file, exports)).map(describeDamage),
    ...findCutSearches(exports, asked),
    ...findOpenSearches(exports, asked),
    ...findLimitedSearches(exports, asked),
    ...findSampled(exports),
  ];
  const layers = buildLayers(tallies.exports, hullOfReading(request));
  const named = [...layers.whole, ...layers.picked].length > 1 ? PICKED_PART : WHOLE_ARCHIVE;
  const silent = [...layers.all.gaps, ...layers.all.breaks];
  const given = { request, damaged, silent };
  const claims = [
    ...layers.whole.map((layer) => claimLayer({ ...given, layer, named: WHOLE_ARCHIVE })),
    ...layers.picked.map((layer) => claimLayer({ ...given, layer, named })),
  ];
  const exported = claims.flatMap((claim) => claim.covered);
  const covered = [...exported, ...saved.covered];
  const limits = claims.flatMap((claim) => claim.holes);
  const broken = damaged.map((hole) => hole.window);
  const reach = describeSilences(layers, asked).flatMap((hole) =>
    leaveOutDamage(hole.window, broken).map((window) => ({ ...hole, window })),
  );
  const holes = [...damaged, ...limits, ...reach, ...saved.holes]
    .flatMap((hole) => clipHole(hole, asked))
    .flatMap((hole) => dropFilled(hole, covered))
    .sort((one, other) => one.window.sinceMs - other.window.sinceMs);
  return { covered, followed: [...exported, ...saved.followed], holes };
}

const WHOLE_ARCHIVE = 'the archive';
/** What is missing in it may well be in files beside it. */
const PICKED_PART = 'a part of the archive';

/** Where nothing reaches, and the seams between what is whole and what was picked. */
function describeSilences({ whole, picked, all }: ArchiveLayers, asked: TimeWindow): SourceHole[] {
  const silences = describeReach(all, asked);
  if (picked.length === 0) return silences;
  const told = [...silences.map(({ window }) => window), ...picked.flatMap(listStretches)];
  const last = whole.at(-1);
  const seams = last === undefined ? [] : describeReach(last, asked);
  return [...silences, ...seams.flatMap((hole) => leaveOut(hole, told))];
}

/** The edges of a break are in whole slots: what of one lies beside the damage that explains it lacks nothing. */
function leaveOutDamage(silence: TimeWindow, broken: readonly TimeWindow[]): TimeWindow[] {
  if (!broken.some((window) => overlaps(window, silence))) return [silence];
  return subtractWindows(silence, broken).filter((window) => durationMs(window) > SLOT_MS);
}

function leaveOut(hole: SourceHole, windows: readonly TimeWindow[]): SourceHole[] {
  return subtractWindows(hole.window, windows).map((window) => ({ ...hole, window }));
}

function claimLayer({
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
function listStretches(layer: ArchiveLayer): TimeWindow[] {
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
    (field) => !stretch.missingFields.some((missing) => isWithin(field, missing)),
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

function isWithin(field: string, whole: string): boolean {
  return field === whole || field.startsWith(`${whole}.`);
}

function describeLimits(
  layer: ArchiveLayer,
  window: TimeWindow,
  request: ReadRequest,
): SourceHole[] {
  const { cannotContain } = layer;
  const terms = listAskedTerms(request).filter((term) => touches(term, cannotContain));
  if (terms.length === 0) return [];
  return [
    {
      window,
      eventTypes: { kind: 'some', terms },
      reason: `${layer.title} cannot hold every event of ${sayTerms(terms)}`,
      remedy: 'give an export of the System Log API or of a log stream, which leaves no type out',
    },
  ];
}

/** Where somebody chose what to send, a type that never came may never have been sent. */
function describeSelection(
  layer: ArchiveLayer,
  window: TimeWindow,
  request: ReadRequest,
): SourceHole[] {
  const came = layer.selections.map((tally) => listTypes(tally.typesByDay));
  const terms = listAskedTerms(request).filter(
    (term) => !came.every((seen) => wasSeen(term, seen)),
  );
  if (terms.length === 0) return [];
  return [
    {
      window,
      eventTypes: { kind: 'some', terms },
      reason: `${layer.title} carry the types that they were set up for, and ${sayTerms(terms)} never came`,
      remedy: 'give an export of the System Log API or of a log stream, which leaves no type out',
    },
  ];
}

function sayTerms(terms: readonly EventTypeTerm[]): string {
  const names = terms.map((term) => term.eventType + (term.match === 'prefix' ? '*' : ''));
  const words = names.map((name) => (name === '*' ? 'any other type' : name));
  return [...new Set(words)].join(', ');
}

function describeFiltering(
  named: string,
  { window, eventTypes, missing, silentMs }: Filtering,
): SourceHole {
  return {
    window,
    eventTypes,
    reason: `${named} holds no ${missing} for ${sayDuration(silentMs)}, though a tenant in use always has some: it may have been filtered before export`,
    remedy: `give an unfiltered export of ${formatDaysAround(window)}`,
  };
}

function clipHole(hole: SourceHole, asked: TimeWindow): SourceHole[] {
  const window = intersectWindows(hole.window, asked);
  return window === null ? [] : [{ ...hole, window }];
}

/** Leaves out what another part of the archive covers after all. */
function dropFilled(hole: SourceHole, covered: readonly CoveredStretch[]): SourceHole[] {
  const filled = covered
    .filter(
      (stretch) =>
        stretch.missingFields.length === 0 && coversEventTypes(stretch.eventTypes, hole.eventTypes),
    )
    .map((stretch) => stretch.window);
  return leaveOut(hole, filled);
}
