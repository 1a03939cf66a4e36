import { coversEventTypes } from '../../../model/event-type-set.ts';
import {
  type CoveredStretch,
  hullOfReading,
  hullOfRequest,
  type ReadRequest,
  type SourceHole,
} from '../../../model/reading.ts';
import { intersectWindows, subtractWindows, type TimeWindow } from '../../../model/time-window.ts';
import { claimSaved } from '../saved/claim-saved.ts';
import { type ArchiveLayers, buildLayers } from './archive-layers.ts';
import type { ArchiveTallies } from './archive-tallies.ts';
import { claimLayer, listStretches } from './claim-layer.ts';
import { describeDamage } from './describe-damage.ts';
import { describeReach } from './describe-reach.ts';
import type { FileReading } from './file-reading.ts';
import { findCutSearches, findLimitedSearches, findOpenSearches } from './find-cut-searches.ts';
import { findSampled } from './find-sampled.ts';
import { leaveOutDamage } from './leave-out-damage.ts';
import { locateDamage } from './locate-damage.ts';

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

function leaveOut(hole: SourceHole, windows: readonly TimeWindow[]): SourceHole[] {
  return subtractWindows(hole.window, windows).map((window) => ({ ...hole, window }));
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
