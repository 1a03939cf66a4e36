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

/** How many points lie in each hour of the window: the hours, then the counts. */
export function countByHour({ points, window }: PageDocument): [number[], number[]] {
  const hourMs = 3_600_000;
  const firstHour = Math.floor(window[0] / hourMs);
  const lastHour = Math.floor((window[1] - 1) / hourMs);
  const counts = new Array<number>(Math.max(1, lastHour - firstHour + 1)).fill(0);
  for (const [index, atMs] of points.atMs.entries()) {
    if (LANES[points.lane[index] ?? -1] === 'findings') continue;
    const hour = Math.floor(atMs / hourMs) - firstHour;
    if (hour >= 0 && hour < counts.length) counts[hour] = (counts[hour] ?? 0) + 1;
  }
  return [counts.map((_, hour) => (firstHour + hour) * hourMs), counts];
}
