import { DAY_MS } from '../../model/time-window.ts';
import type { TimeUnit } from '../expression/detection-expression.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?$/;
/** A time of day without a zone, which JavaScript takes for that of the machine. */
const WITHOUT_ZONE = /T[\d:.,]+$/;

/** A part of an ISO 8601 time in UTC, which is also the zone of one without; null where the text is none. Weeks are those of ISO 8601. */
export function readTimeUnit(text: string, unit: TimeUnit): number | null {
  const zoned = WITHOUT_ZONE.test(text) ? `${text}Z` : text;
  const instantMs = ISO_TIME.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(instantMs)) return null;
  const time = new Date(instantMs);
  switch (unit) {
    case 'minute':
      return time.getUTCMinutes();
    case 'hour':
      return time.getUTCHours();
    case 'day':
      return time.getUTCDate();
    case 'week':
      return isoWeekOf(time);
    case 'month':
      return time.getUTCMonth() + 1;
    case 'year':
      return time.getUTCFullYear();
  }
}

/** The week of the year that holds the Thursday of a day's week. */
function isoWeekOf(time: Date): number {
  const weekday = (time.getUTCDay() + 6) % 7;
  const thursdayMs = time.getTime() + (3 - weekday) * DAY_MS;
  const yearStartMs = Date.UTC(new Date(thursdayMs).getUTCFullYear(), 0, 1);
  return Math.floor((thursdayMs - yearStartMs) / (7 * DAY_MS)) + 1;
}
