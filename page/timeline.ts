import uPlot from 'uplot';
import { LANES, type PageDocument, type Span } from '../src/report/html/page-document.ts';
import { createElement, findElement } from './create-element.ts';
import { drawHoles, drawSpans } from './draw-spans.ts';
import { findPoint } from './find-point.ts';
import { formatTicks } from './format-ticks.ts';
import { formatSecond } from './format-utc.ts';
import { readColours } from './read-colours.ts';
import { thinPoints } from './thin-points.ts';
import { createTimelineControls } from './timeline-controls.ts';
import { findWhole, zoomRange } from './timeline-range.ts';
import {
  countArchived,
  countByHour,
  laneHeight,
  SERIES,
  toTimelineSeries,
} from './timeline-series.ts';
import { createVisibleList } from './visible-list.ts';

const LANE_LABELS: Record<(typeof LANES)[number], string> = {
  support: 'support access',
  findings: 'findings',
  changes: 'credential changes',
  'sign-ins': 'sign-ins',
  other: 'other events',
};
const HEIGHT = 320;
const HOURS_HEIGHT = 130;
const LABEL_WIDTH = 130;

/** The zoomable timeline with what happened by hour below it, and a list of what is in view. */
export function showTimeline(page: PageDocument, openFinding: (id: string) => void): void {
  const { data } = toTimelineSeries(page);
  const whole = findWhole(
    page.window,
    data[0],
    page.spans.map(({ span }) => span),
  );
  const plotHost = createElement('div', {
    class: 'plot',
    tabindex: '0',
    role: 'group',
    'aria-label':
      'Timeline. Plus and minus zoom, the arrow keys move, 0 shows everything. What is in view stands as a list below.',
  });
  const reading = createElement('p', { class: 'reading soft no-print' }, HINT);
  const list = createVisibleList(page, openFinding);
  let range: Span = whole;

  function select(next: Span): void {
    range = next;
    for (const plot of plots) plot.setScale('x', { min: next[0], max: next[1] });
    list.show(next);
  }

  const timeline = new uPlot(
    timelineOptions(page, {
      width: measure(plotHost),
      onRange: (next) => {
        if (next[0] !== range[0] || next[1] !== range[1]) select(next);
      },
      onPoint: (index) => {
        reading.textContent = index === null ? HINT : describePoint(page, index);
      },
      whole,
    }),
    data as uPlot.AlignedData,
    plotHost,
  );
  const shown = countByHour(page);
  const archived = countArchived(page);
  const charts = [
    // Nothing to show looks as if nothing had been read.
    ...(page.points.atMs.length === 0 ? [] : [drawHours(page, 'Events shown, by hour', shown)]),
    ...(archived === null ? [] : [drawHours(page, 'Records in the archive, by hour', archived)]),
  ];
  const plots = [timeline, ...charts.map(({ plot }) => plot)];
  plotHost.addEventListener('click', () => {
    const finding = page.findings[page.points.finding[findPoint(timeline) ?? -1] ?? -1];
    if (finding !== undefined) openFinding(finding.id);
  });
  findElement('timeline').append(
    createTimelineControls({
      host: plotHost,
      read: () => range,
      whole,
      window: page.window,
      core: page.core,
      select,
    }),
    plotHost,
    reading,
    ...charts.flatMap(({ heading, host }) => [heading, host]),
    list.element,
  );
  resizeWithPage(plotHost, plots);
  redrawWithColours(plots);
  select(zoomRange(page.isRolling ? page.window : page.core, 1.1, whole));
}

const HINT = 'Drag to zoom in, double-click to see everything, click a point to open its finding.';

interface TimelineWiring {
  readonly width: number;
  readonly whole: Span;
  readonly onRange: (range: Span) => void;
  readonly onPoint: (index: number | null) => void;
}

function timelineOptions(page: PageDocument, wiring: TimelineWiring): uPlot.Options {
  return {
    width: wiring.width,
    height: HEIGHT,
    ms: 1,
    tzDate: (atMs) => uPlot.tzDate(new Date(atMs), 'Etc/UTC'),
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, y: false, points: { show: false } },
    scales: {
      x: { time: true },
      y: { range: [-0.6, LANES.length - 0.4] },
    },
    axes: [
      timeAxis(),
      {
        stroke: () => readColours().text,
        size: LABEL_WIDTH,
        splits: () => LANES.map((_, lane) => laneHeight(lane)),
        values: () => LANES.map((lane) => LANE_LABELS[lane]),
        grid: { show: false },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      ...SERIES.map(
        (name): uPlot.Series => ({
          paths: () => null,
          points: {
            show: true,
            filter: (plot, seriesIndex, isShown) =>
              isShown ? thinPoints(plot, seriesIndex) : null,
            size: name === 'changes' || name === 'sign-ins' || name === 'other' ? 5 : 9,
            fill: () => readColours()[name],
            stroke: () => readColours()[name === 'support' ? 'page' : name],
            width: 1,
          },
        }),
      ),
    ],
    hooks: {
      drawAxes: [(plot) => drawSpans(plot, page)],
      setScale: [
        (plot, key) => {
          const { min, max } = plot.scales['x'] ?? {};
          if (key === 'x' && min != null && max != null) wiring.onRange([min, max]);
        },
      ],
      setCursor: [(plot) => wiring.onPoint(findPoint(plot))],
    },
  };
}

function timeAxis(): uPlot.Axis {
  return {
    stroke: () => readColours().soft,
    grid: { stroke: () => readColours().line, width: 1 },
    space: 90,
    values: (_plot, moments, _axis, _space, stepMs) => formatTicks(moments, stepMs),
  };
}

const COUNT_STEPS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap((power) => [
  power,
  2 * power,
  5 * power,
]);

interface HourChart {
  readonly heading: HTMLElement;
  readonly host: HTMLElement;
  readonly plot: uPlot;
}

function drawHours(page: PageDocument, title: string, data: uPlot.AlignedData): HourChart {
  const host = createElement('div', { class: 'plot', 'aria-hidden': 'true' });
  const plot = new uPlot(hourOptions(page, measure(host)), data, host);
  return { heading: createElement('h3', {}, title), host, plot };
}

function hourOptions(page: PageDocument, width: number): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.9, 100], align: 1 });
  return {
    width,
    height: HOURS_HEIGHT,
    ms: 1,
    tzDate: (atMs) => uPlot.tzDate(new Date(atMs), 'Etc/UTC'),
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true }, y: { range: (_plot, _min, max) => [0, Math.max(1, max ?? 1)] } },
    axes: [
      timeAxis(),
      {
        stroke: () => readColours().soft,
        size: LABEL_WIDTH,
        incrs: COUNT_STEPS,
        grid: { stroke: () => readColours().line, width: 1 },
      },
    ],
    series: [
      {},
      {
        fill: () => readColours().other,
        stroke: () => readColours().other,
        points: { show: false },
        ...(bars === undefined ? {} : { paths: bars }),
      },
    ],
    hooks: { drawAxes: [(plot) => drawHoles(plot, page)] },
  };
}

function describePoint(page: PageDocument, index: number): string {
  const atMs = page.points.atMs[index];
  if (atMs === undefined) return HINT;
  return `${formatSecond(atMs)} UTC · ${page.texts[page.points.label[index] ?? -1] ?? ''}`;
}

/** Inside the two lines of its frame, which the section around it still has where the host is not on the page yet. */
function measure(host: HTMLElement): number {
  return Math.max(320, host.clientWidth || findElement('timeline').clientWidth - 2);
}

/** What fits between the margins of A4 and of Letter; a canvas is not laid out anew for paper. */
const PAPER_WIDTH_PX = 660;

function resizeWithPage(host: HTMLElement, plots: readonly uPlot[]): void {
  const resize = (width: number): void => {
    for (const plot of plots) plot.setSize({ width, height: plot.height });
  };
  const fit = (): void => resize(measure(host));
  new ResizeObserver(fit).observe(findElement('timeline'));
  window.addEventListener('beforeprint', () => resize(Math.min(PAPER_WIDTH_PX, measure(host))));
  window.addEventListener('afterprint', fit);
}

function redrawWithColours(plots: readonly uPlot[]): void {
  const redraw = (): void => {
    for (const plot of plots) plot.redraw(false, true);
  };
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
}
