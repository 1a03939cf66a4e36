import type uPlot from 'uplot';
import type { PageDocument, PageSpan, Span } from '../src/report/html/page-document.ts';
import { readColours } from './read-colours.ts';
import { laneHeight } from './timeline-series.ts';

/** Holes over the whole height, the window that was asked about as a frame, support access as bars in its row. */
export function drawSpans(plot: uPlot, page: PageDocument): void {
  drawClipped(plot, () => {
    fillSpans(plot, page.spans);
    drawFrame(plot, page.core);
  });
}

/** Holes alone, for a plot without rows. */
export function drawHoles(plot: uPlot, page: PageDocument): void {
  drawClipped(plot, () => {
    fillSpans(plot, page.spans.filter(isHole));
    drawFrame(plot, page.core);
  });
}

function drawClipped({ ctx, bbox }: uPlot, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}

function fillSpans(plot: uPlot, spans: readonly PageSpan[]): void {
  const colours = readColours();
  for (const span of spans) {
    plot.ctx.fillStyle = colours[span.kind];
    const [left, width] = placeSpan(plot, span.span);
    const [top, height] = placeRow(plot, span);
    plot.ctx.fillRect(left, top, width, height);
  }
}

function drawFrame(plot: uPlot, core: Span): void {
  const { ctx, bbox } = plot;
  const [left, width] = placeSpan(plot, core);
  ctx.strokeStyle = readColours().frame;
  ctx.lineWidth = 2;
  ctx.setLineDash([6, 4]);
  ctx.strokeRect(left, bbox.top + 1, width, bbox.height - 2);
}

function isHole({ kind }: PageSpan): boolean {
  return kind === 'hole' || kind === 'side-hole';
}

function placeSpan(plot: uPlot, [sinceMs, untilMs]: Span): [left: number, width: number] {
  const left = plot.valToPos(sinceMs, 'x', true);
  return [left, Math.max(2, plot.valToPos(untilMs, 'x', true) - left)];
}

function placeRow(plot: uPlot, span: PageSpan): [top: number, height: number] {
  if (isHole(span)) return [plot.bbox.top, plot.bbox.height];
  const half = span.kind === 'session' ? 0.18 : 0.34;
  const top = plot.valToPos(laneHeight(0) + half, 'y', true);
  return [top, plot.valToPos(laneHeight(0) - half, 'y', true) - top];
}
