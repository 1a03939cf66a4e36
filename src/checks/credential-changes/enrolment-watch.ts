import type { ReadingExtent } from '../../model/check.ts';
import { LATE_DELIVERY_MS } from '../../model/live-log.ts';
import { isAttempt, type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import { HOUR_MS, subtractWindows, type TimeWindow } from '../../model/time-window.ts';
import { keyOf } from '../name-party.ts';
import { createTimesByKey } from '../times-by-key.ts';

/** Somebody whose phone was replaced enrols the new one within this time; who does not stays weaker than before. */
export const RE_ENROLMENT_MS = 12 * HOUR_MS;

const ENROLMENT_TYPES = [
  'user.mfa.factor.activate',
  'user.mfa.factor.unsuspend',
  'user.credential.enroll',
  'device.enrollment.create',
];
/** Somebody who leaves loses the factors for good. */
const DEPARTURE_TYPES = [
  'user.lifecycle.deactivate',
  'user.lifecycle.suspend',
  'user.lifecycle.delete.initiated',
];

export const ENROLMENT_WATCH_TYPES: readonly string[] = [...ENROLMENT_TYPES, ...DEPARTURE_TYPES];

export type Aftermath =
  | { readonly kind: 'enrolled' | 'left'; readonly atMs: number }
  /** Nothing within 12 hours. */
  | { readonly kind: 'nothing' }
  /** Nothing, but not all of the 12 hours was read. */
  | { readonly kind: 'unread' }
  /** The 12 hours are not over. */
  | { readonly kind: 'too-early' };

export interface EnrolmentWatch {
  accept(event: LogEvent): void;
  /** What became of a person whose factor was removed at a time, as far as it was read; all of it unless told otherwise. */
  findAftermath(person: string, removedMs: number, reading?: ReadingExtent): Aftermath;
}

/** Remembers per person when a factor was enrolled or the account was closed: two numbers an event. */
export function beginEnrolmentWatch({ nowMs }: { readonly nowMs: number }): EnrolmentWatch {
  const enrolments = createTimesByKey();
  const departures = createTimesByKey();
  return {
    accept(event) {
      if (isAttempt(event)) return;
      const isEnrolment = ENROLMENT_TYPES.includes(event.eventType);
      if (!isEnrolment && !DEPARTURE_TYPES.includes(event.eventType)) return;
      const person = keyOf(readTargetUser(event)) ?? keyOf(readActor(event));
      if (person === null) return;
      (isEnrolment ? enrolments : departures).add(person, event.publishedMs);
    },
    findAftermath(person, removedMs, reading) {
      const untilMs = removedMs + RE_ENROLMENT_MS;
      const enrolledMs = enrolments.findFirst(person, removedMs, untilMs);
      if (enrolledMs !== null) return { kind: 'enrolled', atMs: enrolledMs };
      const leftMs = departures.findFirst(person, removedMs - RE_ENROLMENT_MS, untilMs);
      if (leftMs !== null) return { kind: 'left', atMs: leftMs };
      // The newest minutes of the log do not count as silence.
      if (untilMs > nowMs - LATE_DELIVERY_MS) return { kind: 'too-early' };
      return { kind: wasRead({ sinceMs: removedMs, untilMs }, reading) ? 'nothing' : 'unread' };
    },
  };
}

function wasRead(window: TimeWindow, reading: ReadingExtent | undefined): boolean {
  return reading === undefined || subtractWindows(window, reading.covered).length === 0;
}
