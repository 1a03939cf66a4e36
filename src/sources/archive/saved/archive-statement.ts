import type { EventTypeSet } from '../../../model/event-type-set.ts';
import { isRecord } from '../../../model/log-event.ts';
import type {
  CoveredStretch,
  FollowUp,
  ReadRequest,
  SourceHole,
  SourceReading,
} from '../../../model/reading.ts';
import {
  formatInstant,
  intersectAll,
  type TimeWindow,
  uniteWindows,
} from '../../../model/time-window.ts';

/** What a saved archive says of itself in its last line: what its events are all of. */
export interface ArchiveStatement {
  readonly events: number;
  /** In which hours since the epoch they were, added up: one that is doubled makes up for none that is lost. Older archives say nothing. */
  readonly hours?: number | undefined;
  readonly covered: readonly CoveredStretch[];
  readonly holes: readonly SourceHole[];
  /** Drill-downs that were answered completely. */
  readonly followed: readonly FollowUp[];
}

/** A line of a saved archive that is no event: its first one, its last one, or one that cannot be understood. */
export type StatementLine =
  | { readonly part: 'begin'; readonly source: string }
  | { readonly part: 'unknown' }
  | { readonly part: 'end'; readonly content: unknown };

/** No System Log record has it. */
const KEY = 'oktaTenantAuditArchive';
const VERSION = 1;

/**
 * Says whether a value is a line of a saved archive that is no event; null where it is something else.
 * What the last line states is read when the file is: few archives have one, and reading it takes a library.
 */
export function findStatementLine(value: unknown): StatementLine | null {
  if (!isRecord(value)) return null;
  const content = value[KEY];
  // In a table every event has a cell for it, and nothing in it.
  if (content === undefined || content === null || content === '') return null;
  if (!isRecord(content) || content['version'] !== VERSION) return { part: 'unknown' };
  if (content['part'] === 'end') return { part: 'end', content };
  const { part, source } = content;
  return part === 'begin' && typeof source === 'string' ? { part, source } : { part: 'unknown' };
}

/** `source` is the host of the org. */
export function writeBeginLine(source: string): string {
  return toLine({ part: 'begin', source });
}

/** States what a read that succeeded has covered; what it lost, and what nobody asked for, is thereby not in the archive. */
export function writeEndLine({
  reading,
  request,
  events,
  hours,
}: {
  readonly reading: Pick<SourceReading, 'covered' | 'followed' | 'holes'>;
  readonly request: ReadRequest;
  readonly events: number;
  readonly hours: number;
}): string {
  const followed = (reading.followed ?? []).map((stretch) => stretch.window);
  return toLine({
    part: 'end',
    events,
    hours,
    covered: reading.covered.map(({ window, eventTypes, missingFields }) => ({
      ...sayWindow(window),
      types: sayTypes(eventTypes),
      missingFields,
    })),
    holes: reading.holes.map(({ window, eventTypes, ...told }) => ({
      ...sayWindow(window),
      types: sayTypes(eventTypes),
      ...told,
    })),
    followed: request.followUps.flatMap(({ field, values, window }) =>
      intersectAll([window], uniteWindows(followed)).map((part) => ({
        ...sayWindow(part),
        field,
        values,
      })),
    ),
  });
}

function toLine(content: Record<string, unknown>): string {
  return `${JSON.stringify({ [KEY]: { version: VERSION, ...content } })}\n`;
}

function sayWindow({ sinceMs, untilMs }: TimeWindow): { since: string; until: string } {
  return { since: formatInstant(sinceMs), until: formatInstant(untilMs) };
}

/** The words `eventType` and `published` stay out of it: by them the line scanner knows events. */
function sayTypes(eventTypes: EventTypeSet): unknown {
  if (eventTypes.kind === 'all') return 'all';
  return eventTypes.terms.map(({ match, eventType, narrowings }) => ({
    match,
    type: eventType,
    narrowings,
  }));
}
