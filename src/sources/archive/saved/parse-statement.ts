import { z } from 'zod';
import type { EventTypeSet } from '../../../model/event-type-set.ts';
import { NARROWING_FIELDS } from '../../../model/event-type-set.ts';
import { FOLLOW_UP_FIELDS } from '../../../model/reading.ts';
import type { ArchiveStatement } from './archive-statement.ts';

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
  events: z.int().nonnegative(),
  hours: z.int().optional(),
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
      .object({
        ...WINDOW,
        types: TYPES,
        reason: z.string(),
        remedy: z.string(),
        wasLost: z.literal(true).optional(),
        onlyForAll: z.literal(true).optional(),
      })
      .transform(({ since, until, types, reason, remedy, wasLost, onlyForAll }) => ({
        window: { sinceMs: since, untilMs: until },
        eventTypes: types,
        reason,
        remedy,
        ...(wasLost === true && { wasLost }),
        ...(onlyForAll === true && { onlyForAll }),
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

/** Parses what the last line of a saved archive states; null where it cannot be understood. */
export function parseStatement(content: unknown): ArchiveStatement | null {
  return STATEMENT.safeParse(content).data ?? null;
}
