import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { compressors, decompressLz4Raw } from 'hyparquet-compressors';
import { isRecord } from '../../../model/log-event.ts';
import { DAY_MS } from '../../../model/time-window.ts';
import { readCell, readRawText } from '../formats/read-raw-record.ts';
import { nestKeys } from '../formats/restore-record.ts';

/** A Parquet file, which is a file of its own. */
export interface ParquetPlace {
  readonly path: string;
  readonly bytes: number;
}

/** Some rows of a file that belong together, or as many that could not be read. */
export interface ParquetPart {
  /** Null where they could not be read. */
  readonly rows: Iterable<Record<string, unknown>> | null;
  readonly count: number;
  readonly reason: string;
  /** Byte of the file where the row group begins. */
  readonly offset: number;
}

export interface ParquetFile {
  /** Names of the columns at the top. */
  readonly columns: readonly string[];
  readParts(): AsyncGenerator<ParquetPart>;
  close(): Promise<void>;
}

/** What is decoded at once; a row group larger than this is read in slices. */
const SLICE_BYTES = 64 << 20;

/**
 * Node's own, where it has one: faster, and it looks at the checksums that gzip and Zstandard keep. Those of pages are not checked,
 * because the library does not hand them on: a byte that changed inside a text is as little seen as in a file of lines.
 */
const COMPRESSORS: Compressors = {
  ...compressors,
  GZIP: (input, length) => zlib.gunzipSync(input, boundOutput(length)),
  BROTLI: (input, length) => zlib.brotliDecompressSync(input, boundOutput(length)),
  ...(typeof zlib.zstdDecompressSync === 'function'
    ? { ZSTD: (input, length) => zlib.zstdDecompressSync(input, boundOutput(length)) }
    : {}),
  // Of a column in which everything is null a page has no bytes, which the library takes for broken.
  LZ4_RAW: (input, length) => (length === 0 ? new Uint8Array() : decompressLz4Raw(input, length)),
};

/** Times as the text of an instant, days as days, because nobody knows when of it, texts that are no JSON as they are. */
const PARSERS = {
  timestampFromMilliseconds: (millis: bigint) => sayInstant(Number(millis)),
  timestampFromMicroseconds: (micros: bigint) => sayInstant(Number(micros / 1_000n)),
  timestampFromNanoseconds: (nanos: bigint) => sayInstant(Number(nanos / 1_000_000n)),
  dateFromDays: (days: number) => sayInstant(days * DAY_MS)?.slice(0, 10) ?? null,
  jsonFromBytes: (bytes: Uint8Array | undefined) =>
    bytes === undefined ? null : readRawText(Buffer.from(bytes).toString('utf8')),
};

/**
 * Opens a Parquet file whose rows become values as a line of JSON would give them.
 * Throws where its footer cannot be read; the rows of a row group that cannot are told as such.
 */
export async function openParquet(place: ParquetPlace): Promise<ParquetFile> {
  const handle = await open(place.path);
  const file: AsyncBuffer = {
    byteLength: place.bytes,
    slice: async (start, end = place.bytes) => {
      const room = new ArrayBuffer(Math.max(0, end - start));
      const { bytesRead } = await handle.read(new Uint8Array(room), { position: start });
      if (bytesRead < room.byteLength) throw new Error('a part of the file is missing');
      return room;
    },
  };
  try {
    const metadata = await parquetMetadataAsync(file, { parsers: PARSERS });
    return {
      columns: parquetSchema(metadata).children.map(({ element }) => element.name),
      readParts: () => readParts(file, metadata),
      close: () => handle.close(),
    };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

async function* readParts(file: AsyncBuffer, metadata: FileMetaData): AsyncGenerator<ParquetPart> {
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const groupBytes = group.columns.reduce(
      (sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0),
      0,
    );
    const sliceRows = Math.ceil(rows / Math.max(1, Math.ceil(groupBytes / SLICE_BYTES)));
    const offset = Number(group.columns[0]?.meta_data?.data_page_offset ?? 0);
    for (let start = 0; start < rows; start += sliceRows) {
      const rowStart = groupStart + start;
      const rowEnd = groupStart + Math.min(rows, start + sliceRows);
      yield await readSlice({ file, metadata, rowStart, rowEnd, offset });
    }
    groupStart += rows;
  }
}

interface Slice {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly offset: number;
}

/**
 * Reads column after column, because what decoding one needs meanwhile is many times what it leaves.
 * Without an offset index the library decodes a nested column of the whole row group, whatever rows are asked for.
 */
async function readSlice(slice: Slice): Promise<ParquetPart> {
  const count = slice.rowEnd - slice.rowStart;
  const { offset } = slice;
  try {
    const columns = new Map<string, readonly unknown[]>();
    for (const { element } of parquetSchema(slice.metadata).children) {
      columns.set(element.name, await readColumn(slice, element.name));
    }
    return { rows: restoreRows(columns, count), count, reason: '', offset };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { rows: null, count, reason, offset };
  }
}

async function readColumn({ offset: _, ...slice }: Slice, name: string): Promise<unknown[]> {
  const rows = await parquetReadObjects({
    ...slice,
    columns: [name],
    compressors: COMPRESSORS,
    parsers: PARSERS,
    useOffsetIndex: true,
    utf8: false,
  });
  const cells = rows.map((row): unknown => row[name]);
  const isWhole = cells.length === slice.rowEnd - slice.rowStart && !cells.includes(undefined);
  if (!isWhole) throw new Error(`the column ${name} ends too early`);
  return cells;
}

function* restoreRows(
  columns: ReadonlyMap<string, readonly unknown[]>,
  count: number,
): Generator<Record<string, unknown>> {
  for (let index = 0; index < count; index += 1) {
    yield restoreRow([...columns].map(([name, cells]) => [name, cells[index]] as const));
  }
}

/** Columns of structured values may come as their JSON text, and columns of a record flattened with dots. */
function restoreRow(
  row: readonly (readonly [name: string, cell: unknown])[],
): Record<string, unknown> {
  return nestKeys(
    row.map(([name, cell]) => [name.split('.'), readCell(toJsonValue(cell))] as const),
  );
}

/** What JSON has for a decoded value. Bytes that are no text, as ids may be, would look alike as one. */
function toJsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Uint8Array)
    return Buffer.from(value).toString(isUtf8(value) ? 'utf8' : 'hex');
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (ArrayBuffer.isView(value)) return Array.from(value as Int32Array, toJsonValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJsonValue(inner)]));
}

function sayInstant(instantMs: number): string | null {
  const instant = new Date(instantMs);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function boundOutput(bytes: number): { chunkSize: number; maxOutputLength: number } {
  const most = Math.max(64, bytes);
  return { chunkSize: most, maxOutputLength: most };
}
