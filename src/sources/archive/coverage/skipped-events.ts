import { DAY_MS, HOUR_MS } from '../../../model/time-window.ts';
import {
  type LineScanner,
  ROW_DAY,
  ROW_FIELDS,
  ROW_LAST_TIME,
  ROW_LINES,
  ROW_MARKS,
  ROW_MUST_PARSE,
  ROW_SLOTS,
  ROW_TIME,
  ROW_TYPE,
} from '../scan/line-scanner.ts';
import type { LineSieve } from '../scan/line-sieve.ts';
import { familyOf, routineBit } from './event-families.ts';
import { type FileReading, noteTime, tallyOf } from './file-reading.ts';
import { addHour, addType } from './tally-events.ts';

/** Notes events that are not parsed, as `noteEvent` notes the others. */
export interface SkippedEvents {
  /** Takes rows that a scanner gave events, from one on and up to another, and gives the first whose line must be parsed. */
  note(rows: Int32Array, from: number, to: number): number;
}

interface MetType {
  readonly eventType: string;
  readonly mark: number;
  readonly mayBeWanted: boolean;
  /** The day for which it was noted last. */
  day: number;
}

/**
 * Lets the scanner join lines of the types of which nobody wants an event: the first and the last time of a row then say all that
 * its times can say.
 */
export function startSkippedEvents(
  { reading, format }: { readonly reading: FileReading; readonly format: string },
  { sieve, scanner }: { readonly sieve: LineSieve; readonly scanner: LineScanner },
): SkippedEvents {
  const tally = tallyOf(reading, format);
  const types: MetType[] = [];
  scanner.startFile();

  function meetType(type: number): MetType {
    const eventType = scanner.typeNames[type] ?? '';
    const mark = routineBit(familyOf(eventType));
    const mayBeWanted = sieve.mayBeWanted(type);
    if (!mayBeWanted) scanner.letJoin(type, mark);
    return { eventType, mark, mayBeWanted, day: -1 };
  }

  function noteRow(rows: Int32Array, row: number, type: MetType): void {
    const day = rows[row + ROW_DAY] ?? 0;
    const firstMs = day * DAY_MS + (rows[row + ROW_TIME] ?? 0);
    const lastMs = day * DAY_MS + (rows[row + ROW_LAST_TIME] ?? 0);
    const events = rows[row + ROW_LINES] ?? 0;
    const routine = (rows[row + ROW_MARKS] ?? 0) | type.mark;
    const busy = rows.subarray(row + ROW_SLOTS, row + ROW_FIELDS);
    addHour(tally, Math.floor(firstMs / HOUR_MS), { events, firstMs, lastMs, routine, busy });
    if (type.day !== day) addType(tally, day, type.eventType);
    type.day = day;
    noteTime(reading, firstMs);
    if (lastMs > firstMs) noteTime(reading, lastMs);
    reading.records += events;
  }

  return {
    note: (rows, from, to) => {
      let row = from;
      for (; row < to && rows[row + ROW_MUST_PARSE] === 0; row += ROW_FIELDS) {
        const number = rows[row + ROW_TYPE] ?? 0;
        types[number] ??= meetType(number);
        const type = types[number];
        if (type.mayBeWanted && sieve.isWanted(rows, row)) break;
        noteRow(rows, row, type);
      }
      return row;
    },
  };
}
