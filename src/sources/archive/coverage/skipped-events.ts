import { DAY_MS, HOUR_MS } from '../../../model/time-window.ts';
import { ROW_DAY, ROW_FIELDS, ROW_MUST_PARSE, ROW_TIME, ROW_TYPE } from '../scan/line-scanner.ts';
import type { LineSieve } from '../scan/line-sieve.ts';
import { markSlot, SLOT_MS, startBusySlots } from './busy-slots.ts';
import { familyOf, routineBit } from './event-families.ts';
import { type FileReading, noteTime, tallyOf } from './file-reading.ts';
import { addHour, addType } from './tally-events.ts';

/** Notes events that are not parsed, as `noteEvent` notes the others; much faster where they come in order of time. */
export interface SkippedEvents {
  /** Takes rows that a scanner gave events, from one on and up to another, and gives the first whose line must be parsed. */
  note(rows: Int32Array, from: number, to: number): number;
  /** Writes what is held back: to be called before anything else is noted of the file, and at its end. */
  flush(): void;
}

interface SeenType {
  readonly bit: number;
  readonly mayBeWanted: boolean;
  /** The day for which it was noted last. */
  day: number;
}

/**
 * Events are held back in runs: of one hour, and none before the one in front of it.
 * The first and the last of a run then say all that its times can say.
 */
export function startSkippedEvents(
  { reading, format }: { readonly reading: FileReading; readonly format: string },
  { sieve, typeNames }: { readonly sieve: LineSieve; readonly typeNames: readonly string[] },
): SkippedEvents {
  const tally = tallyOf(reading, format);
  const types: SeenType[] = [];
  let events = 0;
  let routine = 0;
  let day = 0;
  let firstMs = 0;
  let lastMs = 0;
  let hourEndMs = 0;
  const busy = startBusySlots();
  let slotEndMs = 0;

  function flush(): void {
    if (events === 0) return;
    const dayMs = day * DAY_MS;
    const seen = { events, routine, firstMs: dayMs + firstMs, lastMs: dayMs + lastMs, busy };
    addHour(tally, Math.floor(seen.firstMs / HOUR_MS), seen);
    noteTime(reading, seen.firstMs);
    noteTime(reading, seen.lastMs);
    reading.records += events;
    events = 0;
    routine = 0;
    hourEndMs = 0;
    busy.fill(0);
  }

  /** Takes events that belong to the run and whose types are of no interest and noted; gives the first row that it leaves. */
  function extendRun(rows: Int32Array, from: number, to: number): number {
    let row = from;
    for (; row < to && rows[row + ROW_MUST_PARSE] === 0; row += ROW_FIELDS) {
      const timeMs = rows[row + ROW_TIME] ?? 0;
      const seen = types[rows[row + ROW_TYPE] ?? 0];
      if (timeMs < lastMs || timeMs >= hourEndMs || rows[row + ROW_DAY] !== day) break;
      if (seen?.day !== day || seen.mayBeWanted) break;
      take(timeMs, seen.bit);
    }
    return row;
  }

  function take(timeMs: number, bit: number): void {
    if (timeMs >= slotEndMs) noteSlot(timeMs);
    lastMs = timeMs;
    events += 1;
    routine |= bit;
  }

  /** Marks the slot of a time that is past the one marked last. */
  function noteSlot(timeMs: number): void {
    const hourMs = hourEndMs - HOUR_MS;
    const slot = Math.trunc((timeMs - hourMs) / SLOT_MS);
    slotEndMs = hourMs + (slot + 1) * SLOT_MS;
    markSlot(busy, slot);
  }

  /** Takes an event of any time and type. */
  function noteOne(rows: Int32Array, row: number): void {
    const timeMs = rows[row + ROW_TIME] ?? 0;
    if (timeMs < lastMs || timeMs >= hourEndMs || rows[row + ROW_DAY] !== day) {
      flush();
      day = rows[row + ROW_DAY] ?? 0;
      firstMs = timeMs;
      hourEndMs = timeMs - (timeMs % HOUR_MS) + HOUR_MS;
      slotEndMs = 0;
    }
    const type = rows[row + ROW_TYPE] ?? 0;
    const eventType = typeNames[type] ?? '';
    types[type] ??= {
      bit: routineBit(familyOf(eventType)),
      mayBeWanted: sieve.mayBeWanted(type),
      day: -1,
    };
    if (types[type].day !== day) addType(tally, day, eventType);
    types[type].day = day;
    take(timeMs, types[type].bit);
  }

  return {
    note: (rows, from, to) => {
      let row = extendRun(rows, from, to);
      while (row < to && !sieve.mustParse(rows, row)) {
        noteOne(rows, row);
        row = extendRun(rows, row + ROW_FIELDS, to);
      }
      return row;
    },
    flush,
  };
}
