import { MOST_EVENT_TYPES } from '../../model/event-type-set.ts';
import { type LogEvent, readTargets, readText } from '../../model/log-event.ts';
import type { FollowUp, ReadRequest } from '../../model/reading.ts';
import { rememberAnswers } from '../../model/remember-answers.ts';
import { isInside } from '../../model/time-window.ts';
import { findWantedWindows } from './scan/plan-sift.ts';

/** Gives the test whether an event is asked for: needed by type and time, followed, or in the window of a full pull. */
export function selectEvents(request: ReadRequest): (event: LogEvent) => boolean {
  const findWindows = rememberAnswers(
    (eventType: string) => findWantedWindows(request, eventType),
    MOST_EVENT_TYPES,
  );
  const followed = request.followUps.map((followUp) => ({
    followUp,
    values: new Set(
      isLogin(followUp.field)
        ? followUp.values.map((value) => value.toLowerCase())
        : followUp.values,
    ),
  }));
  return (event) =>
    findWindows(event.eventType).some((window) => isInside(window, event.publishedMs)) ||
    followed.some(({ followUp, values }) => isFollowed(event, followUp, values));
}

function isFollowed(event: LogEvent, followUp: FollowUp, values: ReadonlySet<string>): boolean {
  if (!isInside(followUp.window, event.publishedMs)) return false;
  return listValues(event, followUp.field).some((value) => value !== null && values.has(value));
}

/** What an event has at a field; logins in lower case, because Okta compares them so. */
function listValues(event: LogEvent, field: FollowUp['field']): (string | null)[] {
  switch (field) {
    case 'target.id':
      return readTargets(event).map((target) => target.id);
    case 'target.alternateId':
      return readTargets(event).map((target) => target.login?.toLowerCase() ?? null);
    case 'actor.alternateId':
      return [readText(event, field)?.toLowerCase() ?? null];
    default:
      return [readText(event, field)];
  }
}

function isLogin(field: FollowUp['field']): boolean {
  return field === 'actor.alternateId' || field === 'target.alternateId';
}
