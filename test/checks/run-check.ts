import type { Check } from '../../src/model/check.ts';
import { mayHoldType } from '../../src/model/event-type-set.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import type { TimeWindow } from '../../src/model/time-window.ts';
import { selectEvents } from '../../src/sources/archive/select-events.ts';
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
  const isFollowed = selectEvents({ window: ALL_TIME, needs: [], followUps, pull: 'targeted' });
  for (const event of events) {
    if (isFollowed(event)) run.accept(event);
  }
  return run.finish({ silences, covered: [ALL_TIME] });
}
