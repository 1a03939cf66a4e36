import type { ReadingExtent } from '../model/check.ts';
import type { SourceReading } from '../model/reading.ts';
import { subtractWindows, uniteWindows } from '../model/time-window.ts';

/** Says where something was read, and where, between an archive's first and last event, no source holds anything. */
export function measureExtent(readings: readonly SourceReading[]): ReadingExtent {
  const covered = uniteWindows(
    readings.flatMap((reading) => reading.covered.map((stretch) => stretch.window)),
  );
  const extents = readings.flatMap(({ kind, firstEventMs, lastEventMs }) =>
    kind !== 'archive' || firstEventMs === null || lastEventMs === null
      ? []
      : [{ sinceMs: firstEventMs, untilMs: lastEventMs }],
  );
  const silences = uniteWindows(extents).flatMap((extent) => subtractWindows(extent, covered));
  return { silences, covered };
}
