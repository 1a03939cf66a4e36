import { MOST_EVENT_TYPES, mayHoldType } from '../../../model/event-type-set.ts';
import type { ReadRequest } from '../../../model/reading.ts';
import { rememberAnswers } from '../../../model/remember-answers.ts';
import { ALL_TIME, type TimeWindow, uniteWindows } from '../../../model/time-window.ts';
import { EVENT_HOOK_TYPE } from '../formats/read-raw-record.ts';

/** Which lines are to be parsed. */
export interface SiftPlan {
  /** Values around which everything is asked for; logins in lower case, as they are compared. */
  readonly ids: readonly string[];
  /** When events with one of the ids are wanted. */
  readonly idWindows: readonly TimeWindow[];
  /** When events of a type are wanted. */
  findWindows(eventType: string): readonly TimeWindow[];
}

export function planSift(request: ReadRequest): SiftPlan {
  const { followUps } = request;
  const ids = followUps.flatMap(({ values }) => values.map((value) => value.toLowerCase()));
  return {
    ids: [...new Set(ids)],
    idWindows: uniteWindows(followUps.map(({ window }) => window)),
    findWindows: rememberAnswers(
      (eventType) => findWantedWindows(request, eventType),
      MOST_EVENT_TYPES,
    ),
  };
}

/** The stretches in which events of a type are asked for, follow-ups aside. */
export function findWantedWindows(request: ReadRequest, eventType: string): TimeWindow[] {
  if (eventType === EVENT_HOOK_TYPE) return [ALL_TIME];
  const windows = request.needs
    .filter((need) => mayHoldType(need.eventTypes, eventType))
    .map((need) => need.window);
  return uniteWindows(request.pull === 'full' ? [...windows, request.window] : windows);
}
