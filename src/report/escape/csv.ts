import { toVisibleText } from './visible-text.ts';

export type CsvCell = string | number | boolean | null;

const BYTE_ORDER_MARK = '\uFEFF';

/** Signs, also as wide as a Chinese character, with which a spreadsheet begins to calculate. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The same where a spreadsheet that separates by semicolons would begin a cell. */
const FORMULA_AFTER_SEMICOLON = /;(\s*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/**
 * RFC 4180: comma, CRLF, quotes where needed, a header line.
 * It begins with a byte order mark, without which spreadsheets read UTF-8 as the local code page; readers of
 * CSV that take the mark for text are rarer than spreadsheets. Every text is one line, and one that a
 * spreadsheet would calculate begins with an apostrophe.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [header, ...rows].map((row) => `${row.map(toCell).join(',')}\r\n`);
  return `${BYTE_ORDER_MARK}${lines.join('')}`;
}

function toCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = toVisibleText(cell).replace(FORMULA_AFTER_SEMICOLON, ";$1'");
  const calm = FORMULA.test(text) ? `'${text}` : text;
  return /[",;]/.test(calm) ? `"${calm.replaceAll('"', '""')}"` : calm;
}
