import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';
import { readTypedCell } from './read-typed-cell.ts';

/**
 * Where ES|QL, Log Analytics, Splunk, ClickHouse, OpenSearch, Data Explorer, Redshift, BigQuery, Snowflake, Databricks and Athena
 * name the columns.
 */
const COLUMNS: readonly (readonly string[])[] = [
  ...[['columns'], ['fields'], ['meta'], ['schema'], ['Columns'], ['ColumnMetadata']],
  ...[
    ['schema', 'fields'],
    ['resultSetMetaData', 'rowType'],
    ['manifest', 'schema', 'columns'],
    ['ResultSet', 'ResultSetMetadata', 'ColumnInfo'],
  ],
];
const ROWS: readonly (readonly string[])[] = [
  ...[['rows'], ['values'], ['data'], ['datarows'], ['Rows'], ['Records']],
  ...[
    ['result', 'data_array'],
    ['ResultSet', 'Rows'],
  ],
];

/**
 * Gives the rows of a table whose column names stand apart from them as an object each; null where the value is no such table. A
 * row of another length is given as it is, because nobody can tell which cell is whose. Athena repeats the names as a first row, and
 * Data Explorer puts the errors that ended a query behind the last.
 * Sources: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/api/response-format,
 * https://www.elastic.co/docs/reference/query-languages/esql/esql-rest,
 * https://learn.microsoft.com/en-us/kusto/api/rest/response, https://opensearch.org/docs/latest/search-plugins/sql/sql-ppl-api/,
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
export function readTable(value: RawEvent): readonly unknown[] | null {
  const turned = turnColumns(value);
  if (turned !== null) return readTable(turned);
  const columns = findList(value, COLUMNS);
  const rows = findList(value, ROWS)
    ?.filter((row) => !isRowOfErrors(row))
    .map((row) => readCells(row, columns ?? []));
  if (columns === null || rows === undefined || !rows.every((cells) => cells !== null)) return null;
  const names = columns.map(
    (column) =>
      readPath(column, 'name') ??
      readPath(column, 'Name') ??
      readPath(column, 'ColumnName') ??
      column,
  );
  if (!names.every((name) => typeof name === 'string')) return null;
  const isHeader = (cells: readonly unknown[]): boolean =>
    cells.length > 0 && cells.every((cell, index) => cell === names[index]);
  return rows
    .filter((cells) => !isHeader(cells))
    .map((cells) =>
      cells.length === names.length
        ? Object.fromEntries(names.map((name, index) => [name, cells[index]]))
        : cells,
    );
}

/**
 * Splunk's `json_cols` has a list for each column; null where a value is no such table. What a shorter one lacks is null.
 * Source: https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch
 */
function turnColumns({ fields, columns }: RawEvent): RawEvent | null {
  const isTurned = Array.isArray(fields) && Array.isArray(columns) && columns.length > 0;
  if (!isTurned || !columns.every(Array.isArray)) return null;
  const count = Math.max(...columns.map(({ length }) => length));
  const rows = Array.from({ length: count }, (_, row) =>
    columns.map((cells: readonly unknown[]) => cells[row] ?? null),
  );
  return { fields, rows };
}

const ROW_NUMBER = /^\d+$/;

/**
 * Gives the rows of a table that has a list for each column under its own name, or an object with a number for each row, as pandas
 * writes one; null where the value is no such table. What a shorter column lacks is null.
 * Sources: https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.to_json.html,
 * https://clickhouse.com/docs/interfaces/formats/JSONColumns
 */
export function readNamedColumns(value: RawEvent): readonly RawEvent[] | null {
  const keys = listRowKeys(value['eventType']);
  if (keys === null || listRowKeys(value['published']) === null) return null;
  const columns = Object.entries(value).filter(([, cells]) => listRowKeys(cells) !== null);
  return keys.map((key) =>
    Object.fromEntries(
      columns.map(([name, cells]) => [name, Reflect.get(Object(cells), key) ?? null]),
    ),
  );
}

function listRowKeys(cells: unknown): readonly string[] | null {
  if (typeof cells !== 'object' || cells === null) return null;
  const keys = Object.keys(cells);
  return keys.length > 0 && keys.every((key) => ROW_NUMBER.test(key)) ? keys : null;
}

/** Says whether errors stand in the place of a row. */
export function isRowOfErrors(row: unknown): boolean {
  return isRecord(row) && ('OneApiErrors' in row || 'Exceptions' in row);
}

function findList(
  value: RawEvent,
  paths: readonly (readonly string[])[],
): readonly unknown[] | null {
  const lists = paths.map((path) => readPath(value, ...path));
  return lists.find((list) => Array.isArray(list)) ?? null;
}

/** Athena leaves out of a cell what is null there. Redshift's columns, and no others, have a `typeName`. */
function readCells(row: unknown, columns: readonly unknown[]): readonly unknown[] | null {
  if (Array.isArray(row)) {
    return row.map((cell, index) =>
      readPath(columns[index], 'typeName') === undefined ? cell : readField(cell),
    );
  }
  const texts = readPath(row, 'Data');
  if (Array.isArray(texts)) return texts.map((cell) => readPath(cell, 'VarCharValue') ?? null);
  const typed = readPath(row, 'f');
  if (!Array.isArray(typed)) return null;
  return typed.map((cell, index) => readTypedCell(readPath(cell, 'v'), columns[index]));
}

/**
 * Redshift gives each value below the name of its kind, and says of null that it is.
 * Source: https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_Field.html
 */
function readField(cell: unknown): unknown {
  if (!isRecord(cell)) return cell;
  return cell['isNull'] === true ? null : Object.values(cell)[0];
}
