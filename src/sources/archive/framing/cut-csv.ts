import { finished } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { isRecord } from '../../../model/log-event.ts';
import { readCell } from '../formats/read-raw-record.ts';
import { WAREHOUSE_COLUMNS } from './find-csv-delimiter.ts';

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
 * Reads rows under their header, broken ones in their place among the others.
 * Rows are taken while the parser parses, because it runs ahead of whoever reads its output.
 */
export async function* cutCsv(
  chunks: AsyncIterable<Buffer>,
  delimiter: string,
): AsyncGenerator<CsvPart> {
  const parts: CsvPart[] = [];
  let offset = 0;
  const parser = parse({
    columns: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (value, { bytes }) => {
      parts.push({ value: isRecord(value) ? value : null, offset, isWhole: true });
      offset = bytes;
      return null;
    },
    on_skip: () => {
      parts.push({ value: null, offset, isWhole: true });
      return undefined;
    },
  });
  const ended = finished(parser.resume()).then(
    () => null,
    (error: unknown) => error,
  );
  for await (const chunk of chunks) {
    const written = new Promise<void>((settle) => parser.write(chunk, () => settle()));
    await Promise.race([written, ended]);
    yield* parts.splice(0);
  }
  parser.end();
  const error = await ended;
  yield* parts.splice(0);
  if (error instanceof CsvError) yield { value: null, offset, isWhole: false };
  else if (error !== null) throw error;
}
