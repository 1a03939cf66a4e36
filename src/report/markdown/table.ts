import { formatCount } from '../../model/format-count.ts';

/** A GFM table of cells that are Markdown already, bars protected. */
export function renderTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [toRow(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(toRow)].join('\n');
}

/** The first rows, and how many more there are. */
export function renderCappedTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  maxRows: number,
): string {
  const table = renderTable(header, rows.slice(0, maxRows));
  const left = rows.length - maxRows;
  return left > 0 ? `${table}\n\n${formatCount(left, 'more', 'more')} in the report files.` : table;
}

/** Something that opens on demand; the summary is ours alone, never text from a log. */
export function renderFold(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

const LINE_START = /\n(?!\n)/g;

/** Every line moved right, for what belongs to a list item. */
export function indent(markdown: string): string {
  if (markdown === '') return '';
  return `  ${markdown.replace(LINE_START, '\n  ')}`;
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
