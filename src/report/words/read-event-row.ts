import {
  isRecord,
  type LogEvent,
  type Party,
  readActor,
  readTargets,
} from '../../model/log-event.ts';
import { toPrintableParty } from '../../model/printable-party.ts';
import { nameParty } from './name-party.ts';

/** One event as a line of a table: text from the log, logins of unknown people hidden, still unescaped. */
export interface EventRow {
  readonly atMs: number;
  readonly eventType: string;
  readonly outcome: string | null;
  readonly actor: string | null;
  readonly target: string | null;
  readonly address: string | null;
  readonly place: string | null;
  readonly userAgent: string | null;
}

export function readEventRow(event: LogEvent): EventRow {
  const known = rows.get(event);
  if (known !== undefined) return known;
  const row = readRow(event);
  rows.set(event, row);
  return row;
}

/** Every report of a run shows the same events. */
const rows = new WeakMap<LogEvent, EventRow>();

function readRow(event: LogEvent): EventRow {
  const actor = readActor(event);
  const targets = readTargets(event);
  const target = targets.find(({ type }) => type === 'User') ?? targets[0] ?? null;
  const { client, outcome } = event.raw;
  const origin = isRecord(client) ? client : NO_RECORD;
  const { geographicalContext, userAgent } = origin;
  const area = isRecord(geographicalContext) ? geographicalContext : NO_RECORD;
  return {
    atMs: event.publishedMs,
    eventType: event.eventType,
    outcome: isRecord(outcome) ? toText(outcome['result']) : null,
    actor: namePrintable(actor),
    target: namePrintable(target),
    address: toText(origin['ipAddress']),
    place: joinPlace(toText(area['city']), toText(area['country'])),
    userAgent: isRecord(userAgent) ? toText(userAgent['rawUserAgent']) : null,
  };
}

const NO_RECORD: Record<string, unknown> = {};

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function joinPlace(city: string | null, country: string | null): string | null {
  if (city === null || country === null) return (city ?? country) || null;
  return `${city}, ${country}`;
}

function namePrintable(party: Party | null): string | null {
  return party === null ? null : nameParty(toPrintableParty(party));
}
