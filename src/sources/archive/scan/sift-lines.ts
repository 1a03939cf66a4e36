import { DAY_MS, isInside, type TimeWindow } from '../../../model/time-window.ts';
import {
  type LineScanner,
  ROW_DAY,
  ROW_END,
  ROW_FIELDS,
  ROW_MUST_PARSE,
  ROW_START,
  ROW_TIME,
  ROW_TYPE,
} from './line-scanner.ts';
import type { SiftPlan } from './plan-sift.ts';

/** Takes what the sieve lets through and what it holds back. */
interface SiftSink {
  /** A line that is wanted, or that only a parser may judge. The bytes are good until the call returns. */
  parse(bytes: Buffer, offset: number): void;
  /** Lines that certainly hold events nobody asked for, by their rows. Rows and bytes are good until the call returns. */
  skip(rows: Int32Array, from: number, to: number, area: Buffer): void;
}

export interface SiftTask {
  readonly scanner: LineScanner;
  readonly plan: SiftPlan;
  readonly sink: SiftSink;
  /** Puts bytes into the area from a position on, at most so many, and gives how many; 0 at the end. */
  fill(area: Buffer, at: number, most: number): number | Promise<number>;
  readonly maximumRecordBytes: number;
}

const CHUNK_BYTES = 1 << 18;
const LINE_FEED = 0x0a;

/**
 * Reads newline-delimited records and parses only those that can matter: the superset rule of `LineScanner`.
 * The last line is always parsed where no line feed ends it, because a file that is cut ends like that.
 */
export async function siftLines(task: SiftTask): Promise<void> {
  const { scanner, fill, maximumRecordBytes } = task;
  const sift = createSieve(task);
  let offset = 0;
  let kept = 0;
  for (;;) {
    const area = scanner.reserve(kept + CHUNK_BYTES + 1);
    const filling = fill(area, kept, CHUNK_BYTES);
    const filled = typeof filling === 'number' ? filling : await filling;
    if (filled === 0) break;
    const end = kept + filled;
    const feed = area.subarray(kept, end).lastIndexOf(LINE_FEED);
    const cut = feed < 0 ? 0 : kept + feed + 1;
    if (cut === 0 && end <= maximumRecordBytes) {
      kept = end;
      continue;
    }
    if (cut === 0) area[end] = LINE_FEED;
    sift({ to: cut === 0 ? end + 1 : cut, offset, isLast: false });
    const gone = cut === 0 ? end : cut;
    area.copyWithin(0, gone, end);
    kept = end - gone;
    offset += gone;
  }
  if (kept === 0) return;
  scanner.reserve(kept + 1)[kept] = LINE_FEED;
  sift({ to: kept + 1, offset, isLast: true });
}

interface Sifting {
  readonly to: number;
  /** Where the area begins in the file. */
  readonly offset: number;
  readonly isLast: boolean;
}

function createSieve({ scanner, plan, sink }: SiftTask): (sifting: Sifting) => void {
  const { typeNames } = scanner;
  const { idWindows } = plan;
  const windowsOfType: (readonly TimeWindow[])[] = [];
  /** By type: whether its events may be wanted, of whatever time. */
  const mayBeWanted: boolean[] = [];

  function learnTypes(): void {
    for (const name of typeNames.slice(windowsOfType.length)) {
      const windows = plan.findWindows(name);
      windowsOfType.push(windows);
      mayBeWanted.push(windows.length + idWindows.length > 0);
    }
  }

  /** The first row from one on whose line must be parsed. */
  function findCandidate(rows: Int32Array, from: number, end: number): number {
    let row = passUnwanted(rows, from, end);
    while (row < end && !mustParse(rows, row)) row = passUnwanted(rows, row + ROW_FIELDS, end);
    return row;
  }

  /** Nearly every row ends here. It calls nothing, because compiling a large loop costs more than running it. */
  function passUnwanted(rows: Int32Array, from: number, end: number): number {
    let row = from;
    while (row < end && rows[row + ROW_MUST_PARSE] === 0) {
      if (mayBeWanted[rows[row + ROW_TYPE] ?? 0]) break;
      row += ROW_FIELDS;
    }
    return row;
  }

  function mustParse(rows: Int32Array, row: number): boolean {
    if (rows[row + ROW_MUST_PARSE] !== 0) return true;
    const publishedMs = (rows[row + ROW_DAY] ?? 0) * DAY_MS + (rows[row + ROW_TIME] ?? 0);
    const windows = windowsOfType[rows[row + ROW_TYPE] ?? 0] ?? [];
    if (isInsideAny(windows, publishedMs)) return true;
    if (!isInsideAny(idWindows, publishedMs)) return false;
    return scanner.mayHoldId(rows[row + ROW_START] ?? 0, rows[row + ROW_END] ?? 0);
  }

  return ({ to, offset, isLast }) => {
    let from = 0;
    while (from < to) {
      const { count, resumeAt } = scanner.scan(from, to);
      learnTypes();
      const rows = scanner.readRows();
      const area = scanner.reserve(to);
      const end = count * ROW_FIELDS;
      const skippable = isLast && resumeAt === to ? end - ROW_FIELDS : end;
      let row = 0;
      while (row < end) {
        const candidate = findCandidate(rows, row, skippable);
        if (candidate > row) sink.skip(rows, row, candidate, area);
        if (candidate < end) {
          const start = rows[candidate + ROW_START] ?? 0;
          sink.parse(area.subarray(start, rows[candidate + ROW_END]), offset + start);
        }
        row = candidate + ROW_FIELDS;
      }
      from = resumeAt;
    }
  };
}

function isInsideAny(windows: readonly TimeWindow[], publishedMs: number): boolean {
  for (const window of windows) if (isInside(window, publishedMs)) return true;
  return false;
}
