import type { Span } from '../src/report/html/page-document.ts';
import { createButton, createElement } from './create-element.ts';
import { moveRange, zoomRange } from './timeline-range.ts';

export interface TimelineControls {
  readonly host: HTMLElement;
  readonly read: () => Span;
  readonly select: (range: Span) => void;
  readonly whole: Span;
  readonly window: Span;
  readonly core: Span;
}

const CLOSER = 0.5;
const STEP = 0.25;

/** Buttons, keys and the wheel (with Ctrl or Cmd, so that the page still scrolls). */
export function createTimelineControls(controls: TimelineControls): HTMLElement {
  const { host, read, select, whole } = controls;
  const zoom = (factor: number) => (): void => select(zoomRange(read(), factor, whole));
  const move = (share: number) => (): void => select(moveRange(read(), share, whole));
  const showAll = (): void => select(whole);
  const keys: Record<string, () => void> = {
    '+': zoom(CLOSER),
    '=': zoom(CLOSER),
    '-': zoom(1 / CLOSER),
    ArrowLeft: move(-STEP),
    ArrowRight: move(STEP),
    '0': showAll,
    Home: showAll,
  };
  host.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  host.addEventListener('wheel', (event) => wheel(event, controls), { passive: false });
  host.addEventListener('dblclick', showAll);
  return createElement(
    'div',
    { class: 'controls no-print' },
    createButton('+', zoom(CLOSER), 'Zoom in'),
    createButton('\u2212', zoom(1 / CLOSER), 'Zoom out'),
    createButton('\u2190', move(-STEP), 'Earlier'),
    createButton('\u2192', move(STEP), 'Later'),
    createButton('Everything', showAll, 'Show everything'),
    createButton('Window', () => select(controls.window), 'Show the window'),
    ...(isSame(controls.core, controls.window)
      ? []
      : [createButton('Core window', () => select(controls.core), 'Show the core window')]),
  );
}

function wheel(event: WheelEvent, { host, read, select, whole }: TimelineControls): void {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const over = host.querySelector('.u-over')?.getBoundingClientRect();
  if (over === undefined) return;
  const [sinceMs, untilMs] = read();
  const share = Math.min(1, Math.max(0, (event.clientX - over.left) / over.width));
  const factor = event.deltaY > 0 ? 1 / 0.8 : 0.8;
  select(zoomRange([sinceMs, untilMs], factor, whole, sinceMs + share * (untilMs - sinceMs)));
}

function isSame(one: Span, other: Span): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
