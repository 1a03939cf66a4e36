import { type LogEvent, parseLogEvent } from '../../../model/log-event.ts';
import { dropFillers } from './drop-fillers.ts';
import { dropTypes } from './drop-types.ts';
import { foldDebugData } from './fold-debug-data.ts';
import { restoreCase } from './restore-case.ts';
import { settlePublished } from './settle-published.ts';
import { settleUuid } from './settle-uuid.ts';
import { trimPadding } from './trim-padding.ts';
import { unfoldLists } from './unfold-lists.ts';
import { unfoldParts } from './unfold-parts.ts';

/** The event that a record is, whatever its export made of its texts, its time and its id; null where it is none. */
export function readEvent(record: unknown): LogEvent | null {
  const whole = foldDebugData(
    unfoldParts(unfoldLists(settlePublished(trimPadding(dropTypes(record))))),
  );
  const event = parseLogEvent(restoreCase(dropFillers(whole)));
  if (event === null) return null;
  const uuid = settleUuid(event.uuid);
  return uuid === event.uuid ? event : { ...event, uuid };
}
