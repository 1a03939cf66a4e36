import { type LineScanner, ROW_END, ROW_FIELDS, ROW_START } from './line-scanner.ts';
import { markZeros } from './mark-zeros.ts';

/** Rows of lines that certainly hold events, from one on and up to another, and where the lines lie. */
export interface SkippedRows {
  readonly rows: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly area: Buffer;
  /** Where in the area stands what the file has at an offset: outside of it where it lies elsewhere. */
  areaAt(offset: number): number;
}

/** Takes what the sieve lets through and what it holds back. */
interface SiftSink {
  /**
   * A line that is wanted, or that only a parser may judge; `isTorn` where the file ends in it. The bytes are good until the call
   * returns.
   */
  parse(bytes: Buffer, offset: number, isTorn: boolean): void;
  /**
   * Takes lines that certainly hold events nobody asked for, by their rows, and gives the first row that it leaves: a line of its
   * own. Rows and bytes are good until the call returns.
   */
  skip(given: SkippedRows): number;
}

export interface SiftTask {
  readonly scanner: LineScanner;
  readonly sink: SiftSink;
  /** Puts bytes into the area from a position on, at most so many, and gives how many; 0 at the end. */
  fill(area: Buffer, at: number, most: number): number | Promise<number>;
  readonly maximumRecordBytes: number;
}

const CHUNK_BYTES = 1 << 19;
const LINE_FEED = 0x0a;

/**
 * Reads newline-delimited records and parses only those that can matter.
 * The last line is always parsed where no line feed ends it, because a file that is cut ends like that.
 */
export async function siftLines(task: SiftTask): Promise<void> {
  const { scanner, fill, maximumRecordBytes } = task;
  let offset = 0;
  let kept = 0;
  for (;;) {
    const area = scanner.reserve(kept + CHUNK_BYTES + 1);
    const filling = fill(area, kept, CHUNK_BYTES);
    const filled = typeof filling === 'number' ? filling : await filling;
    if (filled === 0) break;
    const end = kept + filled;
    markZeros(area, kept, end);
    const feed = area.subarray(kept, end).lastIndexOf(LINE_FEED);
    const cut = feed < 0 ? 0 : kept + feed + 1;
    if (cut === 0 && end <= maximumRecordBytes) {
      kept = end;
      continue;
    }
    if (cut === 0) area[end] = LINE_FEED;
    const start = offset;
    siftArea(task, cut === 0 ? end + 1 : cut, {
      offsetOf: (at) => start + at,
      areaAt: (at) => at - start,
    });
    const gone = cut === 0 ? end : cut;
    area.copyWithin(0, gone, end);
    kept = end - gone;
    offset += gone;
  }
  if (kept > 0) task.sink.parse(scanner.reserve(kept).subarray(0, kept), offset, true);
}

/** Where an area stands in the file. */
export interface AreaPlace extends Pick<SkippedRows, 'areaAt'> {
  /** Says where a place in the area stands in the file; asked for in order. */
  offsetOf(at: number): number;
}

/** Takes whole lines, which end at `to` in the area. */
export function siftArea(
  { scanner, sink }: Pick<SiftTask, 'scanner' | 'sink'>,
  to: number,
  { offsetOf, areaAt }: AreaPlace,
): void {
  let from = 0;
  while (from < to) {
    const { count, resumeAt } = scanner.scan(from, to);
    const rows = scanner.readRows();
    const area = scanner.reserve(to);
    const end = count * ROW_FIELDS;
    const skip = (first: number): number => sink.skip({ rows, from: first, to: end, area, areaAt });
    let row = skip(0);
    while (row < end) {
      const start = rows[row + ROW_START] ?? 0;
      sink.parse(area.subarray(start, rows[row + ROW_END]), offsetOf(start), false);
      row = skip(row + ROW_FIELDS);
    }
    from = resumeAt;
  }
}
