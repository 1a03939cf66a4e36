import type { CheckNeeds } from '../../model/check.ts';
import {
  coversEventTypes,
  type EventTypeSet,
  mayShareEvents,
  splitEventTypes,
} from '../../model/event-type-set.ts';
import { isWithinField } from '../../model/is-within-field.ts';
import type { CoveredStretch, SourceReading } from '../../model/reading.ts';
import { ALL_TIME, intersectAll, type TimeWindow, uniteWindows } from '../../model/time-window.ts';

/**
 * When everything that a check needs was read, whichever sources gave it; sorted windows that do not touch.
 * What a source says it covered counts, except where its records lack a needed field; its holes only say why the rest is not.
 */
export function findCoveredWindows(
  needs: Pick<CheckNeeds, 'eventTypes' | 'fields'>,
  readings: readonly SourceReading[],
): TimeWindow[] {
  let covered: TimeWindow[] = [ALL_TIME];
  for (const part of splitEventTypes(needs.eventTypes)) {
    const windows = readings.flatMap((reading) =>
      findCoveredBySource({ part, fields: needs.fields, reading }),
    );
    covered = intersectAll(covered, uniteWindows(windows));
  }
  return covered;
}

/** The needed fields that records of this stretch cannot hold. */
export function findLackingFields(
  { missingFields }: CoveredStretch,
  fields: readonly string[],
): string[] {
  return fields.filter((field) => missingFields.some((missing) => isWithinField(field, missing)));
}

function findCoveredBySource({
  part,
  fields,
  reading,
}: {
  part: EventTypeSet;
  fields: readonly string[];
  reading: SourceReading;
}): TimeWindow[] {
  if (reading.doubted !== undefined && mayShareEvents(reading.doubted, part)) return [];
  return reading.covered
    .filter((stretch) => coversEventTypes(stretch.eventTypes, part))
    .filter((stretch) => findLackingFields(stretch, fields).length === 0)
    .map((stretch) => stretch.window);
}
