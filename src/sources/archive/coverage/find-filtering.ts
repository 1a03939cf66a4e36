import {
  ALL_EVENT_TYPES,
  type EventTypeSet,
  uniteEventTypes,
} from '../../../model/event-type-set.ts';
import { groupByKey } from '../../../model/group-by-key.ts';
import { hullOfReading, type ReadRequest } from '../../../model/reading.ts';
import {
  DAY_MS,
  durationMs,
  intersectWindows,
  isSameWindow,
  type TimeWindow,
} from '../../../model/time-window.ts';
import { type ArchiveLayer, listAskedTerms, touches } from './archive-layers.ts';
import {
  listTypes,
  ROUTINE_FAMILIES,
  type RoutineFamily,
  routineBit,
  wasSeen,
} from './event-families.ts';
import { findHour } from './find-hour.ts';
import type { HourTally } from './tally-events.ts';

/** A stretch whose events look as if somebody had picked among them before the export. */
export interface Filtering {
  readonly window: TimeWindow;
  readonly eventTypes: EventTypeSet;
  /** What is missing, as a noun. */
  readonly missing: string;
  /** For how long it is missing, also in the stretches around this one. */
  readonly silentMs: number;
}

const WEEK_MS = 7 * DAY_MS;
const SIGN_IN_FAMILIES: readonly RoutineFamily[] = ['user.session', 'user.authentication'];

/**
 * Finds, in the stretches without gaps, what speaks for a filter before the export.
 * A week without a routine family that a check needs costs this family. A week without any sign-in, or a whole stretch of at
 * least a day without one, costs every needed type that is absent as well: somebody chose what to keep.
 * Rare types are never judged by their own absence. Where nothing ever succeeded, somebody chose outcomes, and where every event
 * of a day and longer has one and the same actor or target, as in the log that a person's page links to, somebody chose whom:
 * both cost all types. Where every event is of one family, or of a few in a busy log, somebody chose these, which costs what is absent.
 */
export function findFiltering({
  layer,
  stretches,
  request,
}: {
  readonly layer: ArchiveLayer;
  /** In order of time. */
  readonly stretches: readonly TimeWindow[];
  readonly request: ReadRequest;
}): Filtering[] {
  if (layer.holdsAttemptsAlone) return loseAll(stretches, 'event that succeeded');
  const long = stretches.filter((window) => durationMs(window) >= DAY_MS);
  if (layer.isOfOne && long.length > 0)
    return loseAll(long, 'event of anybody but one person, account or application');
  if (layer.onlyFamilies.length > 0 && layer.selections.length === 0 && long.length > 0) {
    const missing = `event of any family but ${layer.onlyFamilies.join(', ')}`;
    return long.flatMap((window) => loseAbsent({ layer, window, request, missing }));
  }
  const given = { hours: layer.hours, stretches, asked: hullOfReading(request) };
  const silent: SilentFamily[] = [];
  for (const family of ROUTINE_FAMILIES) {
    if (!isAsked(family, request) || isExcluded(family, layer)) continue;
    const absences = findAbsences(given, [family]).filter(({ silentMs }) => silentMs >= WEEK_MS);
    silent.push(...absences.map(({ window, silentMs }) => ({ family, window, silentMs })));
  }
  const found = joinFamilies(silent);
  for (const { window, silentMs, isWhole } of findAbsences(given, SIGN_IN_FAMILIES)) {
    if (silentMs < WEEK_MS && !isWhole) continue;
    found.push(...loseAbsent({ layer, window, request, missing: 'sign-in', silentMs }));
  }
  return found;
}

interface SilentFamily extends Pick<Filtering, 'window' | 'silentMs'> {
  readonly family: RoutineFamily;
}

/** Families that are missing for one and the same time are told once: one export brings them all. */
function joinFamilies(silent: readonly SilentFamily[]): Filtering[] {
  const groups = groupByKey(silent, ({ window, silentMs }) => JSON.stringify([window, silentMs]));
  return [...groups.values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ window, silentMs }) => ({
      window,
      silentMs,
      eventTypes: uniteEventTypes(alike.map(({ family }) => typesOfFamily(family))),
      missing: `${alike.map(({ family }) => family).join(' or ')} event`,
    })),
  );
}

function loseAll(windows: readonly TimeWindow[], missing: string): Filtering[] {
  return windows.map((window) => ({
    window,
    eventTypes: ALL_EVENT_TYPES,
    missing,
    silentMs: durationMs(window),
  }));
}

interface Absence {
  readonly window: TimeWindow;
  /** How long the families were absent around it; what lies in gaps does not count. */
  readonly silentMs: number;
  /** It is a stretch as a whole. */
  readonly isWhole: boolean;
}

/**
 * The parts of the stretches, a day and longer, without an event of any of the families, to the hour, where they touch what
 * is asked about. A gap, as of a weekend, does not end an absence: nobody saw an event in it either.
 */
function findAbsences(
  {
    hours,
    stretches,
    asked,
  }: {
    readonly hours: readonly HourTally[];
    readonly stretches: readonly TimeWindow[];
    readonly asked: TimeWindow;
  },
  families: readonly RoutineFamily[],
): Absence[] {
  const bits = families.reduce((mask, family) => mask | routineBit(family), 0);
  return listLongPauses({ hours, bits, asked }).flatMap((absence) => {
    const parts = stretches.flatMap((stretch) => {
      const window = intersectWindows(stretch, absence);
      return window === null ? [] : [{ window, isWhole: isSameWindow(window, stretch) }];
    });
    const silentMs = parts.reduce((sum, { window }) => sum + durationMs(window), 0);
    return parts
      .filter(({ window }) => durationMs(window) >= DAY_MS)
      .map((part) => ({ ...part, silentMs }));
  });
}

/** The time, a day and longer, before, between and after the hours, in order, that had events of some families. */
function listLongPauses({
  hours,
  bits,
  asked,
}: {
  readonly hours: readonly HourTally[];
  readonly bits: number;
  /** Pauses that do not reach into it are left out: an archive may hold years. */
  readonly asked: TimeWindow;
}): TimeWindow[] {
  const pauses: TimeWindow[] = [];
  let index = findHour(hours, asked.sinceMs) - 1;
  while (index >= 0 && ((hours[index]?.routine ?? 0) & bits) === 0) index -= 1;
  let sinceMs = endOf(hours[index]);
  for (const { firstMs, lastMs, routine } of hours.slice(index + 1)) {
    if ((routine & bits) === 0) continue;
    if (firstMs - sinceMs >= DAY_MS) pauses.push({ sinceMs, untilMs: firstMs });
    sinceMs = lastMs + 1;
    if (sinceMs >= asked.untilMs) return pauses;
  }
  return [...pauses, { sinceMs, untilMs: Number.POSITIVE_INFINITY }];
}

function endOf(hour: HourTally | undefined): number {
  return hour === undefined ? Number.NEGATIVE_INFINITY : hour.lastMs + 1;
}

function loseAbsent({
  layer,
  window,
  request,
  missing,
  silentMs = durationMs(window),
}: {
  readonly layer: ArchiveLayer;
  readonly window: TimeWindow;
  readonly request: ReadRequest;
  readonly missing: string;
  readonly silentMs?: number;
}): Filtering[] {
  const present = listTypes(layer.typesByDay, window);
  const terms = listAskedTerms(request).filter((term) => !wasSeen(term, present));
  if (terms.length === 0) return [];
  return [{ window, eventTypes: { kind: 'some', terms }, missing, silentMs }];
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
