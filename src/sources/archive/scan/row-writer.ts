import { HOUR_MS } from '../../../model/time-window.ts';
import { markSlot, SLOT_MS } from '../coverage/busy-slots.ts';
import {
  ROW_DAY,
  ROW_END,
  ROW_FIELDS,
  ROW_LAST_TIME,
  ROW_LINES,
  ROW_MARKS,
  ROW_MUST_PARSE,
  ROW_SLOTS,
  ROW_START,
  ROW_TIME,
  ROW_TYPE,
} from './line-scanner.ts';

/** What was found of a line; one object for all lines, because one for each would be the costliest part of it. */
export interface FoundLine {
  start: number;
  end: number;
  mustParse: boolean;
  type: number;
  day: number;
  /** Milliseconds of the day. */
  timeMs: number;
}

/** Writes lines to rows as `LineScanner` has them. */
export interface RowWriter {
  readonly rows: Int32Array;
  /** Begins with the first row again. */
  restart(): void;
  write(line: FoundLine): void;
  count(): number;
  isFull(): boolean;
  startFile(): void;
  letJoin(type: number, mark: number): void;
}

const MOST_ROWS = 8192;

export function createRowWriter(): RowWriter {
  const rows = new Int32Array(MOST_ROWS * ROW_FIELDS);
  let count = 0;
  /** By type, where its lines may join others. */
  let marks: number[] = [];
  /** By type, where its lines may join others, the day on which one had a row of its own. */
  let days: number[] = [];
  let rowDay = 0;
  let lastTimeMs = 0;
  /** No line can join the last row where this lies before it. */
  let hourEndMs = 0;

  function mayJoin({ type, day, timeMs, mustParse }: FoundLine): boolean {
    if (mustParse || timeMs >= hourEndMs || timeMs < lastTimeMs || day !== rowDay) return false;
    return days[type] === day;
  }

  function joinLine(row: number, { end, type, timeMs }: FoundLine): void {
    lastTimeMs = timeMs;
    rows[row + ROW_END] = end;
    rows[row + ROW_LAST_TIME] = timeMs;
    rows[row + ROW_LINES] = (rows[row + ROW_LINES] ?? 0) + 1;
    rows[row + ROW_MARKS] = (rows[row + ROW_MARKS] ?? 0) | (marks[type] ?? 0);
    markSlot(rows, Math.trunc((timeMs - hourEndMs + HOUR_MS) / SLOT_MS), row + ROW_SLOTS);
  }

  function startRow(row: number, { type, day, timeMs }: FoundLine): void {
    const mark = marks[type];
    rows[row + ROW_TYPE] = type;
    rows[row + ROW_DAY] = day;
    rows[row + ROW_TIME] = timeMs;
    rows[row + ROW_LAST_TIME] = timeMs;
    rows[row + ROW_LINES] = 1;
    rows[row + ROW_MARKS] = mark ?? 0;
    rows.fill(0, row + ROW_SLOTS, row + ROW_FIELDS);
    markSlot(rows, Math.trunc((timeMs % HOUR_MS) / SLOT_MS), row + ROW_SLOTS);
    if (mark === undefined) return;
    days[type] = day;
    rowDay = day;
    lastTimeMs = timeMs;
    hourEndMs = timeMs - (timeMs % HOUR_MS) + HOUR_MS;
  }

  return {
    rows,
    restart: () => {
      count = 0;
      hourEndMs = 0;
    },
    write: (line) => {
      if (mayJoin(line)) {
        joinLine((count - 1) * ROW_FIELDS, line);
        return;
      }
      const row = count * ROW_FIELDS;
      rows[row + ROW_START] = line.start;
      rows[row + ROW_END] = line.end;
      rows[row + ROW_MUST_PARSE] = line.mustParse ? 1 : 0;
      hourEndMs = 0;
      if (!line.mustParse) startRow(row, line);
      count += 1;
    },
    count: () => count,
    isFull: () => count === MOST_ROWS,
    startFile: () => {
      marks = [];
      days = [];
    },
    letJoin: (type, mark) => {
      marks[type] = mark;
    },
  };
}
