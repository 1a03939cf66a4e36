import type { Span } from '../src/report/html/page-document.ts';

/** Nothing in a log is worth a closer look than this. */
const SHORTEST_MS = 10_000;

/** Part of the time around the middle of what is seen: less than 1 comes closer, more steps back; never beyond the whole. */
export function zoomRange(
  [sinceMs, untilMs]: Span,
  factor: number,
  whole: Span,
  middleMs?: number,
): Span {
  const length = Math.min(Math.max((untilMs - sinceMs) * factor, SHORTEST_MS), whole[1] - whole[0]);
  const centre = middleMs ?? (sinceMs + untilMs) / 2;
  const share = untilMs === sinceMs ? 0.5 : (centre - sinceMs) / (untilMs - sinceMs);
  return keepInside([centre - length * share, centre + length * (1 - share)], whole);
}

/** The same length of time, moved by a part of itself. */
export function moveRange([sinceMs, untilMs]: Span, share: number, whole: Span): Span {
  const step = (untilMs - sinceMs) * share;
  return keepInside([sinceMs + step, untilMs + step], whole);
}

function keepInside([sinceMs, untilMs]: Span, whole: Span): Span {
  const length = untilMs - sinceMs;
  const start = Math.min(Math.max(sinceMs, whole[0]), whole[1] - length);
  return [start, start + length];
}

/** All that the page knows of: the window and whatever lies outside of it, with a little room. */
export function findWhole(window: Span, times: readonly number[], spans: readonly Span[]): Span {
  const first = Math.min(window[0], times[0] ?? window[0], ...spans.map(([sinceMs]) => sinceMs));
  const last = Math.max(
    window[1],
    times.at(-1) ?? window[1],
    ...spans.map(([, untilMs]) => untilMs),
  );
  const room = Math.max((last - first) * 0.01, SHORTEST_MS);
  return [first - room, last + room];
}
