import { type LogEvent, parseLogEvent, type RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';

/** Parses a record that a test built, which therefore is one. */
export function toEvent(raw: RawEvent): LogEvent {
  const event = parseLogEvent(raw);
  if (event === null) throw new Error('The test built something that is no event.');
  return event;
}

/** What a rule without anything to say for itself makes of one event. */
export function toMatch(event: LogEvent, ...others: readonly LogEvent[]): Match {
  return {
    events: [event, ...others],
    anchor: event,
    group: null,
    facts: {},
    circumstances: [],
    attribution: null,
  };
}
