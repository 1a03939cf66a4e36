import { finished } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { isJsonText, readCell } from '../formats/read-raw-record.ts';
import {
  findKeyColumn,
  LEADING_LINE,
  nameColumns,
  WAREHOUSE_COLUMNS,
} from './find-csv-delimiter.ts';

const LINE_ENDS: readonly number[] = [0x0a, 0x0d];
/**
 * What Snowflake, Hive and others write where there is nothing.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-file-format
 */
const NULL = String.raw`\N`;

/** No name of a column is a text of JSON, or holds a name in quotes behind the words of syslog. */
function holdsJson(cell: string): boolean {
  return cell.includes('"eventType"') || isJsonText(cell);
}

/** A row under its header, or a place whose quoting is broken. */
export interface CsvPart {
  /** Null for what could not be read. */
  readonly value: Record<string, unknown> | null;
  /** Byte of the decompressed file where the row begins. */
  readonly offset: number;
  /** False where the file ends inside quotes; nothing after it was read. */
  readonly isWhole: boolean;
}

/** Gives a warehouse's row as the record that it holds, its columns parsed; any other row as it is. */
export function restoreCells(row: Record<string, unknown>): Record<string, unknown> {
  if (!WAREHOUSE_COLUMNS.every((column) => column in row)) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, cell === 'null' ? null : readCell(cell)]),
  );
}

/**
 * Reads rows under their header, where they have one, broken ones in their place among the others. Files that were joined repeat the header, and
 * those of the Admin Console with as many columns as their widest event needs; a row with more cells than columns is broken.
 * Rows are taken while the parser parses, because it runs ahead of whoever reads its output.
 */
export async function* cutCsv(
  chunks: AsyncIterable<Buffer>,
  delimiter: string,
): AsyncGenerator<CsvPart> {
  const parts: CsvPart[] = [];
  let header: readonly string[] = [];
  let columns: readonly string[] = [];
  let key = -1;
  let isShort = false;
  let offset = 0;
  const repeatsHeader = (cells: readonly string[]): boolean =>
    key < 0
      ? cells.every((cell, index) => cell.trim() === header[index])
      : cells[key]?.trim() === header[key];
  const take = (cells: readonly string[]): void => {
    const isFirst = columns.length === 0;
    if (isFirst && LEADING_LINE.test(cells.join(delimiter))) return;
    if (isFirst && cells.some(holdsJson)) columns = cells.map((_, index) => `column ${index}`);
    else if (isFirst || repeatsHeader(cells)) {
      header = cells.map((cell) => cell.trim());
      columns = nameColumns(header);
      key = findKeyColumn(columns);
      return;
    }
    isShort = cells.length < columns.length;
    const isBroken = cells.slice(columns.length).some((cell) => cell !== '');
    const row = cells
      .slice(0, columns.length)
      .map((cell, index) => [columns[index] ?? '', cell === NULL ? '' : cell]);
    parts.push({ value: isBroken ? null : Object.fromEntries(row), offset, isWhole: true });
  };
  const parser = parse({
    delimiter,
    // Left to itself the parser takes the first one that it meets for the only one, and joined files may end their lines differently.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (cells: string[], { bytes }) => {
      take(cells);
      offset = bytes;
      return null;
    },
    on_skip: (error) => {
      parts.push({ value: null, offset, isWhole: error?.code !== 'CSV_QUOTE_NOT_CLOSED' });
      return undefined;
    },
  });
  const ended = finished(parser.resume()).then(
    () => null,
    (error: unknown) => error,
  );
  let isLineEnded = true;
  for await (const chunk of chunks) {
    isLineEnded = LINE_ENDS.includes(chunk.at(-1) ?? 0);
    const written = new Promise<void>((settle) => parser.write(chunk, () => settle()));
    await Promise.race([written, ended]);
    yield* parts.splice(0);
  }
  parser.end();
  const error = await ended;
  const isCut = isShort && !isLineEnded;
  yield* parts.splice(0, isCut ? parts.length - 1 : parts.length);
  if (isCut) yield* parts.map((last) => ({ ...last, value: null, isWhole: false }));
  if (error instanceof CsvError) yield { value: null, offset, isWhole: false };
  else if (error !== null) throw error;
}
