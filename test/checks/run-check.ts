import type { Check } from '../../src/model/check.ts';
import { mayHoldType } from '../../src/model/event-type-set.ts';
import { type LogEvent, type RawEvent, readActor, readTargets } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import type { FollowUp } from '../../src/model/reading.ts';
import { isInside, type TimeWindow } from '../../src/model/time-window.ts';
import { toEvent } from './to-event.ts';

const ALL_TIME = { sinceMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY };

/** Runs a check over a log as an audit does: first what it needs, then what it follows. */
export function runCheck(
  check: Check,
  raws: readonly RawEvent[],
  silences: readonly TimeWindow[] = [],
): readonly Match[] {
  const events = raws.map(toEvent);
  const run = check.begin();
  for (const event of events) {
    if (mayHoldType(check.needs.eventTypes, event.eventType)) run.accept(event);
  }
  const followUps = run.follow?.() ?? [];
  for (const event of events) {
    if (followUps.some((followUp) => isFollowed(event, followUp))) run.accept(event);
  }
  return run.finish({ silences, covered: [ALL_TIME] });
}

function isFollowed(event: LogEvent, { field, values, window, eventTypes }: FollowUp): boolean {
  if (!isInside(window, event.publishedMs)) return false;
  if (eventTypes !== undefined && !mayHoldType(eventTypes, event.eventType)) return false;
  const ids =
    field === 'target.id' ? readTargets(event).map(({ id }) => id) : [readActor(event)?.id ?? null];
  return ids.some((id) => id !== null && values.includes(id));
}
