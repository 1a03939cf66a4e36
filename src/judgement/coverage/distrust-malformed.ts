import { ALL_EVENT_TYPES } from '../../model/event-type-set.ts';
import type { SourceReading } from '../../model/reading.ts';
import { count } from '../format-time.ts';

/**
 * A source that counts records it could not read but names no hole for them does not know when they happened:
 * then no stretch of it is complete.
 */
export function distrustMalformed(reading: SourceReading): SourceReading {
  const { counts, covered, holes, name } = reading;
  if (counts.malformed === 0 || holes.length > 0) return reading;
  const reason = `${count(counts.malformed, 'record')} of ${name} could not be read`;
  const remedy = `give ${name} again, undamaged`;
  return {
    ...reading,
    covered: [],
    holes: covered.map(({ window }) => ({ window, eventTypes: ALL_EVENT_TYPES, reason, remedy })),
  };
}
