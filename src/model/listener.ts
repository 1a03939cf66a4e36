import type { EventTypeSet } from './event-type-set.ts';
import type { LogEvent } from './log-event.ts';

/** Takes one event. */
export type Acceptor = (event: LogEvent) => void;

/** Anything that is told about the events of some types as they stream by. */
export interface Listener {
  readonly eventTypes: EventTypeSet;
  accept(event: LogEvent): void;
  /** How it takes events of one type, for those that ask once a type; null where none of them concerns it. */
  acceptorOf?(eventType: string): Acceptor | null;
}
