import {
  coversEventTypes,
  type EventTypeSet,
  type EventTypeTerm,
  intersectEventTypes,
  NO_EVENT_TYPES,
  uniteEventTypes,
} from '../../model/event-type-set.ts';
import type { ReadRequest } from '../../model/reading.ts';
import type { FileReading } from './file-reading.ts';
import { ARCHIVE_FORMATS } from './formats/archive-formats.ts';
import { type EventTally, mergeTally, startTally } from './tally-events.ts';

/** All records that share at least these abilities, as if they were one archive. */
export interface ArchiveLayer {
  /** Titles of the formats in it that set its limits. */
  readonly title: string;
  readonly cannotContain: EventTypeSet;
  readonly missingFields: readonly string[];
  readonly tally: EventTally;
}

/**
 * Sorts what was read into layers, the most capable first; the last one holds every record and claims the least.
 * A day written in one format and the next day in another are then covered without a seam, for what both can hold.
 */
export function buildLayers(files: readonly FileReading[]): ArchiveLayer[] {
  const present = ARCHIVE_FORMATS.flatMap((format) => {
    const tallies = files.flatMap((file) => file.tallies.get(format.id) ?? []);
    return tallies.length === 0 ? [] : [{ ...format, tally: mergeAll(tallies) }];
  });
  const limits = present.map(({ title, cannotContain, missingFields }) => ({
    title,
    cannotContain,
    missingFields,
  }));
  if (present.length > 1) {
    limits.push({
      title: limits.map((limit) => limit.title).join(' and '),
      cannotContain: uniteEventTypes(limits.map((limit) => limit.cannotContain)),
      missingFields: [...new Set(limits.flatMap((limit) => limit.missingFields))],
    });
  }
  return limits
    .map((limit) => ({
      ...limit,
      tally: mergeAll(
        present.filter((format) => isAsCapable(format, limit)).map((format) => format.tally),
      ),
    }))
    .sort((one, other) => weighLimits(one) - weighLimits(other));
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

/** Every term that a need names, each for itself, so that one that is lost takes no other with it. */
export function listAskedTerms(request: ReadRequest): EventTypeTerm[] {
  const terms = request.needs.flatMap((need) =>
    need.eventTypes.kind === 'all' ? [] : need.eventTypes.terms,
  );
  const byText = new Map(terms.map((term) => [JSON.stringify(term), term]));
  return [...byText.values()];
}

export function touches(term: EventTypeTerm, types: EventTypeSet): boolean {
  const shared = intersectEventTypes({ kind: 'some', terms: [term] }, types);
  return shared.kind === 'all' || shared.terms.length > 0;
}

function isAsCapable(
  one: Pick<ArchiveLayer, 'cannotContain' | 'missingFields'>,
  other: Pick<ArchiveLayer, 'cannotContain' | 'missingFields'>,
): boolean {
  return (
    coversEventTypes(other.cannotContain, one.cannotContain) &&
    one.missingFields.every((field) => other.missingFields.includes(field))
  );
}

function weighLimits({ cannotContain, missingFields }: Omit<ArchiveLayer, 'tally'>): number {
  const terms = cannotContain.kind === 'all' ? 1000 : cannotContain.terms.length;
  return terms * 100 + missingFields.length;
}

function mergeAll(tallies: readonly EventTally[]): EventTally {
  const merged = startTally();
  for (const tally of tallies) mergeTally(merged, tally);
  return merged;
}
