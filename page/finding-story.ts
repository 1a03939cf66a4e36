import type { RawEvent } from '../src/model/log-event.ts';
import type { PageDocument, PageEvent, PageFinding } from '../src/report/html/page-document.ts';
import { describeMissingEvents } from '../src/report/words/describe-missing-events.ts';
import { createElement } from './create-element.ts';
import { formatSecond, formatSpan } from './format-utc.ts';

const EVENT_COLUMNS = [
  'record',
  'time (UTC)',
  'event',
  'outcome',
  'by',
  'on',
  'from',
  'place',
  'with',
];

/** What happened, why it matters, whom to ask, what to look at, and every event. */
export function tellStory(page: PageDocument, finding: PageFinding): HTMLElement {
  const text = (place: number): string => page.texts[place] ?? '';
  const facts: readonly (readonly [string, string])[] = [
    ['When (UTC)', formatSpan(finding.firstMs, finding.lastMs)],
    ['For', finding.speaksFor],
    ['Against', finding.speaksAgainst],
    ['May be harmless', text(finding.harmless)],
    ['Confidence', finding.confidence],
    ['Ask', finding.ask],
    ['Check', finding.check],
    ['ATT&CK', finding.techniques],
    ['Also seen by', finding.alsoSeenBy],
    ['Suppressed', finding.suppressedBy ?? ''],
    ...finding.facts,
  ];
  return createElement(
    'div',
    { class: 'story' },
    createElement('p', {}, finding.summary),
    createElement('p', {}, text(finding.description)),
    createElement('dl', {}, ...facts.filter(([, value]) => value !== '').flatMap(tellFact)),
    ...tellSteps(finding.nextSteps.map(text)),
    ...tellBlock(finding.queryLabel, finding.query),
    ...tellEvents(page, finding),
    ...tellBlock(
      'To stop hearing about exactly this, copy into your tuning file:',
      finding.suppression ?? '',
    ),
  );
}

function tellFact([name, value]: readonly [string, string]): HTMLElement[] {
  return [createElement('dt', {}, name), createElement('dd', {}, value)];
}

function tellSteps(steps: readonly string[]): HTMLElement[] {
  if (steps.length === 0) return [];
  const items = steps.map((step) => createElement('li', {}, step));
  return [createElement('p', {}, 'Then:'), createElement('ul', {}, ...items)];
}

function tellBlock(label: string, block: string): HTMLElement[] {
  if (block === '') return [];
  return [createElement('p', {}, label), createElement('pre', { tabindex: '0' }, block)];
}

function tellEvents(page: PageDocument, finding: PageFinding): HTMLElement[] {
  if (finding.events.length === 0) {
    return [createElement('p', {}, describeMissingEvents(finding))];
  }
  const header = EVENT_COLUMNS.map((name) => createElement('th', { scope: 'col' }, name));
  const table = createElement(
    'table',
    {},
    createElement('thead', {}, createElement('tr', {}, ...header)),
    createElement('tbody', {}, ...finding.events.map((event) => tellEvent(page, event))),
  );
  const region = createElement(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': `Events of ${finding.id}`, tabindex: '0' },
    table,
  );
  if (finding.eventsLeft === 0) return [region];
  return [region, createElement('p', {}, `${finding.eventsLeft} more in evidence.ndjson.`)];
}

function tellEvent(page: PageDocument, [atMs, ...places]: PageEvent): HTMLElement {
  const record = page.records[places[7]];
  const cells = places
    .slice(0, 7)
    .map((place) => createElement('td', {}, createElement('code', {}, page.texts[place] ?? '')));
  return createElement(
    'tr',
    {},
    createElement('td', {}, record === undefined ? '' : offerRecord(record)),
    createElement('td', { class: 'time' }, formatSecond(atMs)),
    ...cells,
  );
}

/** A button that opens the raw record in a row of its own, written out only then. */
function offerRecord(record: RawEvent): HTMLElement {
  const attributes = { type: 'button', 'aria-expanded': 'false', class: 'record' };
  const button = createElement('button', attributes, 'raw');
  button.addEventListener('click', () => {
    const row = button.closest('tr');
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) row?.nextElementSibling?.remove();
    else row?.after(tellRecord(record));
  });
  return button;
}

function tellRecord(record: RawEvent): HTMLElement {
  const text = JSON.stringify(record, null, 2).replace(INVISIBLE, toEscape);
  const cell = createElement('td', { colspan: String(EVENT_COLUMNS.length) });
  cell.append(createElement('pre', { tabindex: '0' }, text));
  return createElement('tr', {}, cell);
}

const INVISIBLE = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

function toEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
