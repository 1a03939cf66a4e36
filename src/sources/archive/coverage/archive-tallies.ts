import { DAY_MS } from '../../../model/time-window.ts';
import { ARCHIVE_FORMATS } from '../formats/archive-formats.ts';
import { FLATTENED_RECORD } from '../formats/flattened-record.ts';
import type { FileReading, SavedPulls } from './file-reading.ts';
import { listLost } from './list-lost.ts';
import { type NamedSelection, nameSelection } from './read-selection.ts';
import { type EventTally, mergeTally, mergeTimes, startTally } from './tally-events.ts';

/** What the files of one format held together that lost the same parts of the record, and in which the same events were picked. */
export interface FormatTally {
  readonly formatId: string;
  /** By what somebody seems to have picked among the events of each of the files; null where nothing speaks for it. */
  readonly picked: NamedSelection['by'] | null;
  readonly tally: EventTally;
}

/** What the files of an archive held. */
export interface ArchiveTallies {
  /** By format, losses and selection. */
  readonly exports: Map<string, FormatTally>;
  /** Of saved pulls, which say themselves what they cover. */
  readonly saved: EventTally;
}

export function startTallies(): ArchiveTallies {
  return { exports: new Map(), saved: startTally() };
}

/**
 * Adds what a file held and lets go of what only its own reading needed: an archive may be a hundred thousand files, and some
 * kilobytes for each would be most of the memory that it takes.
 */
export function foldReading(tallies: ArchiveTallies, reading: FileReading): void {
  if (reading.firstMs !== null) reading.front = '';
  if (reading.saved === null) foldExport(tallies.exports, reading);
  else foldSaved(tallies.saved, reading.saved, reading);
  reading.tallies = NO_TALLIES;
}

function foldSaved(saved: EventTally, pulls: SavedPulls, { tallies }: FileReading): void {
  for (const tally of tallies.values()) {
    mergeTimes(saved, tally);
    for (const [hour, { events }] of tally.hours) pulls.hours += hour * events;
  }
}

function foldExport(tallies: ArchiveTallies['exports'], reading: FileReading): void {
  spreadFlattening(reading.tallies);
  for (const [formatId, tally] of reading.tallies) {
    const selection = isLong(reading) ? nameSelection(tally) : null;
    const key = [formatId, ...listLost(tally).sort(), selection?.name ?? []].flat().join(' ');
    const known = tallies.get(key);
    const picked = selection?.by ?? null;
    if (known === undefined) tallies.set(key, { formatId, picked, tally });
    else mergeTally(known.tally, tally);
  }
}

/** Of an hour of the night or a Sunday, all events may well be of one family, or of the one account that never sleeps. */
function isLong({ firstMs, lastMs }: FileReading): boolean {
  return firstMs !== null && lastMs !== null && lastMs - firstMs >= DAY_MS;
}

/**
 * A flattened row that nobody asked for is left out by its bytes as a whole record is: where a file holds both, nobody can
 * tell which of them its times are of, and all count for what the rows kept.
 */
function spreadFlattening(tallies: FileReading['tallies']): void {
  const flattened = tallies.get(FLATTENED_RECORD.id);
  if (flattened === undefined) return;
  for (const { id } of ARCHIVE_FORMATS.filter(({ keepsBytes }) => keepsBytes)) {
    const tally = tallies.get(id);
    if (tally !== undefined) mergeTimes(flattened, tally);
    tallies.delete(id);
  }
}

const NO_TALLIES: FileReading['tallies'] = new Map();
