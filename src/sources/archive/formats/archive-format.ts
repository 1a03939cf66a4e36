import type { EventTypeSet } from '../../../model/event-type-set.ts';

/** One way in which tools write System Log events down. */
export interface ArchiveFormat {
  readonly id: string;
  /** As a person calls it, after "looks like". */
  readonly title: string;
  /** Says by content whether a parsed value is of this format. */
  recognise(value: unknown): boolean;
  /** Gives the System Log records inside, in the form that Okta's API has them. */
  unwrap(value: unknown): readonly unknown[];
  /** Types of which this format never holds an event, whatever happened. */
  readonly cannotContain: EventTypeSet;
  /** Dotted paths of the System Log record that this format does not keep. */
  readonly missingFields: readonly string[];
}
