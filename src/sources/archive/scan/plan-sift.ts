import { mayHoldType } from '../../../model/event-type-set.ts';
import type { FollowUp, ReadRequest } from '../../../model/reading.ts';
import { type TimeWindow, uniteWindows } from '../../../model/time-window.ts';
import { EVENT_HOOK_TYPE } from '../formats/read-raw-record.ts';
import { PLAIN_TEXT } from './line-scanner.ts';

/** What a line that was not parsed must not be. */
export interface SiftPlan {
  /** Values whose lines are always parsed. */
  readonly ids: readonly string[];
  /** When events of a type are wanted. */
  findWindows(eventType: string): readonly TimeWindow[];
}

const ALL_TIME: TimeWindow = {
  sinceMs: Number.NEGATIVE_INFINITY,
  untilMs: Number.POSITIVE_INFINITY,
};

/** The fields whose keys a scanner looks at. */
const SOUGHT_FIELDS: readonly FollowUp['field'][] = [
  'actor.id',
  'target.id',
  'authenticationContext.externalSessionId',
  'client.ipAddress',
];

/** Gives the plan for a request, or null where its ids cannot be looked for by their bytes: then every line is parsed. */
export function planSift(request: ReadRequest): SiftPlan | null {
  if (!request.followUps.every(({ field }) => SOUGHT_FIELDS.includes(field))) return null;
  const ids = [...new Set(request.followUps.flatMap((followUp) => followUp.values))];
  if (!ids.every((id) => PLAIN_TEXT.test(id))) return null;
  return { ids, findWindows: (eventType) => findWantedWindows(request, eventType) };
}

/** The stretches in which events of a type are asked for, follow-ups aside. */
export function findWantedWindows(request: ReadRequest, eventType: string): TimeWindow[] {
  if (eventType === EVENT_HOOK_TYPE) return [ALL_TIME];
  const windows = request.needs
    .filter((need) => mayHoldType(need.eventTypes, eventType))
    .map((need) => need.window);
  return uniteWindows(request.pull === 'full' ? [...windows, request.window] : windows);
}
