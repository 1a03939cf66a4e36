import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/**
 * Gives the records of a value that is one or a list of them: arrays, and the envelopes that search APIs put around results.
 * What tools write among them to say that they are there or done holds none.
 */
export function unwrapLists(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unwrapLists);
  if (!isRecord(value)) return [value];
  if (isMarker(value)) return [];
  const hits = readPath(value, 'hits', 'hits');
  if (Array.isArray(hits)) return hits;
  const results = value['results'];
  if (Array.isArray(results) && results.every(isRecord) && !('eventType' in value)) return results;
  const data = value['data'];
  if (Array.isArray(data) && data.every(isRecord) && !('eventType' in value)) return data;
  return [value];
}

/** The end of a search in Splunk, and what CloudWatch sends to see whether its destination can be reached. */
function isMarker(value: RawEvent): boolean {
  return (
    (value['lastrow'] === true && !('result' in value)) ||
    value['messageType'] === 'CONTROL_MESSAGE'
  );
}
