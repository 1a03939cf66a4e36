import type { SourceReading } from '../model/reading.ts';
import { subtractWindows, type TimeWindow, uniteWindows } from '../model/time-window.ts';

/** The stretches between an archive's first and last event in which no source holds anything. */
export function listSilences(readings: readonly SourceReading[]): TimeWindow[] {
  const covered = readings.flatMap((reading) => reading.covered.map((stretch) => stretch.window));
  const extents = readings.flatMap(({ kind, firstEventMs, lastEventMs }) =>
    kind !== 'archive' || firstEventMs === null || lastEventMs === null
      ? []
      : [{ sinceMs: firstEventMs, untilMs: lastEventMs }],
  );
  return uniteWindows(extents).flatMap((extent) => subtractWindows(extent, covered));
}
