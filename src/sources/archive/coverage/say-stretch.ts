import { formatWindow } from '../../../model/format-window.ts';
import {
  formatUtcMinute,
  HOUR_MS,
  MINUTE_MS,
  type TimeWindow,
} from '../../../model/time-window.ts';

/** `2022-01-16 03:12 to 2022-01-17 04:00 UTC`, in whole minutes that hold all of it: an export of just these lacks nothing. */
export function sayWindow({ sinceMs, untilMs }: TimeWindow): string {
  return `${formatWindow({ sinceMs, untilMs: roundUp(untilMs) })} UTC`;
}

/** `2022-01-17 04:00 UTC`, never before the end itself. */
export function sayEnd(untilMs: number): string {
  return `${formatUtcMinute(roundUp(untilMs))} UTC`;
}

function roundUp(instantMs: number): number {
  return Math.ceil(instantMs / MINUTE_MS) * MINUTE_MS;
}

/** `23 hours`, below three `43 minutes`, and from three days on `3 days`; a silence of whole hours lacks the millisecond of the event before it. */
export function sayDuration(lengthMs: number): string {
  const hours = Math.floor((lengthMs + 1) / HOUR_MS);
  if (hours < 3) return `${Math.floor((lengthMs + 1) / MINUTE_MS)} minutes`;
  return hours < 72 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
