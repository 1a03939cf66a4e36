import type { CheckNeeds } from '../../model/check.ts';
import {
  coversEventTypes,
  type EventTypeSet,
  intersectEventTypes,
} from '../../model/event-type-set.ts';
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

/** Says whether what a source gave or did not give matters to a check. */
export function concerns(eventTypes: EventTypeSet, needed: EventTypeSet): boolean {
  const shared = intersectEventTypes(eventTypes, needed);
  return shared.kind === 'all' || shared.terms.length > 0;
}

/** The needed fields that records of this stretch cannot hold. */
export function findLackingFields(
  { missingFields }: CoveredStretch,
  fields: readonly string[],
): string[] {
  return fields.filter((field) =>
    missingFields.some((missing) => field === missing || field.startsWith(`${missing}.`)),
  );
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
  if (reading.doubted !== undefined && concerns(reading.doubted, part)) return [];
  return reading.covered
    .filter((stretch) => coversEventTypes(stretch.eventTypes, part))
    .filter((stretch) => findLackingFields(stretch, fields).length === 0)
    .map((stretch) => stretch.window);
}

/** One set for each term: several sources may each cover some of them. */
function splitEventTypes(eventTypes: EventTypeSet): EventTypeSet[] {
  if (eventTypes.kind === 'all') return [eventTypes];
  return eventTypes.terms.map((term) => ({ kind: 'some', terms: [term] }));
}
