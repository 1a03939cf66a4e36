import { rememberAnswers } from '../../model/remember-answers.ts';
import {
  formatUtcClock,
  formatUtcDay,
  isSameUtcDay,
  MINUTE_MS,
  startOfUtcDay,
} from '../../model/time-window.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `2022-01-18 14:05`, in UTC. */
export function formatMinute(instantMs: number): string {
  return `${formatDate(instantMs)} ${formatUtcClock(instantMs)}`;
}

/** `2022-01-18`, each day written once: reports name the same few days thousands of times. */
function formatDate(instantMs: number): string {
  return writeDay(startOfUtcDay(instantMs));
}

const writeDay: (dayMs: number) => string = rememberAnswers(formatUtcDay);

/** `2022-01-18 14:05:31`, in UTC. */
export function formatSecond(instantMs: number): string {
  const second = Math.floor(instantMs / 1_000) % 60;
  return `${formatDate(instantMs)} ${formatUtcClock(instantMs)}:${pad((second + 60) % 60)}`;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** `21 January 2022`. */
export function formatDay(instantMs: number): string {
  const date = new Date(instantMs);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** `21 January 2022, 10:14 UTC`. */
export function formatMoment(instantMs: number): string {
  return `${formatDay(instantMs)}, ${formatUtcClock(instantMs)} UTC`;
}

/** `21 January 2022, 10:14 to 10:31 UTC`; one moment where both are the same minute. */
export function formatSpan(firstMs: number, lastMs: number): string {
  if (Math.floor(firstMs / MINUTE_MS) === Math.floor(lastMs / MINUTE_MS)) {
    return formatMoment(firstMs);
  }
  return isSameUtcDay(firstMs, lastMs)
    ? `${formatDay(firstMs)}, ${formatUtcClock(firstMs)} to ${formatUtcClock(lastMs)} UTC`
    : `${formatDay(firstMs)}, ${formatUtcClock(firstMs)} to ${formatMoment(lastMs)}`;
}
