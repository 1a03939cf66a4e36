import type { SupportInterval } from '../../model/support-access.ts';

/** What a reader must know about how these times were worked out, each once. */
export function listIntervalNotes(intervals: readonly SupportInterval[]): string[] {
  return [...new Set(intervals.flatMap(({ notes = [] }) => notes))];
}
