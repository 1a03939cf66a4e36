import type { LogEvent } from '../../../model/log-event.ts';
import { type SearchPage, UNTOLD_TOTAL } from '../framing/read-search-page.ts';
import type { ArchiveStatement, StatementLine } from '../saved/archive-statement.ts';
import { type EventTally, startTally, tallyEvent } from './tally-events.ts';

/** Something in a file that could not be read as an event, and between which events it stands. */
export interface Damage {
  /** Byte in the decompressed file. */
  readonly offset: number;
  readonly reason: string;
  /** How many records were lost there, as far as is known. */
  readonly count: number;
  /** Whether it was lost at this place, to the end of the file, or nobody can tell where in the file. */
  readonly extent: 'here' | 'to-the-end' | 'anywhere';
  /** Time of the last event before it in the file; null at the front. */
  readonly beforeMs: number | null;
  /** Time of the first event after it in the file; null at the end. */
  afterMs: number | null;
}

/** Why records could not be read, where that tells what to do about it. */
export const FOREIGN = 'not an Okta event';
export const CUT_SHORT = 'is cut short';
export const STILL_GROWING = 'was still growing when it was read';

/** What one file gave: the counts, the times and the places that were lost. */
export interface FileReading {
  /** As a person would write it. */
  readonly name: string;
  /** How much its first record lost, where it was put off for that and nothing of it was taken; else 0. */
  losses: number;
  records: number;
  parsed: number;
  malformed: number;
  /** Of those, the ones that are whole records of another product. */
  others: number;
  readonly damages: Damage[];
  /** By format id; handed over once the file is read. */
  tallies: Map<string, EventTally>;
  firstMs: number | null;
  lastMs: number | null;
  /** Time of the event read first, and of the one read last. */
  openingMs: number | null;
  latestMs: number | null;
  /** The farthest that an event goes back behind, or lies before, its predecessors. */
  largestStepBackMs: number;
  largestStepForwardMs: number;
  /** Byte in the decompressed file up to which it was read. */
  endOffset: number;
  /** The first characters, to say what the file looks like. */
  front: string;
  /** Hits in saved pages of searches, by the total that the pages tell. */
  readonly searches: Map<number, number>;
  /** True where a record says that others like it were left out. */
  isSampled: boolean;
  /** Set for an archive that was saved from a live pull: it says itself what it covers. */
  saved: SavedPulls | null;
}

/** The pulls whose events a file holds: those that it begins, and those that it also ends. */
export interface SavedPulls {
  begun: number;
  /** Hosts of the orgs that were pulled from. */
  readonly orgs: Set<string>;
  readonly ended: ArchiveStatement[];
  /** The hours of all its events, added up as they are in a statement; known once the file is read. */
  hours: number;
  /** Statements that were found and not read yet. */
  readonly unread: unknown[];
}

/** Beyond this many located places a file is damaged as a whole. */
const MOST_DAMAGES = 200;

export function startFileReading(name: string): FileReading {
  return {
    name,
    losses: 0,
    records: 0,
    parsed: 0,
    malformed: 0,
    others: 0,
    damages: [],
    tallies: new Map(),
    firstMs: null,
    lastMs: null,
    openingMs: null,
    latestMs: null,
    largestStepBackMs: 0,
    largestStepForwardMs: 0,
    endOffset: 0,
    front: '',
    searches: new Map(),
    isSampled: false,
    saved: null,
  };
}

export function noteEvent(reading: FileReading, event: LogEvent, format: string): void {
  const { publishedMs } = event;
  tallyEvent(tallyOf(reading, format), publishedMs, event.eventType);
  noteTime(reading, publishedMs);
}

/** The tally of a format in this file, begun where there is none. */
export function tallyOf(reading: FileReading, format: string): EventTally {
  const known = reading.tallies.get(format);
  if (known !== undefined) return known;
  const tally = startTally();
  reading.tallies.set(format, tally);
  return tally;
}

/** Notes a record that is no event; only the first many are located one by one. */
export function noteMalformed(
  reading: FileReading,
  place: { readonly offset: number; readonly reason: string },
): void {
  reading.malformed += 1;
  noteDamage(reading, { ...place, count: 1, extent: 'here' });
}

/** Notes a whole record of another product: it is counted with those that are no events, and nothing of Okta was lost by it. */
export function noteOther(reading: FileReading): void {
  reading.records += 1;
  reading.malformed += 1;
  reading.others += 1;
}

/** Notes that many records at one place which cannot be told apart. */
export function noteLostRecords(
  reading: FileReading,
  lost: { readonly count: number; readonly offset: number; readonly reason: string },
): void {
  reading.records += lost.count;
  reading.malformed += lost.count;
  noteDamage(reading, { ...lost, extent: 'here' });
}

export function noteDamage(
  reading: FileReading,
  place: Pick<Damage, 'offset' | 'reason' | 'count' | 'extent'>,
): void {
  if (isDamagedThroughout(reading) && place.extent === 'here') return;
  reading.damages.push({ ...place, beforeMs: reading.latestMs, afterMs: null });
}

/** Of pages that tell no total the one behind all others says whether they are all. */
export function noteSearchPage({ searches }: FileReading, { hits, total }: SearchPage): void {
  const before = total === UNTOLD_TOTAL ? 0 : (searches.get(total) ?? 0);
  searches.set(total, before + hits);
}

export function startSavedPulls(): SavedPulls {
  return { begun: 0, orgs: new Set(), ended: [], hours: 0, unread: [] };
}

export function noteStatement(reading: FileReading, line: StatementLine): void {
  reading.saved ??= startSavedPulls();
  if (line.part === 'end') reading.saved.unread.push(line.content);
  else reading.saved.begun += 1;
  if (line.part === 'begin') reading.saved.orgs.add(line.source);
}

/** True where more places were lost than are located, or one could be anywhere. */
export function isDamagedThroughout({ damages }: FileReading): boolean {
  return damages.length > MOST_DAMAGES || damages.some(({ extent }) => extent === 'anywhere');
}

/** Notes the time of the event that comes next in the file. */
export function noteTime(reading: FileReading, publishedMs: number): void {
  for (let index = reading.damages.length - 1; index >= 0; index -= 1) {
    const damage = reading.damages[index];
    if (damage === undefined || damage.afterMs !== null) break;
    damage.afterMs = publishedMs;
  }
  const firstMs = reading.firstMs ?? publishedMs;
  const lastMs = reading.lastMs ?? publishedMs;
  reading.largestStepBackMs = Math.max(reading.largestStepBackMs, lastMs - publishedMs);
  reading.largestStepForwardMs = Math.max(reading.largestStepForwardMs, publishedMs - firstMs);
  reading.firstMs = Math.min(firstMs, publishedMs);
  reading.lastMs = Math.max(lastMs, publishedMs);
  reading.openingMs ??= publishedMs;
  reading.latestMs = publishedMs;
}
