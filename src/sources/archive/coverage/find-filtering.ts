import type { EventTypeSet } from '../../../model/event-type-set.ts';
import type { ReadRequest } from '../../../model/reading.ts';
import { DAY_MS, durationMs, isInside, type TimeWindow } from '../../../model/time-window.ts';
import { type ArchiveLayer, listAskedTerms, touches } from './archive-layers.ts';
import {
  listTypes,
  ROUTINE_FAMILIES,
  type RoutineFamily,
  routineBit,
  wasSeen,
} from './event-families.ts';

/** A stretch whose events look as if somebody had picked among them before the export. */
export interface Filtering {
  readonly window: TimeWindow;
  readonly eventTypes: EventTypeSet;
  /** What is missing, as a noun. */
  readonly missing: string;
}

const WEEK_MS = 7 * DAY_MS;
const SIGN_IN_FAMILIES: readonly RoutineFamily[] = ['user.session', 'user.authentication'];

/**
 * Finds, in a stretch without gaps, what speaks for a filter before the export.
 * A week without a routine family that a check needs costs this family. A week without any sign-in, or a whole archive of at
 * least a day without one, costs every needed type that is absent as well: somebody chose what to keep.
 * Rare types are never judged by their own absence.
 */
export function findFiltering({
  layer,
  stretch,
  request,
}: {
  readonly layer: ArchiveLayer;
  readonly stretch: TimeWindow;
  readonly request: ReadRequest;
}): Filtering[] {
  const found: Filtering[] = [];
  for (const family of ROUTINE_FAMILIES) {
    if (!isAsked(family, request) || isExcluded(family, layer)) continue;
    for (const window of findAbsences(layer, stretch, [family])) {
      if (durationMs(window) < WEEK_MS) continue;
      found.push({ window, eventTypes: typesOfFamily(family), missing: `\`${family}\` event` });
    }
  }
  for (const window of findAbsences(layer, stretch, SIGN_IN_FAMILIES)) {
    const isWhole = window.sinceMs === stretch.sinceMs && window.untilMs === stretch.untilMs;
    if (durationMs(window) < WEEK_MS && !isWhole) continue;
    const eventTypes = listAbsentTypes(layer, window, request);
    if (eventTypes.kind === 'some' && eventTypes.terms.length > 0) {
      found.push({ window, eventTypes, missing: 'sign-in' });
    }
  }
  return found;
}

/** Stretches of a day and more without an event of any of the families, to the hour. */
function findAbsences(
  layer: ArchiveLayer,
  stretch: TimeWindow,
  families: readonly RoutineFamily[],
): TimeWindow[] {
  const bits = families.reduce((mask, family) => mask | routineBit(family), 0);
  const absences: TimeWindow[] = [];
  let sinceMs = stretch.sinceMs;
  for (const { routine, firstMs, lastMs } of layer.hours) {
    if ((routine & bits) === 0 || !isInside(stretch, firstMs)) continue;
    if (firstMs - sinceMs >= DAY_MS) absences.push({ sinceMs, untilMs: firstMs });
    sinceMs = lastMs + 1;
  }
  if (stretch.untilMs - sinceMs >= DAY_MS) absences.push({ sinceMs, untilMs: stretch.untilMs });
  return absences;
}

function listAbsentTypes(
  layer: ArchiveLayer,
  window: TimeWindow,
  request: ReadRequest,
): EventTypeSet {
  const present = listTypes(layer.typesByDay, window);
  const terms = listAskedTerms(request).filter((term) => !wasSeen(term, present));
  return { kind: 'some', terms };
}

function isAsked(family: RoutineFamily, request: ReadRequest): boolean {
  const types = typesOfFamily(family);
  return listAskedTerms(request).some((term) => touches(term, types));
}

function isExcluded(family: RoutineFamily, layer: ArchiveLayer): boolean {
  const { cannotContain } = layer;
  return (
    cannotContain.kind === 'all' ||
    cannotContain.terms.some(
      (term) => term.match === 'prefix' && `${family}.`.startsWith(term.eventType),
    )
  );
}

function typesOfFamily(family: RoutineFamily): EventTypeSet {
  return { kind: 'some', terms: [{ match: 'prefix', eventType: `${family}.`, narrowings: [] }] };
}
