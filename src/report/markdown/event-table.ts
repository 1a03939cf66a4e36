import { formatCount } from '../../model/format-count.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { formatSecond } from '../words/format-time.ts';
import { type EventRow, readEventRow } from '../words/read-event-row.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { renderTable } from './table.ts';

/** The first events as a table, and how many it leaves out. */
export function renderEventTable(
  { cellOnce }: MarkdownContext,
  events: readonly LogEvent[],
  maxRows: number,
): string {
  const cell = (text: string | null): string => (text === null ? '' : cellOnce(text));
  const toCells = ({ atMs, eventType, outcome, actor, target, address, place }: EventRow) => [
    formatSecond(atMs),
    cell(eventType),
    cell(outcome),
    cell(actor),
    cell(target),
    address === null || place === null
      ? `${cell(address)}${cell(place)}`
      : `${cell(address)} ${cell(place)}`,
  ];
  const rows = events.slice(0, maxRows).map((event) => toCells(readEventRow(event)));
  const table = renderTable(['time (UTC)', 'event', 'outcome', 'by', 'on', 'from'], rows);
  const left = events.length - rows.length;
  if (left === 0) return table;
  return `${table}\n\n${formatCount(left, 'more event')} in \`evidence.ndjson\`.`;
}
