import type uPlot from 'uplot';
import type { PageDocument, PageSpan, Span } from '../src/report/html/page-document.ts';
import { readColours } from './read-colours.ts';
import { laneHeight } from './timeline-series.ts';

/** Holes over the whole height, the window that was asked about as a frame, support access as bars in its row. */
export function drawSpans(plot: uPlot, page: PageDocument): void {
  const { ctx, bbox } = plot;
  const colours = readColours();
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const span of page.spans) {
    ctx.fillStyle = colours[span.kind];
    const [left, width] = placeSpan(plot, span.span);
    const [top, height] = placeRow(plot, span);
    ctx.fillRect(left, top, width, height);
  }
  const [left, width] = placeSpan(plot, page.core);
  ctx.strokeStyle = colours.frame;
  ctx.lineWidth = 2;
  ctx.setLineDash([6, 4]);
  ctx.strokeRect(left, bbox.top + 1, width, bbox.height - 2);
  ctx.restore();
}

function placeSpan(plot: uPlot, [sinceMs, untilMs]: Span): [left: number, width: number] {
  const left = plot.valToPos(sinceMs, 'x', true);
  return [left, Math.max(2, plot.valToPos(untilMs, 'x', true) - left)];
}

function placeRow(plot: uPlot, { kind }: PageSpan): [top: number, height: number] {
  if (kind === 'hole' || kind === 'side-hole') return [plot.bbox.top, plot.bbox.height];
  const half = kind === 'session' ? 0.18 : 0.34;
  const top = plot.valToPos(laneHeight(0) + half, 'y', true);
  return [top, plot.valToPos(laneHeight(0) - half, 'y', true) - top];
}
