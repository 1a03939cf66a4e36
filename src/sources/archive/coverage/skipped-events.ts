import { DAY_MS, HOUR_MS } from '../../../model/time-window.ts';
import { ROW_DAY, ROW_TIME, ROW_TYPE } from '../scan/line-scanner.ts';
import { familyOf, routineBit } from './event-families.ts';
import { type FileReading, noteTime, tallyOf } from './file-reading.ts';
import { addHour, addType } from './tally-events.ts';

/** Notes events that were not parsed, as `noteEvent` notes the others; much faster where they come in order of time. */
export interface SkippedEvents {
  /** Takes the row that a scanner gave an event. */
  note(rows: Int32Array, row: number): void;
  /** Writes what is held back: to be called before anything else is noted of the file, and at its end. */
  flush(): void;
}

interface SeenType {
  readonly bit: number;
  /** The run and the day for which it was noted last. */
  run: number;
  day: number;
}

/**
 * Events are held back in runs: of one hour, and none before the one in front of it.
 * The first and the last of a run then say all that its times can say.
 */
export function startSkippedEvents(
  { reading, format }: { readonly reading: FileReading; readonly format: string },
  typeNames: readonly string[],
): SkippedEvents {
  const tally = tallyOf(reading, format);
  const types: SeenType[] = [];
  let run = 0;
  let events = 0;
  let routine = 0;
  let day = 0;
  let firstMs = 0;
  let lastMs = 0;
  let hourEndMs = 0;

  function flush(): void {
    if (events === 0) return;
    const dayMs = day * DAY_MS;
    const seen = { events, routine, firstMs: dayMs + firstMs, lastMs: dayMs + lastMs };
    addHour(tally, Math.floor(seen.firstMs / HOUR_MS), seen);
    noteTime(reading, seen.firstMs);
    noteTime(reading, seen.lastMs);
    reading.records += events;
    events = 0;
    routine = 0;
    run += 1;
  }

  function startRun(runDay: number, timeMs: number): void {
    flush();
    day = runDay;
    firstMs = timeMs;
    hourEndMs = timeMs - (timeMs % HOUR_MS) + HOUR_MS;
  }

  function noteType(type: number): void {
    const eventType = typeNames[type] ?? '';
    let seen = types[type];
    if (seen === undefined) {
      seen = { bit: routineBit(familyOf(eventType)), run: -1, day: -1 };
      types[type] = seen;
    }
    seen.run = run;
    routine |= seen.bit;
    if (seen.day !== day) addType(tally, day, eventType);
    seen.day = day;
  }

  return {
    note: (rows, row) => {
      const type = rows[row + ROW_TYPE] ?? 0;
      const timeMs = rows[row + ROW_TIME] ?? 0;
      const isNext = events > 0 && timeMs >= lastMs && timeMs < hourEndMs;
      if (!isNext || rows[row + ROW_DAY] !== day) startRun(rows[row + ROW_DAY] ?? 0, timeMs);
      lastMs = timeMs;
      events += 1;
      if (types[type]?.run !== run) noteType(type);
    },
    flush,
  };
}
