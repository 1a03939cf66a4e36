import type { EventTypeSet } from './event-type-set.ts';
import type { LogEvent } from './log-event.ts';

/** Anything that is told about the events of some types as they stream by. */
export interface Listener {
  readonly eventTypes: EventTypeSet;
  accept(event: LogEvent): void;
}
