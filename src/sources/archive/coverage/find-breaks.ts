import {
  DAY_MS,
  durationMs,
  HOUR_MS,
  MINUTE_MS,
  overlaps,
  type TimeWindow,
} from '../../../model/time-window.ts';
import { SLOT_MS } from './busy-slots.ts';
import { findGaps } from './find-gaps.ts';
import { hasSilence, listSilences } from './list-silences.ts';
import { NEAR_DAYS } from './read-rhythm.ts';
import type { HourTally } from './tally-events.ts';

/** The longest of thousands of pauses is some times the usual one, and nearly as long as the longest of the next thousands. */
const TIMES_LONGER = 7;
/** Less does not stand out from a slot, and Okta itself may stand still for a minute. */
const SHORTEST_BREAK_MS = TIMES_LONGER * SLOT_MS;
/** From here on it may be a gap, of which `findGaps` judges. */
const LONGEST_BREAK_MS = 3 * HOUR_MS;
/** How long it is looked before and after: by the length of the silence, and at least. */
const SIDE_LENGTHS = 1.5;
const SHORTEST_SIDE_MS = 30 * MINUTE_MS;
const USUAL_SHARE = 0.5;
/** Of seven days in a row one is of a weekend. */
const FEWEST_OTHER_DAYS = 7;
const OTHER_DAYS_MS = Array.from({ length: NEAR_DAYS }, (_, day) => (day + 1) * DAY_MS).flatMap(
  (shiftMs) => [-shiftMs, shiftMs],
);
const OTHER_WEEKS_MS = OTHER_DAYS_MS.filter((shiftMs) => shiftMs % (7 * DAY_MS) === 0);

/**
 * Finds the silences below three hours that are longer than a pause of this archive ever is: seven times as long as any before
 * and after it, and as any at the same time of day on half of the other days and half of the other weeks around it. Whoever
 * has a quiet day has other pauses on it, and a habit comes back. Days that lie in gaps say nothing.
 * What is found reaches over the slots at both ends, which may have lost events too.
 */
export function findBreaks(hours: readonly HourTally[]): TimeWindow[] {
  const silences = listSilences(hours);
  const gaps = findGaps(hours);
  const reach = { sinceMs: hours[0]?.firstMs ?? 0, untilMs: hours.at(-1)?.lastMs ?? 0 };

  const isKnown = (window: TimeWindow): boolean =>
    window.sinceMs >= reach.sinceMs &&
    window.untilMs <= reach.untilMs &&
    !gaps.some((gap) => overlaps(gap, window));

  const isOutOfPace = (silence: TimeWindow): boolean => {
    const lengthMs = durationMs(silence);
    const longerThanMs = lengthMs / TIMES_LONGER;
    const isBusy = (window: TimeWindow): boolean => !hasSilence(silences, { window, longerThanMs });

    const isUsuallyBusy = (shiftsMs: readonly number[], fewest: number): boolean => {
      const others = shiftsMs
        .map((shiftMs) => move(stretch(silence, lengthMs), shiftMs))
        .filter(isKnown);
      const busy = others.filter(isBusy).length;
      return others.length >= fewest && busy >= USUAL_SHARE * others.length;
    };

    const sideMs = Math.max(SIDE_LENGTHS * lengthMs, SHORTEST_SIDE_MS);
    return (
      isBusy({ sinceMs: silence.sinceMs - sideMs, untilMs: silence.sinceMs }) &&
      isBusy({ sinceMs: silence.untilMs, untilMs: silence.untilMs + sideMs }) &&
      isUsuallyBusy(OTHER_DAYS_MS, FEWEST_OTHER_DAYS) &&
      isUsuallyBusy(OTHER_WEEKS_MS, 0)
    );
  };

  return silences
    .filter((silence) => durationMs(silence) >= SHORTEST_BREAK_MS)
    .filter((silence) => durationMs(stretch(silence, SLOT_MS)) < LONGEST_BREAK_MS)
    .filter(isOutOfPace)
    .map((silence) => stretch(silence, SLOT_MS));
}

/** As much before and after it. */
function stretch({ sinceMs, untilMs }: TimeWindow, byMs: number): TimeWindow {
  return { sinceMs: sinceMs - byMs, untilMs: untilMs + byMs };
}

function move({ sinceMs, untilMs }: TimeWindow, byMs: number): TimeWindow {
  return { sinceMs: sinceMs + byMs, untilMs: untilMs + byMs };
}
