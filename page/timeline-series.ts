import { LANES, type PageDocument } from '../src/report/html/page-document.ts';
import { SEVERITY_ORDER } from './filter-findings.ts';

/** What is drawn in one colour, from below to above: the strongest findings cover the others. */
export const SERIES = [
  'other',
  'sign-ins',
  'changes',
  'support',
  ...SEVERITY_ORDER.toReversed(),
] as const;
export type SeriesName = (typeof SERIES)[number];

export interface TimelineSeries {
  /** Times, then for each of `SERIES` a height or null at each time. */
  readonly data: [number[], ...(number | null)[][]];
}

/** Spreads points of one row so that those of the same minute stay apart; the same point always at the same height. */
function spread(index: number): number {
  return (((index * 2654435761) % 1000) / 1000 - 0.5) * 0.6;
}

/** The points of the page as columns that a plot takes; rows count from the top. */
export function toTimelineSeries({ points, findings }: PageDocument): TimelineSeries {
  const times = [...points.atMs];
  const columns = SERIES.map(() => new Array<number | null>(times.length).fill(null));
  for (const [index] of times.entries()) {
    const lane = LANES[points.lane[index] ?? -1];
    if (lane === undefined) continue;
    const finding = findings[points.finding[index] ?? -1];
    const name = lane === 'findings' && finding !== undefined ? finding.severity : lane;
    const column = columns[SERIES.indexOf(name as SeriesName)];
    if (column !== undefined) column[index] = laneHeight(LANES.indexOf(lane)) + spread(index);
  }
  return { data: [times, ...columns] };
}

/** The middle of a row; the first row is on top. */
export function laneHeight(lane: number): number {
  return LANES.length - 1 - lane;
}

/** How many records the archives have in each hour, with an empty hour at both ends, so that a single one is as wide as others. */
export function countArchived({ archived }: PageDocument): [number[], number[]] | null {
  if (archived === null) return null;
  const [hours, records] = archived;
  const [first = 0, last = 0] = [hours[0], hours.at(-1)];
  return [
    [first - HOUR_MS, ...hours, last + HOUR_MS],
    [0, ...records, 0],
  ];
}

const HOUR_MS = 3_600_000;

/** How many points lie in each hour of the window: the hours, then the counts. */
export function countByHour({ points, window }: PageDocument): [number[], number[]] {
  const firstHour = Math.floor(window[0] / HOUR_MS);
  const lastHour = Math.floor((window[1] - 1) / HOUR_MS);
  const counts = new Array<number>(Math.max(1, lastHour - firstHour + 1)).fill(0);
  for (const [index, atMs] of points.atMs.entries()) {
    if (LANES[points.lane[index] ?? -1] === 'findings') continue;
    const hour = Math.floor(atMs / HOUR_MS) - firstHour;
    if (hour >= 0 && hour < counts.length) counts[hour] = (counts[hour] ?? 0) + 1;
  }
  return [counts.map((_, hour) => (firstHour + hour) * HOUR_MS), counts];
}
