import { readCell } from './read-raw-record.ts';

/**
 * The value of a cell that stands at a path of the record: Okta itself keeps JSON as text inside of `debugData`, and where the name
 * says so, as `policyRuleActionJson` does.
 */
export function readCellAt(path: readonly string[], cell: unknown): unknown {
  const [, second, ...below] = path;
  const isText = (second === 'debugData' && below.length > 0) || path.at(-1)?.endsWith('Json');
  return isText ? cell : readCell(cell);
}
