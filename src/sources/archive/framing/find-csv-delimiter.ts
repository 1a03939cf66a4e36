import { CSV_COLUMNS } from '../formats/archive-formats.ts';

/** A table of whole records, one column for each field; one with fewer columns has lost what checks look at. */
export const WAREHOUSE_COLUMNS: readonly string[] = [
  ...['eventType', 'published', 'uuid', 'actor', 'client', 'outcome', 'target', 'transaction'],
  ...['authenticationContext', 'debugContext', 'securityContext'],
];

/** Tells by the first line whether a file is CSV of a known export, and what separates its cells; null where it is not. */
export function findCsvDelimiter(head: Buffer): string | null {
  const [line = ''] = head.toString('utf8').split(/\r?\n/, 1);
  for (const delimiter of [',', ';', '\t']) {
    const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (findKeyColumn(cells) >= 0) return delimiter;
  }
  return null;
}

/** Gives the place of the column by which a header is known; -1 where it is none of a known export. */
export function findKeyColumn(header: readonly string[]): number {
  const isWarehouse = WAREHOUSE_COLUMNS.every((column) => header.includes(column));
  if (isWarehouse) return header.indexOf('eventType');
  return header.findIndex((column) => CSV_COLUMNS.includes(column));
}
