import type { FileReading } from './file-reading.ts';
import { type EventTally, mergeTally } from './tally-events.ts';

/** What the exports of an archive held together, by format id; saved pulls say themselves what they hold. */
export type ArchiveTallies = Map<string, EventTally>;

/**
 * Adds what a file held and lets go of what only its own reading needed: an archive may be a hundred thousand files, and some
 * kilobytes for each would be most of the memory that it takes.
 */
export function foldReading(tallies: ArchiveTallies, reading: FileReading): void {
  if (reading.firstMs !== null) reading.front = '';
  if (reading.saved !== null) return;
  for (const [format, tally] of reading.tallies) {
    const known = tallies.get(format);
    if (known === undefined) tallies.set(format, tally);
    else mergeTally(known, tally);
  }
  reading.tallies = NO_TALLIES;
}

const NO_TALLIES: FileReading['tallies'] = new Map();
