import { readCell } from './read-raw-record.ts';

/** The value of a cell that stands at a path of the record: Okta itself keeps JSON as text inside of `debugData`. */
export function readCellAt(path: readonly string[], cell: unknown): unknown {
  const [, second, ...below] = path;
  return second === 'debugData' && below.length > 0 ? cell : readCell(cell);
}
