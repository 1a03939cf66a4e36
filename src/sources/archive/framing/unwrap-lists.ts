import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';
import { readTable } from './read-table.ts';

/**
 * Gives the records of a value that is one or a list of them: arrays, and the envelopes that search APIs put around results.
 * What tools write among them to say that they are there or done holds none.
 */
export function unwrapLists(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unwrapLists);
  if (!isRecord(value)) return [value];
  if (isMarker(value)) return [];
  const { tables } = value;
  if (Array.isArray(tables)) return tables.flatMap(unwrapLists);
  const rows = readTable(value);
  if (rows !== null) return rows;
  const streams = readPath(value, 'data', 'result');
  if (Array.isArray(streams) && streams.every(isStream)) return streams.flatMap(readStream);
  const hits = readPath(value, 'hits', 'hits');
  if (Array.isArray(hits)) return hits;
  const results = value['results'];
  if (Array.isArray(results) && results.every(isRecord) && !('eventType' in value)) return results;
  if (Array.isArray(results) && results.every(isFieldList)) return results.map(toRow);
  const data = value['data'];
  if (Array.isArray(data) && data.every(isRecord) && !('eventType' in value)) return data;
  return [value];
}

interface Stream {
  readonly values: readonly (readonly unknown[])[];
}

/** What Loki answers for each set of labels. Source: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
function isStream(value: unknown): value is Stream {
  const values = readPath(value, 'values');
  return (
    readPath(value, 'stream') !== undefined && Array.isArray(values) && values.every(Array.isArray)
  );
}

/** A line stands behind its time. Labels that Loki found in it tell less than it does. */
function readStream({ values }: Stream): readonly unknown[] {
  return values.map(([, line]) => line);
}

type FieldList = readonly { readonly field: string; readonly value: unknown }[];

/** A row as CloudWatch Logs Insights answers it: an object for each column. */
function isFieldList(row: unknown): row is FieldList {
  return Array.isArray(row) && row.every((cell) => typeof readPath(cell, 'field') === 'string');
}

function toRow(row: FieldList): unknown {
  return Object.fromEntries(row.map(({ field, value }) => [field, value]));
}

/** The end of a search in Splunk, and what CloudWatch sends to see whether its destination can be reached. */
function isMarker(value: RawEvent): boolean {
  return (
    (value['lastrow'] === true && !('result' in value)) ||
    value['messageType'] === 'CONTROL_MESSAGE'
  );
}
