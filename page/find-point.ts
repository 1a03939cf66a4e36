import type uPlot from 'uplot';

/** How near the pointer must come to a point, and among how many neighbours in time it looks for the nearest. */
const REACH_PX = 14;
const NEIGHBOURS = 400;

/** The point under the pointer, or null. Points of one row stand close, so that the nearest on the screen counts. */
export function findPoint(plot: uPlot): number | null {
  const { left = -1, top = -1, idx } = plot.cursor;
  if (idx === null || idx === undefined || left < 0) return null;
  let nearest: number | null = null;
  let distance = REACH_PX;
  for (let index = Math.max(0, idx - NEIGHBOURS); index <= idx + NEIGHBOURS; index += 1) {
    const atMs = plot.data[0][index];
    if (atMs === undefined) break;
    const height = plot.data.slice(1).find((column) => typeof column[index] === 'number')?.[index];
    if (typeof height !== 'number') continue;
    const away = Math.hypot(plot.valToPos(atMs, 'x') - left, plot.valToPos(height, 'y') - top);
    if (away >= distance) continue;
    distance = away;
    nearest = index;
  }
  return nearest;
}
