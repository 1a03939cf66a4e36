import { coversEventTypes, type EventTypeSet, mayShareEvents } from './event-type-set.ts';
import type { LogEvent } from './log-event.ts';
import { hullOf, type TimeWindow } from './time-window.ts';

/** Events of these types are wanted over this stretch of time. */
export interface Need {
  readonly eventTypes: EventTypeSet;
  readonly window: TimeWindow;
}

/** Fields by which everything around somebody can be asked for; by login where a person is known by nothing else. */
export const FOLLOW_UP_FIELDS = [
  'actor.id',
  'target.id',
  'actor.alternateId',
  'target.alternateId',
  'authenticationContext.externalSessionId',
  'client.ipAddress',
] as const;

/** Every event around one actor, target, session or address: a drill-down as data. */
export interface FollowUp {
  readonly field: (typeof FOLLOW_UP_FIELDS)[number];
  readonly values: readonly string[];
  readonly window: TimeWindow;
  /** Only events of these types; all types where absent. A source may give more. */
  readonly eventTypes?: EventTypeSet;
  /** Whoever asks sees nothing where something from here on is missing; before it lies what is only compared with. */
  readonly decidesSinceMs?: number;
}

/** What one check asked for after the first reading, and cannot be judged without. */
export interface FollowedNeed extends Need {
  readonly check: string;
}

export interface ReadRequest {
  /** What is asked about; with `pull: full` every event in it is read. */
  readonly window: TimeWindow;
  /** What the checks need, look-back and look-ahead included. */
  readonly needs: readonly Need[];
  readonly followUps: readonly FollowUp[];
  readonly pull: 'targeted' | 'full';
}

/** The stretch from the first to the last instant that anything is asked about. */
export function hullOfRequest({ window, needs }: ReadRequest): TimeWindow {
  return hullOf([window, ...needs.map((need) => need.window)]) ?? window;
}

/** The same, and what the drill-downs look at. */
export function hullOfReading(request: ReadRequest): TimeWindow {
  const asked = hullOfRequest(request);
  return hullOf([asked, ...request.followUps.map((one) => one.window)]) ?? asked;
}

/** A stretch in which every event of these types was read, if there was one. */
export interface CoveredStretch {
  readonly window: TimeWindow;
  readonly eventTypes: EventTypeSet;
  /** Dotted paths that this source's records cannot hold. */
  readonly missingFields: readonly string[];
}

/** Something that a source knows it did not read, in words for a person. */
export interface SourceHole {
  readonly window: TimeWindow;
  readonly eventTypes: EventTypeSet;
  readonly reason: string;
  readonly remedy: string;
  /** The source reaches there, and something of it got lost on the way: a page, a record, the whole source. */
  readonly wasLost?: true;
  /** Nothing less than all of these types was left out: who needs some of them was answered. */
  readonly onlyForAll?: true;
}

/** Whether something that needs these types may lack an event by a hole. */
export function concernsNeed(
  { eventTypes, onlyForAll }: Pick<SourceHole, 'eventTypes' | 'onlyForAll'>,
  needed: EventTypeSet,
): boolean {
  return onlyForAll ? coversEventTypes(needed, eventTypes) : mayShareEvents(eventTypes, needed);
}

export interface SourceCounts {
  /** Every record of the source, parsed or not. */
  readonly eventsRead: number;
  readonly eventsParsed: number;
  readonly malformed: number;
  readonly duplicates: number;
  readonly requests: number;
}

/** What a source has of every kind, asked for or not, in the time that was asked about; copies count too. */
export interface HeldRecords {
  /** Hours since the epoch that have any, in order, and how many. */
  readonly hours: readonly (readonly [hour: number, records: number])[];
  /** Families of event types in the order of the alphabet, and on how many days each came. */
  readonly families: readonly (readonly [family: string, days: number])[];
}

/** A file into which what was read was also written, for later audits. */
export interface SavedArchive {
  readonly path: string;
  readonly events: number;
  /** Of the file as it is stored. */
  readonly sha256: string;
}

/**
 * What one source gave and what it could not give.
 * A record that could not be read is in `counts.malformed`, and the time in which it may have happened is not in `covered`:
 * only the source can tell when that was, so nobody after it distrusts what it says it covered.
 */
export interface SourceReading {
  readonly kind: 'okta' | 'archive';
  /** Host of the org, or the archive as the user wrote it. */
  readonly name: string;
  readonly firstEventMs: number | null;
  readonly lastEventMs: number | null;
  readonly covered: readonly CoveredStretch[];
  /** Where everything was read that was followed; left out where nothing was. */
  readonly followed?: readonly CoveredStretch[];
  /** Event types that it does not vouch for after all, because another source has some that it lacks. */
  readonly doubted?: EventTypeSet;
  readonly holes: readonly SourceHole[];
  readonly counts: SourceCounts;
  /** Left out of the live log, which is asked for some types alone. */
  readonly held?: HeldRecords;
  /** Left out where nothing is saved. */
  readonly saved?: readonly SavedArchive[];
}

/** How many there were of something, over all sources. */
export function sumCounts(
  readings: readonly Pick<SourceReading, 'counts'>[],
  name: keyof SourceCounts,
): number {
  return readings.reduce((sum, { counts }) => sum + counts[name], 0);
}

/**
 * Where events come from: the live log, an archive, or later a warehouse.
 * `read` delivers batches as they come, each event once per source, and answers with what it covered. Also where nothing was
 * found it delivers from time to time, so that whoever wants no more can throw, and the read ends.
 * It throws only where it could not look at all; anything less is a hole in its answer.
 */
export interface EventSource {
  readonly kind: SourceReading['kind'];
  readonly name: string;
  /** Finds what there is to read, where it may have to wait for another source, and throws as `read` would. */
  open?(): Promise<void>;
  read(
    request: ReadRequest,
    deliver: (events: readonly LogEvent[]) => void,
  ): Promise<SourceReading>;
}

/** Told how far a long read is; draws a bar on a terminal and a line elsewhere. */
export interface Progress {
  start(task: string, total: number | null): void;
  advance(done: number, note?: string): void;
  finish(summary: string): void;
}
