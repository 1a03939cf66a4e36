import { DAY_MS } from '../model/time-window.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** What to write where `parseInstant` gives null. */
export const INSTANT_FORM =
  'write a date (2022-01-16) or an instant with its zone (2022-01-16T08:00Z)';

/** Which end of a window a date stands for: a date means its whole UTC day. */
export type WindowEnd = 'since' | 'until';

/**
 * Reads an ISO 8601 instant with its zone, or a date that means the whole UTC day, into epoch milliseconds.
 * `until: 2022-01-21` is 2022-01-22T00:00Z. Null where the text is neither, or no day of the calendar.
 */
export function parseInstant(text: string, end: WindowEnd): number | null {
  const isDate = DATE.test(text);
  if (!isDate && !INSTANT.test(text)) return null;
  if (!isCalendarDay(text.slice(0, 10))) return null;
  const instantMs = Date.parse(isDate ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(instantMs)) return null;
  return isDate && end === 'until' ? instantMs + DAY_MS : instantMs;
}

/** JavaScript reads 30 February as 2 March. */
function isCalendarDay(day: string): boolean {
  const dayMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(dayMs) && new Date(dayMs).toISOString().slice(0, 10) === day;
}
