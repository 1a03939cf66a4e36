import type uPlot from 'uplot';

/** Points that would cover each other within so many pixels are drawn once. */
const CELL_PX = 3;

/** The points of a series worth drawing at this zoom: those in view, one for each cell of a fine grid. */
export function thinPoints(plot: uPlot, seriesIndex: number): number[] {
  const times = plot.data[0];
  const heights = plot.data[seriesIndex];
  const { min = null, max = null } = plot.scales['x'] ?? {};
  if (heights === undefined || min === null || max === null) return [];
  const { width, height } = plot.over.getBoundingClientRect();
  const columns = Math.ceil(width / CELL_PX) + 1;
  const taken = new Uint8Array(columns * (Math.ceil(height / CELL_PX) + 1));
  const bottom = plot.scales['y']?.min ?? 0;
  const span = (plot.scales['y']?.max ?? 1) - bottom;
  const kept: number[] = [];
  for (let index = countBefore(times, min); index < times.length; index += 1) {
    const atMs = times[index] ?? 0;
    if (atMs > max) break;
    const value = heights[index];
    if (typeof value !== 'number') continue;
    const column = Math.floor((((atMs - min) / (max - min)) * width) / CELL_PX);
    const row = Math.floor((((value - bottom) / span) * height) / CELL_PX);
    const cell = row * columns + column;
    if (taken[cell] === 1) continue;
    taken[cell] = 1;
    kept.push(index);
  }
  return kept;
}

/** How many of the sorted times lie before a moment. */
export function countBefore(times: ArrayLike<number>, atMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
