import { readPath, readRawText } from '../formats/read-raw-record.ts';

/** Types of which BigQuery gives the JSON of a value as text. */
const UNQUOTED: readonly unknown[] = [
  ...['BOOLEAN', 'BOOL', 'INTEGER', 'INT64', 'FLOAT', 'FLOAT64', 'JSON'],
];

/**
 * Gives the value of a cell as BigQuery answers it: structures are cells without their names, and all else is text.
 * Source: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/getQueryResults
 */
export function readTypedCell(cell: unknown, column: unknown): unknown {
  if (Array.isArray(cell)) return cell.map((each) => readTypedCell(readPath(each, 'v'), column));
  const [fields, cells] = [readPath(column, 'fields'), readPath(cell, 'f')];
  if (Array.isArray(fields) && Array.isArray(cells)) {
    return Object.fromEntries(
      fields.map((field, index) => [
        readPath(field, 'name'),
        readTypedCell(readPath(cells[index], 'v'), field),
      ]),
    );
  }
  return UNQUOTED.includes(readPath(column, 'type')) ? readRawText(cell) : cell;
}
