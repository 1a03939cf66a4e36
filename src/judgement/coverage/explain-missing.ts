import type { CheckNeeds } from '../../model/check.ts';
import { LATE_DELIVERY_MS } from '../../model/live-log.ts';
import { concernsNeed, type SourceHole, type SourceReading } from '../../model/reading.ts';
import { intersectWindows, overlaps, type TimeWindow } from '../../model/time-window.ts';
import { formatZonedMinute } from '../format-time.ts';
import { findLackingFields } from './covered-windows.ts';
import { type MissingStretch, trimFullStop } from './missing-stretch.ts';

type Explanation = Pick<MissingStretch, 'window' | 'reason' | 'remedy' | 'orArchive' | 'isLasting'>;

interface Unexplained {
  readonly nowMs: number;
  readonly needs: CheckNeeds;
  readonly readings: readonly SourceReading[];
  readonly window: TimeWindow;
}

/** A source words this remedy for its own hole; it is worded again for the stretch that is left after merging. */
const ARCHIVE_REMEDY = /(?:^|(?<=\.) )give an archive that covers\b[^.]*$/i;

/** Cuts a stretch that was not covered into pieces, each with the reasons that hold for all of it, in order of time. */
export function explainMissing(missing: Unexplained): Explanation[] {
  const { window, needs, readings } = missing;
  const holesBySource = readings.map((reading) =>
    reading.holes
      .filter((hole) => concernsNeed(hole, needs.eventTypes))
      .filter((hole) => overlaps(hole.window, window)),
  );
  const lacking = readings
    .flatMap(({ covered }) => covered)
    .filter((stretch) => findLackingFields(stretch, needs.fields).length > 0);
  const settledMs = findSettled(missing);
  const edges = [
    settledMs,
    ...[...holesBySource.flat(), ...lacking].flatMap((one) => [
      one.window.sinceMs,
      one.window.untilMs,
    ]),
  ];
  const past = edges.filter((edgeMs) => edgeMs <= settledMs);
  return cutAt(window, past).flatMap((piece) =>
    explainPiece({ ...missing, window: piece, holesBySource }),
  );
}

/**
 * Where one source lacks a stretch for several reasons, each has to be mended for itself; where several sources lack it,
 * one of them is enough, and their reasons are one.
 */
function explainPiece(
  piece: Unexplained & { readonly holesBySource: readonly (readonly SourceHole[])[] },
): Explanation[] {
  const { window } = piece;
  if (window.sinceMs >= findSettled(piece)) return [explainFuture(window)];
  const lacking = piece.holesBySource
    .map((holes) => holes.filter((hole) => overlaps(hole.window, window)))
    .filter((holes) => holes.length > 0);
  const [only, another] = lacking;
  if (only !== undefined && another === undefined) {
    return only.map((hole) => ({ window, ...uniteHoles([hole]) }));
  }
  if (only !== undefined) return [{ window, ...uniteHoles(lacking.flat()) }];
  const fields = explainLacking(piece);
  if (fields !== null) return [{ window, ...fields }];
  return [{ window, ...explainBySources(piece) }];
}

/** An archive may hold the last minutes, of which the live log gives some events late. */
function findSettled({ nowMs, readings }: Pick<Unexplained, 'nowMs' | 'readings'>): number {
  return readings.some(({ kind }) => kind === 'okta') ? nowMs - LATE_DELIVERY_MS : nowMs;
}

/** Also where a source says that it ends before: it can hold none of it. */
function explainFuture(window: TimeWindow): Explanation {
  return {
    window,
    reason: 'this has not happened yet, or is too fresh to be complete in the log',
    remedy: `run again after ${formatZonedMinute(window.untilMs + LATE_DELIVERY_MS)}`,
  };
}

/** The reasons of several sources for lacking the same stretch. */
export function uniteHoles(holes: readonly SourceHole[]): Omit<Explanation, 'window'> {
  const reasons = new Set(holes.map(({ reason }) => trimFullStop(reason)));
  const remedies = holes.map(({ remedy }) => trimFullStop(remedy));
  const others = remedies.map((remedy) => trimFullStop(remedy.replace(ARCHIVE_REMEDY, '')));
  const different = [...new Set(others)].filter((remedy) => remedy !== '');
  return {
    reason: [...reasons].join('; '),
    remedy: different.length === 0 ? null : different.join('; '),
    orArchive: others.some((other, index) => other !== remedies[index]),
  };
}

/** What was read there, and without the fields that count. */
function explainLacking(missing: Unexplained): Omit<Explanation, 'window'> | null {
  const lacking = findLacking(missing);
  if (lacking === null) return null;
  return {
    reason: `the records of ${lacking.source} do not hold ${lacking.fields.join(', ')}`,
    remedy: "give an export in the form of Okta's System Log API, which holds every field",
    isLasting: true,
  };
}

/** What can be told where no source says itself what it lacks. */
function explainBySources({ needs, readings }: Unexplained): Omit<Explanation, 'window'> {
  const needsMost = needs.onlyInFullPull === true || needs.eventTypes.kind === 'all';
  if (needsMost && readings.some(isSelective)) {
    return {
      reason: 'it needs most of the log, and a targeted pull asks Okta only for rare events',
      remedy: 'set pull: full, or give an archive',
    };
  }
  return {
    reason: readings.length === 0 ? 'no source was read' : 'no source covers it',
    remedy: null,
  };
}

function findLacking({
  needs,
  readings,
  window,
}: Pick<Unexplained, 'needs' | 'readings' | 'window'>): {
  source: string;
  fields: string[];
} | null {
  for (const reading of readings) {
    for (const stretch of reading.covered) {
      const fields = findLackingFields(stretch, needs.fields);
      if (fields.length > 0 && overlaps(stretch.window, window)) {
        return { source: reading.name, fields };
      }
    }
  }
  return null;
}

function isSelective({ kind, covered }: SourceReading): boolean {
  return kind === 'okta' && covered.some(({ eventTypes }) => eventTypes.kind === 'some');
}

function cutAt(window: TimeWindow, edgesMs: readonly number[]): TimeWindow[] {
  const cuts = [...new Set([window.sinceMs, ...edgesMs, window.untilMs])].sort(
    (one, other) => one - other,
  );
  return cuts.flatMap((sinceMs, index) => {
    const untilMs = cuts[index + 1];
    return untilMs === undefined ? [] : (intersectWindows(window, { sinceMs, untilMs }) ?? []);
  });
}
