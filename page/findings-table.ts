import { formatCount } from '../src/model/format-count.ts';
import { formatNumber } from '../src/model/format-number.ts';
import type { PageDocument, PageFinding } from '../src/report/html/page-document.ts';
import { createButton, createElement, findElement } from './create-element.ts';
import {
  type FindingFilter,
  type FindingOrder,
  filterFindings,
  makeSearchable,
  NO_FILTER,
  type SearchableFinding,
  type SortKey,
  sortFindings,
} from './filter-findings.ts';
import { tellStory } from './finding-story.ts';
import { createControls } from './findings-controls.ts';
import { formatMinute } from './format-utc.ts';

/** So many rows are drawn at once; more come on demand, so that the page answers at once. */
const ROWS_AT_ONCE = 100;

const COLUMNS: readonly (readonly [key: SortKey, label: string])[] = [
  ['id', 'finding'],
  ['severity', 'severity'],
  ['role', 'counts as'],
  ['status', 'status'],
  ['title', 'what'],
  ['subject', 'about'],
  ['first', 'since (UTC)'],
  ['events', 'events'],
];

export interface FindingsTable {
  /** Shows the finding, whatever the filter says, and opens its story. */
  open(id: string): void;
}

/** The list of findings with search, filters, sorting and stories. */
export function showFindings(page: PageDocument): FindingsTable {
  const all = makeSearchable(page);
  const state = {
    filter: NO_FILTER,
    order: { key: null, descending: false } as FindingOrder,
    shown: ROWS_AT_ONCE,
    opened: new Set<string>(),
  };
  const body = createElement('tbody');
  const count = createElement('p', { role: 'status', class: 'soft' });
  const more = createElement('p', { class: 'no-print' });
  const header = createElement('tr');

  function draw(): void {
    const rows = sortFindings(filterFindings(all, state.filter), state.order);
    const drawn = rows.slice(0, state.shown);
    body.replaceChildren(...drawn.flatMap(drawRow));
    count.textContent =
      rows.length === all.length
        ? formatCount(all.length, 'finding')
        : `${formatNumber(rows.length)} of ${formatNumber(all.length)} findings`;
    more.replaceChildren(...offerMore(rows.length - drawn.length));
    header.replaceChildren(...COLUMNS.map(drawHeading));
  }

  function offerMore(left: number): (Node | string)[] {
    if (left <= 0) return [];
    const show = (rows: number) => () => {
      state.shown += rows;
      draw();
    };
    return [
      createButton(`Show ${Math.min(left, ROWS_AT_ONCE)} more`, show(ROWS_AT_ONCE)),
      ...(left > ROWS_AT_ONCE
        ? [' ', createButton(`Show all ${formatNumber(left)} that are left`, show(left))]
        : []),
    ];
  }

  function drawHeading([key, label]: (typeof COLUMNS)[number]): HTMLElement {
    const isSorted = state.order.key === key;
    const direction = state.order.descending ? 'descending' : 'ascending';
    const sign = isSorted ? (state.order.descending ? ' ↓' : ' ↑') : '';
    const button = createElement('button', { type: 'button', class: 'sort' }, `${label}${sign}`);
    button.addEventListener('click', () => {
      state.order = { key, descending: isSorted && !state.order.descending };
      draw();
      header.querySelectorAll('button')[COLUMNS.findIndex(([one]) => one === key)]?.focus();
    });
    return createElement(
      'th',
      { scope: 'col', 'aria-sort': isSorted ? direction : 'none' },
      button,
    );
  }

  function drawRow(row: SearchableFinding): HTMLElement[] {
    const { finding } = row;
    const isOpen = state.opened.has(finding.id);
    const toggle = createElement(
      'button',
      { type: 'button', class: 'toggle', 'aria-expanded': String(isOpen) },
      finding.id,
    );
    toggle.addEventListener('click', () => {
      if (isOpen) state.opened.delete(finding.id);
      else state.opened.add(finding.id);
      draw();
      document.getElementById(finding.id)?.querySelector('button')?.focus();
    });
    const cells: readonly (Node | string)[] = [
      toggle,
      createElement('span', { class: `severity ${finding.severity}` }, finding.severity),
      finding.role,
      describeStatus(finding),
      row.title,
      createElement('code', {}, row.subject),
      createElement('span', { class: 'time' }, formatMinute(finding.firstMs)),
      String(finding.eventCount),
    ];
    const line = createElement(
      'tr',
      { id: finding.id, class: isOpen ? 'open' : '' },
      ...cells.map((cell, index) =>
        createElement('td', { 'data-label': COLUMNS[index]?.[1] ?? '' }, cell),
      ),
    );
    if (!isOpen) return [line];
    const story = createElement(
      'td',
      { colspan: String(COLUMNS.length) },
      tellStory(page, finding),
    );
    return [line, createElement('tr', { class: 'story-row' }, story)];
  }

  function change(filter: Partial<FindingFilter>): void {
    state.filter = { ...state.filter, ...filter };
    state.shown = ROWS_AT_ONCE;
    draw();
  }

  const controls = createControls(change);
  const list = createElement(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': 'Findings', tabindex: '0' },
    createElement('table', { class: 'findings' }, createElement('thead', {}, header), body),
  );
  findElement('findings').append(...(all.length === 0 ? [count] : [controls, count, list, more]));
  window.addEventListener('beforeprint', () => {
    state.shown = all.length;
    draw();
  });
  draw();

  return {
    open(id) {
      const place = all.findIndex(({ finding }) => finding.id === id);
      if (place === -1) return;
      state.filter = NO_FILTER;
      state.order = { key: null, descending: false };
      state.shown = Math.max(state.shown, place + 1);
      state.opened.add(id);
      controls.reset();
      draw();
      const row = document.getElementById(id);
      row?.scrollIntoView({ block: 'start' });
      row?.querySelector('button')?.focus({ preventScroll: true });
    },
  };
}

/** A finding for context asks nothing of anybody, so that it has no state either. */
function describeStatus({ role, status, inWindow }: PageFinding): string {
  if (role === 'context' && status !== 'suppressed') return '';
  return inWindow ? status : `${status}, from before`;
}
