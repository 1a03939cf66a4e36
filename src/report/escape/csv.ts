import { stringify } from 'csv-stringify/sync';
import { toVisibleText } from './visible-text.ts';

export type CsvCell = string | number | boolean | null;

/**
 * A sign, also as wide as a Chinese character, with which a spreadsheet that separates by semicolons begins to calculate,
 * also behind quotes, which it takes off.
 */
const FORMULA_AFTER_SEMICOLON = /;(["\s]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/**
 * RFC 4180: comma, CRLF, quotes where needed, a header line.
 * It begins with a byte order mark, without which spreadsheets read UTF-8 as the local code page; readers of
 * CSV that take the mark for text are rarer than spreadsheets. Every text is one line, and one that a
 * spreadsheet would calculate begins with an apostrophe, whether it separates cells by commas or by semicolons.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const places = new Map<CsvCell, number>();
  for (const cells of [header, ...rows]) {
    for (const cell of cells) if (!places.has(cell)) places.set(cell, places.size);
  }
  const written = writeCells([...places.keys()]);
  const write = (cell: CsvCell): string => written[places.get(cell) ?? -1] ?? '';
  const lines = [header, ...rows].map((cells) => cells.map(write).join(','));
  return `${BYTE_ORDER_MARK}${lines.join(LINE_END)}${LINE_END}`;
}

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/** Rows repeat most of their cells: each is written once, on a line of its own, which no cell can break. */
function writeCells(cells: readonly CsvCell[]): string[] {
  return stringify(
    cells.map((cell) => [toCell(cell)]),
    { record_delimiter: 'windows', eof: false, escape_formulas: true, quoted_match: /;/ },
  ).split(LINE_END);
}

function toCell(cell: CsvCell): string | number {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (typeof cell === 'number') return cell;
  return toVisibleText(cell).replace(FORMULA_AFTER_SEMICOLON, ";$1'");
}
