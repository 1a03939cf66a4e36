import type { RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/**
 * Gives the rows of a table whose column names stand apart from them as an object each; null where the value is no such table. A
 * row of another length is given as it is, because nobody can tell which cell is whose.
 * Sources: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/api/response-format,
 * https://www.elastic.co/docs/reference/query-languages/esql/esql-rest
 */
export function readTable(value: RawEvent): readonly unknown[] | null {
  const columns = value['columns'] ?? value['fields'];
  const rows = value['rows'] ?? value['values'] ?? value['data'];
  if (!Array.isArray(columns) || !Array.isArray(rows) || !rows.every(Array.isArray)) return null;
  const names = columns.map((column: unknown) => readPath(column, 'name') ?? column);
  if (!names.every((name) => typeof name === 'string')) return null;
  return rows.map((row) =>
    row.length === names.length
      ? Object.fromEntries(names.map((name, index) => [name, row[index]]))
      : row,
  );
}
