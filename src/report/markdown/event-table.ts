import type { LogEvent } from '../../model/log-event.ts';
import { cellCode } from '../escape/markdown.ts';
import { formatCount } from '../words/format-count.ts';
import { type EventRow, readEventRow } from '../words/read-event-row.ts';
import { renderTable } from './table.ts';

/** The first events as a table, and how many it leaves out. */
export function renderEventTable(events: readonly LogEvent[], maxRows: number): string {
  const rows = events.slice(0, maxRows).map((event) => toCells(readEventRow(event)));
  const table = renderTable(['time (UTC)', 'event', 'outcome', 'by', 'on', 'from'], rows);
  const left = events.length - rows.length;
  if (left === 0) return table;
  return `${table}\n\n${formatCount(left, 'more event')} in \`evidence.ndjson\`.`;
}

function toCells(row: EventRow): string[] {
  const place = row.place === null ? '' : ` ${cellCode(row.place)}`;
  return [
    row.time,
    cellCode(row.eventType),
    optionalCell(row.outcome),
    optionalCell(row.actor),
    optionalCell(row.target),
    row.address === null ? place.trim() : `${cellCode(row.address)}${place}`,
  ];
}

function optionalCell(text: string | null): string {
  return text === null ? '' : cellCode(text);
}
