import { z } from 'zod';
import type { EventTypeSet } from '../../../model/event-type-set.ts';
import { NARROWING_FIELDS } from '../../../model/event-type-set.ts';
import { isRecord } from '../../../model/log-event.ts';
import {
  type CoveredStretch,
  FOLLOW_UP_FIELDS,
  type FollowUp,
  type ReadRequest,
  type SourceHole,
  type SourceReading,
} from '../../../model/reading.ts';
import { formatInstant, subtractWindows, type TimeWindow } from '../../../model/time-window.ts';

/** What a saved archive says of itself in its last line: what its events are all of. */
export interface ArchiveStatement {
  readonly events: number;
  readonly covered: readonly CoveredStretch[];
  readonly holes: readonly SourceHole[];
  /** Drill-downs that were answered completely. */
  readonly followed: readonly FollowUp[];
}

/** A line of a saved archive that is no event: its first one, its last one, or one that cannot be understood. */
export type StatementLine =
  | { readonly part: 'begin' }
  | { readonly part: 'end'; readonly statement: ArchiveStatement }
  | { readonly part: 'unknown' };

/** No System Log record has it. */
const KEY = 'oktaTenantAuditArchive';
const VERSION = 1;

const INSTANT = z.iso.datetime().transform((text) => Date.parse(text));
const WINDOW = { since: INSTANT, until: INSTANT };
const TERM = z
  .object({
    match: z.enum(['exact', 'prefix']),
    type: z.string(),
    narrowings: z.array(z.object({ field: z.enum(NARROWING_FIELDS), values: z.array(z.string()) })),
  })
  .transform(({ match, type, narrowings }) => ({ match, eventType: type, narrowings }));
const TYPES = z
  .union([z.literal('all'), z.array(TERM)])
  .transform(
    (types): EventTypeSet => (types === 'all' ? { kind: 'all' } : { kind: 'some', terms: types }),
  );
const STATEMENT = z.object({
  version: z.literal(VERSION),
  part: z.literal('end'),
  events: z.int().nonnegative(),
  covered: z.array(
    z
      .object({ ...WINDOW, types: TYPES, missingFields: z.array(z.string()) })
      .transform(({ since, until, types, missingFields }) => ({
        window: { sinceMs: since, untilMs: until },
        eventTypes: types,
        missingFields,
      })),
  ),
  holes: z.array(
    z
      .object({ ...WINDOW, types: TYPES, reason: z.string(), remedy: z.string() })
      .transform(({ since, until, types, reason, remedy }) => ({
        window: { sinceMs: since, untilMs: until },
        eventTypes: types,
        reason,
        remedy,
      })),
  ),
  followed: z.array(
    z
      .object({ ...WINDOW, field: z.enum(FOLLOW_UP_FIELDS), values: z.array(z.string()) })
      .transform(({ since, until, field, values }) => ({
        field,
        values,
        window: { sinceMs: since, untilMs: until },
      })),
  ),
});

/** Reads a line of a saved archive that is no event; null where the value is something else. */
export function readStatementLine(value: unknown): StatementLine | null {
  if (!isRecord(value) || !Object.hasOwn(value, KEY)) return null;
  const content = value[KEY];
  if (!isRecord(content) || content['version'] !== VERSION) return { part: 'unknown' };
  if (content['part'] === 'begin') return { part: 'begin' };
  const parsed = STATEMENT.safeParse(content);
  return parsed.success ? { part: 'end', statement: parsed.data } : { part: 'unknown' };
}

export function writeBeginLine(source: string): string {
  return toLine({ part: 'begin', source });
}

/** States what a read that succeeded has covered; what it lost, and what nobody asked for, is thereby not in the archive. */
export function writeEndLine({
  reading,
  request,
  events,
}: {
  readonly reading: Pick<SourceReading, 'covered' | 'holes'>;
  readonly request: ReadRequest;
  readonly events: number;
}): string {
  const lost = reading.holes.map((hole) => hole.window);
  return toLine({
    part: 'end',
    events,
    covered: reading.covered.map(({ window, eventTypes, missingFields }) => ({
      ...sayWindow(window),
      types: sayTypes(eventTypes),
      missingFields,
    })),
    holes: reading.holes.map(({ window, eventTypes, reason, remedy }) => ({
      ...sayWindow(window),
      types: sayTypes(eventTypes),
      reason,
      remedy,
    })),
    followed: request.followUps.flatMap(({ field, values, window }) =>
      subtractWindows(window, lost).map((part) => ({ ...sayWindow(part), field, values })),
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
