import { stringify } from 'csv-stringify/sync';
import { toVisibleText } from './visible-text.ts';

export type CsvCell = string | number | boolean | null;

/**
 * RFC 4180: comma, CRLF, quotes where needed, a header line.
 * It begins with a byte order mark, without which spreadsheets read UTF-8 as the local code page; readers of
 * CSV that take the mark for text are rarer than spreadsheets. Every text is one line, and one that a
 * spreadsheet would calculate begins with an apostrophe.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return stringify(
    rows.map((row) => row.map(toCell)),
    {
      header: true,
      columns: [...header],
      bom: true,
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  );
}

function toCell(cell: CsvCell): string | number {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  return typeof cell === 'number' ? cell : toVisibleText(cell);
}
