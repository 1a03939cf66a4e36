import type { EventTypeTerm } from '../../../model/event-type-set.ts';
import { formatDaysAround } from '../../../model/format-days-around.ts';
import { formatSome } from '../../../model/format-some.ts';
import type { ReadRequest, SourceHole } from '../../../model/reading.ts';
import type { TimeWindow } from '../../../model/time-window.ts';
import { type ArchiveLayer, listAskedTerms, touches } from './archive-layers.ts';
import { listTypes, wasSeen } from './event-families.ts';
import type { Filtering } from './find-filtering.ts';
import { sayDuration } from './say-stretch.ts';

/** Types that the formats of a layer cannot hold, as holes. */
export function describeLimits(
  layer: ArchiveLayer,
  window: TimeWindow,
  request: ReadRequest,
): SourceHole[] {
  const { cannotContain } = layer;
  const terms = listAskedTerms(request).filter((term) => touches(term, cannotContain));
  if (terms.length === 0) return [];
  return [
    {
      window,
      eventTypes: { kind: 'some', terms },
      reason: `${layer.title} cannot hold every event of ${sayTerms(terms)}`,
      remedy: 'give an export of the System Log API or of a log stream, which leaves no type out',
    },
  ];
}

/** Where somebody chose what to send, a type that never came may never have been sent. */
export function describeSelection(
  layer: ArchiveLayer,
  window: TimeWindow,
  request: ReadRequest,
): SourceHole[] {
  const came = layer.selections.map((tally) => listTypes(tally.typesByDay));
  const terms = listAskedTerms(request).filter(
    (term) => !came.every((seen) => wasSeen(term, seen)),
  );
  if (terms.length === 0) return [];
  return [
    {
      window,
      eventTypes: { kind: 'some', terms },
      reason: `${layer.title} carry the types that they were set up for, and ${sayTerms(terms)} never came`,
      remedy: 'give an export of the System Log API or of a log stream, which leaves no type out',
    },
  ];
}

/** Who asks about a night asks for some two hundred types, and each check repeats the reason. */
const MOST_SAID = 12;

function sayTerms(terms: readonly EventTypeTerm[]): string {
  const names = terms.map((term) => term.eventType + (term.match === 'prefix' ? '*' : ''));
  const words = names.map((name) => (name === '*' ? 'any other type' : name));
  return formatSome([...new Set(words)], MOST_SAID, 'type');
}

/** What somebody seems to have left out before the export, as a hole. */
export function describeFiltering(
  named: string,
  { window, eventTypes, missing, silentMs }: Filtering,
): SourceHole {
  return {
    window,
    eventTypes,
    reason: `${named} holds no ${missing} for ${sayDuration(silentMs)}, though a tenant in use always has some: it may have been filtered before export`,
    remedy: `give an unfiltered export of ${formatDaysAround(window)}`,
  };
}
