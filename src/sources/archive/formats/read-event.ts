import { type LogEvent, parseLogEvent } from '../../../model/log-event.ts';
import { dropFillers } from './drop-fillers.ts';
import { dropTypes } from './drop-types.ts';
import { foldDebugData } from './fold-debug-data.ts';
import { restoreCase } from './restore-case.ts';
import { settleNetwork } from './settle-network.ts';
import { settlePublished } from './settle-published.ts';
import { settleUuid } from './settle-uuid.ts';
import { trimPadding } from './trim-padding.ts';
import { unfoldLists } from './unfold-lists.ts';
import { unfoldParts } from './unfold-parts.ts';

/** What gives back what stores and tools did to a record, in an order in which each finds what it looks for. */
const RESTORERS: readonly ((record: unknown) => unknown)[] = [
  dropTypes,
  trimPadding,
  settlePublished,
  unfoldLists,
  unfoldParts,
  foldDebugData,
  dropFillers,
  restoreCase,
  settleNetwork,
];

/** The event that a record is, whatever its export made of its texts, its time and its id; null where it is none. */
export function readEvent(record: unknown): LogEvent | null {
  let restored = record;
  for (const restore of RESTORERS) restored = restore(restored);
  const event = parseLogEvent(restored);
  if (event === null) return null;
  const uuid = settleUuid(event.uuid);
  return uuid === event.uuid ? event : { ...event, uuid };
}
