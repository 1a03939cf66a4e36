import { ALL_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { SourceHole } from '../../../model/reading.ts';
import type { TimeWindow } from '../../../model/time-window.ts';
import type { FileReading } from './file-reading.ts';

/**
 * Finds searches of which not every page was saved. Pages that tell the same total are taken for one search, in whatever files
 * they stand; when the events of the missing ones happened nobody can tell.
 */
export function findCutSearches(files: readonly FileReading[], window: TimeWindow): SourceHole[] {
  const hitsByTotal = new Map<number, number>();
  for (const { searches } of files) {
    for (const [total, hits] of searches) {
      hitsByTotal.set(total, (hitsByTotal.get(total) ?? 0) + hits);
    }
  }
  return [...hitsByTotal]
    .filter(([total, hits]) => hits < total)
    .map(([total, hits]) => ({
      window,
      eventTypes: ALL_EVENT_TYPES,
      reason: Number.isFinite(total)
        ? `the saved search found at least ${total} events, and the archive holds ${hits} of them`
        : 'the saved search gave up before it had looked everywhere',
      remedy: 'save every page of the search, or give an export',
    }));
}
