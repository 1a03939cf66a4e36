import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';
import { listAnswers } from './list-answers.ts';
import { readNamedColumns, readTable } from './read-table.ts';

/**
 * Gives the records of a value that is one or a list of them: arrays, and the envelopes that search APIs put around results.
 * What tools write among them to say that they are there or done holds none.
 */
export function unwrapLists(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unwrapLists);
  if (!isRecord(value)) return [value];
  if (isMarker(value)) return [];
  const answers = listAnswers(value);
  if (answers !== null) return answers.flatMap(unwrapLists);
  const tables = value['tables'] ?? listResults(value['Tables']);
  if (Array.isArray(tables)) return tables.flatMap(unwrapLists);
  const rows = readTable(value) ?? readNamedColumns(value);
  if (rows !== null) return rows;
  const streams = readPath(value, 'data', 'result');
  if (Array.isArray(streams) && streams.every(isStream)) return streams.flatMap(readStream);
  const hits = readPath(value, 'hits', 'hits');
  if (Array.isArray(hits)) return hits;
  const nodes = findNodes(value['data'], MOST_NESTED);
  if (nodes !== null) return nodes;
  const results = value['results'];
  if (Array.isArray(results) && results.every(isRecord) && !('eventType' in value)) return results;
  if (Array.isArray(results) && results.every(isFieldList)) return results.map(toRow);
  // Datadog's two APIs.
  const data = value['data'] ?? value['logs'];
  if (Array.isArray(data) && data.every(isRecord) && !('eventType' in value)) return data;
  return [value];
}

/**
 * The tables in which Data Explorer answers a query, without those about it: of three or more the last tells which they are.
 * Source: https://learn.microsoft.com/en-us/kusto/api/rest/response
 */
function listResults(tables: unknown): unknown {
  const contents: unknown = Array.isArray(tables) && tables.length > 2 ? tables.at(-1) : null;
  const rows = isRecord(contents) ? readTable(contents) : null;
  if (!Array.isArray(tables) || rows === null) return tables;
  const results = tables.filter((_, index) =>
    rows.some(
      (row) => readPath(row, 'Ordinal') === index && readPath(row, 'Kind') === 'QueryResult',
    ),
  );
  return results.length === 0 ? tables : results;
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

/** Queries of Panther name their answer, and its results. */
const MOST_NESTED = 3;

/** The nodes of the first connection in what GraphQL answers. Source: https://relay.dev/graphql/connections.htm */
function findNodes(value: unknown, depth: number): readonly unknown[] | null {
  if (!isRecord(value)) return null;
  const { edges } = value;
  if (Array.isArray(edges) && edges.every(hasNode)) return edges.map(({ node }) => node);
  if (depth === 0) return null;
  for (const inner of Object.values(value)) {
    const nodes = findNodes(inner, depth - 1);
    if (nodes !== null) return nodes;
  }
  return null;
}

function hasNode(edge: unknown): edge is { readonly node: RawEvent } {
  return isRecord(readPath(edge, 'node'));
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
    value['messageType'] === 'CONTROL_MESSAGE' ||
    isFrameWithoutResult(value)
  );
}

/**
 * What Data Explorer answers about a query, frame by frame. Rows that it sends before it knows them all have no kind.
 * Source: https://learn.microsoft.com/en-us/kusto/api/rest/response-v2
 */
function isFrameWithoutResult(value: RawEvent): boolean {
  const { FrameType: frame, TableKind: kind = 'PrimaryResult' } = value;
  return typeof frame === 'string' && (kind !== 'PrimaryResult' || !('Rows' in value));
}
