import { countLostParts } from '../../../model/count-lost-parts.ts';
import type { RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';

/** Says how much a record lost on its way into a file: what its format does not keep, and what is not there. */
export function countLosses({
  format,
  record,
}: {
  readonly format: ArchiveFormat;
  readonly record: RawEvent;
}): number {
  return format.missingFields.length + countLostParts(record);
}
