import { DAY_MS, HOUR_MS, MINUTE_MS, type TimeWindow } from '../../../model/time-window.ts';
import { SLOT_MS } from './busy-slots.ts';
import { findHour } from './find-hour.ts';
import { hasSilence, listSilences, type SlotSpan } from './list-silences.ts';
import { NEAR_DAYS } from './read-rhythm.ts';
import type { HourTally } from './tally-events.ts';

/** The longest of thousands of pauses is some times the usual one, and nearly as long as the longest of the next thousands. */
const TIMES_LONGER = 7;
/** Less does not stand out from a slot, and Okta itself may stand still for a minute. */
const SHORTEST_BREAK = TIMES_LONGER;
/** How long it is looked before and after: by the length of the silence, and at least. */
const SIDE_LENGTHS = 1.5;
const SHORTEST_SIDE = (30 * MINUTE_MS) / SLOT_MS;
/** A shorter one is longer than the seventh part of none. */
const SHORTEST_PAUSE = 2;
const USUAL_SHARE = 0.5;
/** Of seven days in a row one is of a weekend. */
const FEWEST_OTHER_DAYS = 7;
const DAY = DAY_MS / SLOT_MS;
const OTHER_DAYS = Array.from({ length: NEAR_DAYS }, (_, day) => (day + 1) * DAY).flatMap(
  (slots) => [-slots, slots],
);
const OTHER_WEEKS = OTHER_DAYS.filter((slots) => slots % (7 * DAY) === 0);

/**
 * Finds the silences, gaps aside, that are longer than a pause of this archive ever is: seven times as long as any before and
 * after it, and as any at the same time of day on half of the other days and half of the other weeks around it. Whoever has
 * a quiet day has other pauses on it, and a habit comes back. Days that lie in the gaps say nothing.
 * What is found reaches over the slots at both ends, which may have lost events too. It is looked for where something is asked:
 * an archive may hold years.
 */
export function findBreaks({
  hours,
  gaps,
  asked,
}: {
  /** In order of time. */
  readonly hours: readonly HourTally[];
  readonly gaps: readonly TimeWindow[];
  readonly asked: TimeWindow;
}): TimeWindow[] {
  const { sinces, untils } = listSilences(hoursAround(hours, asked), SHORTEST_BREAK);
  if (sinces.length === 0) return [];
  const pauses = listSilences(hours, SHORTEST_PAUSE);
  const reach = { since: slotOf(hours[0]?.firstMs ?? 0), until: slotOf(hours.at(-1)?.lastMs ?? 0) };
  const lost = gaps.map(({ sinceMs, untilMs }) => ({
    since: slotOf(sinceMs),
    until: slotOf(untilMs) + 1,
  }));

  const isInGap = ({ since, until }: SlotSpan): boolean =>
    lost.some((gap) => since < gap.until && until > gap.since);

  const isKnown = (span: SlotSpan): boolean =>
    span.since > reach.since && span.until <= reach.until && !isInGap(span);

  const isOutOfPace = (silence: SlotSpan): boolean => {
    const length = silence.until - silence.since;
    const longerThan = length / TIMES_LONGER;
    const isBusy = (span: SlotSpan): boolean => !hasSilence(pauses, { span, longerThan });

    const isUsuallyBusy = (shifts: readonly number[], fewest: number): boolean => {
      const others = shifts.map((slots) => move(stretch(silence, length), slots)).filter(isKnown);
      const busy = others.filter(isBusy).length;
      return others.length >= fewest && busy >= USUAL_SHARE * others.length;
    };

    const side = Math.max(SIDE_LENGTHS * length, SHORTEST_SIDE);
    return (
      !isInGap(silence) &&
      isBusy({ since: silence.since - side, until: silence.since }) &&
      isBusy({ since: silence.until, until: silence.until + side }) &&
      isUsuallyBusy(OTHER_DAYS, FEWEST_OTHER_DAYS) &&
      isUsuallyBusy(OTHER_WEEKS, 0)
    );
  };

  const silences = sinces.map((since, index) => ({ since, until: untils[index] ?? since }));
  return silences.filter(isOutOfPace).map((silence) => {
    const { since, until } = stretch(silence, 1);
    return { sinceMs: since * SLOT_MS, untilMs: until * SLOT_MS };
  });
}

/** Those of a stretch, and the next on both sides: a silence at its edge ends, or begins, in these. */
function hoursAround(hours: readonly HourTally[], { sinceMs, untilMs }: TimeWindow): HourTally[] {
  const first = findHour(hours, sinceMs - HOUR_MS) - 1;
  const last = findHour(hours, untilMs + HOUR_MS);
  return hours.slice(Math.max(first, 0), last + 1);
}

function slotOf(instantMs: number): number {
  return Math.floor(instantMs / SLOT_MS);
}

/** As much before and after it. */
function stretch({ since, until }: SlotSpan, slots: number): SlotSpan {
  return { since: since - slots, until: until + slots };
}

function move({ since, until }: SlotSpan, slots: number): SlotSpan {
  return { since: since + slots, until: until + slots };
}
