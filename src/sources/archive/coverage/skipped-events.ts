import { HOUR_MS } from '../../../model/time-window.ts';
import { familyOf, routineBit } from './event-families.ts';
import { type FileReading, noteTime, tallyOf } from './file-reading.ts';
import { addFamily, addHour, type HourTally } from './tally-events.ts';

/** Notes events that were not parsed, as `noteEvent` notes the others; much faster where they come in order of time. */
export interface SkippedEvents {
  note(eventType: string, typeNumber: number, publishedMs: number): void;
  /** Writes what is still held back; to be called once, at the end. */
  finish(): void;
}

interface Family {
  readonly name: string;
  readonly bit: number;
  /** The day for which it was noted last. */
  day: number;
}

const HOURS_OF_DAY = 24;

export function startSkippedEvents(reading: FileReading, format: string): SkippedEvents {
  const tally = tallyOf(reading, format);
  const families: Family[] = [];
  let hour = Number.NaN;
  let current: HourTally = { events: 0, firstMs: 0, lastMs: 0, routine: 0 };

  function finish(): void {
    if (current.events > 0) addHour(tally, hour, current);
  }

  function findFamily(eventType: string, typeNumber: number): Family {
    const known = families[typeNumber];
    if (known !== undefined) return known;
    const name = familyOf(eventType);
    const family = { name, bit: routineBit(name), day: Number.NaN };
    families[typeNumber] = family;
    return family;
  }

  return {
    note: (eventType, typeNumber, publishedMs) => {
      const family = findFamily(eventType, typeNumber);
      const eventHour = Math.floor(publishedMs / HOUR_MS);
      if (eventHour !== hour) {
        finish();
        hour = eventHour;
        current = { events: 0, firstMs: publishedMs, lastMs: publishedMs, routine: 0 };
      }
      current.events += 1;
      if (publishedMs < current.firstMs) current.firstMs = publishedMs;
      if (publishedMs > current.lastMs) current.lastMs = publishedMs;
      current.routine |= family.bit;
      const day = Math.floor(eventHour / HOURS_OF_DAY);
      if (family.day !== day) {
        family.day = day;
        addFamily(tally, day, family.name);
      }
      reading.records += 1;
      noteTime(reading, publishedMs);
    },
    finish,
  };
}
