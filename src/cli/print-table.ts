import Table from 'cli-table3';
import { terminal } from '../report/escape/terminal.ts';

/** Writes aligned columns without lines; cells are made safe for a terminal. */
export function printTable(
  stream: NodeJS.WritableStream,
  { head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] },
): void {
  const none = '';
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      top: none,
      'top-mid': none,
      'top-left': none,
      'top-right': none,
      bottom: none,
      'bottom-mid': none,
      'bottom-left': none,
      'bottom-right': none,
      left: none,
      'left-mid': none,
      mid: none,
      'mid-mid': none,
      right: none,
      'right-mid': none,
      middle: none,
    },
  });
  table.push(...rows.map((row) => row.map(terminal)));
  stream.write(`${table.toString().replace(/ +$/gm, '')}\n`);
}
