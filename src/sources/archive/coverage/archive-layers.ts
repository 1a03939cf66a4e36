import {
  ALL_EVENT_TYPES,
  coversEventTypes,
  type EventTypeSet,
  type EventTypeTerm,
  mayShareEvents,
  NO_EVENT_TYPES,
  uniteEventTypes,
} from '../../../model/event-type-set.ts';
import { isWithinField } from '../../../model/is-within-field.ts';
import type { ReadRequest } from '../../../model/reading.ts';
import { DAY_MS, overlaps, type TimeWindow } from '../../../model/time-window.ts';
import type { ArchiveFormat } from '../formats/archive-format.ts';
import { ARCHIVE_FORMATS } from '../formats/archive-formats.ts';
import type { ArchiveTallies, FormatTally } from './archive-tallies.ts';
import { findBreaks } from './find-breaks.ts';
import { findGaps } from './find-gaps.ts';
import { listLost } from './list-lost.ts';
import { readSelection, type Selection } from './read-selection.ts';
import {
  type EventTally,
  type HourTally,
  listHours,
  mergeTally,
  startTally,
} from './tally-events.ts';
import type { ThinnedDay } from './thinned-records.ts';

/** When events happened, and when some are missing. */
export interface ArchiveTimes {
  /** The hours that had events, in order of time. */
  readonly hours: readonly HourTally[];
  /** Stretches without any event that cannot be vouched for. */
  readonly gaps: readonly TimeWindow[];
  /** Minutes or hours that are missing where the log is busy, of the time that is asked about. */
  readonly breaks: readonly TimeWindow[];
}

/** All records that share at least these abilities, as if they were one archive. */
export interface ArchiveLayer extends Selection, ArchiveTimes {
  /** Titles of the formats that set its limits. */
  readonly title: string;
  readonly cannotContain: EventTypeSet;
  readonly missingFields: readonly string[];
  /** What some of the records lack beside that. */
  readonly thinned: readonly ThinnedDay[];
  /** What it lacks where records that keep less of a type are all that there is of it on a day. */
  readonly stoodIn: readonly StandIn[];
  readonly typesByDay: EventTally['typesByDay'];
  /** What each format in it carried that somebody chose the types for. */
  readonly selections: readonly EventTally[];
}

/** Types of which an archive has events of one day in a form alone that keeps less of them than others do. */
export interface StandIn {
  readonly window: TimeWindow;
  readonly eventTypes: readonly string[];
  readonly missingFields: readonly string[];
}

type Limits = Pick<ArchiveFormat, 'title' | 'cannotContain' | 'missingFields' | 'isSelective'>;
type PresentFormat = Limits & { readonly tally: EventTally };

/** The layers of an archive, in the order in which they were built. */
export interface ArchiveLayers {
  /** The most capable first; the last one holds every record and claims the least. */
  readonly whole: readonly ArchiveLayer[];
  /** Of files in which somebody picked among the events, each for itself. */
  readonly picked: readonly ArchiveLayer[];
  /** Of all of them together. */
  readonly all: ArchiveTimes;
}

/**
 * Sorts what was read into layers. A day written in one format and the next day in another are then covered without a seam,
 * for what both can hold. Files of picked events make no silence of the others busy: where they are alone, as an export
 * of sign-ins beside a whole one of the week before, they would be taken for its continuation.
 */
export function buildLayers(tallies: ArchiveTallies['exports'], asked: TimeWindow): ArchiveLayers {
  const all = [...tallies.values()];
  const parts = all.filter(({ picked }) => picked === null || picked === 'types');
  const log = parts.filter((one) => one.picked === null || !isSometimesAlone(one, parts));
  const picked = all.filter((one) => !log.includes(one) && isSometimesAlone(one, log));
  const whole = layOver(
    all.filter((one) => !picked.includes(one)),
    asked,
  );
  const everything = picked.length === 0 ? whole.at(-1) : undefined;
  return {
    whole,
    picked: picked.flatMap((one) => layOver([one], asked)),
    all: everything ?? lookAtTimes(mergeAll(all.map(({ tally }) => tally)), asked),
  };
}

/** Leaves out what a format never keeps, with everything below it. */
function isBeyond({ missingFields }: ArchiveFormat): (field: string) => boolean {
  return (field) => !missingFields.some((missing) => isWithinField(field, missing));
}

function lookAtTimes(tally: EventTally, asked: TimeWindow): ArchiveTimes {
  const hours = listHours(tally);
  const gaps = findGaps(hours);
  return { hours, gaps, breaks: findBreaks({ hours, gaps, asked }) };
}

/**
 * An export with a file for each type is picked in every file, and together whole. Files of some people, or of what failed, are
 * no log together, however many they are.
 */
function isSometimesAlone(one: FormatTally, log: readonly FormatTally[]): boolean {
  const others = log.filter((other) => other !== one);
  return [...one.tally.typesByDay.keys()].some((day) =>
    others.every((other) => !other.tally.typesByDay.has(day)),
  );
}

function layOver(tallies: readonly FormatTally[], asked: TimeWindow): ArchiveLayer[] {
  const present: PresentFormat[] = ARCHIVE_FORMATS.flatMap((format) =>
    tallies
      .filter(({ formatId }) => formatId === format.id)
      .map(({ tally }) => ({
        ...format,
        tally,
        missingFields: [...format.missingFields, ...listLost(tally).filter(isBeyond(format))],
      })),
  );
  const limits: Limits[] = [...present];
  if (present.length > 1) limits.push(uniteLimits(present));
  return dropEqualLimits(limits)
    .map((limit) => {
      const formats = present.filter((format) => isAsCapable(format, limit));
      const tally = mergeAll(formats.map((format) => format.tally));
      const others = present.filter((format) => !formats.includes(format));
      return {
        title: limit.title,
        cannotContain: limit.cannotContain,
        missingFields: limit.missingFields,
        thinned: [...tally.thinned.values()],
        stoodIn: others.flatMap((other) => listStandIns(other, { held: tally, asked })),
        ...lookAtTimes(tally, asked),
        typesByDay: tally.typesByDay,
        ...readSelection(tally),
        selections: formats.filter(({ isSelective }) => isSelective).map(({ tally }) => tally),
      };
    })
    .sort((one, other) => countEvents(one) - countEvents(other));
}

/** Lists what only another form has: of what both have, the events may be the same. */
function listStandIns(
  { tally, missingFields }: PresentFormat,
  { held, asked }: { readonly held: EventTally; readonly asked: TimeWindow },
): StandIn[] {
  if (missingFields.length === 0) return [];
  return [...tally.typesByDay].flatMap(([day, types]) => {
    const window = { sinceMs: day * DAY_MS, untilMs: (day + 1) * DAY_MS };
    if (!overlaps(window, asked)) return [];
    const eventTypes = [...types].filter((type) => !held.typesByDay.get(day)?.has(type));
    return eventTypes.length === 0 ? [] : [{ window, eventTypes, missingFields }];
  });
}

function uniteLimits(present: readonly PresentFormat[]): Limits {
  const limited = present.filter((format) => weighLimits(format) > 0);
  return {
    title: [...new Set(limited.map((format) => format.title))].join(' and '),
    cannotContain: uniteEventTypes(present.map((format) => format.cannotContain)),
    missingFields: [...new Set(present.flatMap((format) => format.missingFields))],
    isSelective: present.some((format) => format.isSelective),
  };
}

function dropEqualLimits(limits: readonly Limits[]): Limits[] {
  return limits.filter(
    (limit, index) =>
      !limits.some(
        (other, otherIndex) =>
          otherIndex < index && isAsCapable(limit, other) && isAsCapable(other, limit),
      ),
  );
}

/** `types` without whatever `removed` may hold, in the words of the request: a set cannot say "all but". */
export function removeTypes({
  types,
  removed,
  request,
}: {
  readonly types: EventTypeSet;
  readonly removed: EventTypeSet;
  readonly request: ReadRequest;
}): EventTypeSet {
  if (removed.kind === 'all') return NO_EVENT_TYPES;
  if (removed.terms.length === 0) return types;
  const terms = types.kind === 'all' ? listAskedTerms(request) : types.terms;
  return { kind: 'some', terms: terms.filter((term) => !touches(term, removed)) };
}

/**
 * Every term that a need names, or a drill-down that decides, each for itself, so that one that is lost takes no other
 * with it. A need of all types becomes the prefix of nothing.
 */
export function listAskedTerms(request: ReadRequest): EventTypeTerm[] {
  const deciding = request.followUps.filter((one) => one.decidesSinceMs !== undefined);
  const asked = [...request.needs, ...deciding].map((one) => one.eventTypes ?? ALL_EVENT_TYPES);
  const terms = asked.flatMap((types) => (types.kind === 'all' ? [EVERY_TYPE] : types.terms));
  const byText = new Map(terms.map((term) => [JSON.stringify(term), term]));
  return [...byText.values()];
}

const EVERY_TYPE: EventTypeTerm = { match: 'prefix', eventType: '', narrowings: [] };

export function touches(term: EventTypeTerm, types: EventTypeSet): boolean {
  return mayShareEvents({ kind: 'some', terms: [term] }, types);
}

function isAsCapable(one: Limits, other: Limits): boolean {
  return (
    coversEventTypes(other.cannotContain, one.cannotContain) &&
    one.missingFields.every((field) => other.missingFields.includes(field)) &&
    (other.isSelective || !one.isSelective)
  );
}

function weighLimits({ cannotContain, missingFields, isSelective }: Limits): number {
  const terms = cannotContain.kind === 'all' ? 1 : cannotContain.terms.length;
  return terms + missingFields.length + (isSelective ? 1 : 0);
}

function countEvents({ hours }: Pick<ArchiveLayer, 'hours'>): number {
  return hours.reduce((sum, hour) => sum + hour.events, 0);
}

function mergeAll(tallies: readonly EventTally[]): EventTally {
  const [only, ...others] = tallies;
  if (only !== undefined && others.length === 0) return only;
  const merged = startTally();
  for (const tally of tallies) mergeTally(merged, tally);
  return merged;
}
