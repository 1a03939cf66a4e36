import type { EventTypeSet } from '../../../model/event-type-set.ts';
import type { TimeWindow } from '../../../model/time-window.ts';

/** One bounded query with all its pages. */
export interface Stream {
  readonly window: TimeWindow;
  /** Null asks for every event. */
  readonly filter: string | null;
  /** What has been read completely once the stream has. */
  readonly gives: EventTypeSet;
  /** What may be missing where a part of it fails. */
  readonly loses: EventTypeSet;
}

/** A stream of types that were asked for by name. */
export interface TypeStream extends Stream {
  readonly filter: string;
}
