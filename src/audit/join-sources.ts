import type { LogEvent } from '../model/log-event.ts';
import type { ReadRequest, SourceReading } from '../model/reading.ts';
import { doubtArchive, type LiveEvent } from './doubt-archive.ts';

type SourceKind = SourceReading['kind'];

/** Several sources as one. */
export interface JoinedSources {
  /** Takes what one of them delivers, the live log first, and hands every event on once. */
  accept(kind: SourceKind, event: LogEvent): void;
  /** What a source said of itself, with what the others show of it. */
  review(reading: SourceReading, request: ReadRequest): SourceReading;
}

const SECOND_MS = 1000;

/** A single source has nothing to be joined with, and may give millions of events. */
export function passOn(deliver: (event: LogEvent) => void): JoinedSources {
  return {
    accept: (_, event) => deliver(event),
    review: (reading) => reading,
  };
}

/**
 * Joins the live log and an archive, which may hold the same events, and remembers what the archive lacks of them. Of two copies
 * the first is handed on: an export may have left half of one out, masked its address, or been written by others than Okta. An
 * archive that renamed the ids of its events has one of the live log where it has the type in the same second.
 */
export function joinSources(deliver: (event: LogEvent) => void): JoinedSources {
  const heardFrom = new Map<string, SourceKind | 'both'>();
  const secondsByType = new Map<string, Set<number>>();
  const live: Omit<LiveEvent, 'isArchived'>[] = [];

  function noteKind(kind: SourceKind, { uuid, eventType, publishedMs }: LogEvent): void {
    if (kind === 'okta') {
      live.push({ uuid, eventType, publishedMs });
      return;
    }
    const seconds = secondsByType.get(eventType) ?? new Set();
    secondsByType.set(eventType, seconds.add(Math.floor(publishedMs / SECOND_MS)));
  }

  function isArchived(event: (typeof live)[number]): boolean {
    if (heardFrom.get(keyOf(event)) === 'both') return true;
    const { eventType, publishedMs } = event;
    const second = Math.floor(publishedMs / SECOND_MS);
    return secondsByType.get(eventType)?.has(second) === true;
  }

  return {
    accept: (kind, event) => {
      const key = keyOf(event);
      const before = heardFrom.get(key);
      noteKind(kind, event);
      heardFrom.set(key, before === undefined || before === kind ? kind : 'both');
      if (before === undefined) deliver(event);
    },
    review: (reading, request) => {
      if (reading.kind !== 'archive') return reading;
      return doubtArchive({
        reading,
        request,
        live: live.map((event) => ({ ...event, isArchived: isArchived(event) })),
      });
    },
  };
}

/** A record that bears the id of another event, whoever wrote it, is no copy of that one. */
function keyOf({ uuid, eventType }: Pick<LogEvent, 'uuid' | 'eventType'>): string {
  return `${eventType} ${uuid}`;
}
