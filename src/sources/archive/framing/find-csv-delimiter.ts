import { CSV_COLUMNS } from '../formats/archive-formats.ts';

/**
 * A table of whole records, one column for each field, or some with dotted names for what is in it; one with fewer columns has lost
 * what checks look at.
 */
export const WAREHOUSE_COLUMNS: readonly string[] = [
  ...['eventType', 'published', 'uuid', 'actor', 'client', 'outcome', 'target', 'transaction'],
  ...['authenticationContext', 'debugContext', 'securityContext'],
];

/** What stands in front of a header: nothing, what separates its cells, for Excel, or what its rows are, as PowerShell writes it. */
export const LEADING_LINE = /^(?:[\s,;|]*$|"?sep=|#TYPE )/i;
const MOST_LEADING_LINES = 5;
const DELIMITERS = [',', ';', '\t', '|'];
/** A cell in which an object or a list of them begins, be it behind the words of syslog; its own quotes are doubled. */
const OBJECT_CELL = /(?:^|[,;\t|])"[^"]*\{(?:""|$)/;
const QUOTED = /"(?:[^"]|"")*"/g;

/**
 * Tells by the header whether a file is CSV of a known export, or by the first rows that a cell holds a record's text, and what
 * separates its cells; null where it is not.
 */
export function findCsvDelimiter(head: Buffer): string | null {
  const text = head.toString('utf8');
  const lines = text.split(/\r\n|[\r\n]/, MOST_LEADING_LINES + 2);
  const start = lines.findIndex((line) => !LEADING_LINE.test(line));
  const [header = '', row = ''] = lines.slice(start);
  for (const delimiter of DELIMITERS) {
    const cells = header.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (findKeyColumn(nameColumns(cells)) >= 0) return delimiter;
  }
  const holdsRecord =
    text.includes('""eventType""') && [header, row].some((line) => OBJECT_CELL.test(line));
  const between = header.replaceAll(QUOTED, '');
  return holdsRecord ? (DELIMITERS.find((delimiter) => between.includes(delimiter)) ?? ',') : null;
}

const KEY = 'eventType';
/** Under this what stands beside a record hides none of its names. */
const BESIDE = 'beside.';

/**
 * Names columns as the record does. Exports name the object that holds it in front of each name, as in `jsonPayload.eventType` or
 * `Vendor.eventType`; what stands beside it may have a `severity` or a `version` too.
 */
export function nameColumns(header: readonly string[]): readonly string[] {
  const key = header.find((name) => name.endsWith(`.${KEY}`));
  if (key === undefined || findKeyColumn(header) >= 0) return header;
  const prefix = key.slice(0, -KEY.length);
  const names = header.map((name) =>
    name.startsWith(prefix) ? name.slice(prefix.length) : `${BESIDE}${name}`,
  );
  return isWhole(names) ? names : header;
}

/** Gives the place of the column by which a header is known; -1 where it is none of a known export. */
export function findKeyColumn(header: readonly string[]): number {
  if (isWhole(header)) return header.indexOf(KEY);
  return header.findIndex((column) => CSV_COLUMNS.includes(column));
}

function isWhole(header: readonly string[]): boolean {
  return (
    header.includes(KEY) &&
    WAREHOUSE_COLUMNS.every((column) =>
      header.some((name) => name === column || isInside(name, column)),
    )
  );
}

/** `actor.id`, `actor_id` or `target[0].id`. */
function isInside(name: string, column: string): boolean {
  return ['.', '_', '['].some((separator) => name.startsWith(`${column}${separator}`));
}
