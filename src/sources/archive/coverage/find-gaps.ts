import { DAY_MS, HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
import { readRhythm } from './read-rhythm.ts';
import type { HourTally } from './tally-events.ts';

const HOURS_OF_WEEK = 168;
/** Silence of a day is a gap, unless it is this archive's habit. */
const GAP_MS = DAY_MS;
/** The shortest that may be one where the archive is always busy. */
const SHORTEST_GAP_MS = 3 * HOUR_MS;
/** No habit explains more: a weekend from Friday evening to Monday morning lasts 62 hours. */
const LONGEST_HABIT_MS = 3 * DAY_MS;
/** How many other weeks must show the habit before it excuses anything. */
const FEWEST_OTHER_WEEKS = 3;
/** "Usually" is at least three of four. */
const USUAL_SHARE = 0.75;

/**
 * Finds the stretches without any event that an archive cannot claim to cover, by its hours in order of time.
 * A silence of a day is excused only where every whole hour of it is, in the other weeks of the same archive, usually silent
 * too; weeks that lie in long silences say nothing about habits. A shorter one counts only where it is out of the archive's
 * rhythm.
 */
export function findGaps(hours: readonly HourTally[]): TimeWindow[] {
  const silences = findSilences(hours);
  if (silences.length === 0) return [];
  const habits = countHabits(hours);
  const long = silences.filter(
    (silence) => isLong(silence) && (isTooLongForHabit(silence) || !isHabitual(silence, habits)),
  );
  const isOutOfRhythm = readRhythm(hours, long);
  return silences.filter((silence) =>
    isLong(silence) ? long.includes(silence) : isOutOfRhythm(silence),
  );
}

/** Stretches between one event and the next that may be gaps, in order; the events themselves are outside. */
function findSilences(hours: readonly HourTally[]): TimeWindow[] {
  const silences: TimeWindow[] = [];
  let previousMs = Number.POSITIVE_INFINITY;
  for (const { firstMs, lastMs } of hours) {
    if (firstMs - previousMs >= SHORTEST_GAP_MS) {
      silences.push({ sinceMs: previousMs + 1, untilMs: firstMs });
    }
    previousMs = lastMs;
  }
  return silences;
}

function isLong({ sinceMs, untilMs }: TimeWindow): boolean {
  return untilMs - sinceMs >= GAP_MS - 1;
}

interface Habits {
  /** How often each hour of the week was looked at, and how often it was silent. */
  readonly looked: readonly number[];
  readonly silent: readonly number[];
}

function countHabits(hours: readonly HourTally[]): Habits {
  const looked = new Array<number>(HOURS_OF_WEEK).fill(0);
  const silent = new Array<number>(HOURS_OF_WEEK).fill(0);
  const count = (counts: number[], hour: number): void => {
    const slot = hourOfWeek(hour);
    counts[slot] = (counts[slot] ?? 0) + 1;
  };
  let previous: { readonly hour: number; readonly lastMs: number } | null = null;
  for (const { firstMs, lastMs } of hours) {
    const hour = Math.floor(firstMs / HOUR_MS);
    count(looked, hour);
    if (previous !== null && firstMs - previous.lastMs <= LONGEST_HABIT_MS) {
      for (let between = previous.hour + 1; between < hour; between += 1) {
        count(looked, between);
        count(silent, between);
      }
    }
    previous = { hour, lastMs };
  }
  return { looked, silent };
}

function isHabitual(silence: TimeWindow, habits: Habits): boolean {
  const first = Math.ceil(silence.sinceMs / HOUR_MS);
  const last = Math.floor(silence.untilMs / HOUR_MS) - 1;
  for (let hour = first; hour <= last; hour += 1) {
    const slot = hourOfWeek(hour);
    const otherWeeks = (habits.looked[slot] ?? 0) - 1;
    const otherSilences = (habits.silent[slot] ?? 0) - 1;
    if (otherWeeks < FEWEST_OTHER_WEEKS) return false;
    if (otherSilences < USUAL_SHARE * otherWeeks) return false;
  }
  return true;
}

function isTooLongForHabit(silence: TimeWindow): boolean {
  return silence.untilMs - silence.sinceMs > LONGEST_HABIT_MS;
}

function hourOfWeek(hour: number): number {
  return ((hour % HOURS_OF_WEEK) + HOURS_OF_WEEK) % HOURS_OF_WEEK;
}
