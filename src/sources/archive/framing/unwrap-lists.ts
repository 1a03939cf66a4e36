import { isRecord } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/**
 * Gives the records of a value that is one or a list of them: arrays, and the envelopes that search APIs put around results.
 */
export function unwrapLists(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unwrapLists);
  if (!isRecord(value)) return [value];
  const hits = readPath(value, 'hits', 'hits');
  if (Array.isArray(hits)) return hits;
  const results = value['results'];
  if (Array.isArray(results) && results.every(isRecord) && !('eventType' in value)) return results;
  const data = value['data'];
  if (Array.isArray(data) && data.every(isRecord) && !('eventType' in value)) return data;
  return [value];
}
