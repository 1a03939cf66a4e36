import type { EventTypeSet } from '../../../model/event-type-set.ts';
import type { RawEvent } from '../../../model/log-event.ts';

/** One way in which tools write System Log events down. */
export interface ArchiveFormat {
  readonly id: string;
  /** As a person calls it in a sentence. */
  readonly title: string;
  /** Says by content whether a parsed value is of this format. */
  recognise(value: RawEvent): boolean;
  /** Gives the System Log records inside, in the form that Okta's API has them; what is no record comes as it is. */
  unwrap(value: RawEvent): readonly unknown[];
  /** Gives the org of which a value is, by the name that this format has for it; null where it names none. */
  nameOrg?(value: RawEvent): string | null;
  /** Types of which this format never holds an event, whatever happened. */
  readonly cannotContain: EventTypeSet;
  /** Dotted paths of the System Log record that this format does not keep, with everything below them. */
  readonly missingFields: readonly string[];
  /** True where somebody chose which types it carries: a family that never appears may never have been sent. */
  readonly isSelective: boolean;
  /** True where the record stands in the line as Okta's JSON, so that lines may be sifted by their bytes. */
  readonly keepsBytes: boolean;
}
