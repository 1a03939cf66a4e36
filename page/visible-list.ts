import { formatCount } from '../src/model/format-count.ts';
import type { PageDocument, Span } from '../src/report/html/page-document.ts';
import { createElement } from './create-element.ts';
import { formatMinute, formatSecond } from './format-utc.ts';
import { countBefore } from './thin-points.ts';

const MOST_ROWS = 200;

export interface VisibleList {
  readonly element: HTMLElement;
  show(range: Span): void;
}

/** What the timeline shows, as text: for people who cannot see the drawing, and for everybody once it is close enough. */
export function createVisibleList(
  page: PageDocument,
  openFinding: (id: string) => void,
): VisibleList {
  const summary = createElement('summary');
  const content = createElement('div');
  const element = createElement('details', { class: 'in-view' }, summary, content);
  let range: Span = page.window;

  function fill(): void {
    const { atMs } = page.points;
    const from = countBefore(atMs, range[0]);
    const to = countBefore(atMs, range[1]);
    const spans = page.spans.filter(({ span }) => span[0] < range[1] && span[1] > range[0]);
    summary.textContent = `In view: ${formatCount(to - from, 'moment')} and ${formatCount(spans.length, 'stretch', 'stretches')}, ${formatMinute(range[0])} to ${formatMinute(range[1])} UTC`;
    if (!element.open) return;
    const lines = [
      ...spans.map(({ span, label }) =>
        createElement('li', {}, `${formatMinute(span[0])} to ${formatMinute(span[1])} · ${label}`),
      ),
      ...listPlaces(from, Math.min(to, from + MOST_ROWS)).map(tellMoment),
    ];
    const left = to - from - MOST_ROWS;
    content.replaceChildren(
      createElement('ul', {}, ...lines),
      ...(left > 0 ? [createElement('p', {}, `and ${left} more; zoom in to see them.`)] : []),
    );
  }

  function tellMoment(index: number): HTMLElement {
    const text = `${formatSecond(page.points.atMs[index] ?? 0)} · ${page.texts[page.points.label[index] ?? -1] ?? ''}`;
    const finding = page.findings[page.points.finding[index] ?? -1];
    if (finding === undefined) return createElement('li', {}, text);
    const link = createElement('a', { href: `#${finding.id}` }, finding.id);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      openFinding(finding.id);
    });
    return createElement('li', {}, text, ' ', link);
  }

  element.addEventListener('toggle', fill);
  return {
    element,
    show(next) {
      range = next;
      fill();
    },
  };
}

function listPlaces(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
